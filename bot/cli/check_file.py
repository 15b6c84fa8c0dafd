"""From a shell: messages of a file, each checked against the record; nothing of them is kept."""

import argparse
import asyncio
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec

from bot import app
from bot.cli.read_input import UnreadableInput, read_input
from bot.i18n.catalogues import translate_into
from bot.i18n.formatter import Voice
from commands.shared.checking.read_message import check_message
from commands.shared.views.check_answer import explain
from store import open_store
from store.likeness.check_text import Match
from store.likeness.sentence_model import load_encoder
from store.model.refusals import StoreBusy

if TYPE_CHECKING:
    from bot.settings import Settings

_OK, _TROUBLE = 0, 1
_MOST_MB = 64
_SIMILAR_WORDS = "similar_words"
"""What a match is called that may be about another matter."""


class Message(msgspec.Struct, frozen=True):
    """One line of the file: a message and how its sender calls it."""

    id: str | int
    text: str


async def run_check(arguments: argparse.Namespace, settings: "Settings") -> int:
    """Print a line of JSON for each message of a file; return the exit code."""
    voice = Voice(settings.tzinfo, translate_into("en"))
    try:
        messages = list(_read_messages(arguments.file))
    except UnreadableInput as error:
        print(error, file=sys.stderr)
        return _TROUBLE
    async with await app.open_for_reading(settings.store) as store:
        await _read_entries(settings)
        for message in messages:
            checked = await check_message(message.text, store)
            rows = [_row(match, voice) for match in checked.matches]
            line = msgspec.json.encode({"id": message.id, "found": rows})
            sys.stdout.write(line.decode() + "\n")
    return _OK


async def _read_entries(settings: "Settings") -> None:
    """Make what vectors are missing; a bot that runs on the store does that itself."""
    if await asyncio.to_thread(load_encoder) is not None:
        with suppress(StoreBusy):
            async with await open_store(settings.store) as store:
                await store.vectors.make_missing()


def _row(match: Match, voice: Voice) -> dict[str, Any]:
    why = [voice.plain(part) for part in explain(match) if part != " · "]
    relation = _SIMILAR_WORDS if match.only_words else match.relation.value
    return {"ref": match.entry.ref, "relation": relation, "why": why}


def _read_messages(file: str) -> Iterator[Message]:
    decoder = msgspec.json.Decoder(Message)
    for number, line in enumerate(read_input(file, _MOST_MB, "check").splitlines(), 1):
        if line.strip():
            try:
                yield decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise UnreadableInput(
                    f"Line {number} is no message ({error}): write an id and a text, such as"
                    ' {"id": "1", "text": "Pokrovsk is surrounded"}.'
                ) from None
