"""One answer, on standard output or, when it is a refusal, on standard error."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from msgspec.structs import replace

from bot.adapters.console.layout import layout
from bot.adapters.console.local_files import name_written, save_attachments, write_files
from bot.adapters.console.paint import paint, width_of
from bot.dispatch import Answer, Outcome
from bot.i18n.formatter import Voice
from commands.kit.reply import Attachment, Reply

_CODES = {Outcome.ANSWERED: 0, Outcome.FAULT: 1, Outcome.REFUSED: 2}


def show(answer: Answer, voice: Voice, *, as_json: bool) -> int:
    """Print an answer; return 0, 1 for a bug, 2 for what the asker can put right.

    Its files, and its picture, are written into the current folder.
    """
    stream = sys.stdout if answer.outcome is Outcome.ANSWERED else sys.stderr
    files = _hang(replace(answer.reply, illustration=None), voice).files
    if as_json:
        _print_data(answer, files, voice, stream)
    else:
        paint(layout(answer.reply, voice, width_of(stream)), stream)
        for line in save_attachments(files, voice):
            print(line, file=sys.stderr)
    return _CODES[answer.outcome]


def _print_data(answer: Answer, files: Sequence[Attachment], voice: Voice, stream: TextIO) -> None:
    """Print an answer as data, its files under the names that they were written with."""
    import json

    from bot.adapters.console.data import as_data

    written: list[Attachment] = []
    try:
        for file, path in zip(files, write_files(files), strict=True):
            written.append(replace(file, name=str(path)))
    finally:  # the answer is shown where a file of it cannot be written
        reply = replace(answer.reply, files=tuple(written))
        data = as_data(replace(answer, reply=reply), replace(voice, whole=True))
        print(json.dumps(data, ensure_ascii=False, indent=2), file=stream)
    for file in written:
        print(name_written(Path(file.name), voice), file=sys.stderr)


def _hang(reply: Reply, voice: Voice) -> Reply:
    """Return an answer with its picture as a file, if it has one."""
    if reply.picture is None:
        return reply
    import asyncio

    from bot.pictures.album import Album

    return asyncio.run(Album().hang(reply, voice))
