"""Directions, such as Pokrovsk direction: taken wherever other areas are, and said to be taken."""

import pytest

from commands.kit.invocation import Caller, Role
from commands.kit.reply import Choice
from store.model.filing import FiledPlace
from tests.commands.keeper import Keeper
from tests.fakes import Talk
from tests.store.conftest import MYRNOHRAD

WHO = Caller("console", "1", "One")
OF_POKROVSK = 'place:"P-704422 direction"'


@pytest.mark.parametrize(
    "name",
    [
        "Pokrovsk direction",
        "на Покровському напрямку",
        "Покровський напрямок",
        "на Покровском направлении",
        "P-704422 direction",
    ],
)
async def test_a_direction_is_watched_as_such_and_says_how_far_it_reaches(
    desk: Talk, name: str
) -> None:
    answer = await desk(f"/watch add {name}")
    assert answer.first == "Pokrovsk direction: news will come to you in private"
    assert "That is what lies within 30 km of Pokrovsk." in answer.flat
    assert answer.offered == [f"/watch remove {OF_POKROVSK}"]
    listed = await desk("/watch list")
    assert "Pokrovsk direction" in listed.after("Sent to you")
    assert listed.offered == [f"/watch remove {OF_POKROVSK}"]


async def test_a_town_and_its_direction_are_watched_apart(desk: Talk) -> None:
    await desk("/watch add Pokrovsk")
    assert not (await desk("/watch add Pokrovsk direction")).refused
    assert (await desk("/watch add Pokrovsk direction")).first == "Already set. Nothing changed."
    assert (await desk("/watch list")).first == "2 places watched"
    answer = await desk(f"/watch remove {OF_POKROVSK}")
    assert answer.first == "Pokrovsk direction: no more news"
    answer = await desk("/watch list")
    assert answer.offered == ["/watch remove place:P-704422"]


async def test_news_of_a_direction_is_of_what_lies_around_its_town(desk: Talk) -> None:
    keeper = Keeper(desk)
    await desk("/watch add Pokrovsk direction")
    start, _ = await desk.store.history.head()
    near = await keeper.file("Beside it.", places=(FiledPlace(MYRNOHRAD),))
    end, _ = await desk.store.history.head()
    answer = await desk(f"/digest of:W-1-{start}-{end}")
    assert answer.first == "Pokrovsk direction: 1 change"
    assert f"E-{near}" in answer.flat
    assert answer.offered[-1] == f"/watch remove {OF_POKROVSK}"


async def test_a_summary_is_of_places_and_directions_and_says_so(desk: Talk) -> None:
    looked = await desk(
        '/digests add 08:00 places:"Pokrovsk direction, Kupiansk, на Лиманському напрямку"',
        Role.ADMIN,
    )
    about = "08:00 Europe/Kyiv · Kupiansk, Pokrovsk direction, Direction: Lyman, Kramatorsk Raion"
    assert looked.flat.startswith(f"Nothing is set up yet · {about}")
    (start,) = looked.offered
    answer = await desk(start, Role.ADMIN)
    assert answer.flat.startswith(f"Daily summary set up here · {about}")
    assert f"T-1: {about}" in (await desk("/digests list", Role.ADMIN)).flat
    assert f"Stopped: T-1 · {about}" in (await desk("/digests remove T-1", Role.ADMIN)).flat


async def test_a_direction_named_after_several_towns_is_asked_for_as_a_direction(
    desk: Talk,
) -> None:
    answer = await desk("/watch add Oleksandrivka direction")
    assert answer.refused
    assert "Direction: Oleksandrivka" in answer.flat
    lines = [line for line in answer.lines if 'direction"' in line]
    assert lines
    assert all(line.strip().startswith('/watch add place:"P-') for line in lines)


async def test_the_log_names_the_direction_that_is_watched(desk: Talk) -> None:
    await desk("/watch add Pokrovsk direction")
    await desk("/watch remove Pokrovsk direction")
    answer = await desk("/log", Role.MODERATOR)
    assert "watch added: Pokrovsk direction" in answer.flat
    assert "watch removed: Pokrovsk direction" in answer.flat


async def test_a_direction_is_suggested_as_one(desk: Talk) -> None:
    """Who chose it from the suggestions got the town alone."""
    command = desk.dispatch.find("watch add")
    assert command is not None

    async def suggest(text: str) -> list[Choice]:
        return list(await desk.dispatch.suggest(WHO, command, "place", text))

    first, *_ = await suggest("Pokrovsk direction")
    assert first.value == "P-704422 direction"
    assert (await suggest("Pokrovsk"))[0].value == "P-704422"


@pytest.mark.parametrize("command", ["claims", "events", "timeline", "status"])
async def test_the_next_page_of_a_direction_is_of_the_direction(ask: Talk, command: str) -> None:
    """Page two of Pokrovsk direction was that of Pokrovsk."""
    answer = await ask(f'/{command} place:"Pokrovsk direction"')
    lines = [line for line in answer.offered if "P-704422" in line]
    whole = [line for line in lines if OF_POKROVSK in line]
    assert whole
    if command != "status":
        assert lines == whole
    for line in whole:
        assert not (await ask(line)).refused


async def test_an_export_of_a_direction_holds_what_lies_around_it(ask: Talk) -> None:
    town, direction = await ask("/export Pokrovsk"), await ask("/export Pokrovsk direction")
    assert not direction.refused
    assert "Read as the direction of Pokrovsk." in direction.flat
    assert direction.answer.reply.title != town.answer.reply.title
