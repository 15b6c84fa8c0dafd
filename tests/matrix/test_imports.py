"""Tables, mappings and areas sent as files on Matrix, and filed there."""

from tests.bulk.drawn_areas import EAST, area, areas
from tests.bulk.workbooks import Cell, make_workbook
from tests.matrix.home import Home
from tests.matrix.weighing import plain
from tests.store.conftest import an_act

MAPPING = """
[fields]
kind = "event"
type = "strike"
text = "{Report}"
day = "{When}"
[[place]]
place = "{Town}"
[[source]]
source = "S-1"
"""


def table() -> bytes:
    rows: list[list[Cell]] = [
        ["When", "Town", "Report"],
        [45960, "Pokrovsk", "A drone hit a mill."],
    ]
    return make_workbook({"Log": rows}, dates=[0])


async def send(home: Home, name: str, data: bytes, line: str) -> str:
    """Send a file with a line beside it, as a moderator; return the answer."""
    asked = await home.anna.send_file(home.id, name, data, body=line)
    return plain(await home.anna.answer(home.id, asked))


async def test_a_mapping_that_is_sent_reads_the_tables_that_come_after(home: Home) -> None:
    kept = await send(home, "log-of-ours.toml", MAPPING.encode(), "!import")
    assert kept.startswith("The mapping log-of-ours is kept")
    filed = await send(home, "log.xlsx", table(), "!import mapping:log-of-ours")
    assert filed.startswith("B-1: 1 filed")
    (revision,) = await home.bot.store.history.of("B-1")
    assert revision.platform == "matrix"


async def test_areas_that_are_sent_are_filed_drawn_and_taken_back(home: Home) -> None:
    data = areas(area(EAST, status="contested"))
    line = '!import assessor:"Deep State" as_of:"5 Nov 2025" control:{status} source:S-1'
    filed = await send(home, "map.geojson", data, line)
    assert filed.startswith("B-1: 1 filed")
    drawn = "Drawn as an area: Deep State: Contested (gray zone) · 5 Nov 2025 · B-1"
    asked = await home.anna.say(home.id, "!map Pokrovsk")
    assert drawn in plain(await home.anna.answer(home.id, asked))
    await home.bot.store.imports.undo_batch(an_act("undo"), 1)
    asked = await home.anna.say(home.id, "!map Pokrovsk")
    assert "Drawn as an area" not in plain(await home.anna.answer(home.id, asked))


async def test_an_area_of_nobody_is_told_what_it_lacks(home: Home) -> None:
    said = await send(home, "map.geojson", areas(area(EAST)), "!import")
    assert "lacks by, day, control" in said


async def test_a_reader_imports_nothing(home: Home) -> None:
    data = areas(area(EAST, status="contested"))
    asked = await home.boris.send_file(home.id, "map.geojson", data, body="!import")
    said = plain(await home.boris.answer(home.id, asked))
    assert "moderators" in said
