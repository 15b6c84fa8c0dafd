"""From a shell: a text read into drafts, printed as data. Nothing is filed and nothing fetched."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from bot import app
from commands.shared.extraction.extract import extract
from commands.shared.extraction.extracted_draft import ExtractedDraft

if TYPE_CHECKING:
    from bot.settings import Settings

_OK, _TROUBLE = 0, 1
_MOST_BYTES, _MOST_CHARACTERS = 1_000_000, 200_000


class UnreadableText(ValueError):
    """A file that cannot be read as a text; its words are one sentence for who asked."""


async def run_extract(arguments: argparse.Namespace, settings: "Settings") -> int:
    """Print the drafts of a text; return the exit code."""
    try:
        text = _read_text(arguments.file)
    except UnreadableText as error:
        print(error, file=sys.stderr)
        return _TROUBLE
    async with await app.open_for_reading(settings.store, None, seeds=True) as store:
        drafts = await store.known_names.consult(
            lambda known: extract(text, arguments.published, known, arguments.text_language)
        )
    sys.stdout.write(write_drafts(drafts, arguments.url, arguments.source) + "\n")
    return _OK


def write_drafts(drafts: Sequence[ExtractedDraft], url: str = "", source: str = "") -> str:
    """Return drafts as a JSON list (docs/extract.md); each with the address and source if given."""
    cited = {key: value for key, value in (("url", url), ("source", source)) if value}
    rows = [{**msgspec.to_builtins(draft), **cited} for draft in drafts]
    return msgspec.json.format(msgspec.json.encode(rows), indent=2).decode()


def _read_text(file: str) -> str:
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with Path(file).open("rb") as opened:
                raw = opened.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableText(f"{file} cannot be read: {error.strerror or error}.") from None
    if len(raw) > _MOST_BYTES:
        raise UnreadableText(f"{file} is larger than 1 MB: extract it in parts.")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableText(f"{file} is not a text in UTF-8: save it as one.") from None
    if len(text) > _MOST_CHARACTERS:
        raise UnreadableText(
            f"{file} has {len(text):,} characters: extract parts of at most {_MOST_CHARACTERS:,}."
        )
    return text
