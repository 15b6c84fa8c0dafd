"""Reply → a card of Components V2. Pure: the client sends what comes out."""

from collections.abc import Iterator

from msgspec import Struct

from bot.adapters.discord import limits
from bot.adapters.discord.lines import Button, button
from bot.adapters.discord.markdown import markdown
from bot.voice import Voice
from commands.kit.reply import Action, Block, Facts, Heading, Items, Reply, Small, Text
from commands.kit.words import T

_MOST_BUTTONS = 15


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
    parts = _parts(reply, voice)
    part = min(max(part, 1), len(parts))
    buttons = [button(voice.plain(one.label), one) for one in reply.actions[:_MOST_BUTTONS]]
    if asked is not None and part < len(parts):
        rest = T("The rest ({n} of {all})", n=part + 1, all=len(parts))
        buttons.insert(0, button(voice.plain(rest), asked, f"part{part + 1}"))
    if asked is not None and post:
        buttons.append(button(voice.plain(T("Post here")), asked, "post"))
    unique = list({one.custom_id: one for one in buttons}.values())
    rows = [tuple(unique[at : at + limits.ROW]) for at in range(0, len(unique), limits.ROW)]
    return Card(tuple(parts[part - 1]), tuple(rows), part, len(parts))


def _parts(reply: Reply, voice: Voice) -> list[list[str]]:
    """Divide an answer into parts that fit a card, each of a few sections."""
    parts: list[list[str]] = [[]]
    room = limits.CARD
    for is_head, chunk in _chunks(reply, voice):
        text = limits.cut(chunk, limits.CARD)
        if len(text) + 1 > room and parts[-1]:
            parts.append([])
            room = limits.CARD
        if is_head or not parts[-1]:
            parts[-1].append(text)
        else:
            parts[-1][-1] += f"\n{text}"
        room -= len(text) + 1
    return parts


def _chunks(reply: Reply, voice: Voice) -> Iterator[tuple[bool, str]]:
    """Yield what must not be torn apart, and whether a section starts with it."""
    yield True, f"**{markdown(reply.title, voice).replace('**', '')}**"
    for number, block in enumerate(reply.blocks):
        before = reply.blocks[number - 1] if number else None
        starts = isinstance(block, Heading | Facts) or isinstance(before, Items | Facts)
        for chunk in _block(block, voice):
            yield starts, chunk
            starts = False


def _block(block: Block, voice: Voice) -> Iterator[str]:
    match block:
        case Heading():
            yield f"### {markdown((block.inline,), voice)}"
        case Text():
            yield markdown(block.line, voice)
        case Small():
            yield f"-# {markdown(block.line, voice)}"
        case Items():
            for item in block.items:
                under = "".join(f"\n-# {markdown(line, voice)}" for line in item.under)
                yield f"{markdown(item.lead, voice)}{under}"
        case Facts():
            for label, line in block.rows:
                yield f"-# {markdown((label,), voice)}\n{markdown(line, voice)}"
