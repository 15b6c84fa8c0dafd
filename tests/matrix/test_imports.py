"""Tables, mappings and areas sent as files on Matrix, and filed there."""

import pytest

from tests.bulk.drawn_areas import EAST, area, areas
from tests.bulk.workbooks import Cell, make_workbook
from tests.matrix.home import Home, reply
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
    answer = await send(home, "map.geojson", areas(area(EAST)), "!import")
    assert "lacks by, day, control" in answer


async def test_a_reader_imports_nothing(home: Home) -> None:
    data = areas(area(EAST, status="contested"))
    asked = await home.boris.send_file(home.id, "map.geojson", data, body="!import")
    answer = plain(await home.boris.answer(home.id, asked))
    assert "moderators" in answer


def sheet(*headings: str) -> bytes:
    """Return a workbook of five rows under such headings."""
    rows: list[list[Cell]] = [list(headings)]
    for n in range(5):
        link = f"https://example.org/{n}"
        rows.append([45960 + n, "Pokrovsk", "The Kyiv Independent", f"A drone hit mill {n}.", link])
    return make_workbook({"Log": rows}, dates=[0])


ENGLISH, UKRAINIAN = "Date Place Who What Link", "Дата Місце Хто Що Посилання"


@pytest.mark.parametrize(
    ("headings", "choices"),
    [
        (ENGLISH, ["rows:event:strike"]),
        (UKRAINIAN, ["rows:event:strike"]),
        (ENGLISH.replace("Who", "Correspondent"), ["column:3=who", "rows:event:strike"]),
    ],
    ids=["en", "uk", "a heading that is not known"],
)
async def test_a_sheet_of_five_rows_becomes_five_entries_by_replies(
    home: Home, headings: str, choices: list[str]
) -> None:
    await home.anna.send_file(home.id, "log.xlsx", sheet(*headings.split()), body="!import")
    private = await home.anna.invited()
    await home.anna.join(private)
    event = await home.anna.next_from(private, home.bot.id)
    assert "are these its columns?" in event["body"]
    for choice in choices:
        event = await reply(home.anna, private, newest(home), choice)
    assert "1 Import 5 rows ✅" in event["body"]
    done = await reply(home.anna, private, newest(home), "1")
    assert done["body"].startswith("B-1: 5 filed")


def newest(home: Home) -> str:
    """Return the newest message of the bot's that anna has seen."""
    mine = [event for event in home.anna.seen if event["sender"] == home.bot.id]
    return str(next(event["event_id"] for event in reversed(mine) if "body" in event["content"]))
