"""Lines of a Reply → Discord's markdown."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from itertools import groupby
from operator import itemgetter

from bot.adapters.discord.rendering.markdown_escape import escape, link
from bot.i18n.formatter import Voice, visible_line
from commands.kit.inlines import (
    Faint,
    Interval,
    Line,
    Moment,
    Reference,
    Strong,
    Typed,
    WebLink,
    When,
)

_HOUR = time(10, tzinfo=UTC)
"""An hour at which it is one and the same day from Honolulu to Auckland."""
_LONGEST_CODE = 1000
_CODES = re.compile(r"\\.|(`[^`]+`)(?=`)|`[^`]+`")
"""Escapes and codes; in the group a code that another one follows at once."""
_WHOLE = re.compile(r"\\.|`[^`]+`|\[[^\]]*\]\(<[^>]*>\)|<[^>]*>|\*\*|\n(?:-# |### )?|.", re.DOTALL)
"""What must not be torn apart."""


def markdown(line: Line, voice: Voice) -> str:
    """Return one line of markdown. Nothing of it is left out."""
    pieces = [piece for piece in _pieces(line, voice, strong=False) if piece[1]]
    shown = ""
    for strong, run in groupby(pieces, itemgetter(0)):
        text = "".join([text for _, text in run])
        shown += _bold(text) if strong and text.strip() else text
    if "``" not in shown:
        return shown
    return _CODES.sub(lambda match: f"{match[0]} " if match[1] else match[0], shown)


def _bold(text: str) -> str:
    """Return text in bold but for its outer spaces: beside one, not every client knows the mark."""
    inner = text.strip()
    before, _, after = text.partition(inner)
    return f"{before}**{inner}**{after}"


def split_markdown(text: str, most: int) -> Iterator[str]:
    """Yield markdown in parts of so many characters at most, an ellipsis at each cut."""
    part = strong = ""
    for whole in _WHOLE.findall(text) if len(text) > most else [text]:
        if part and len(part) + len(whole) + len("**…") > most:
            yield f"{part}…{strong}"
            part = f"{strong}…"
        part += whole
        if whole == "**":
            strong = "" if strong else "**"
    yield part


def _pieces(line: Line, voice: Voice, *, strong: bool) -> Iterator[tuple[bool, str]]:
    """Yield the parts of a line, and whether each is to be seen first."""
    for leaf in voice.leaves(line):
        match leaf:
            case str():
                yield strong, escape(leaf)
            case Reference():
                yield strong, _code(leaf.ref)
            case Strong():
                yield from _pieces((leaf.inline,), voice, strong=True)
            case Faint():
                yield from _pieces((leaf.inline,), voice, strong=strong)
            case When():
                yield strong, _when(leaf.span, voice)
            case Moment():
                yield strong, f"<t:{int(leaf.at.timestamp())}:f>"
            case WebLink():
                yield strong, link(leaf.url, leaf.label)
            case Typed():
                code = _code(voice.plain(leaf.line))
                yield strong and "**" not in code, code


def _code(typed: str) -> str:
    shown = visible_line(typed).replace("`", "ˋ")
    is_code = shown.strip() and len(shown) <= _LONGEST_CODE and "](" not in shown
    return f"`{shown}`" if is_code else escape(shown)


def _when(span: Interval, voice: Voice) -> str:
    """Return a day as the reader's own client writes it; anything less certain in words."""
    if not span.is_day:
        return escape(voice.span(span))
    return f"<t:{int(datetime.combine(span.latest, _HOUR).timestamp())}:D>"
