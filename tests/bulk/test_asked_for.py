"""Imports and exports as somebody asks for them: in chat, in a terminal, in a shell."""

import csv
import io
import json
import re
from functools import partial
from pathlib import Path

import pytest

from bot.adapters.console.local_files import open_upload, save_attachments
from bot.dispatch import Answer, Desk, Dispatch, Outcome
from bot.i18n.formatter import Voice
from commands import COMMANDS
from commands.kit.invocation import Caller, Role, Room, Upload
from commands.kit.reply import Attachment
from store import Store, open_store
from tests.bot.command_line import run
from tests.bulk.conftest import jsonl, many, row
from tests.bulk.import_desk import text_of
from tests.fakes import NOON, ZONE, Talk


def title_of(answer: Answer) -> str:
    return Voice(ZONE).plain(*answer.reply.title)


class Uploader:
    """Somebody who sends files to a desk."""

    def __init__(self, store: Store) -> None:
        desk = Desk(store, COMMANDS, lambda: NOON, ZONE, 7)
        self.logged: list[BaseException | None] = []
        self.dispatch = Dispatch(desk, lambda *_, error=None, **__: self.logged.append(error))

    async def __call__(
        self, data: bytes, name: str = "rows.jsonl", as_: Role = Role.MODERATOR, **given: str
    ) -> Answer:
        async def read() -> bytes:
            return data

        who, room = Caller("chat", "7", "Member One", as_), Room("chat", "1")
        upload = Upload(name, len(data), read)
        return await self.dispatch.call(
            who, "import", {"file": name, **given}, room, "chat:1", (upload,)
        )


@pytest.fixture
async def chat(small: Store) -> Uploader:
    return Uploader(small)


async def test_rows_much_like_what_is_on_record_are_told_and_filed_all_the_same(
    chat: Uploader,
) -> None:
    words = "A drone hit a mill on the road to Rodynske"
    await chat(jsonl(row(key="a", text=f"{words}.")))
    rows = (row(key="b", text=f"{words} yesterday."), row(key="c", text="The school was shut."))
    data = jsonl(*rows)
    for answer in (await chat(data, check="only"), await chat(data)):
        answered = text_of(answer)
        assert "Much like what is on record row 1 → E-" in answered
        assert "row 2 →" not in answered
    assert title_of(answer) == "B-2: 2 filed"


async def test_only_the_first_fifty_new_rows_are_held_against_the_record(chat: Uploader) -> None:
    """Each takes some milliseconds, and a file may have a hundred thousand."""
    texts = [row(key=f"k{n}", text=f"Shells fell on street {n} in the town.") for n in range(60)]
    await chat(jsonl(*texts))
    again = [{**each, "key": f"again-{each['key']}"} for each in texts]
    text = text_of(await chat(jsonl(*again)))
    assert "Not held against it" in text
    assert "10 new rows" in text
    assert "row 1 → E-" in text
    assert re.search(r"row 1 → E-\d+, .* \d+ more", text)


async def test_the_assessments_of_a_day_after_are_no_duplicates(chat: Uploader) -> None:
    judged = {"kind": "assessment", "type": "control", "control": "contested", "by": "Deep State"}
    rows = [row(key=f"d{n}", day=f"2025-11-0{n}", **judged) for n in (3, 4)]
    await chat(jsonl(rows[0]), new="create")
    assert "Much like" not in text_of(await chat(jsonl(rows[1]), new="create"))


async def test_a_moderator_files_what_they_send(chat: Uploader, small: Store) -> None:
    answer = await chat(many(3))
    assert title_of(answer) == "B-1: 3 filed"
    (revision,) = await small.history.of("B-1")
    assert (revision.platform, revision.by) == ("chat", "Member One")


async def test_a_reader_may_not(chat: Uploader) -> None:
    answer = await chat(many(3), as_=Role.READER)
    assert answer.outcome is Outcome.REFUSED
    assert title_of(answer) == "Only moderators can use /import."


async def test_what_is_too_large_is_refused_before_it_is_read(small: Store) -> None:
    async def read() -> bytes:
        raise AssertionError("nobody should fetch it")

    chat = Uploader(small)
    upload = Upload("big.csv", 5_000_001, read)
    who, room = Caller("chat", "7", "Member One", Role.MODERATOR), Room("chat", "1")
    answer = await chat.dispatch.call(who, "import", {"file": "big.csv"}, room, "k", (upload,))
    assert answer.outcome is Outcome.REFUSED
    assert "5,000,001" in title_of(answer)


async def test_problems_are_listed_and_nothing_is_filed(chat: Uploader) -> None:
    answer = await chat(jsonl(*(row(key=f"x-{n}", day=f"soon {n}") for n in range(20))))
    assert title_of(answer) == "Nothing was filed: 20 of 20 have problems"
    lines = [Voice(ZONE).plain(*item.lead) for item in answer.reply.blocks[1].items]  # type: ignore[union-attr]
    assert len(lines) == 10
    assert lines[0].startswith("Row 1, day: “soon 0” is not a day; write")
    (file,) = answer.reply.files
    assert file.name.endswith(".report.txt")
    assert file.data.decode().count("is not a day") == 20


async def test_what_is_wrong_with_many_rows_alike_is_said_once(chat: Uploader) -> None:
    answer = await chat(many(20, day="soon"))
    (item,) = answer.reply.blocks[1].items  # type: ignore[union-attr]
    assert Voice(ZONE).plain(*item.lead).startswith("Rows 1, 2, 3, 4, 5 and 15 more, day: “soon”")


async def test_what_is_missing_is_offered_to_be_made(chat: Uploader) -> None:
    answer = await chat(jsonl(row(source="Outlet One")))
    lines = [
        Voice(ZONE).plain(*block.line) for block in answer.reply.blocks if hasattr(block, "line")
    ]
    assert any("new:create" in line for line in lines)
    assert title_of(await chat(jsonl(row(source="Outlet One")), new="create")).startswith("B-1: 1")


async def test_rows_left_out_come_back_in_their_own_format_to_be_mended(chat: Uploader) -> None:
    table = "key,kind,type,text,day,source\n'=1,event,fighting,Good.,2025-11-05,S-1\n"
    table += "b,event,fighting,'=Bad.,soon,S-1\n"
    answer = await chat(table.encode(), "rows.csv", bad="skip")
    assert title_of(answer).startswith("B-1: 1 filed")
    (file,) = answer.reply.files
    assert file.name == "rows.rejects.csv"
    (back,) = csv.DictReader(io.StringIO(file.data.decode()))
    assert back["text"] == "'=Bad."
    assert back["problem"].startswith("Row 3, day: “soon”")
    mended = file.data.replace(b",soon,", b",2025-11-05,")
    assert title_of(await chat(mended, "rows.csv")).startswith("B-2: 1 filed")


async def test_whoever_imported_a_file_takes_it_back_by_undo(chat: Uploader, small: Store) -> None:
    await chat(many(3))
    who, room = Caller("chat", "7", "Member One", Role.MODERATOR), Room("chat", "1")
    answer = await chat.dispatch.call(who, "undo", {}, room, "chat:2")
    assert title_of(answer).startswith("Undone: B-1, an import of ")
    assert (await small.imports.batch(1)).state == "undone"
    again = await chat.dispatch.call(who, "undo", {}, room, "chat:3")
    assert again.outcome is Outcome.REFUSED


async def test_the_log_of_an_import_is_of_all_that_it_filed_and_took_back(
    chat: Uploader, small: Store
) -> None:
    """“B-1”, which the product itself shows, was refused as no reference."""
    await chat(jsonl(row(), row(key="y", text="Another.")))
    mended = await chat(jsonl(row(text="Fighting at the mine.")))
    (more,) = mended.reply.actions
    assert (more.command, more.given) == ("log", {"ref": "B-2"})
    desk = Talk(small)

    async def log(line: str) -> list[str]:
        text = (await desk(line, Role.MODERATOR, 100, "Member One")).text
        parts = re.findall(r"^• #[0-9]+ (.+)\n|Europe/Kyiv( · import .+)\n", text, re.MULTILINE)
        return ["".join(parts) for parts in parts]

    first = ["B-1 import of rows.jsonl: 2 filed"]
    first += ["E-66 imported", " · import B-1", "E-65 imported", " · import B-1"]
    assert await log("/log B-1") == first
    assert await log("/log b-1 since:2025-11-08") == []
    assert await log("/log B-10") == []
    second = ["B-2 import of rows.jsonl: 1 corrected", "E-65 corrected", " · import B-2"]
    assert await log("/log B-2") == second
    assert (await log("/log"))[: len(second + first)] == second + first
    who, room = Caller("chat", "7", "Member One", Role.MODERATOR), Room("chat", "1")
    await chat.dispatch.call(who, "undo", {}, room, "chat:2")
    undone, entry, *rest = await log("/log B-2")
    assert undone == "B-2 import undone: 1 change"
    assert re.fullmatch(r"E-65 undid #[0-9]+: corrected", entry)
    assert rest[-3:] == second


async def test_pages_of_an_imports_log_join(chat: Uploader, small: Store) -> None:
    await chat(many(20))
    desk, line, seen = Talk(small), "/log B-1", list[str]()
    while line:
        answer = await desk(line, Role.MODERATOR)
        seen += [line.split()[2] for line in answer.lines if line.startswith("• #")]
        line = next(iter(answer.offered), "")
    assert seen == ["B-1", *(f"E-{n}" for n in range(84, 64, -1))]


async def test_a_terminal_names_a_file_by_its_path(small: Store, tmp_path: Path) -> None:
    file = tmp_path / "my rows.jsonl"
    file.write_bytes(many(2))
    desk = Desk(small, COMMANDS, lambda: NOON, ZONE, 7, open_upload)
    dispatch = Dispatch(desk, lambda *_, **__: None)
    you = partial(Caller, "console", "local", "You")
    answer = await dispatch.line(you(Role.MODERATOR), f"/import {file} check:only")
    assert title_of(answer).startswith("Nothing was filed. Of 2: 2 new")
    answer = await dispatch.line(you(Role.MODERATOR), f"/import {tmp_path}/none.csv")
    assert answer.outcome is Outcome.REFUSED
    answer = await dispatch.line(you(Role.READER), f"/import {file}")
    assert answer.outcome is Outcome.REFUSED


def test_a_file_of_an_answer_is_written_over_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("mine")
    lines = list(save_attachments((Attachment("../a.csv", b"1"),), Voice(ZONE), tmp_path))
    assert (tmp_path / "a.csv").read_text() == "mine"
    assert (tmp_path / "a-2.csv").read_bytes() == b"1"
    assert lines == [f"Written: {tmp_path / 'a-2.csv'}"]


def test_import_in_a_shell(tmp_path: Path) -> None:
    """As an operator runs it: checked, filed, done again, and with rows left out."""
    (tmp_path / "rows.jsonl").write_bytes(many(3))
    result = run(tmp_path, "import", "rows.jsonl", "--dry-run")
    assert result.stderr == "sitrep.db is new and is filled first.\n", "a check asks for places too"
    assert result.stdout.startswith("Nothing was filed. Of 3: 3 new")
    result = run(tmp_path, "import", "rows.jsonl", "--as", "Operator One")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("B-1: 3 filed")
    result = run(tmp_path, "import", "rows.jsonl")
    assert result.stdout.startswith("Nothing to file: all 3 are on record already")
    (tmp_path / "more.jsonl").write_bytes(jsonl(row(key="y"), row(key="z", day="soon")))
    result = run(tmp_path, "import", "more.jsonl")
    assert (result.returncode, result.stdout[:17]) == (2, "Nothing was filed")
    result = run(tmp_path, "import", "more.jsonl", "--skip-bad")
    assert result.stdout.startswith("B-2: 1 filed")
    (back,) = (tmp_path / "more.rejects.jsonl").read_text().splitlines()
    assert json.loads(back)["key"] == "z"
    assert "Operator One" in run(tmp_path, "ask", "--json", "/entry E-65").stdout


def test_an_import_beside_a_running_bot_says_so(tmp_path: Path) -> None:
    import asyncio  # noqa: PLC0415

    (tmp_path / "rows.jsonl").write_bytes(many(1))

    async def meanwhile() -> str:
        async with await open_store(tmp_path / "sitrep.db"):
            result = await asyncio.to_thread(run, tmp_path, "import", "rows.jsonl")
            return result.stderr

    assert "Another process is writing" in asyncio.run(meanwhile())


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    run(tmp_path, "ask", "--no-seeds", "/about")
    result = run(tmp_path, "import", "none.csv")
    assert (result.returncode, result.stdout) == (1, ""), "2 where other commands have 1"
    assert result.stderr.strip() == "There is no file none.csv."


async def test_the_report_says_as_which_place_each_name_was_read(chat: Uploader) -> None:
    """An import filed Hrodivka under Myrnohrad without a word."""
    rows = [row(key="a", place="м. Покровськ"), row(key="b", place="Myrnohrad")]
    answer = await chat(jsonl(*rows))
    items = [item for block in answer.reply.blocks for item in getattr(block, "items", ())]
    assert [Voice(ZONE).plain(*item.lead) for item in items] == [
        "м. Покровськ → Pokrovsk (P-704422, Pokrovsk Raion, Donetsk Oblast)",
        "Myrnohrad → Myrnohrad (P-710035, Pokrovsk Raion, Donetsk Oblast)",
    ]


@pytest.mark.parametrize(
    "cell", ["Pokrovsk; Myrnohrad", "Pokrovsk/Myrnohrad", "Pokrovsk і Myrnohrad"]
)
async def test_two_places_in_one_cell_are_told_apart(chat: Uploader, cell: str) -> None:
    answer = await chat(jsonl(row(place=cell)))
    items = [item for block in answer.reply.blocks for item in getattr(block, "items", ())]
    (problem,) = [Voice(ZONE).plain(*item.lead) for item in items]
    assert problem.startswith(f"Row 1, place: “{cell}” names several places, P-704422 (Pokrovsk")
    assert problem.endswith("; give each a column of its own, place and place_2.")
