"""The text of a file: plain text here, all else by document_parser.py in a confined process."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any

import msgspec

from bot.reading.page_day import read_page_day
from commands.kit.documents import Document
from commands.kit.errors import BadParam, Code
from commands.kit.inlines import T, Typed
from commands.kit.params.basic import echo
from store.confined import Confinement, Failed, Failure, run_confined
from store.model.installation import name_install_line

PARSER = "bot.reading.document_parser:parse"
MOST_BYTES = 5_000_000
_WITHIN = Confinement(seconds=15, memory=1_000_000_000, output=4_000_000)
_AT_ONCE = 2
_KINDS = {".txt": "txt", ".pdf": "pdf", ".docx": "docx", ".html": "html", ".htm": "html"}
_MAGIC = {"pdf": b"%PDF-", "docx": b"PK\x03\x04"}
_WHY = {
    "locked": T("{name} needs a password: paste its text."),
    "scan": T("{name} has no text in it, only pictures: paste what it says."),
    "empty": T("No article was found in {name}: paste its text."),
    "large": T("{name} is too large to be read: paste the part that matters."),
}
_UNREADABLE = T("{name} cannot be read: it is damaged, or not what its name says. Paste its text.")
_NOTES = {"changes": T("Its tracked changes were read as if they were accepted.")}


class FileReader:
    """Reads files, a few at a time; `parser` is the task that does it, in a confined process.

    The day of a page is one of `zone`.
    """

    def __init__(
        self, within: Confinement = _WITHIN, parser: str = PARSER, zone: tzinfo = UTC
    ) -> None:
        self._within, self._parser, self._zone = within, parser, zone
        self._threads = ThreadPoolExecutor(_AT_ONCE, "file")  # as many, whoever still waits

    async def read(self, name: str, data: bytes) -> Document:
        """Return the text of a file; BadParam says why there is none."""
        kind = _KINDS.get(Path(name).suffix.casefold())
        if kind is None:
            ends = T("{name} is no .txt, .html, .pdf or .docx: paste its text.", name=echo(name))
            raise BadParam(ends, code=Code.BAD_FILE)
        if len(data) > MOST_BYTES:
            raise _refusal("large", name)
        if kind == "txt":
            return Document(_decode(name, data))
        if not data.startswith(_MAGIC.get(kind, b"")):
            raise _refusal("", name)
        loop = asyncio.get_running_loop()
        try:
            told = await loop.run_in_executor(self._threads, self._parse, kind, data)
        except Failed as failed:
            raise _refusal(_name_reason(failed), name) from None
        return _document(told, self._zone)

    def _parse(self, kind: str, data: bytes) -> dict[str, Any]:
        """Return what the parser tells; raises Failed."""
        with run_confined(self._parser, data, {"kind": kind}, self._within) as output:
            return msgspec.json.decode(output.read(), type=dict[str, Any])


def _name_reason(failed: Failed) -> str:
    """Return the word for why a file could not be read; none where it is damaged."""
    if failed.failure is Failure.REFUSED:
        return failed.words[0]
    return "large" if failed.failure in {Failure.TOO_SLOW, Failure.TOO_MUCH} else ""


def _document(told: dict[str, Any], zone: tzinfo) -> Document:
    day = read_page_day(told.get("marks", ()), zone)
    notes = tuple(_NOTES[note] for note in told.get("notes", ()) if note in _NOTES)
    return Document(told["text"], str(told.get("title", "")), day, notes)


def _decode(name: str, data: bytes) -> str:
    """Return the text of bytes in UTF-8, or in UTF-16 with its mark."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        plain = T("{name} is not a text in UTF-8: save it as one.", name=echo(name))
        raise BadParam(plain, code=Code.BAD_FILE) from None


def _refusal(reason: str, name: str) -> BadParam:
    if reason == "missing":
        missing = T("Such files cannot be read here yet; whoever runs the bot installs:")
        return BadParam(missing, Typed(name_install_line("drafts")), code=Code.BAD_FILE)
    message = _WHY.get(reason, _UNREADABLE)
    return BadParam(T(message.message, name=echo(name)), code=Code.BAD_FILE)
