"""From a shell: a text read into drafts, printed as data. Nothing is filed and nothing fetched."""

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from bot import app
from bot.cli.read_input import UnreadableInput, read_input
from commands.shared.extraction.extract import extract
from commands.shared.extraction.extracted_draft import ExtractedDraft

if TYPE_CHECKING:
    from bot.settings import Settings

_OK, _TROUBLE = 0, 1
_MOST_MB, _MOST_CHARACTERS = 1, 200_000


async def run_extract(arguments: argparse.Namespace, settings: "Settings") -> int:
    """Print the drafts of a text; return the exit code."""
    try:
        text = _read_text(arguments.file)
    except UnreadableInput as error:
        print(error, file=sys.stderr)
        return _TROUBLE
    async with await app.open_for_reading(settings.store) as store:
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
    raw = read_input(file, _MOST_MB, "extract")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableInput(f"{file} is not a text in UTF-8: save it as one.") from None
    if len(text) > _MOST_CHARACTERS:
        raise UnreadableInput(
            f"{file} has {len(text):,} characters: extract parts of at most {_MOST_CHARACTERS:,}."
        )
    return text
