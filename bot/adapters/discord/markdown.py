"""Lines of a Reply → Discord's markdown."""

from datetime import UTC, datetime, time

from bot.adapters.discord.escape import escape, link
from bot.voice import Voice
from commands.kit.reply import Faint, Inline, Line, Link, Moment, Ref, Strong, Typed, When
from store.span import Span

_HOUR = time(10, tzinfo=UTC)
"""An hour at which it is one and the same day from Honolulu to Auckland."""


def markdown(line: Line, voice: Voice) -> str:
    """Return one line of markdown. Nothing of it is left out."""
    parts = []
    for leaf in voice.leaves(line):
        match leaf:
            case str():
                parts.append(escape(leaf))
            case Strong():
                parts.append(f"**{_inner(leaf.inline, voice)}**")
            case Faint():
                parts.append(_inner(leaf.inline, voice))
            case When():
                parts.append(_when(leaf.span, voice))
            case Moment():
                parts.append(f"<t:{int(leaf.at.timestamp())}:f>")
            case Ref():
                parts.append(f"`{leaf.ref}`")
            case Link():
                parts.append(link(leaf.url, leaf.label))
            case Typed():
                parts.append(f"`{leaf.line.replace('`', 'ˋ')}`")
    return "".join(parts)


def _inner(inline: Inline, voice: Voice) -> str:
    return markdown((inline,), voice)


def _when(span: Span, voice: Voice) -> str:
    """Return a day as the reader's own client writes it; anything less certain in words."""
    if not span.is_day:
        return escape(voice.span(span))
    return f"<t:{int(datetime.combine(span.latest, _HOUR).timestamp())}:D>"
