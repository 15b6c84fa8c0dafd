"""Reply → a card of Components V2. Pure: the client sends what comes out."""

from collections.abc import Iterator

from msgspec import Struct

from bot.adapters.discord import limits
from bot.adapters.discord.lines import Button, button
from bot.adapters.discord.markdown import divided, markdown
from bot.voice import Voice
from commands.kit.reply import (
    Action,
    Block,
    Facts,
    Heading,
    Items,
    Line,
    Phrase,
    Reply,
    Small,
    Strong,
    Text,
)
from commands.kit.words import T

_DOT = "\u00a0· "
"""A dot that never starts a line."""
_MOST_BUTTONS = 15
_FRAME = 1 + 4 + _MOST_BUTTONS + 2
"""The container, the rows, the buttons with those for the rest and for all."""
_MOST_SECTIONS = (limits.COMPONENTS - _FRAME + 1) // 2
"""As there is a separator between two."""


class Card(Struct, frozen=True):
    """One message: sections of markdown, rows of buttons. Of `parts` parts it is the `part`-th."""

    sections: tuple[str, ...]
    rows: tuple[tuple[Button, ...], ...]
    part: int
    parts: int

    @property
    def kept(self) -> dict[str, str]:
        """The lines that have to be kept for its buttons to work."""
        return {one.key: one.kept for row in self.rows for one in row if one.key}


def render(
    reply: Reply, voice: Voice, asked: Action | None = None, part: int = 1, *, post: bool = False
) -> Card:
    """Return the given part of an answer; `asked` leads to the others, and to all if `post`.

    Tone is not shown: the words say it. Audience is the client's to heed.
    """
    parts, offered = _parts(reply, voice), _offered(reply, voice)
    if asked is not None:  # what is left to be offered comes in parts with the title alone
        title = next(divided(_title(reply, voice), limits.CARD))
        parts += [[title] for _ in offered[len(parts) :]]
    part = min(max(part, 1), len(parts))
    sections, buttons = parts[part - 1], list(offered[min(part, len(offered)) - 1])
    if asked is not None and part < len(parts):
        rest = T("The rest ({n} of {all})", n=part + 1, all=len(parts))
        buttons.insert(0, button(voice.plain(rest), asked, f"part{part + 1}"))
    if asked is not None and post:
        buttons.append(button(voice.plain(T("Post here")), asked, "post"))
    rows = [tuple(buttons[at : at + limits.ROW]) for at in range(0, len(buttons), limits.ROW)]
    if asked is None:
        left = sum(map(len, offered)) - len(buttons)
        sections[-1] += _unreached(len(parts) - part, left, voice)
    return Card(tuple(sections), tuple(rows), part, len(parts))


def _offered(reply: Reply, voice: Voice) -> list[list[Button]]:
    """Return a button for each different action, in as many lots as it takes: at least one."""
    every = {one.custom_id: one for one in (button(_label(a, voice), a) for a in reply.actions)}
    found = list(every.values())
    return [found[at : at + _MOST_BUTTONS] for at in range(0, len(found), _MOST_BUTTONS)] or [[]]


def _unreached(parts: int, actions: int, voice: Voice) -> str:
    """Say that there is more where nothing leads to it."""
    more = T("{n} more fits: be more precise.", "{n} more fit: be more precise.", n=actions)
    lines = (*(["…"] if parts else []), *([_line((more,), voice, "-# ")] if actions else []))
    return "".join(f"\n{line}" for line in lines)


def _label(action: Action, voice: Voice) -> str:
    return voice.plain(action.label).strip() or f"/{action.command}"


def _parts(reply: Reply, voice: Voice) -> list[list[str]]:
    """Divide an answer into parts that fit a card, each of a few sections."""
    parts: list[list[str]] = [[]]
    room = limits.CARD
    for is_head, chunk in _chunks(reply, voice):
        for text in divided(chunk, limits.CARD):
            if len(text) + 1 > room and parts[-1]:
                parts.append([])
                room = limits.CARD
            if not parts[-1] or (is_head and len(parts[-1]) < _MOST_SECTIONS):
                parts[-1].append(text)
            else:
                parts[-1][-1] += f"\n{text}"
            room -= len(text) + 1
    return parts


def _title(reply: Reply, voice: Voice) -> str:
    title = reply.title
    if not any(isinstance(leaf, Strong) for leaf in voice.leaves(title)):
        title = (Strong(Phrase(title)),)
    return _line(title, voice) or "…"


def _chunks(reply: Reply, voice: Voice) -> Iterator[tuple[bool, str]]:
    """Yield what must not be torn apart, and whether a section starts with it."""
    yield True, _title(reply, voice)
    for number, block in enumerate(reply.blocks):
        before = reply.blocks[number - 1] if number else None
        starts = not isinstance(block, Text | Small) or isinstance(before, Items | Facts)
        starts = starts and not isinstance(before, Heading)
        for chunk in filter(None, _block(block, voice)):
            yield starts, chunk
            starts = False


def _block(block: Block, voice: Voice) -> Iterator[str]:
    match block:
        case Heading():
            yield _line((block.inline,), voice, "### ")
        case Text():
            yield _line(block.line, voice)
        case Small():
            yield _line(block.line, voice, "-# ")
        case Items():
            for item in block.items:
                under = [_line(line, voice, "-# ") for line in item.under]
                yield _lines(_line(item.lead, voice, "• "), *under)
        case Facts():
            for label, line in block.rows:
                named: Line = (Strong(label), ": ") if markdown((label,), voice).strip() else ()
                yield _line((*named, *line), voice)


def _line(line: Line, voice: Voice, mark: str = "") -> str:
    """Return a line with the mark that sets its size; nothing where nothing is to be seen."""
    text = markdown(line, voice).replace(" · ", _DOT)
    return f"{mark}{text}" if text.strip() else ""


def _lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))
