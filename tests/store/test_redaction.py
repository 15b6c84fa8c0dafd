"""What was redacted is in no byte that is kept; nothing brings it back; the chain holds."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from store import Store, open_store
from store.db.connection import ThreadedDatabase, hop
from store.db.packing import unpack
from store.editing import redaction
from store.model.draft import DraftState, NewDraft
from store.model.entry import Kind, LinkType, VerdictValue
from store.model.filing import FiledPlace
from store.model.refusals import Already, State
from store.model.revision import Act
from store.queries.lists import Filter
from store.queries.search import query
from store.record.revisions import record
from store.workflow.inbox_outbox import FILE, OutboxMessage
from tests.store.conftest import (
    AT,
    DAY,
    DESK,
    POKROVSK,
    addition,
    an_act,
    an_entry,
    correction,
    few_places,
)

WORD, OLD, CYRILLIC = "quixotry", "xylograph", "таємниця"
SECRETS = [WORD, OLD, CYRILLIC]
LATER = AT + timedelta(hours=2)


def act(key: str, name: str = "x", why: str = "") -> Act:
    return Act(key, name, DESK, AT, why)


async def with_secrets(store: Store) -> int:
    """Put an entry on record whose words are wherever words can come to stand."""
    secret = " ".join(SECRETS)
    places = (FiledPlace(POKROVSK, detail=f"at {secret}"),)
    tongues = {"uk": f"{CYRILLIC}.", "ru": f"{OLD}."}
    entry = an_entry(
        text=f"First {OLD}.", quote=OLD, label=CYRILLIC, places=places, translations=tongues
    )
    revision = await store.history.write(an_act("s1"), addition(entry))
    number = int(revision.target[2:])
    better = an_entry(
        text=f"Then {secret}.", quote=secret, places=places, translations={"uk": secret}
    )
    await store.history.write(an_act("s2", "correct"), correction(number, better))
    keeping = store.moderation
    for first, other in ((number, 1), (1, number), (2, number), (number, 2)):
        await keeping.link(act(f"l{first}-{other}", "link", secret), first, LinkType.FOLLOWS, other)
    await keeping.unlink(act("u1", "unlink", secret), 2, LinkType.FOLLOWS, number)
    await keeping.unlink(act("u2", "unlink", secret), number, LinkType.FOLLOWS, 2)
    await keeping.check(act("v", "verdict", secret), number, VerdictValue.DISPUTED, 1)
    await keeping.retract(act("r1", "retract", secret), number)
    await keeping.restore(act("r2", "restore", secret), number)
    draft = NewDraft(Kind.EVENT, {"text": secret}, edits=number, base=2, state=DraftState.WAITING)
    await store.drafts.open("d1", DESK, draft, AT)
    await store.drafts.open("d2", DESK, draft, AT)
    await store.drafts.reject(act("d2:reject", "reject", secret), 2)
    await store.program_state.keep_lines({"hash": f'/retract ref:E-{number} why:"{secret}"'}, DAY)
    return number


def bytes_of(path: Path) -> bytes:
    """Return the bytes of a store's files."""
    files = [path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")]
    return b"".join(file.read_bytes() for file in files if file.exists())


def bodies(path: Path) -> list[bytes]:
    """Return the bodies of revisions as the file keeps them."""
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("SELECT body FROM packed_bodies WHERE body IS NOT NULL")
        return [body for (body,) in rows]


def says_secret(packed: bytes) -> bool:
    """Tell whether a body has one of the secrets."""
    return any(word in str(unpack(packed)) for word in SECRETS)


def secrets_in(path: Path) -> list[str]:
    """Return which secrets are in a byte of the store's files, or a term of its full text."""
    raw = bytes_of(path)
    words_left = [word for word in SECRETS if word.encode() in raw]
    with closing(sqlite3.connect(path)) as db:
        for table in ("entry_text", "retracted_text", "entry_signals"):
            db.execute(f"CREATE VIRTUAL TABLE temp.v USING fts5vocab (main, {table}, 'row')")
            terms = {term for (term,) in db.execute("SELECT term FROM v")}
            words_left += [word for word in SECRETS if word in terms]
            db.execute("DROP TABLE temp.v")
    return words_left


def change_reasons(folder: Path) -> Path:
    """Return a folder of seeds that give every link another reason."""
    few_places(folder)
    for file in folder.glob("*.toml"):
        file.write_bytes(file.read_bytes().replace(b'why = "', b'why = "Also: '))
    return folder


@pytest.fixture
def path(small_file: Path, tmp_path: Path) -> Path:
    return shutil.copyfile(small_file, tmp_path / "own.db")


async def test_what_is_about_to_be_redacted_is_in_the_bytes(path: Path) -> None:
    """Else the tests that look for it would prove nothing."""
    async with await open_store(path) as store:
        await with_secrets(store)
    assert set(secrets_in(path)) == set(SECRETS)


async def test_no_byte_of_the_words_stays_while_the_store_is_open_or_after(path: Path) -> None:
    async with await open_store(path) as store:
        number = await with_secrets(store)
        await store.redaction.redact(act("redact", "redact", "Private."), number)
        assert not await store.redaction.unfinished()
        assert secrets_in(path) == []
        assert await store.history.first_broken() is None
    assert secrets_in(path) == []


async def test_an_answer_and_a_file_that_wait_to_be_sent_kept_the_words(path: Path) -> None:
    """What names other entries alone still goes out."""
    async with await open_store(path) as store:
        number = await with_secrets(store)
        answer = OutboxMessage("r-$1", "!room", "m.room.message", f"{WORD} · E-{number}", 1)
        file = replace(answer, key="r-$1-f1", kind=FILE, content=OLD)
        other = replace(answer, key="r-$2", content="Other words · E-1")
        await store.mailbox.answer("$1", (answer, file, other))
        await store.redaction.redact(act("redact", "redact", "Private."), number)
        assert await store.mailbox.to_send() == (other,)
        assert [await store.mailbox.is_unsent(p.key) for p in (answer, file, other)] == [0, 0, 1]
        assert secrets_in(path) == []


async def test_no_packed_body_of_the_words_stays_in_a_byte_either(path: Path) -> None:
    """Packed, words do not stand in the bytes as such, so the bytes themselves are looked for."""
    async with await open_store(path) as store:
        number = await with_secrets(store)
        packed = [body for body in bodies(path) if says_secret(body)]
        assert len(packed) > 8
        assert all(body in bytes_of(path) for body in packed)
        await store.redaction.redact(act("redact", "redact", "Private."), number)
        assert not any(body in bytes_of(path) for body in packed)
    assert not any(map(says_secret, bodies(path)))


async def test_what_was_retracted_first_leaves_no_byte_either(path: Path) -> None:
    """Its words stand in the other full text then."""
    async with await open_store(path) as store:
        number = await with_secrets(store)
        await store.moderation.retract(act("again", "retract", OLD), number)
        await store.redaction.redact(act("redact", "redact", "Private."), number)
    assert secrets_in(path) == []


async def test_a_tombstone_and_the_chain_remain(path: Path) -> None:
    async with await open_store(path) as store:
        number = await with_secrets(store)
        before = await store.history.of(f"E-{number}")
        revision = await store.redaction.redact(act("redact", "redact", "Private."), number)
        entry = await store.entries.get(number)
        after = await store.history.of(f"E-{number}")
    assert entry is not None
    assert (entry.redacted, entry.retracted_why, entry.text) == (True, "Private.", "—")
    assert (entry.quote, entry.links, entry.places[0].detail) == ("", (), "")
    assert [revision.hash for revision in before] == [revision.hash for revision in after[:-1]]
    assert all((revision.why, revision.after) == ("", None) for revision in after[:-1])
    assert after[-1] == revision
    assert revision.after == {"redacted": "Private."}


async def test_a_look_at_an_earlier_moment_does_not_bring_it_back(path: Path) -> None:
    async with await open_store(path) as store:
        number = await with_secrets(store)
        await store.redaction.redact(Act("r", "redact", DESK, LATER, "Private."), number)
        for moment in (AT, LATER):
            assert await store.entries.as_of(number, moment) is None
            place = await store.places.get(POKROVSK)
            assert place is not None
            then = await store.place_overviews.of(place, DAY, moment)
            shown = [*then.events, *then.claims, *then.nearby]
            assert number not in [entry.id for entry in shown]
            assert not [link for entry in shown for link in entry.links if link.entry_id == number]
        for retracted in (True, False):
            wanted = Filter(None, match=query(WORD), retracted=retracted)
            assert (await store.lists.page(wanted, 9)).entries == ()


async def test_seeds_do_not_bring_it_back_not_even_changed_ones(
    small_file: Path, path: Path, tmp_path: Path
) -> None:
    """Nor the link to it with its reason, nor a digest by which its words could be guessed."""
    async with await open_store(path) as store:
        await store.redaction.redact(act("redact", "redact", "Private."), 28)
        again = await store.load_seeds(LATER, small_file.parent)
        assert (again.new, again.changed) == (0, 0)
        changed = await store.load_seeds(LATER, change_reasons(tmp_path))
        assert changed.kept > 0
        entry, other = await store.entries.get(28), await store.entries.get(14)
        assert entry is not None
        assert other is not None
        assert entry.redacted
        assert entry.links == ()
        assert 28 not in [link.entry_id for link in other.links]

        def digests(db: sqlite3.Connection) -> list[tuple[str]]:
            return db.execute(
                "SELECT s.digest FROM seeded s JOIN entries e ON e.id = 28"
                " WHERE s.name = 'entry:' || e.key OR s.name GLOB 'link:*:' || e.key"
                " OR s.name GLOB 'link:' || e.key || ':*'"
            ).fetchall()

        hashes = await store._db.read(digests)
    assert len(hashes) > 3
    assert {digest for (digest,) in hashes} == {""}


async def test_seeds_do_not_bring_a_link_back_that_a_person_took_back(
    path: Path, tmp_path: Path
) -> None:
    """A changed reason in a seed file once made such a link anew."""
    async with await open_store(path) as store:
        await store.moderation.unlink(act("u", "unlink"), 14, LinkType.CONTRADICTS, 28)
        await store.load_seeds(LATER, change_reasons(tmp_path))
        entry = await store.entries.get(28)
    assert entry is not None
    assert 14 not in [link.entry_id for link in entry.links]


async def test_a_redaction_stopped_before_the_scrubbing_is_finished_at_the_next_opening(
    path: Path,
) -> None:
    async with await open_store(path) as store:
        number = await with_secrets(store)
        done = act("redact", "redact", "Private.")
        work = partial(redaction.redact, act=done, entry_id=number)
        await store._db.write(record, done, work)  # and the process is killed here
        assert await store.redaction.unfinished()
    assert secrets_in(path) != []
    async with await open_store(path) as store:
        assert not await store.redaction.unfinished()
    assert secrets_in(path) == []


async def test_while_somebody_reads_the_log_the_scrubbing_stays_to_be_finished(path: Path) -> None:
    """The mark once went although the log still held the words."""
    async with await open_store(path) as store:
        number = await with_secrets(store)
        assert isinstance(store._db, ThreadedDatabase)
        assert store._db._writer is not None
        await hop(store._db._writer, lambda db: db.execute("PRAGMA busy_timeout = 0"))
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM entries").fetchone()
            await store.redaction.redact(act("redact", "redact", "Private."), number)
            assert await store.redaction.unfinished()
            reader.execute("ROLLBACK")
        await store.redaction.redact(act("other", "redact", "Private."), 3)
        assert not await store.redaction.unfinished()
    assert secrets_in(path) == []


async def test_a_caller_who_goes_away_does_not_stop_the_scrubbing(path: Path) -> None:
    async with await open_store(path) as store:
        number = await with_secrets(store)
        task = asyncio.create_task(
            store.redaction.redact(act("redact", "redact", "Private."), number)
        )
        await store.history.write(an_act("after"), addition(an_entry()))  # so it has begun
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with await open_store(path) as store:
        assert (await store.history.of(f"E-{number}"))[-1].act == "redact"
    assert secrets_in(path) == []


async def test_to_redact_twice_is_refused_and_a_repeat_is_the_first(path: Path) -> None:
    async with await open_store(path) as store:
        first = await store.redaction.redact(act("redact", "redact", "Private."), 28)
        assert await store.redaction.redact(act("redact", "redact", "Private."), 28) == first
        with pytest.raises(Already) as refused:
            await store.redaction.redact(act("other", "redact", "Private."), 28)
    assert refused.value.state is State.REDACTED


async def test_only_what_is_redacted_loses_its_words(path: Path) -> None:
    async with await open_store(path) as store:
        before = {n: await store.history.of(f"E-{n}") for n in range(1, 65)}
        linked = await store.entries.get(28)
        await store.redaction.redact(act("redact", "redact", "Private."), 28)
        after = {n: await store.history.of(f"E-{n}") for n in range(1, 65)}
    assert linked is not None
    others = {link.entry_id for link in linked.links}
    for number, revisions in before.items():
        if number != 28 and number not in others:
            assert after[number] == revisions
        if number in others:  # all but the link with it
            kept = [revision for revision in after[number] if revision.after is not None]
            assert kept
            assert len(kept) < len(revisions) or linked.links
            assert "text" in str(kept[0].after)
