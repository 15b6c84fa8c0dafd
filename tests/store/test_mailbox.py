"""What came in is dealt with once, and what goes out is kept until it is there."""

import sqlite3
from contextlib import closing
from pathlib import Path

from msgspec.structs import replace

from store import Store, open_store
from store.workflow.inbox_outbox import InboxEvent, OutboxMessage
from tests.store.conftest import an_act

DAY_MS = 86_400_000
NOW = 1_762_509_600_000
ASKED = InboxEvent("$1", "!room", '{"body": "!status Pokrovsk"}', NOW)
ANSWER = OutboxMessage(
    "r-$1", "!room", "m.room.message", '{"body": "Contested"}', NOW + 600_000, "{}"
)


async def test_a_letter_that_comes_twice_is_new_once(store: Store) -> None:
    assert await store.mailbox.receive("read", "s1", (ASKED,)) == (ASKED,)
    assert await store.mailbox.receive("read", "s2", (ASKED,)) == ()
    assert await store.program_state.value("read") == "s2"
    assert await store.mailbox.waiting() == (ASKED,)


async def test_a_letter_and_its_answer_are_dealt_with_in_one_step(store: Store) -> None:
    await store.mailbox.receive("read", "s1", (ASKED,))
    assert await store.mailbox.answer("$1", (ANSWER,)) == (ANSWER,)
    assert await store.mailbox.waiting() == ()
    assert await store.mailbox.to_send() == (ANSWER,)
    assert await store.mailbox.answer("$1", (ANSWER,)) == ()


async def test_what_was_sent_is_not_sent_again_and_what_follows_it_is(store: Store) -> None:
    await store.mailbox.answer("$1", (ANSWER,))
    then = OutboxMessage("r-$1-on", "!room", "m.reaction", "{}", ANSWER.until)
    assert await store.mailbox.mark_sent("r-$1", "$2", (then,)) == (then,)
    assert await store.mailbox.to_send() == (then,)
    assert await store.mailbox.mark_sent("r-$1", "$2", (then,)) == ()


async def test_a_page_that_was_turned_is_noted_with_what_was_sent(store: Store) -> None:
    await store.mailbox.answer("$1", (ANSWER,))
    await store.mailbox.mark_sent("r-$1", "$2")
    assert await store.mailbox.pages("$2") == "{}"
    await store.mailbox.answer("$3", (), ("$2", '{"part": 2}'))
    assert await store.mailbox.pages("$2") == '{"part": 2}'
    assert await store.mailbox.pages("$of somebody else") == ""


async def test_what_is_left_of_a_letter_is_known_once_it_was_dealt_with(store: Store) -> None:
    await store.mailbox.receive("read", "s1", (ASKED,))
    assert await store.mailbox.receipt("$1") == ""
    await store.mailbox.answer("$1", (), None, "1 $2")
    assert await store.mailbox.receipt("$1") == "1 $2"
    assert await store.mailbox.receipt("$other") == ""


async def test_no_words_are_kept_once_they_were_dealt_with(tmp_path: Path) -> None:
    async with await open_store(tmp_path / "own.db") as store:
        await store.mailbox.receive("read", "s1", (ASKED,))
        await store.mailbox.answer("$1", (ANSWER,))
        await store.mailbox.mark_sent("r-$1", "$2")
    with closing(sqlite3.connect(tmp_path / "own.db")) as db:
        assert db.execute("SELECT event FROM inbox").fetchall() == [("",)]
        assert db.execute("SELECT content FROM outbox").fetchall() == [("",)]


async def test_what_was_dealt_with_goes_after_a_while_and_what_was_not_stays(
    tmp_path: Path,
) -> None:
    later = InboxEvent("$9", "!room", "{}", NOW + 40 * DAY_MS)
    open_ = InboxEvent("$open", "!room", "{}", NOW)
    async with await open_store(tmp_path / "own.db") as store:
        await store.mailbox.receive("read", "s1", (ASKED, open_))
        await store.mailbox.answer("$1", (ANSWER,))
        await store.mailbox.mark_sent("r-$1", "$2")
        await store.mailbox.receive("read", "s2", (later,))
        await store.mailbox.answer("$9", (OutboxMessage("r-$9", "!room", "k", "{}", later.at),))
        assert await store.mailbox.waiting() == (open_,)
    with closing(sqlite3.connect(tmp_path / "own.db")) as db:
        assert db.execute("SELECT id FROM inbox ORDER BY id").fetchall() == [("$9",), ("$open",)]
        assert db.execute("SELECT key FROM outbox").fetchall() == [("r-$9",)]


async def test_what_could_be_done_with_messages_goes_with_redacted_words_and_forgotten_people(
    small: Store,
) -> None:
    """The notes name who asked, and the lines of drafts that stand in them hold anybody's words."""
    for key, message in (("r-$1", "$2"), ("r-$3", "$4")):
        await small.mailbox.answer("$1", (replace(ANSWER, key=key),))
        await small.mailbox.mark_sent(key, message)
        assert await small.mailbox.pages(message) == "{}"
        if key == "r-$1":
            await small.redaction.redact(an_act("redact", "redact"), 1)
        else:
            await small.people.forget(an_act("forget", "forget"))
        assert await small.mailbox.pages(message) == ""
