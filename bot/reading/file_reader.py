"""The text of a file: plain text here, all else by a child that is confined (parse_child.py)."""

import asyncio
import os
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from commands.kit.documents import Document
from commands.kit.errors import BadParam, Code
from commands.kit.inlines import T, Typed
from commands.kit.params.basic import echo

CHILD = Path(__file__).with_name("parse_child.py")
MOST_BYTES = 5_000_000
_SECONDS, _AT_ONCE = 15.0, 2
_MOST_ANSWER = 4_000_000
_KINDS = {".txt": "txt", ".pdf": "pdf", ".docx": "docx", ".html": "html", ".htm": "html"}
_MAGIC = {"pdf": b"%PDF-", "docx": b"PK\x03\x04"}
_INSTALL = "pip install -r requirements-drafts.txt"
_WHY = {
    "locked": T("{name} needs a password: paste its text."),
    "scan": T("{name} has no text in it, only pictures: paste what it says."),
    "empty": T("No article was found in {name}: paste its text."),
    "large": T("{name} is too large to be read: paste the part that matters."),
}
_UNREADABLE = T("{name} cannot be read: it is damaged, or not what its name says. Paste its text.")
_NOTES = {"changes": T("Its tracked changes were read as if they were accepted.")}


class FileReader:
    """Reads files, a few at a time; `child` is the script that parses them."""

    def __init__(self, seconds: float = _SECONDS, child: Path = CHILD) -> None:
        self._seconds, self._child = seconds, child
        self._at_once = asyncio.Semaphore(_AT_ONCE)

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
        async with self._at_once:
            told = await self._ask_child(kind, data)
        if told.get("error") == "missing":
            missing = T("Such files cannot be read here yet; whoever runs the bot installs:")
            raise BadParam(missing, Typed(_INSTALL), code=Code.BAD_FILE)
        if not isinstance(told.get("text"), str):
            raise _refusal(str(told.get("error", "")), name)
        return _document(told)

    async def _ask_child(self, kind: str, data: bytes) -> dict[str, Any]:
        """Return what the child tells; nothing where it died, or took too long."""
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-B", str(self._child), kind),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
        )
        try:
            async with asyncio.timeout(self._seconds):
                told, _ = await child.communicate(data)
        except TimeoutError:
            return {"error": "large"}
        finally:
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()
        return _decode_answer(told)


def _decode_answer(told: bytes) -> dict[str, Any]:
    """Return the child's answer; what is none, as nothing."""
    try:
        return msgspec.json.decode(told[:_MOST_ANSWER], type=dict[str, Any])
    except msgspec.DecodeError:
        return {}


def _document(told: dict[str, Any]) -> Document:
    day = None
    with suppress(ValueError):
        day = date.fromisoformat(str(told.get("day", "")))
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


def _refusal(error: str, name: str) -> BadParam:
    message = _WHY.get(error, _UNREADABLE)
    return BadParam(T(message.message, name=echo(name)), code=Code.BAD_FILE)
