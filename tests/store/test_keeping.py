"""What may be done to an entry on record, and when it does not fit."""

import sqlite3
from collections.abc import Awaitable, Callable

import pytest

from store import Store
from store.editing.registry import NewActor, NewPlace, NewSource
from store.model.draft import NewDraft
from store.model.entry import Kind, LinkType, VerdictValue
from store.model.refusals import Already, Frozen, Outdated, State
from store.queries.lists import Filter
from store.queries.search import query
from store.workflow.state import RoomSettings
from tests.store.conftest import AT, DAY, DESK, POKROVSK, addition, an_act, an_entry

Call = Callable[[Store], Awaitable[object]]


async def numbers(store: Store, **asked: object) -> set[int]:
    page = await store.lists.page(Filter(Kind.CLAIM, **asked), 99)  # type: ignore[arg-type]
    return {entry.id for entry in page.entries}


# Retract and restore


async def test_what_is_retracted_leaves_every_list_count_and_picture(small: Store) -> None:
    place = await small.places.get(POKROVSK)
    assert place is not None
    before = await small.place_overviews.of(place, DAY)
    await small.moderation.retract(an_act("r", "retract"), 28)
    after = await small.place_overviews.of(place, DAY)
    assert 28 in {claim.id for claim in before.encirclement}
    assert 28 not in {claim.id for claim in after.encirclement}
    assert after.total.number == before.total.number - 1
    for asked in ({}, {"place_id": POKROVSK}, {"actor_id": 6}, {"match": query("surrounded")}):
        assert 28 not in await numbers(small, **asked)
        assert 28 in await numbers(small, retracted=True, **asked)
    (standing,) = await small.sources.track_records_of("Vladimir Putin")
    assert standing.entries.number == 0


async def test_a_retracted_entry_disputes_nothing_until_it_is_restored(small: Store) -> None:
    async def against() -> set[int]:
        entry = await small.entries.get(28)
        assert entry is not None
        return {link.entry_id for link in entry.links}

    assert 14 in await against()
    await small.moderation.retract(an_act("r", "retract"), 14)
    assert 14 not in await against()
    await small.moderation.restore(an_act("s", "restore"), 14)
    assert 14 in await against()


async def test_a_restored_entry_is_as_it_was_but_for_its_version(small: Store) -> None:
    before = await small.entries.get(28)
    await small.moderation.retract(an_act("r", "retract"), 28)
    await small.moderation.restore(an_act("s", "restore"), 28)
    after = await small.entries.get(28)
    assert before is not None
    assert after is not None
    assert after.version == before.version + 2
    for name in ("text", "quote", "links", "places", "sources", "retracted_at", "retracted_why"):
        assert getattr(after, name) == getattr(before, name)
    assert 28 in await numbers(small, match=query("surrounded"))


# Correct


async def test_a_correction_of_an_older_version_is_outdated(small: Store) -> None:
    await small.moderation.correct(an_act("a", "correct"), 5, 1, an_entry(text="One."))
    with pytest.raises(Outdated):
        await small.moderation.correct(an_act("b", "correct"), 5, 1, an_entry(text="Two."))
    await small.moderation.correct(an_act("c", "correct"), 5, 2, an_entry(text="Two."))
    entry = await small.entries.get(5)
    assert entry is not None
    assert (entry.text, entry.version) == ("Two.", 3)


async def test_a_correction_moves_an_entry_in_every_list(small: Store) -> None:
    kupiansk = 703656
    entry = an_entry(kind=Kind.CLAIM, text="Elsewhere.", places=(), actor_id=2)
    await small.moderation.correct(an_act("a", "correct"), 28, 1, entry)
    assert 28 not in await numbers(small, place_id=kupiansk)
    assert 28 not in await numbers(small, actor_id=6)
    assert 28 not in await numbers(small, match=query("surrounded"))
    assert 28 in await numbers(small, match=query("elsewhere"))


async def test_a_verdict_outlives_a_correction(small: Store) -> None:
    await small.moderation.check(an_act("v", "verdict"), 28, VerdictValue.REFUTED)
    entry = an_entry(kind=Kind.CLAIM, text="Elsewhere.", actor_id=6)
    await small.moderation.correct(an_act("a", "correct"), 28, 1, entry)
    assert await numbers(small, verdict=VerdictValue.REFUTED) == {28}
    (standing,) = await small.sources.track_records_of("Vladimir Putin")
    assert standing.verdicts[0][0] == VerdictValue.REFUTED


# Check


async def test_verdicts_are_kept_each_with_who_when_and_why(small: Store) -> None:
    for number, value in enumerate([VerdictValue.DISPUTED, VerdictValue.REFUTED, None]):
        await small.moderation.check(
            an_act(f"v{number}", "verdict"), 28, value, 1 if value else None
        )
    verdicts, _ = await small.entries.trail(28)
    assert [verdict.value for verdict in verdicts] == [None, "refuted", "disputed"]
    assert {verdict.by for verdict in verdicts} == {DESK.name}
    assert verdicts[1].source.startswith("Article")
    assert await numbers(small, verdict=VerdictValue.REFUTED) == set()


# Link


async def test_a_link_has_one_reason_and_the_newest_stands(small: Store) -> None:
    for number, why in enumerate(["One.", "Two."]):
        act = an_act(f"l{number}", "link")
        await small.moderation.link(type(act)(act.key, "link", DESK, AT, why), 1, LinkType.ABOUT, 2)
    entry = await small.entries.get(1)
    assert entry is not None
    assert [link.why for link in entry.links if link.entry_id == 2] == ["Two."]


# What does not fit


@pytest.mark.parametrize(
    ("first", "then", "state"),
    [
        (None, lambda s: s.moderation.restore(an_act("x"), 5), State.LIVE),
        (None, lambda s: s.moderation.unlink(an_act("x"), 5, LinkType.ABOUT, 6), State.UNLINKED),
        (None, lambda s: s.moderation.check(an_act("x"), 5, None), State.SAME),
        (None, lambda s: s.moderation.freeze(an_act("x", "thaw"), thaw=True), State.SAME),
        ("retract", lambda s: s.moderation.retract(an_act("x"), 5), State.RETRACTED),
        ("retract", lambda s: s.moderation.correct(an_act("x"), 5, 2, an_entry()), State.RETRACTED),
        ("retract", lambda s: s.moderation.check(an_act("x"), 5, None), State.RETRACTED),
        (
            "retract",
            lambda s: s.moderation.link(an_act("x"), 5, LinkType.ABOUT, 6),
            State.RETRACTED,
        ),
        (
            "retract",
            lambda s: s.moderation.link(an_act("x"), 6, LinkType.ABOUT, 5),
            State.RETRACTED,
        ),
        ("redact", lambda s: s.moderation.restore(an_act("x"), 5), State.REDACTED),
        ("redact", lambda s: s.moderation.retract(an_act("x"), 5), State.REDACTED),
        ("redact", lambda s: s.moderation.correct(an_act("x"), 5, 2, an_entry()), State.REDACTED),
        ("redact", lambda s: s.moderation.link(an_act("x"), 6, LinkType.ABOUT, 5), State.REDACTED),
    ],
)
async def test_what_does_not_fit_is_refused_and_changes_nothing(
    small: Store, first: str | None, then: Call, state: State
) -> None:
    if first == "retract":
        await small.moderation.retract(an_act("first", "retract"), 5)
    elif first == "redact":
        await small.redaction.redact(an_act("first", "redact"), 5)
    head = await small.history.head()
    with pytest.raises(Already) as refused:
        await then(small)
    assert refused.value.state is state
    assert await small.history.head() == head


# Freeze

ROOM = RoomSettings(public=True)
WRITES: dict[str, Call] = {
    "file": lambda s: s.history.write(an_act("w"), addition(an_entry())),
    "correct": lambda s: s.moderation.correct(an_act("w", "correct"), 5, 1, an_entry()),
    "retract": lambda s: s.moderation.retract(an_act("w", "retract"), 5),
    "restore": lambda s: s.moderation.restore(an_act("w", "restore"), 5),
    "link": lambda s: s.moderation.link(an_act("w", "link"), 5, LinkType.ABOUT, 6),
    "unlink": lambda s: s.moderation.unlink(an_act("w", "unlink"), 14, LinkType.CONTRADICTS, 28),
    "check": lambda s: s.moderation.check(an_act("w", "verdict"), 5, VerdictValue.REFUTED),
    "redact": lambda s: s.redaction.redact(an_act("w", "redact"), 5),
    "undo": lambda s: s.undo.undo(an_act("w", "undo"), AT),
    "open": lambda s: s.drafts.open("w", DESK, NewDraft(Kind.EVENT, {}), AT),
    "change": lambda s: s.drafts.change(1, {"text": "x"}, AT),
    "draft": lambda s: s.drafts.reject(an_act("w", "reject"), 1),
    "actor": lambda s: s.registry.add_actor(an_act("w"), NewActor("One")),
    "source": lambda s: s.registry.add_source(an_act("w"), NewSource("One")),
    "place": lambda s: s.registry.add_place(an_act("w"), NewPlace("One")),
    "name actor": lambda s: s.registry.name_actor(an_act("w"), 6, "One"),
    "name place": lambda s: s.registry.name_place(an_act("w"), POKROVSK, "One"),
    "prefer": lambda s: s.registry.prefer(an_act("w"), "A-6", "One"),
    "grade": lambda s: s.registry.grade(an_act("w"), 1, "B"),
    "bar": lambda s: s.people.bar(an_act("w"), DESK),
    "forget": lambda s: s.people.forget(an_act("w")),
    "room": lambda s: s.program_state.set_room(an_act("w"), "discord", "1", ROOM),
    "freeze": lambda s: s.moderation.freeze(an_act("w", "retract")),
}


@pytest.fixture
async def frozen(small: Store) -> Store:
    await small.moderation.freeze(an_act("freeze", "freeze"))
    return small


@pytest.mark.parametrize("name", WRITES)
async def test_while_frozen_no_write_is_taken(frozen: Store, name: str) -> None:
    before = await frozen._db.read(_everything)
    with pytest.raises(Frozen, match="To see what happens"):
        await WRITES[name](frozen)
    assert await frozen._db.read(_everything) == before


def _everything(db: sqlite3.Connection) -> list[object]:
    tables = (
        "entries",
        "revisions",
        "links",
        "verdicts",
        "drafts",
        "actors",
        "sources",
        "meta",
        "actor_names",
        "barred",
        "authors",
        "rooms",
        "state",
    )
    return [db.execute(f"SELECT * FROM {table}").fetchall() for table in tables]  # noqa: S608


async def test_while_frozen_a_repeat_still_gets_its_first_answer(small: Store) -> None:
    first = await small.moderation.retract(an_act("r", "retract"), 5)
    draft = await small.drafts.open("d", DESK, NewDraft(Kind.EVENT, {"text": "x"}), AT)
    await small.moderation.freeze(an_act("freeze", "freeze"))
    assert await small.moderation.retract(an_act("r", "retract"), 5) == first
    assert await small.drafts.open("d", DESK, NewDraft(Kind.EVENT, {}), AT) == draft


async def test_a_thawed_record_takes_writes_again(frozen: Store) -> None:
    await frozen.moderation.freeze(an_act("thaw", "thaw"), thaw=True)
    assert await frozen.history.freeze_reason() == ""
    await frozen.moderation.retract(an_act("r", "retract"), 5)
    assert await frozen.history.first_broken() is None
