"""Whoever asks to be forgotten is in no byte that is kept, and what they did stays."""

import asyncio
import json
import shutil
import sqlite3
from contextlib import closing
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from store import Store, open_store
from store.db import migrate
from store.db.database import transaction
from store.db.packing import teach
from store.editing import privacy as people
from store.editing.privacy import PersonalData
from store.model.draft import DraftState, NewDraft
from store.model.entry import Kind, VerdictValue
from store.model.refusals import Already
from store.model.revision import Act, Person
from store.record.revisions import first_broken, record
from store.workflow import drafts
from store.workflow.inbox_outbox import FILE, OutboxMessage
from store.workflow.pseudonyms import is_barred
from tests.store.conftest import AT, DESK, addition, an_entry

NAME, ID = "Quixotina Zzyzx", "884422996611"
WHO = Person("discord", ID, NAME)
NEW = NewDraft(Kind.EVENT, {"text": "A bridge is down."}, state=DraftState.WAITING)


def act(key: str, name: str = "verdict", by: Person = WHO) -> Act:
    return Act(key, name, by, AT, "To test.")


async def did_things(store: Store) -> None:
    """Leave name and id wherever they come to stand."""
    await store.moderation.check(act("v"), 5, VerdictValue.REFUTED)
    await store.history.write(act("f", "file"), addition(an_entry(text="Theirs.")))
    await store.drafts.open("d1", WHO, NEW, AT)
    await store.drafts.open("d2", DESK, NEW, AT)
    await store.drafts.take(2, WHO, AT)
    await store.drafts.reject(act("d1:reject", "reject", DESK), 1)  # they are to be told
    await store.program_state.keep_lines({"hash": f'/log by:"{NAME}"'}, AT.date())


def traces_in(path: Path) -> list[str]:
    files = [path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")]
    raw = b"".join(file.read_bytes() for file in files if file.exists())
    return [word for word in (NAME, ID, "Quixotina") if word.encode() in raw]


@pytest.fixture
def path(small_file: Path, tmp_path: Path) -> Path:
    return shutil.copyfile(small_file, tmp_path / "own.db")


async def test_what_is_about_to_be_forgotten_is_in_the_bytes(path: Path) -> None:
    """Else the test that looks for it would prove nothing."""
    async with await open_store(path) as store:
        await did_things(store)
    assert traces_in(path)


async def test_no_byte_of_name_or_id_stays(path: Path) -> None:
    async with await open_store(path) as store:
        await did_things(store)
        revision = await store.people.forget(act("forget", "forget"))
        assert traces_in(path) == []
        assert await store.history.first_broken() is None
        assert await store.notice_queue.due("discord", AT) == ()
    assert traces_in(path) == []
    assert NAME not in f"{revision}"


async def test_what_they_did_stays_as_the_work_of_one_pseudonym(path: Path) -> None:
    async with await open_store(path) as store:
        await did_things(store)
        await store.people.forget(act("forget", "forget"))
        _, trail = await store.entries.trail(5)
        draft, reviewed = await store.drafts.get(1), await store.drafts.get(2)
    assert draft is not None
    assert reviewed is not None
    assert reviewed.reviewer is not None
    names = {trail[-1].by, draft.owner.name, draft.owner.id, reviewed.reviewer.name}
    assert len(names) == 1
    (name,) = names
    assert name.startswith("person ")
    assert trail[-1].why == "To test."


async def test_an_answer_that_waited_to_be_sent_still_named_who_was_forgotten(path: Path) -> None:
    """It went out within ten minutes, by name, by id or by a name that they had before."""
    async with await open_store(path) as store:
        await did_things(store)
        renamed = Person("discord", ID, "Зінаїда Нова")
        bodies = [f"By {NAME} on 7 November", f"<{ID}>", "Скасувала Зінаїда Нова", "By another"]
        posts = [
            OutboxMessage(f"r-${n}", "!room", "m.room.message", json.dumps({"body": body}), n + 1)
            for n, body in enumerate(bodies)
        ]
        await store.mailbox.answer("$1", (*posts, replace(posts[-1], key="r-$f", kind=FILE)))
        await store.people.forget(act("forget", "forget", renamed))
        assert await store.mailbox.to_send() == (posts[-1],)
    assert traces_in(path) == []


async def test_whoever_has_a_short_name_once_took_everybodys_unsent_answers_along(
    path: Path,
) -> None:
    """A name counted within other words: forgetting somebody called “e” emptied the queue."""
    bodies = ["Pokrovsk: contested", "Filed by e, who was asked", "Filed by Elena"]
    posts = [
        OutboxMessage(f"r-${n}", "!room", "m.room.message", json.dumps({"body": body}), n + 1)
        for n, body in enumerate(bodies)
    ]
    async with await open_store(path) as store:
        await store.mailbox.answer("$1", posts)
        await store.people.forget(act("forget", "forget", Person("discord", ID, "e")))
        assert await store.mailbox.to_send() == (posts[0], posts[2])


async def test_the_pseudonym_is_the_same_after_a_second_forgetting(path: Path) -> None:
    async with await open_store(path) as store:
        await did_things(store)
        first = await store.people.forget(act("forget", "forget"))
        await store.moderation.check(act("v2"), 6, VerdictValue.REFUTED)
        assert (await store.people.data_about(WHO)).revisions == 1
        second = await store.people.forget(act("forget again", "forget"))
        assert first.after == second.after
        assert await store.people.data_about(WHO) == PersonalData(
            0, 0, forgotten=True, barred=False
        )
        verdicts, _ = await store.entries.trail(6)
        other, _ = await store.entries.trail(5)
    assert verdicts[0].by == other[0].by
    assert traces_in(path) == []


async def test_limits_and_bars_outlive_forgetting(path: Path) -> None:
    async with await open_store(path) as store:
        await store.drafts.open("d1", WHO, NEW, AT)
        await store.drafts.open("d2", WHO, NEW, AT)
        await store.people.bar(act("bar", "bar", DESK), WHO)
        assert await store.drafts.count_submissions(WHO, AT) == (2, True)
        await store.people.forget(act("forget", "forget"))
        assert await store.drafts.count_submissions(WHO, AT) == (2, True)
        assert await store.drafts.of(WHO, 9) == ()
        other = Person("discord", "1", "Other")
        assert await store.drafts.count_submissions(other, AT) == (0, False)


async def test_who_was_forgotten_is_barred_and_let_in_by_any_draft_of_theirs(path: Path) -> None:
    """A bar on what came after was once not lifted by what came before."""
    async with await open_store(path) as store:
        old = await store.drafts.open("d1", WHO, NEW, AT)
        await store.people.forget(act("forget", "forget"))
        new = await store.drafts.open("d2", WHO, NEW, AT)
        before = await store.drafts.get(old.id)
        assert before is not None
        for number, (bar, lift) in enumerate(
            [(before, new), (new, before), (new, new), (before, before)]
        ):
            await store.people.bar(act(f"bar{number}", "bar", DESK), bar.owner)
            assert (await store.people.data_about(WHO)).barred
            with pytest.raises(Already):
                await store.people.bar(act(f"again{number}", "bar", DESK), lift.owner)
            await store.people.bar(act(f"lift{number}", "bar", DESK), lift.owner, lift=True)
            assert not (await store.people.data_about(WHO)).barred


async def test_a_forgetting_stopped_before_the_scrubbing_is_finished_later(path: Path) -> None:
    async with await open_store(path) as store:
        await did_things(store)
        done = act("forget", "forget", Person("discord", "forgotten", "Somebody"))
        await store._db.write(record, done, partial(people.forget, who=WHO))
        assert traces_in(path)
        assert await store.redaction.unfinished()
    async with await open_store(path) as store:
        assert traces_in(path) == []
        assert not await store.redaction.unfinished()


async def test_a_repeat_is_the_first_forgetting(path: Path) -> None:
    async with await open_store(path) as store:
        await did_things(store)
        first = await store.people.forget(act("forget", "forget"))
        assert await store.people.forget(act("forget", "forget")) == first


async def test_nobody_is_on_record_under_the_name_afterwards(path: Path) -> None:
    async with await open_store(path) as store:
        await did_things(store)
        assert await store.audit_log.authors("quix") == (WHO,)
        await store.people.forget(act("forget", "forget"))
        assert await store.audit_log.authors("quix") == ()
        assert [author.id for author in await store.audit_log.authors("person ")] != []


# Whatever several people did, forgetting one changes no row of another

PEOPLE = [Person(platform, f"{n}", f"Name {n}") for platform in ("discord", "matrix") for n in "12"]
DEEDS = ("write", "draft", "waiting", "take", "bar", "notice")
OF_PEOPLE: dict[str, tuple[str, ...]] = {
    "revision_people": ("json_extract(person, '$.platform')", "json_extract(person, '$.id')"),
    "drafts": ("platform", "owner"),
    "authors": ("platform", "id"),
    "barred": ("platform", "person"),
    "notices": ("platform", "person"),
}

deeds = st.lists(st.tuples(st.sampled_from(DEEDS), st.sampled_from(PEOPLE)), max_size=12)


def rows_of(db: sqlite3.Connection, who: Person) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row that is kept about somebody."""
    counts = {}
    for table, (platform, person) in OF_PEOPLE.items():
        sql = f"SELECT * FROM {table} WHERE {platform} = ? AND {person} = ?"  # noqa: S608
        rows = db.execute(sql, (who.platform, who.id)).fetchall()
        if table == "drafts":  # who else reviewed it may be forgotten
            rows = [row[:10] for row in rows]
        counts[table] = rows
    reviewed = "SELECT id, reviewer_name FROM drafts WHERE reviewer_platform = ? AND reviewer = ?"
    return {**counts, "reviewed": db.execute(reviewed, (who.platform, who.id)).fetchall()}


def do(db: sqlite3.Connection, number: int, deed: str, who: Person) -> None:
    state = DraftState.WAITING if deed == "waiting" else DraftState.OPEN
    match deed:
        case "write":
            record(db, act(f"{number}", by=who), addition(an_entry(places=(), sources=())))
        case "draft" | "waiting":
            drafts.open_draft(db, f"{number}", who, NewDraft(Kind.EVENT, {}, state=state), AT)
        case "take":
            for (draft,) in db.execute("SELECT id FROM drafts WHERE state = 'waiting'").fetchall():
                drafts._take(db, draft, who, AT)
        case "bar":
            if not is_barred(db, who):
                record(db, act(f"{number}", by=who), partial(people.bar, who=who, lift=False))
        case _:
            db.execute(
                "INSERT INTO notices (key, platform, person, line, due)"
                " VALUES (?, ?, ?, '/me', '')",
                (f"{number}", who.platform, who.id),
            )


@cache
def laid() -> bytes:
    """Return a store with nothing in it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        migrate.build(db)
        return db.serialize()


@settings(max_examples=60, deadline=None)
@given(deeds, st.sampled_from(PEOPLE), deeds)
def test_forgetting_one_changes_nothing_about_another(
    first: list[tuple[str, Person]], who: Person, then: list[tuple[str, Person]]
) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.deserialize(laid())
        teach(db)
        pseudonyms = set()
        for round_, done in enumerate((first, then)):
            for number, (deed, somebody) in enumerate(done):
                do(db, 100 * round_ + number, deed, somebody)
            others = [person for person in PEOPLE if person != who]
            before = [rows_of(db, another) for another in others]
            nobody = act(f"forget{round_}", by=Person(who.platform, "forgotten", "Somebody"))
            forget = partial(record, db, nobody, partial(people.forget, who=who))
            revision = transaction(db, forget)
            assert [rows_of(db, another) for another in others] == before
            assert not any(rows_of(db, who).values())
            assert isinstance(revision.after, dict)
            pseudonyms.add(revision.after["forgotten"])
        assert len(pseudonyms) == 1
        assert first_broken(db) is None
        assert who.name not in "\n".join(
            line for line in db.iterdump() if f'"{who.platform}"' in line and f'"{who.id}"' in line
        )


async def test_a_bar_on_somebody_by_a_pseudonym_does_not_touch_anybody_else(path: Path) -> None:
    async with await open_store(path) as store:
        for number in "12":
            await store.drafts.open(number, Person("discord", number, f"Name {number}"), NEW, AT)
            by = Person("discord", number, f"Name {number}")
            await store.people.forget(act(f"forget{number}", "forget", by))
        draft = await store.drafts.get(1)
        assert draft is not None
        await store.people.bar(act("bar", "bar", DESK), draft.owner)
        kept = await asyncio.gather(
            *(store.people.data_about(Person("discord", n, "")) for n in ("1", "2"))
        )
    assert [somebody.barred for somebody in kept] == [True, False]


async def test_the_act_of_forgetting_names_nobody(path: Path) -> None:
    async with await open_store(path) as store:
        revision = await store.people.forget(act("forget", "forget"))
    assert revision.by == "Somebody who asked to be forgotten"
