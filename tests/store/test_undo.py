"""One takes back one's own last act: every kind of it, and nothing else."""

import sqlite3
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from store import Store
from store.editing.registry import NewActor
from store.model.entry import LinkType, VerdictValue
from store.model.refusals import Already, NoUndo, Outdated
from store.model.revision import Act, Person, Revision
from store.record.entry_rows import current
from tests.store.conftest import AT, POKROVSK, addition, an_entry, correction

ME, OTHER = Person("console", "me", "Me"), Person("console", "other", "Other")
HOUR = timedelta(hours=1)

Do = Callable[[Store, Act], Awaitable[Revision]]


def act(key: str, by: Person = ME, at: datetime = AT, why: str = "To test.") -> Act:
    return Act(key, key.partition(" ")[0], by, at, why)


async def undo(
    store: Store, key: str = "undo", by: Person = ME, at: datetime = AT, seq: int = 0
) -> Revision:
    _, undone = await store.undo.undo(act(key, by, at, "Undone."), at - HOUR, seq)
    return undone


ACTS: dict[str, Do] = {
    "correct": lambda s, a: s.history.write(a, correction(5, an_entry(text="Otherwise."))),
    "retract": lambda s, a: s.moderation.retract(a, 5),
    "restore": lambda s, a: s.moderation.restore(a, 7),
    "link": lambda s, a: s.moderation.link(a, 5, LinkType.SUPPORTS, 6),
    "link changed": lambda s, a: s.moderation.link(a, 14, LinkType.CONTRADICTS, 28),
    "unlink": lambda s, a: s.moderation.unlink(a, 14, LinkType.CONTRADICTS, 28),
    "verdict": lambda s, a: s.moderation.check(a, 5, VerdictValue.REFUTED, 1),
    "verdict changed": lambda s, a: s.moderation.check(a, 8, VerdictValue.REFUTED),
    "verdict withdrawn": lambda s, a: s.moderation.check(a, 8, None),
    "alias actor": lambda s, a: s.registry.name_actor(a, 6, "Voldemar"),
    "alias place": lambda s, a: s.registry.name_place(a, POKROVSK, "Pokrograd"),
    "prefer actor": lambda s, a: s.registry.prefer(a, "A-6", "President One"),
    "prefer a name the actor has": lambda s, a: s.registry.prefer(a, "A-6", "Путин"),
    "prefer a name spelt otherwise": lambda s, a: s.registry.prefer(a, "A-6", "VLADIMIR PUTIN"),
    "local name": lambda s, a: s.registry.localise(a, 6, "Президент Один"),
    "a local name the actor has": lambda s, a: s.registry.localise(a, 6, "Путін"),
    "prefer source": lambda s, a: s.registry.prefer(a, "S-1", "Article One"),
    "prefer place": lambda s, a: s.registry.prefer(a, f"P-{POKROVSK}", "Pokrograd"),
    "prefer a name the place has": lambda s, a: s.registry.prefer(
        a, f"P-{POKROVSK}", "Krasnoarmiisk"
    ),
    "grade": lambda s, a: s.registry.grade(a, 1, "B"),
}

NOT_COMPARED = {  # what an undo leaves behind on purpose
    "revisions": "is the history",
    "packed_bodies": "is the history",
    "revision_people": "is the history",
    "authors": "knows who undid",
    "entry_words": "knows every word that an entry ever had",
    "touched": "knows every place that an entry was ever about",
}
_MOMENTS = {"changed_at", "version"}


async def tables(store: Store) -> dict[str, list[Any]]:
    """Return all that is on record, without the history, and the moments that change on purpose."""

    def read(db: sqlite3.Connection) -> dict[str, list[Any]]:
        names = [
            name
            for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if not any(part in name for part in ("_text_", "_signals_", "sqlite_"))
        ]
        kinds = {}
        for name in names:
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({name})")]
            kept = ", ".join(c for c in columns if c not in _MOMENTS and c != name)
            kinds[name] = sorted(db.execute(f"SELECT {kept} FROM {name}"), key=repr)  # noqa: S608
        return {name: rows for name, rows in kinds.items() if name not in NOT_COMPARED}

    return await store._db.read(read)


@pytest.fixture
async def store_with_acts(small: Store) -> Store:
    """A store in which E-7 is retracted, and E-8 has a verdict of somebody else's."""
    await small.moderation.retract(act("retract first", OTHER), 7)
    await small.moderation.check(act("check first", OTHER), 8, VerdictValue.DISPUTED, 1)
    return small


@pytest.mark.parametrize("name", ACTS)
async def test_undoing_leaves_the_record_as_it_was(store_with_acts: Store, name: str) -> None:
    before = await tables(store_with_acts)
    done = await ACTS[name](store_with_acts, act(name))
    assert await tables(store_with_acts) != before
    undone = await undo(store_with_acts)
    assert await tables(store_with_acts) == before
    assert isinstance(undone.after, dict)
    assert undone.after["undoes"] == done.seq
    assert undone.target == done.target
    assert await store_with_acts.history.first_broken() is None


async def test_what_was_filed_is_retracted_and_keeps_its_number(store_with_acts: Store) -> None:
    revision = await store_with_acts.history.write(act("file"), addition(an_entry(text="New.")))
    await undo(store_with_acts)
    entry = await store_with_acts.entries.get(int(revision.target[2:]))
    assert entry is not None
    assert entry.retracted_why == "Undone."


async def test_a_verdict_that_is_undone_leaves_the_one_before_with_its_author(
    store_with_acts: Store,
) -> None:
    await store_with_acts.moderation.check(act("verdict"), 8, VerdictValue.REFUTED)
    await undo(store_with_acts)
    (verdict,), _ = await store_with_acts.entries.trail(8)
    assert (verdict.value, verdict.by, verdict.why) == ("disputed", "Other", "To test.")


async def test_somebody_elses_act_is_never_undone(store_with_acts: Store) -> None:
    done = await store_with_acts.moderation.retract(act("retract"), 5)
    with pytest.raises(NoUndo):
        await undo(store_with_acts, "theirs", Person("console", "third", "Third"))
    with pytest.raises(NoUndo):
        await undo(store_with_acts, "by number", Person("console", "third", "Third"), seq=done.seq)
    same_id = Person("discord", "me", "Me")
    with pytest.raises(NoUndo):
        await undo(store_with_acts, "elsewhere", same_id)


@pytest.mark.parametrize("minutes", [60.001, 61, 600])
async def test_after_an_hour_nothing_is_undone(store_with_acts: Store, minutes: float) -> None:
    await store_with_acts.moderation.retract(act("retract"), 5)
    with pytest.raises(NoUndo):
        await undo(store_with_acts, at=AT + timedelta(minutes=minutes))


async def test_within_the_hour_it_still_is(store_with_acts: Store) -> None:
    await store_with_acts.moderation.retract(act("retract"), 5)
    await undo(store_with_acts, at=AT + HOUR)


async def test_the_same_key_is_one_undo_and_another_takes_the_act_before(
    store_with_acts: Store,
) -> None:
    """An undo is never undone: it is the act before it that comes next."""
    first = await store_with_acts.moderation.check(act("verdict"), 5, VerdictValue.REFUTED)
    second = await store_with_acts.moderation.retract(act("retract"), 5)
    once, again = await undo(store_with_acts, "u"), await undo(store_with_acts, "u")
    assert once == again
    then = await undo(store_with_acts, "u2")
    assert [revision.after["undoes"] for revision in (once, then)] == [second.seq, first.seq]  # type: ignore[index,call-overload]
    with pytest.raises(NoUndo):
        await undo(store_with_acts, "u3")


async def test_what_somebody_changed_since_is_not_undone(store_with_acts: Store) -> None:
    await store_with_acts.moderation.check(act("verdict"), 5, VerdictValue.REFUTED)
    await store_with_acts.moderation.check(act("other", OTHER), 5, VerdictValue.CONFIRMED)
    with pytest.raises(Outdated) as refused:
        await undo(store_with_acts)
    assert refused.value.target == "E-5"


async def test_once_they_undid_their_own_it_is_undone_after_all(store_with_acts: Store) -> None:
    await store_with_acts.moderation.check(act("verdict"), 5, VerdictValue.REFUTED)
    await store_with_acts.moderation.check(act("other", OTHER), 5, VerdictValue.CONFIRMED)
    await undo(store_with_acts, "theirs", OTHER)
    await undo(store_with_acts)
    entry = await store_with_acts.entries.get(5)
    assert entry is not None
    assert entry.verdict is None


async def test_an_act_is_undone_by_its_number_though_others_followed_elsewhere(
    store_with_acts: Store,
) -> None:
    first = await store_with_acts.moderation.retract(act("retract"), 5)
    await store_with_acts.moderation.retract(act("retract other"), 6)
    revision = await undo(store_with_acts, seq=first.seq)
    assert revision.target == "E-5"
    with pytest.raises(Already):
        await undo(store_with_acts, "twice", seq=first.seq)
    with pytest.raises(Already):
        await undo(store_with_acts, "the undo", seq=revision.seq)


async def test_what_was_redacted_since_is_neither_undone_nor_retracted_anew(
    store_with_acts: Store,
) -> None:
    """Of an act without words it was once taken that it filed its entry, which was retracted."""
    done = await store_with_acts.moderation.link(act("link"), 5, LinkType.FOLLOWS, 6)
    await store_with_acts.redaction.redact(act("redact", OTHER), 6)
    with pytest.raises(NoUndo):
        await undo(store_with_acts)
    with pytest.raises(NoUndo):
        await undo(store_with_acts, "by number", seq=done.seq)
    entry = await store_with_acts.entries.get(5)
    assert entry is not None
    assert entry.retracted_at is None


@pytest.mark.parametrize(
    "do",
    [
        lambda s, a: s.redaction.redact(a, 5),
        lambda s, a: s.registry.add_actor(a, NewActor("Speaker One")),
        lambda s, a: s.people.bar(a, OTHER),
        lambda s, a: s.moderation.freeze(Act(a.key, "freeze", a.by, a.at, a.why)),
    ],
)
async def test_what_has_no_way_back_says_so(store_with_acts: Store, do: Do) -> None:
    revision = await do(store_with_acts, act("it"))
    if revision.act == "freeze":
        await store_with_acts.moderation.freeze(Act("thaw", "thaw", OTHER, AT, ""), thaw=True)
        with pytest.raises(Outdated):
            await undo(store_with_acts)
        return
    with pytest.raises(NoUndo) as refused:
        await undo(store_with_acts)
    assert (refused.value.target, refused.value.act) == (revision.target, revision.act)


async def test_a_name_that_came_with_a_preference_goes_with_it(store_with_acts: Store) -> None:
    """It once stayed, so that a slip of the finger went on finding the speaker."""
    await store_with_acts.registry.prefer(act("prefer"), "A-6", "Presidnet One")
    assert await store_with_acts.actors.by_name("Presidnet One")
    await undo(store_with_acts)
    assert not await store_with_acts.actors.by_name("Presidnet One")
    assert await store_with_acts.actors.by_name("Vladimir Putin")


async def test_a_correction_is_undone_to_the_letter(store_with_acts: Store) -> None:
    before = await store_with_acts._db.read(current, 5)
    await store_with_acts.history.write(
        act("correct"), correction(5, an_entry(text="Other.", places=()))
    )
    await undo(store_with_acts)
    assert await store_with_acts._db.read(current, 5) == before
