"""A room's daily summaries: set up after a look, listed, taken back."""

import re

import pytest

from commands.kit.invocation import Role
from store.workflow.digests import MOST_A_ROOM
from tests.fakes import Talk, TerminalAnswer


async def manage(desk: Talk, line: str) -> TerminalAnswer:
    """Ask as who manages the room: in a terminal, its admin."""
    return await desk(line, Role.ADMIN)


async def test_a_look_comes_first_and_one_press_starts_it(desk: Talk) -> None:
    answer = await manage(desk, "/digests add")
    assert answer.first == "Nothing is set up yet · 08:00 Europe/Kyiv · all places"
    assert "How it would look" in answer.lines
    assert answer.offered == ["/digests add time:08:00 zone:Europe/Kyiv sure:yes"]
    assert "No daily summary" in (await manage(desk, "/digests list")).text
    answer = await manage(desk, answer.offered[0])
    assert answer.first == "Daily summary set up here · 08:00 Europe/Kyiv · all places"
    assert answer.offered == ["/digests remove ref:T-1"]
    assert "T-1: 08:00 Europe/Kyiv · all places" in (await manage(desk, "/digests list")).text


async def test_all_that_was_wished_is_kept_and_said(desk: Talk) -> None:
    line = (
        "/digests add 6:30 zone:Lisbon places:Pokrovsk, Myrnohrad quiet:yes language:uk thread:yes"
    )
    looked = await manage(desk, line)
    (start,) = looked.offered
    assert "places:P-704422, P-710035" in start.replace('"', "")
    answer = await manage(desk, start)
    wished = (
        "06:30 Europe/Lisbon · Pokrovsk, Myrnohrad · silent without news"
        " · each a thread of its own · Ukrainian"
    )
    assert answer.flat.startswith(f"Daily summary set up here · {wished}")
    assert f"T-1: {wished}" in (await manage(desk, "/digests list")).flat


async def test_the_same_twice_and_too_many_are_refused(desk: Talk) -> None:
    for hour in range(MOST_A_ROOM):
        assert not (await manage(desk, f"/digests add {hour + 5}:00 sure:yes")).refused
    answer = await manage(desk, "/digests add 5:00 sure:yes")
    assert answer.refused
    assert answer.first == "Already set. Nothing changed."
    answer = await manage(desk, "/digests add 20:00 sure:yes")
    assert answer.refused
    assert answer.first == "That is the limit. Remove one first."


async def test_one_is_taken_back_and_its_number_says_which(desk: Talk) -> None:
    await manage(desk, "/digests add sure:yes")
    answer = await manage(desk, "/digests remove T-7")
    assert answer.refused
    assert answer.flat == "There is no summary T-7 here. Set up here: T-1"
    answer = await manage(desk, "/digests remove 1")
    assert answer.first == "Stopped: T-1 · 08:00 Europe/Kyiv · all places"
    assert (await manage(desk, "/digests remove T-1")).refused


async def test_each_act_is_on_record(desk: Talk) -> None:
    await manage(desk, "/digests add sure:yes")
    await manage(desk, "/digests remove T-1")
    added, removed = await desk.store.history.of("room:console:local")
    assert added.after == {
        "digest": "T-1",
        "time": "08:00",
        "zone": "Europe/Kyiv",
        "places": [],
        "quiet": False,
        "language": "",
        "thread": False,
    }
    assert (removed.before, removed.after) == (added.after, {"digest": None})
    assert {added.act, removed.act} == {"digest"}


@pytest.mark.parametrize("line", ["/digests add", "/digests add sure:yes", "/digests remove T-1"])
async def test_only_who_manages_a_room_may_set_its_summaries(desk: Talk, line: str) -> None:
    for role in (Role.READER, Role.MODERATOR):
        answer = await desk(line, role)
        assert answer.refused
        assert answer.first == "Only managers can change that here."


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/digests add 25:00", "time: “25:00” is not a time of day. Write, for example, 08:00."),
        ("/digests add 8:60", "time: “8:60” is not a time of day. Write, for example, 08:00."),
        (
            "/digests add zone:Kyivv",
            "zone: “Kyivv” is not a time zone. Write one such as Europe/Kyiv.",
        ),
        ("/digests add places:Nowhereton", "No place “Nowhereton” is known here."),
        ("/digests remove X", "ref: “X” is not a reference. Write one such as T-3."),
    ],
)
async def test_what_cannot_be_read_is_said_with_what_to_write(
    desk: Talk, line: str, says: str
) -> None:
    answer = await manage(desk, line)
    assert answer.refused
    assert answer.first == says


async def test_what_is_offered_for_one_place_keeps_the_others(desk: Talk) -> None:
    answer = await manage(desk, "/digests add places:Pokrovsk, Pokrovske, Myrnohrad quiet:yes")
    assert answer.refused
    assert answer.offered
    for line in answer.offered:
        assert re.search(r'places:"P-704422, P-\d+, Myrnohrad" quiet:yes', line), line


@pytest.mark.parametrize("text", ["8", "08", "0800", "8:00", "08.00", "8h00", " 08:00 "])
async def test_an_hour_is_read_as_people_write_it(desk: Talk, text: str) -> None:
    assert "· 08:00 " in (await manage(desk, f"/digests add {text}")).first


@pytest.mark.parametrize("text", ["Europe/Kyiv", "europe/kyiv", "kyiv", "KYIV"])
async def test_a_zone_is_read_by_its_name_or_its_city(desk: Talk, text: str) -> None:
    assert "Europe/Kyiv" in (await manage(desk, f"/digests add zone:{text}")).first


async def test_hours_zones_and_several_places_are_suggested(desk: Talk) -> None:
    from commands.kit.invocation import Caller  # noqa: PLC0415

    async def suggested(name: str, text: str) -> list[str]:
        command = desk.dispatch.find("digests add")
        assert command is not None
        choices = await desk.dispatch.suggest(Caller("console", "1", "One"), command, name, text)
        return [choice.value for choice in choices]

    assert await suggested("time", "0") == ["06:00", "07:00", "08:00", "09:00"]
    assert (await suggested("zone", "kyi"))[0] == "Europe/Kyiv"
    first = (await suggested("places", "Pokrovsk, Myrnoh"))[0]
    assert first == "Pokrovsk, P-710035"


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("8 am", "08:00"),
        ("8AM", "08:00"),
        ("7:30 p.m.", "19:30"),
        ("12am", "00:00"),
        ("12 pm", "12:00"),
    ],
)
async def test_an_hour_of_a_half_day_is_read(desk: Talk, typed: str, time: str) -> None:
    answer = await manage(desk, f'/digests add "{typed}"')
    assert f"{time} Europe/Kyiv" in answer.first


async def test_a_half_day_has_no_thirteenth_hour(desk: Talk) -> None:
    assert (await manage(desk, '/digests add "13 pm"')).refused
