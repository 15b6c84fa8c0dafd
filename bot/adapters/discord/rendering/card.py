"""Reply → a card of Components V2. Pure: the client sends what comes out."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from msgspec import Struct

from bot.adapters.discord.rendering import limits
from bot.adapters.discord.rendering.custom_ids import Button, button
from bot.adapters.discord.rendering.markdown import markdown, split_markdown
from bot.adapters.discord.rendering.modals import form_button
from bot.adapters.discord.rendering.selects import Menu, menus, overflow_actions, with_post_option
from bot.i18n.formatter import Voice
from commands.kit.inlines import Line, Phrase, Strong, T
from commands.kit.parser import write_line
from commands.kit.reply import (
    Action,
    Attachment,
    Block,
    Facts,
    Heading,
    Items,
    Pick,
    Reply,
    Small,
    Text,
)

Thing = TypeVar("Thing")

_DOT = "\u00a0· "
"""A dot that never starts a line."""
_MOST_BUTTONS, _MOST_MENUS = 15, 5
_FEW_BUTTONS = 4
"""So many stand in two rows of a phone; one more has a row of its own."""
_FRAME = 1 + 4 + _MOST_BUTTONS + 2 + 1
"""The container, the rows, the buttons with those for the rest and for all, a file."""


class Card(Struct, frozen=True):
    """One message: sections of markdown, menus, rows of buttons, a file; part of `parts`."""

    sections: tuple[str, ...]
    menus: tuple[Menu, ...]
    rows: tuple[tuple[Button, ...], ...]
    part: int
    parts: int
    files: tuple[Attachment, ...] = ()

    @property
    def kept(self) -> dict[str, str]:
        """The lines that have to be kept for its buttons and menus to work."""
        targets = [
            *(menu.target for menu in self.menus),
            *(button.target for r in self.rows for button in r),
        ]
        return {target.key: target.kept for target in targets if target.key}


def render(  # noqa: PLR0913 -- what a card can lead to, each by its name
    reply: Reply,
    voice: Voice,
    asked: Action | None = None,
    part: int = 1,
    *,
    post: bool = False,
    first: Button | None = None,
) -> Card:
    """Return the given part of an answer; `asked` leads to the others, and to all if `post`.

    `first` is a button of the client's own, before the others.
    Tone is not shown: the words say it. Audience and form are the client's to heed.
    """
    every, choices = _buttons(reply, voice), list(menus((*reply.picks, *_openings(reply)), voice))
    offered, chosen = _lots(every, _MOST_BUTTONS), _lots(choices, _MOST_MENUS)
    parts = _parts(reply, voice, len(chosen[0]))
    lots = max(len(offered), len(chosen))
    if asked is not None and lots > len(parts):  # the rest comes in parts with the title alone
        title = next(split_markdown(_title(reply, voice), limits.CARD))
        parts += [[title] for _ in range(len(parts), lots)]
    part = min(max(part, 1), len(parts))
    sections, buttons, shown = parts[part - 1], _lot(offered, part), _lot(chosen, part)
    if first is not None:
        buttons.insert(0, first)
    if asked is not None and part < len(parts):
        rest = T("The rest ({n} of {all})", n=part + 1, all=len(parts))
        buttons.insert(0, button(voice.plain(rest), asked, f"part{part + 1}"))
    if asked is not None and post:
        _offer_to_post(reply.posted or asked, voice, buttons, shown if reply.entries else [])
    if asked is None:
        left = max(len(every) - _MOST_BUTTONS, 0)
        left += sum(len(menu.options) for menu in choices[_MOST_MENUS:])
        sections[-1] += _rest_notice(len(parts) - part, left, voice)
    rows = tuple(map(tuple, _lots(buttons, limits.ROW) if buttons else []))
    files = reply.files if part == 1 else ()
    return Card(tuple(sections), tuple(shown), rows, part, len(parts), files)


def _offer_to_post(
    asked: Action, voice: Voice, buttons: list[Button], openings: list[Menu]
) -> None:
    """Add what shows an answer to all: a button, or beside four an option of the menu."""
    label = voice.plain(T("Post here"))
    if openings and len(buttons) >= _FEW_BUTTONS:
        placeholder = voice.plain(T("Open an entry or post this…"))
        line = write_line(asked.command, asked.given)
        if menu := with_post_option(openings[-1], label, placeholder, line):
            openings[-1] = menu
            return
    buttons.append(button(label, asked, "post"))


def _buttons(reply: Reply, voice: Voice) -> list[Button]:
    """Return a button for each different action; the first is for a form that is not open."""
    buttons = [] if reply.form is None else [form_button(voice.plain(T("Fill it in")), reply.form)]
    buttons += [
        button(_label(action, voice), action)
        for action in (*reply.actions, *overflow_actions(reply.picks))
    ]
    return list({each.target.custom_id: each for each in buttons}.values())


def _openings(reply: Reply) -> Iterator[Pick]:
    """Yield the menu that opens an entry of the answer."""
    if reply.entries:
        yield Pick(T("Open an entry…"), "entry", {}, "ref", reply.entries[: limits.MENU])


def _lots(every: Sequence[Thing], most: int) -> list[list[Thing]]:
    """Divide things into as many lots as it takes: at least one."""
    return [list(every[at : at + most]) for at in range(0, len(every), most)] or [[]]


def _lot(lots: Sequence[Sequence[Thing]], part: int) -> list[Thing]:
    """Return what goes with a part; with those after the last lot, the last once more."""
    return list(lots[min(part, len(lots)) - 1])


def _rest_notice(parts: int, actions: int, voice: Voice) -> str:
    """Say that there is more where nothing leads to it."""
    more = T(
        "{n} more match. Narrow your search.", "{n} more matches. Narrow your search.", n=actions
    )
    lines = (*(["…"] if parts else []), *([_line((more,), voice, "-# ")] if actions else []))
    return "".join(f"\n{line}" for line in lines)


def _label(action: Action, voice: Voice) -> str:
    return voice.plain(action.label).strip() or f"/{action.command}"


def _parts(reply: Reply, voice: Voice, most_menus: int) -> list[list[str]]:
    """Divide an answer into parts that fit a card, each of a few sections.

    Between two sections is a separator, and a menu stands in a row of its own.
    """
    most = (limits.COMPONENTS - _FRAME - 2 * most_menus + 1) // 2
    parts: list[list[str]] = [[]]
    room = limits.CARD
    for is_head, chunk in _chunks(reply, voice):
        for text in split_markdown(chunk, limits.CARD):
            if len(text) + 1 > room and parts[-1]:
                parts.append([])
                room = limits.CARD
            if not parts[-1] or (is_head and len(parts[-1]) < most):
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
