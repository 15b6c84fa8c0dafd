"""Files come with a command, and go with an answer."""

import json

import pytest
import simcord

from store import Store
from tests.bulk.drawn_areas import EAST, area, areas
from tests.bulk.workbooks import Cell, make_workbook
from tests.discord.simulation import HOME, DiscordBot, Shown, answer_of, serving
from tests.discord.steps import moderator, post_here, press

_GALLERY = 12
"""The kind of component that shows pictures."""
ROW = {
    "key": "x-1",
    "kind": "event",
    "type": "fighting",
    "text": "Fighting near the mine.",
    "day": "2025-11-05",
    "place": "Pokrovsk",
    "source": "The Kyiv Independent",
}


MAPPING = """
[fields]
kind = "event"
type = "strike"
text = "A strike on {Town}."
day = "{When}"
[[place]]
place = "{Town}"
[[source]]
source = "S-1"
"""


def lines(*rows: dict[str, str]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


async def test_a_moderator_imports_an_attached_file(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        file = ("rows.jsonl", lines(ROW))
        answer = answer_of(await moderator(here).slash(here.room, "import", file=file))
        assert "B-1: 1 filed" in answer.plain
        assert answer.private
    (revision,) = await store.history.of("B-1")
    assert revision.platform == "discord"


async def test_rows_that_were_left_out_come_back_as_a_file(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        file = ("rows.jsonl", lines(ROW, {**ROW, "key": "x-2", "day": "soon"}))
        answer = await moderator(here).slash(here.room, "import", file=file, bad="skip")
        assert "1 filed" in answer_of(answer).plain
        assert answer.response is not None
        (attached,) = answer.response.attachments
        assert attached.filename == "rows.rejects.jsonl"
        (row,) = (await attached.read()).decode().splitlines()
        assert json.loads(row)["problem"].startswith("Row 2, day: “soon” is not a day")


async def test_what_is_posted_of_a_place_is_one_screen_with_its_map(store: Store) -> None:
    """More had been pressed, and all of its sections were posted, without a map."""
    async with serving(DiscordBot(store)) as here:
        screen = answer_of(await here.reader.slash(here.room, "status", place="Pokrovsk"))
        whole = answer_of(await here.reader.click(screen.message, label="More"))
        for answer in (screen, whole):
            assert not answer.message.attachments
            posted = await post_here(here.reader, answer)
            assert not posted.private
            assert posted.text == screen.text
            (file,) = posted.message.attachments
            assert file.filename == "map-P-704422-20251107.png"
            assert file.description is not None
            assert file.description.startswith("Map of Pokrovsk · 7 Nov 2025 · 1 place assessed")


async def test_a_message_brings_its_files_and_gets_some(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        desk, line = moderator(here), f"{here.mention} import rows.jsonl"
        await desk.send(here.room, line, attachments=[("rows.jsonl", lines(ROW))])
        assert "B-1: 1 filed" in here.last().plain
        await here.reader.send(here.room, f"{here.mention} export kind:event format:jsonl")
        message = here.room.last_message
        assert message is not None
        (file,) = message.attachments
        assert file.filename.endswith(".jsonl")


async def test_a_map_is_shown_in_its_card_with_words_for_who_does_not_see_it(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        answer = await here.reader.slash(here.room, "map", place="Pokrovsk")
        assert answer.response is not None
        (file,) = answer.response.attachments
        assert file.filename == "map-P-704422-20251107.png"
        assert (await file.read()).startswith(b"\x89PNG")
        assert file.description is not None
        assert file.description.startswith("Map of Pokrovsk · 7 Nov 2025 · 1 place assessed")
        (gallery,) = [part for part in answer.response.components if part["type"] == _GALLERY]
        assert gallery["items"][0]["description"] == file.description


async def test_two_days_are_compared_by_options_of_their_own(store: Store) -> None:
    """`from` is a word of Python's own, and the library took none of that name."""
    async with serving(DiscordBot(store), HOME) as here:
        days = {"from": "2025-11-01", "to": "2025-11-07"}
        answer = answer_of(await here.reader.slash(here.room, "changes", place="Pokrovsk", **days))
        assert "about Pokrovsk · 1 Nov – 7 Nov 2025" in answer.plain


async def test_the_one_file_of_a_message_need_not_be_named(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        desk, line = moderator(here), f"{here.mention} import"
        await desk.send(here.room, line, attachments=[("rows.jsonl", lines(ROW))])
        assert "B-1: 1 filed" in here.last().plain
        two = [("rows.jsonl", lines(ROW)), ("more.jsonl", lines(ROW))]
        await desk.send(here.room, line, attachments=two)
        assert "`/import` needs file:" in here.last().plain


async def test_an_import_needs_its_file_and_no_path_of_the_bots_own_machine(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        await moderator(here).send(here.room, f"{here.mention} import README.md")
        assert "There is no file “README.md” here; attach one." in here.last().plain


async def choose(who: simcord.MemberActor, card: Shown, value: str, menu: int = 0) -> Shown:
    """Choose a value in one of a card's menus."""
    custom_id = list(card.menus)[menu]
    return answer_of(await who.select(card.message, [f"={value}"], custom_id=custom_id))


def sheet(*headings: str) -> tuple[str, bytes]:
    """Return a workbook of five rows under such headings."""
    rows: list[list[Cell]] = [list(headings)]
    for n in range(5):
        link = f"https://example.org/{n}"
        rows.append([45960 + n, "Pokrovsk", "The Kyiv Independent", f"A drone hit mill {n}.", link])
    return "log.xlsx", make_workbook({"Log": rows}, dates=[0])


@pytest.mark.parametrize(
    "headings",
    [("Date", "Place", "Who", "What", "Link"), ("Дата", "Місце", "Хто", "Що", "Посилання")],
    ids=["en", "uk"],
)
async def test_a_sheet_of_five_rows_becomes_five_entries_in_three_taps(
    store: Store, headings: tuple[str, ...]
) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        who = moderator(here)
        asked = answer_of(await who.slash(here.room, "import", file=sheet(*headings)))
        assert "log.xlsx: are these its columns?" in asked.plain
        assert asked.private
        chosen = await choose(who, asked, "event:strike")
        done = await press(who, chosen, "Import 5 rows")
        assert "B-1: 5 filed" in done.plain


async def test_areas_are_filed_hatched_and_taken_back(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        who = moderator(here)
        file = ("map.geojson", areas(area(EAST, status="contested")))
        bare = answer_of(await who.slash(here.room, "import", file=file))
        assert "lacks by, day, control" in bare.plain
        given = {"assessor": "Deep State", "as_of": "5 Nov 2025", "control": "{status}"}
        filed = answer_of(await who.slash(here.room, "import", file=file, **given, source="S-1"))
        assert "B-1: 1 filed" in filed.plain
        drawn = "Drawn as an area: Deep State: Contested (gray zone) · <t:"
        assert drawn in answer_of(await here.reader.slash(here.room, "map", place="Pokrovsk")).plain
        asked = answer_of(await who.slash(here.room, "retract", ref="B-1", why="Drawn wrongly."))
        await press(who, asked, "Take back B-1")
        bare = answer_of(await here.reader.slash(here.room, "map", place="Pokrovsk"))
        assert "Drawn as an area" not in bare.plain


async def test_a_mapping_that_is_sent_reads_the_tables_that_come_after(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        who = moderator(here)
        mapping = ("log-of-ours.toml", MAPPING.encode())
        kept = answer_of(await who.slash(here.room, "import", file=mapping))
        assert kept.first == "The mapping log-of-ours is kept"
        rows: list[list[Cell]] = [["When", "Town"], [45960, "Pokrovsk"]]
        file = ("log.xlsx", make_workbook({"Log": rows}, dates=[0]))
        filed = await who.slash(here.room, "import", file=file, mapping="log-of-ours")
        assert "B-1: 1 filed" in answer_of(filed).plain


async def test_a_heading_that_is_not_known_takes_one_select(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        who = moderator(here)
        file = sheet("Date", "Place", "Correspondent", "What", "Link")
        asked = answer_of(await who.slash(here.room, "import", file=file))
        named = await choose(who, asked, "3=who", menu=1)
        chosen = await choose(who, named, "event:strike")
        done = await press(who, chosen, "Import 5 rows")
        assert "B-1: 5 filed" in done.plain
