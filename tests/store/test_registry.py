"""What the desk adds, names, prefers and grades is found by it from then on."""

from pathlib import Path
from typing import Any

import pytest

from store import Store
from store.editing.registry import NewActor, NewPlace, NewSource
from store.model.entry import Kind
from store.model.refusals import Already, State
from store.model.revision import Act, Person
from store.places.own_numbers import OWN_PLACES
from store.places.recognition import ReadAs
from store.queries.lists import Filter
from tests.store.conftest import AT, POKROVSK, addition, an_act, an_entry

ME = Person("console", "me", "Me")


def act(key: str, name: str = "add") -> Act:
    return Act(key, name, ME, AT, "To test.")


async def test_a_new_speaker_is_found_and_may_speak(small: Store) -> None:
    revision = await small.registry.add_actor(act("a"), NewActor("Speaker One", "volunteer"))
    (actor,) = await small.actors.by_name("speaker one")
    assert revision.target == actor.ref
    assert (actor.role, actor.kind) == ("volunteer", "person")
    filed_ = await small.history.write(an_act("f"), addition(an_entry(actor_id=actor.id)))
    entry = await small.entries.get(int(filed_.target[2:]))
    assert entry is not None
    assert entry.by == actor


async def test_a_new_source_is_graded_f(small: Store) -> None:
    new = NewSource("Daily One", "article", "https://daily.example/1", "2025-11-07")
    revision = await small.registry.add_source(act("a"), new)
    source = await small.sources.get(int(revision.target[2:]))
    assert source is not None
    assert (source.name, source.url, source.reliability) == (new.name, new.url, "F")


@pytest.mark.parametrize(
    "new", [NewActor("Путин"), NewActor("vladimir  PUTIN"), NewSource("the kyiv independent")]
)
async def test_what_is_there_under_any_spelling_is_not_added_again(
    small: Store, new: NewActor | NewSource
) -> None:
    add = small.registry.add_actor if isinstance(new, NewActor) else small.registry.add_source
    with pytest.raises(Already) as refused:
        await add(act("a"), new)  # type: ignore[arg-type]
    assert refused.value.state is State.NAMED
    assert refused.value.target in {"A-6", "S-2"}


async def read_as(store: Store, name: str) -> list[int]:
    return [candidate.place.id for candidate in (await store.places.recognise(name)).candidates]


async def test_one_more_name_finds_and_suggests(small: Store) -> None:
    await small.registry.name_actor(act("a", "alias"), 6, "Вольдемар")
    assert [actor.id for actor in await small.actors.by_name("вольдемар")] == [6]
    assert [actor.id for actor in await small.actors.like("воль", 9)] == [6]
    await small.registry.name_place(act("b", "alias"), POKROVSK, "Покроград")
    assert await read_as(small, "покроград") == [POKROVSK]
    assert [match.place.id for match in await small.places.suggest("покрогард", 9)] == [POKROVSK]
    assert [match.place.id for match in await small.places.suggest("покрогр", 9)] == [POKROVSK]
    assert POKROVSK in [
        match.id for match in await small.places.mentioned("бої за Покроград тривають")
    ]


async def test_a_name_it_has_already_is_refused_however_it_is_spelt(small: Store) -> None:
    for call in (
        small.registry.name_actor(act("a", "alias"), 6, "ПУТИН"),
        small.registry.name_place(act("b", "alias"), POKROVSK, "krasnoarmiisk"),
    ):
        with pytest.raises(Already):
            await call


async def test_a_preferred_place_shows_everywhere_and_the_old_name_still_finds(
    small: Store,
) -> None:
    await small.registry.prefer(act("p", "prefer"), f"P-{POKROVSK}", "Pokrograd")
    (candidate, *_) = (await small.places.recognise("Pokrovsk")).candidates
    assert candidate.place.name == "Pokrograd"
    names = dict(await small.places.names(POKROVSK))
    assert names["Pokrograd"] == "preferred"
    assert names["Pokrovsk"] == "alias"
    entry = await small.entries.get(9)
    assert entry is not None
    assert "Pokrograd" in [at.name for at in entry.places]


async def test_grades_show_in_the_code_of_every_entry_read_there(small: Store) -> None:
    await small.registry.grade(act("g", "grade"), 1, "B")
    entry = await small.entries.get(5)
    assert entry is not None
    assert entry.code.startswith("B")
    with pytest.raises(Already):
        await small.registry.grade(act("h", "grade"), 1, "B")


async def test_places_of_the_desk_are_numbered_apart_from_every_gazetteer(small: Store) -> None:
    revisions = [
        await small.registry.add_place(act(f"p{n}"), NewPlace(f"Hamlet {n}", latitude=48.0 + n))
        for n in range(2)
    ]
    assert [revision.target for revision in revisions] == [
        f"P-{OWN_PLACES + 1}",
        f"P-{OWN_PLACES + 2}",
    ]
    (candidate,) = (await small.places.recognise("hamlet 1")).candidates
    assert (candidate.place.latitude, candidate.how) == (49.0, ReadAs.OWN)


@pytest.mark.parametrize(
    ("new", "is_new"),
    [
        (NewPlace("Hamlet", "", "One Oblast", 48.0, 37.0), False),
        (NewPlace("hamlet", "", "one oblast", 48.01, 37.01), False),
        (NewPlace("Hamlet", "", "One Oblast"), False),
        (NewPlace("Hamlet", "", "One Oblast", 48.0, 37.5), True),
        (NewPlace("Hamlet", "", "Other Oblast", 48.0, 37.0), True),
    ],
)
async def test_a_place_is_the_same_by_name_oblast_and_where_it_lies(
    small: Store,
    new: NewPlace,
    is_new: bool,  # noqa: FBT001
) -> None:
    await small.registry.add_place(act("p"), NewPlace("Hamlet", "", "One Oblast", 48.0, 37.0))
    if is_new:
        await small.registry.add_place(act("q"), new)
    else:
        with pytest.raises(Already):
            await small.registry.add_place(act("q"), new)


async def test_seeds_leave_alone_what_the_desk_called_or_graded(
    small: Store, small_file: Path
) -> None:
    await small.registry.prefer(act("p", "prefer"), "A-6", "President One")
    await small.registry.grade(act("g", "grade"), 1, "B")
    await small.load_seeds(AT, small_file.parent)
    actor, source = await small.actors.get(6), await small.sources.get(1)
    assert actor is not None
    assert source is not None
    assert (actor.name, source.reliability) == ("President One", "B")


async def find_claims(store: Store, words: str, **asked: Any) -> set[int]:
    page = await store.lists.page(Filter(Kind.CLAIM, words=words, **asked), 99)
    assert page.total == await store.lists.total(Filter(Kind.CLAIM, words=words, **asked))
    return {entry.id for entry in page.entries}


async def test_words_find_an_entry_by_any_name_that_its_speaker_has_or_had(small: Store) -> None:
    """The full text keeps the name that a speaker had when an entry was written, and no other."""
    assert await find_claims(small, "president one") == set()
    claims = await find_claims(small, "putin")
    assert 28 in claims
    await small.registry.prefer(act("p", "prefer"), "A-6", "President One")
    await small.registry.name_actor(act("n", "alias"), 6, "Head of the Other State")
    for words in ("putin", "president one", "One President", '"president one"', "head other state"):
        assert 28 in await find_claims(small, words), words
    assert 28 in await find_claims(small, "president one surrounded")
    assert 28 not in await find_claims(small, "president one unicorn")
    assert await find_claims(small, '"one president"') == set()
    assert await find_claims(small, "presi") == set()


async def test_words_find_an_entry_by_any_name_that_its_place_has_or_had(small: Store) -> None:
    assert await find_claims(small, "new town") == set()
    claims = await find_claims(small, "kupiansk")
    assert 28 in claims
    (kupiansk,) = await read_as(small, "Kupiansk")
    await small.registry.prefer(act("p", "prefer"), f"P-{kupiansk}", "New Town")
    for words in ("kupiansk", "new town", "surrounded New Town", "Куп’янськ"):
        assert 28 in await find_claims(small, words), words
    assert await find_claims(small, "town") == set()
    assert await find_claims(small, "new town", retracted=True) == set()
    await small.moderation.retract(act("r", "retract"), 28)
    assert await find_claims(small, "new town", retracted=True) == {28}


async def test_an_entry_filed_under_a_new_name_is_found_by_the_old_one(small: Store) -> None:
    await small.registry.prefer(act("p", "prefer"), "A-6", "President One")
    revision = await small.history.write(act("f"), addition(an_entry(kind=Kind.CLAIM, actor_id=6)))
    assert int(revision.target[2:]) in await find_claims(small, "putin")
