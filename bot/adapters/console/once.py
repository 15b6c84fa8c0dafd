"""One answer, on standard output or, when it is a refusal, on standard error."""

import sys

from msgspec.structs import replace

from bot.adapters.console.layout import layout
from bot.adapters.console.local_files import save_attachments
from bot.adapters.console.paint import paint, width_of
from bot.dispatch import Answer, Outcome
from bot.i18n.formatter import Voice
from commands.kit.reply import Reply

_CODES = {Outcome.ANSWERED: 0, Outcome.FAULT: 1, Outcome.REFUSED: 2}


def show(answer: Answer, voice: Voice, *, as_json: bool) -> int:
    """Print an answer; return 0, 1 for a bug, 2 for what the asker can put right."""
    stream = sys.stdout if answer.outcome is Outcome.ANSWERED else sys.stderr
    if as_json:
        import json

        from bot.adapters.console.data import as_data

        data = as_data(answer, replace(voice, whole=True))
        print(json.dumps(data, ensure_ascii=False, indent=2), file=stream)
    else:
        paint(layout(answer.reply, voice, width_of(stream)), stream)
    shown = _hang(replace(answer.reply, illustration=None), voice)
    for line in save_attachments(shown.files, voice):
        print(line, file=sys.stderr)
    return _CODES[answer.outcome]


def _hang(reply: Reply, voice: Voice) -> Reply:
    """Return an answer with its picture as a file, if it has one."""
    if reply.picture is None:
        return reply
    import asyncio

    from bot.pictures.album import Album

    return asyncio.run(Album().hang(reply, voice))
