"""/map: what is drawn is what the record says, and nothing that puts anybody in danger."""

import asyncio
from datetime import date, timedelta
from functools import partial

import pytest

from bot.i18n.formatter import Voice
from commands.kit.invocation import Role
from commands.shared.pictures.map_picture import UNSURE, MapMark, MapPicture
from store.editing.registry import NewPlace
from store.model.entry import Kind
from store.model.filing import FiledPlace, FiledSource, Filing
from store.model.ref import Ref
from store.model.revision import Act, Person
from store.model.span import Span
from store.queries.map_view import Frame, MapDay
from store.record import entry_rows
from store.transfer.areas.area_rows import AreaPlan
from tests.bulk.drawn_areas import BOTH, DAY, EAST, area, areas, box, draw
from tests.fakes import NOON, ZONE, Talk, TerminalAnswer

DESK = Person("console", "desk", "The desk")
HELD, LOST = "ukrainian_held", "russian_held"
FAR = box(48.0, 38.9, 48.2, 39.2)
TODAY, OLD = date(2025, 11, 7), date(2025, 11, 3)


async def put(
    desk: Talk, place: str, kind: Kind, control: str, *, by: int = 1, day: date = OLD
) -> None:
    """File who holds a place, as somebody says or assesses."""
    match = (await desk.store.places.recognise(place)).candidates[0].place
    filing = Filing(
        kind,
        "control",
        f"{place} is {control}.",
        Span.on(day),
        (FiledSource(1),),
        (FiledPlace(match.id),),
        actor_id=by,
        control=control,
    )
    act = Act(f"{place}{kind}{control}{by}{day}", "file", DESK, NOON, "To be drawn.")
    await desk.store.history.write(act, partial(entry_rows.file, filing=filing, at=NOON))


def marks(answer: TerminalAnswer, panel: int = 0) -> dict[str, MapMark]:
    """Return the marks of a map by the names of their places."""
    picture = answer.reply.picture
    assert isinstance(picture, MapPicture)
    return {str(mark.name.given["latin"]): mark for mark in picture.panels[panel].marks}  # type: ignore[union-attr]


async def test_an_assessed_place_has_the_sign_of_its_status_and_cites_who_says_so(
    ask: Talk,
) -> None:
    answer = await ask("/map Pokrovsk")
    assert answer.first == "Map of Pokrovsk · 7 Nov 2025 · 1 place assessed"
    mark = marks(answer)["Pokrovsk"]
    assert (mark.sign, mark.claimed, mark.disputed, mark.asked) == ("◆", False, False, True)
    assert "E-9" in answer.text


async def test_assessors_who_differ_break_the_ring(desk: Talk) -> None:
    await put(desk, "Myrnohrad", Kind.ASSESSMENT, HELD, by=1)
    await put(desk, "Myrnohrad", Kind.ASSESSMENT, LOST, by=2)
    answer = await desk("/map Pokrovsk")
    assert marks(answer)["Myrnohrad"].disputed
    assert "DISPUTED" in answer.text


async def test_claims_alone_are_hollow_and_claims_that_differ_have_no_sign(desk: Talk) -> None:
    await put(desk, "Rodynske", Kind.CLAIM, LOST, by=1)
    await put(desk, "Selydove", Kind.CLAIM, LOST, by=1)
    await put(desk, "Selydove", Kind.CLAIM, HELD, by=2)
    answer = await desk("/map Pokrovsk")
    alone, against = marks(answer)["Rodynske"], marks(answer)["Selydove"]
    assert (alone.sign, alone.claimed, alone.disputed) == ("▼", True, False)
    assert (against.sign, against.shade, against.disputed) == ("", UNSURE, True)
    assert "2 with claims only" in answer.first


async def test_two_days_stand_side_by_side(desk: Talk) -> None:
    await put(desk, "Rodynske", Kind.ASSESSMENT, HELD, day=date(2025, 11, 1))
    await put(desk, "Rodynske", Kind.ASSESSMENT, LOST, day=date(2025, 11, 5))
    answer = await desk("/map Pokrovsk from:2025-11-02 to:2025-11-06")
    assert [marks(answer, panel)["Rodynske"].sign for panel in (0, 1)] == ["▲", "▼"]


async def test_a_district_is_drawn_as_its_city(desk: Talk) -> None:
    """Nobody knows the spot of a district: two of one city would hide each other."""
    await put(desk, "Amur-Nyzhnodniprovskyi District", Kind.ASSESSMENT, HELD, day=TODAY)
    assert list(marks(await desk("/map Dnipro"))) == ["Dnipro"]


async def test_what_is_finer_than_a_settlement_waits_for_a_day(desk: Talk) -> None:
    """A spot of the desk's own may be a position: who was there today is not there tomorrow."""
    place = NewPlace("Height 180", latitude=48.3, longitude=37.2)
    await desk.store.registry.add_place(Act("spot", "add", DESK, NOON, "New."), place)
    await put(desk, "Height 180", Kind.ASSESSMENT, HELD, day=TODAY)
    answer = await desk("/map Pokrovsk")
    assert "Height 180" not in answer.text
    assert "Height 180" not in marks(answer)
    assert "1 spot with only very recent entries is left out" in answer.flat
    desk.now = NOON + timedelta(days=2)
    assert "Height 180" in marks(await desk("/map Pokrovsk"))
    at_the_time = await desk("/map Pokrovsk at:2025-11-07")
    assert "Height 180" in marks(at_the_time)


async def test_a_readers_file_has_no_such_spot_either(desk: Talk) -> None:
    place = NewPlace("Height 180", latitude=48.3, longitude=37.2)
    await desk.store.registry.add_place(Act("spot", "add", DESK, NOON, "New."), place)
    await put(desk, "Height 180", Kind.ASSESSMENT, HELD, day=TODAY)

    async def spots(role: Role) -> str:
        answer = await desk("/export Height 180 format:geojson", role)
        return answer.reply.files[0].data.decode()

    assert "[37.2,48.3]" not in await spots(Role.READER)
    assert "[37.2,48.3]" in await spots(Role.MODERATOR)
    desk.now = NOON + timedelta(days=2)
    assert "[37.2,48.3]" in await spots(Role.READER)


async def test_a_young_entry_about_a_settlement_is_drawn(desk: Talk) -> None:
    await put(desk, "Rodynske", Kind.ASSESSMENT, HELD, day=TODAY)
    assert "Rodynske" in marks(await desk("/map Pokrovsk"))


def hatches(answer: TerminalAnswer) -> list[tuple[str, str, str]]:
    """Return what is hatched on a map: its assessor, its sign, and the words beside it."""
    picture = answer.reply.picture
    assert isinstance(picture, MapPicture)
    plain = Voice(ZONE).plain
    return [
        (each.name, each.sign, plain(*each.words))
        for panel in picture.panels
        for each in panel.hatches
    ]


async def test_an_imported_area_is_hatched_with_its_assessors_name(desk: Talk) -> None:
    await draw(desk.store, areas(area(EAST), area(FAR)))
    answer = await desk("/map Pokrovsk")
    words = "Deep State: Russian-held · 5 Nov 2025 · B-1 · CC BY 4.0"
    assert hatches(answer) == [("Deep State", "▼", words)]
    assert f"Drawn as an area: {words}" in answer.text
    assert hatches(await desk("/map Pokrovsk at:2025-11-04")) == []
    assert hatches(await desk("/map Lviv")) == []


async def test_an_area_waits_for_a_day_and_an_older_one_stands_until_then(desk: Talk) -> None:
    """An outline is finer than any settlement."""
    await draw(desk.store, areas(area(EAST)))
    new = AreaPlan("Deep State", "2025-11-07", "contested", "S-1")
    await draw(desk.store, areas(area(BOTH)), area=new)
    answer = await desk("/map Pokrovsk")
    assert [(sign, "5 Nov 2025" in words) for _, sign, words in hatches(answer)] == [("▼", True)]
    assert "A very recent drawing by 1 assessor is left out" in answer.flat
    desk.now = NOON + timedelta(days=2)
    answer = await desk("/map Pokrovsk")
    assert [(sign, "7 Nov 2025" in words) for _, sign, words in hatches(answer)] == [("◆", True)]
    assert "left out" not in answer.flat


@pytest.mark.parametrize("how", ["taken back", "redacted"])
async def test_an_area_is_on_no_map_once_its_import_is_taken_back_or_an_entry_redacted(
    desk: Talk, how: str
) -> None:
    before = {each.value for each in (await desk("/map Pokrovsk")).answer.reply.entries}
    await draw(desk.store, areas(area(EAST)))
    answer = await desk("/map Pokrovsk")
    assert hatches(answer)
    act = Act("away", "undo", DESK, NOON, "Wrong.")
    if how == "taken back":
        await desk.store.imports.undo_batch(act, 1)
    else:
        (new,) = {each.value for each in answer.reply.entries} - before
        await desk.store.redaction.redact(act, Ref.parse(new).number)
    assert hatches(await desk("/map Pokrovsk")) == []


async def test_two_batches_that_disagree_are_both_hatched(desk: Talk) -> None:
    await draw(desk.store, areas(area(EAST)))
    other = AreaPlan("Another map", DAY, "ukrainian_held", "S-1")
    await draw(desk.store, areas(area(EAST)), area=other)
    shown = hatches(await desk("/map Pokrovsk"))
    assert [(name, sign) for name, sign, _ in shown] == [("Another map", "▲"), ("Deep State", "▼")]


async def test_an_area_is_as_wide_as_what_is_on_record_in_it(ask: Talk) -> None:
    answer = await ask("/map Donetsk Oblast")
    picture = answer.reply.picture
    assert isinstance(picture, MapPicture)
    assert 60 <= picture.frame.wide < 200
    wider = (await ask("/map Pokrovsk wide:300")).answer.reply.picture
    assert isinstance(wider, MapPicture)
    assert wider.frame.wide == 300


async def test_where_nothing_is_on_record_the_map_says_so(ask: Talk) -> None:
    answer = await ask("/map Lviv")
    assert answer.first == "Map of Lviv · 7 Nov 2025 · nothing on record about who holds what"
    assert answer.reply.picture is not None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/map Pokrovsk wide:5", "“5” is not a distance. Write whole kilometres, from 10 to 1500."),
        ("/map Pokrovsk from:7 Nov to:1 Nov", "to: 1 Nov 2025 is not after from: 7 Nov 2025"),
    ],
)
async def test_what_cannot_be_drawn_is_refused_by_name(ask: Talk, line: str, words: str) -> None:
    answer = await ask(line)
    assert answer.refused
    assert words in answer.flat


async def test_a_place_of_which_nobody_knows_where_it_lies_has_no_map(desk: Talk) -> None:
    await desk.store.registry.add_place(
        Act("lost", "add", DESK, NOON, "New."), NewPlace("Hamlet One")
    )
    answer = await desk("/map Hamlet One")
    assert answer.refused
    assert "does not know where Hamlet One lies" in answer.flat


async def test_many_maps_keep_no_other_answer_waiting(desk: Talk) -> None:
    """The reads of 200 maps stood before all that was asked after them."""
    views, when = desk.store.map_views, MapDay(TODAY, TODAY)
    frame = Frame(48.28, 37.17, 60, 48)
    maps = [asyncio.create_task(views.read(frame, when)) for _ in range(60)]
    await asyncio.wait(maps, return_when=asyncio.FIRST_COMPLETED)
    await desk.store.entries.get(9)
    assert sum(map_.done() for map_ in maps) < 30
    await asyncio.gather(*maps)


async def test_the_menu_opens_a_claim_about_an_assessed_place_as_well(desk: Talk) -> None:
    await put(desk, "Rodynske", Kind.CLAIM, LOST, by=1)
    await put(desk, "Rodynske", Kind.ASSESSMENT, HELD, by=2)
    *_, claim, assessment = sorted(await desk.store.entries.starting("", 2), key=lambda e: e.id)
    reply = (await desk("/map Pokrovsk")).answer.reply
    assert {claim.ref, assessment.ref} <= {choice.value for choice in reply.entries}


async def test_a_day_beside_two_others_was_passed_over(ask: Talk) -> None:
    answer = await ask("/map Pokrovsk at:2025-11-01 from:2025-10-29 to:2025-11-07")

    assert answer.refused
    assert answer.first == "Write at: for one day, or from: and to: for two."
