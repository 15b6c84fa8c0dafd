"""Files that people attach: their text, or one sentence; and nothing of them gets out."""

import sys
import zipfile
from datetime import date
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from bot.reading.document_parser import parse
from bot.reading.file_reader import FileReader
from commands.kit.documents import READABLE
from commands.kit.errors import BadParam
from store.confined import Confinement
from store.confined.child import TaskRefusal
from store.model.installation import name_install_line
from tests.reading.made_files import (
    PAGE,
    STATEMENT,
    make_docx,
    make_pdf,
    replace_in_docx,
)


async def refuse(name: str, data: bytes, reader: FileReader | None = None) -> str:
    """Have a file refused; return the sentence."""
    with pytest.raises(BadParam) as refused:
        await (reader or FileReader()).read(name, data)
    given = refused.value.message
    return "".join(str(piece) for piece in given.pieces(lambda piece, *_: piece))


async def test_a_text_is_read_as_it_is() -> None:
    for data in (STATEMENT.encode(), STATEMENT.encode("utf-8-sig"), STATEMENT.encode("utf-16")):
        assert (await FileReader().read("a.TXT", data)).text == STATEMENT


async def test_a_word_document_is_read_with_its_insertions_and_without_its_deletions() -> None:
    data = make_docx("One KEPT.", "Two.")
    inserted = "<w:ins w:id='1'><w:r><w:t>Inserted.</w:t></w:r></w:ins>"
    deleted = "<w:del w:id='2'><w:r><w:delText>Deleted.</w:delText></w:r></w:del>"
    changed = replace_in_docx(data, "<w:t>Two.</w:t></w:r>", f"</w:r>{inserted}{deleted}")
    document = await FileReader().read("a.docx", changed)
    assert document.text == "One KEPT.\n\nInserted."
    assert len(document.notes) == 1
    assert not (await FileReader().read("a.docx", data)).notes


async def test_the_lines_of_a_pdf_become_paragraphs_again() -> None:
    lines = (
        "Shells fell near Pokrovsk on 5 November, Vitalii",
        "Deineha said. The bridge was dam-",
    )
    document = await FileReader().read("a.pdf", make_pdf(*lines, "aged.", "Next one."))
    assert document.text == f"{STATEMENT} The bridge was damaged.\n\nNext one."


async def test_the_heading_of_a_pdf_is_no_part_of_its_first_sentence() -> None:
    lines = ("Day in Pokrovsk", "Shells fell near Pokrovsk on 5 November, Vitalii", "Deineha said.")
    document = await FileReader().read("a.pdf", make_pdf(*lines))
    assert document.text == f"Day in Pokrovsk\n\n{STATEMENT}"


async def test_a_page_gives_its_article_and_its_day() -> None:
    document = await FileReader().read("a.html", PAGE.encode())
    assert STATEMENT in document.text
    assert "alert" not in document.text
    assert document.day == date(2025, 11, 6)


async def test_a_page_of_after_midnight_is_of_the_day_that_the_desk_had() -> None:
    page = PAGE.replace("2025-11-06T10:00:00+02:00", "2025-11-06T23:30:00Z")
    reader = FileReader(zone=ZoneInfo("Europe/Kyiv"))
    assert (await reader.read("a.html", page.encode())).day == date(2025, 11, 7)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.exe", b"MZ", "a.exe is no .txt, .html, .pdf or .docx: paste its text."),
        ("a.txt", b"\xff\xfa\x80", "a.txt is not a text in UTF-8: save it as one."),
        ("a.pdf", make_pdf(), "a.pdf has no text in it, only pictures: paste what it says."),
        ("a.docx", make_docx(), "a.docx has no text in it, only pictures: paste what it says."),
        (
            "a.pdf",
            b"%PDF-1.7 nothing",
            "a.pdf cannot be read: it is damaged, or not what its name says. Paste its text.",
        ),
        (
            "a.docx",
            make_pdf("x"),
            "a.docx cannot be read: it is damaged, or not what its name says. Paste its text.",
        ),
        ("a.html", b"<html></html>", "No article was found in a.html: paste its text."),
    ],
)
async def test_what_cannot_be_read_is_refused_in_one_sentence(
    name: str, data: bytes, sentence: str
) -> None:
    assert await refuse(name, data) == sentence


@pytest.mark.parametrize("ending", READABLE)
async def test_every_ending_that_is_called_readable_is_read(ending: str) -> None:
    assert "is no .txt" not in await refuse(f"a{ending}", b"\xff")


async def test_a_file_that_unpacks_to_very_much_is_refused() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 70_000_000)
    assert "too large" in await refuse("a.docx", file.getvalue())


def let_do(task: str) -> FileReader:
    """Return a reader whose confined process does something else."""
    return FileReader(Confinement(2, 1_000_000_000), f"tests.reading.reading_tasks:{task}")


@pytest.mark.parametrize(
    ("task", "words"), [("fill_memory", "too large"), ("break_down", "cannot be read")]
)
async def test_a_parser_that_breaks_down_is_one_sentence(task: str, words: str) -> None:
    """What else a confined process cannot do: tests/bulk/test_foreign_files.py."""
    assert words in await refuse("a.pdf", make_pdf(STATEMENT), let_do(task))


async def test_a_parser_is_told_nothing_of_the_programs_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SITREP_DISCORD_TOKEN", "secret")
    told = (await let_do("tell_settings").read("a.pdf", make_pdf("x"))).text
    assert "PYTHONHASHSEED" in told
    assert "SITREP" not in told
    assert "secret" not in told


async def test_the_extra_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadParam) as refused:
        await let_do("miss_parser").read("a.pdf", make_pdf(STATEMENT))
    assert name_install_line("drafts") in repr(refused.value.more)
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(TaskRefusal, match="missing"):
        next(parse(make_pdf(STATEMENT), {"kind": "pdf"}))
