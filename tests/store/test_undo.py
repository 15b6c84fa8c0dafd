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
from tests.store.conftest import AT, POKROVSK, an_entry, corrected, filed

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
    "correct": lambda s, a: s.history.write(a, corrected(5, an_entry(text="Otherwise."))),
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
async def kept(small: Store) -> Store:
    """A store in which E-7 is retracted, and E-8 has a verdict of somebody else's."""
    await small.moderation.retract(act("retract first", OTHER), 7)
    await small.moderation.check(act("check first", OTHER), 8, VerdictValue.DISPUTED, 1)
    return small


@pytest.mark.parametrize("name", ACTS)
async def test_undoing_leaves_the_record_as_it_was(kept: Store, name: str) -> None:
    before = await tables(kept)
    done = await ACTS[name](kept, act(name))
    assert await tables(kept) != before
    undone = await undo(kept)
    assert await tables(kept) == before
    assert isinstance(undone.after, dict)
    assert undone.after["undoes"] == done.seq
    assert undone.target == done.target
    assert await kept.history.first_broken() is None


async def test_what_was_filed_is_retracted_and_keeps_its_number(kept: Store) -> None:
    revision = await kept.history.write(act("file"), filed(an_entry(text="New.")))
    await undo(kept)
    entry = await kept.entries.get(int(revision.target[2:]))
    assert entry is not None
    assert entry.retracted_why == "Undone."


async def test_a_verdict_that_is_undone_leaves_the_one_before_with_its_author(kept: Store) -> None:
    await kept.moderation.check(act("verdict"), 8, VerdictValue.REFUTED)
    await undo(kept)
    (verdict,), _ = await kept.entries.trail(8)
    assert (verdict.value, verdict.by, verdict.why) == ("disputed", "Other", "To test.")


async def test_somebody_elses_act_is_never_undone(kept: Store) -> None:
    done = await kept.moderation.retract(act("retract"), 5)
    with pytest.raises(NoUndo):
        await undo(kept, "theirs", Person("console", "third", "Third"))
    with pytest.raises(NoUndo):
        await undo(kept, "by number", Person("console", "third", "Third"), seq=done.seq)
    same_id = Person("discord", "me", "Me")
    with pytest.raises(NoUndo):
        await undo(kept, "elsewhere", same_id)


@pytest.mark.parametrize("minutes", [60.001, 61, 600])
async def test_after_an_hour_nothing_is_undone(kept: Store, minutes: float) -> None:
    await kept.moderation.retract(act("retract"), 5)
    with pytest.raises(NoUndo):
        await undo(kept, at=AT + timedelta(minutes=minutes))


async def test_within_the_hour_it_still_is(kept: Store) -> None:
    await kept.moderation.retract(act("retract"), 5)
    await undo(kept, at=AT + HOUR)


async def test_the_same_key_is_one_undo_and_another_takes_the_act_before(kept: Store) -> None:
    """An undo is never undone: it is the act before it that comes next."""
    first = await kept.moderation.check(act("verdict"), 5, VerdictValue.REFUTED)
    second = await kept.moderation.retract(act("retract"), 5)
    once, again = await undo(kept, "u"), await undo(kept, "u")
    assert once == again
    then = await undo(kept, "u2")
    assert [revision.after["undoes"] for revision in (once, then)] == [second.seq, first.seq]  # type: ignore[index,call-overload]
    with pytest.raises(NoUndo):
        await undo(kept, "u3")


async def test_what_somebody_changed_since_is_not_undone(kept: Store) -> None:
    await kept.moderation.check(act("verdict"), 5, VerdictValue.REFUTED)
    await kept.moderation.check(act("other", OTHER), 5, VerdictValue.CONFIRMED)
    with pytest.raises(Outdated) as refused:
        await undo(kept)
    assert refused.value.target == "E-5"


async def test_once_they_undid_their_own_it_is_undone_after_all(kept: Store) -> None:
    await kept.moderation.check(act("verdict"), 5, VerdictValue.REFUTED)
    await kept.moderation.check(act("other", OTHER), 5, VerdictValue.CONFIRMED)
    await undo(kept, "theirs", OTHER)
    await undo(kept)
    entry = await kept.entries.get(5)
    assert entry is not None
    assert entry.verdict is None


async def test_an_act_is_undone_by_its_number_though_others_followed_elsewhere(
    kept: Store,
) -> None:
    first = await kept.moderation.retract(act("retract"), 5)
    await kept.moderation.retract(act("retract other"), 6)
    revision = await undo(kept, seq=first.seq)
    assert revision.target == "E-5"
    with pytest.raises(Already):
        await undo(kept, "twice", seq=first.seq)
    with pytest.raises(Already):
        await undo(kept, "the undo", seq=revision.seq)


async def test_what_was_redacted_since_is_neither_undone_nor_retracted_anew(kept: Store) -> None:
    """Of an act without words it was once taken that it filed its entry, which was retracted."""
    done = await kept.moderation.link(act("link"), 5, LinkType.FOLLOWS, 6)
    await kept.redaction.redact(act("redact", OTHER), 6)
    with pytest.raises(NoUndo):
        await undo(kept)
    with pytest.raises(NoUndo):
        await undo(kept, "by number", seq=done.seq)
    entry = await kept.entries.get(5)
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
async def test_what_has_no_way_back_says_so(kept: Store, do: Do) -> None:
    revision = await do(kept, act("it"))
    if revision.act == "freeze":
        await kept.moderation.freeze(Act("thaw", "thaw", OTHER, AT, ""), thaw=True)
        with pytest.raises(Outdated):
            await undo(kept)
        return
    with pytest.raises(NoUndo) as refused:
        await undo(kept)
    assert (refused.value.target, refused.value.act) == (revision.target, revision.act)


async def test_a_name_that_came_with_a_preference_goes_with_it(kept: Store) -> None:
    """It once stayed, so that a slip of the finger went on finding the speaker."""
    await kept.registry.prefer(act("prefer"), "A-6", "Presidnet One")
    assert await kept.actors.by_name("Presidnet One")
    await undo(kept)
    assert not await kept.actors.by_name("Presidnet One")
    assert await kept.actors.by_name("Vladimir Putin")


async def test_a_correction_is_undone_to_the_letter(kept: Store) -> None:
    before = await kept._db.read(current, 5)
    await kept.history.write(act("correct"), corrected(5, an_entry(text="Other.", places=())))
    await undo(kept)
    assert await kept._db.read(current, 5) == before
