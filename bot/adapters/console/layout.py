"""Reply → rows of styled words that fit a width. Pure; colours come later."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from bot.i18n.formatter import Voice, visible_line
from commands.kit.inlines import Faint, Line, Reference, Strong, T, Typed, WebLink
from commands.kit.parser import write_line
from commands.kit.reply import (
    Action,
    Block,
    Facts,
    Form,
    Heading,
    Item,
    Items,
    Pick,
    Reply,
    Small,
    Text,
)


class Style(StrEnum):
    """What a run of characters is, for whoever gives it a colour."""

    PLAIN = "plain"
    TITLE = "title"
    HEADING = "heading"
    STRONG = "strong"
    FAINT = "faint"
    REF = "ref"
    TYPED = "typed"


Run = tuple[Style, str]
Row = tuple[Run, ...]

_LABEL, _NARROWEST = 16, 8
_PIECE = re.compile(r"[^ ]+ *| +")
_BULLET = "• "


def layout(reply: Reply, voice: Voice, width: int, *, numbered: bool = False) -> list[Row]:
    """Return the rows of an answer; its actions as numbers to type, or as lines to copy.

    Nothing of a Reply is left out here but its audience: a terminal has one reader.
    """
    rows = list(_wrap(_runs(reply.title, voice, Style.TITLE), width))
    blocks = [block for block in reply.blocks if voice.shows(block)]
    for number, block in enumerate(blocks):
        before = blocks[number - 1] if number else None
        if isinstance(block, Heading | Facts) or isinstance(before, Items | Facts):
            rows.append(())
        rows += _block(block, voice, width)
    if reply.picks:
        rows.append(())
    for pick in reply.picks:
        rows += _pick(pick, voice, width)
    if reply.form:
        rows += _form(reply.form, voice, width)
    if reply.actions:
        rows.append(())
        for number, action in list(enumerate(reply.actions, start=1))[_count_above(reply) :]:
            rows += _action(number if numbered else 0, action, voice, width)
    if reply.entries:
        rows += _openings(reply, voice, width, numbered=numbered)
    return rows


def _openings(reply: Reply, voice: Voice, width: int, *, numbered: bool) -> Iterator[Row]:
    """Show which entries can be opened: by their numbers, or by a line to copy."""
    first = len(reply.actions) + 1
    runs: list[Run] = [(Style.PLAIN, voice.plain(T("Open an entry…")))]
    for number, choice in enumerate(reply.entries, first):
        if numbered:
            runs += [(Style.PLAIN, "  "), (Style.TYPED, f"[{number}] ")]
        runs += [(Style.PLAIN, "" if numbered else " "), (Style.REF, choice.value)]
    if not numbered:
        runs += [(Style.FAINT, f"  {write_line('entry', {'ref': reply.entries[0].value})}")]
    yield from _wrap(runs, width, 4)


def _count_above(reply: Reply) -> int:
    """Return how many of the actions, from the first, the answer itself shows with their lines."""
    return sum(len(b.items) for b in reply.blocks if isinstance(b, Items) and b.offered)


def _block(block: Block, voice: Voice, width: int) -> Iterator[Row]:
    match block:
        case Heading():
            yield from _wrap(_runs((block.inline,), voice, Style.HEADING), width)
        case Text():
            yield from _wrap(_runs(block.line, voice), width)
        case Small():
            yield from _wrap(_runs(block.line, voice, Style.FAINT), width)
        case Items():
            for item in block.items:
                yield from _item(item, voice, width)
        case Facts():
            rows = [(voice.plain(label), line) for label, line in block.rows]
            rows = [(label, line) for label, line in rows if label or voice.plain(*line)]
            column = min(max((cells(label) for label, _ in rows), default=0) + 2, _LABEL)
            for label, line in rows:
                head: list[Run] = [(Style.FAINT, f"{label} ".ljust(column))]
                yield from _wrap([*head, *_runs(line, voice)], width, column)


def _item(item: Item, voice: Voice, width: int) -> Iterator[Row]:
    indent = len(_BULLET)
    lead: list[Run] = [(Style.FAINT, _BULLET), *_runs(item.lead, voice)]
    yield from _wrap(lead, width, indent)
    for line in item.under:
        under: list[Run] = [(Style.PLAIN, " " * indent), *_runs(line, voice, Style.FAINT)]
        yield from _wrap(under, width, indent)


def _action(number: int, action: Action, voice: Voice, width: int) -> Iterator[Row]:
    label = voice.plain(action.label)
    line = visible_line(write_line(action.command, action.given))
    head: list[Run] = [(Style.TYPED, f"[{number}] ")] if number else [(Style.FAINT, "→ ")]
    runs: list[Run] = [*head, (Style.PLAIN, label)]
    if cells("".join(text for _, text in runs)) + 2 + cells(line) <= width:
        yield (*runs, (Style.FAINT, f"  {line}"))
        return
    yield from _wrap(runs, width, 4)  # a line to copy stays whole, on rows of its own
    yield from _wrap([(Style.PLAIN, " " * 4), (Style.FAINT, line)], width, 4)


def _pick(pick: Pick, voice: Voice, width: int) -> Iterator[Row]:
    """Show what stands and what could, and the line that chooses."""
    values = "|".join(choice.value for choice in pick.choices)
    line = visible_line(f"{write_line(pick.command, pick.given)} {pick.param}:{values}")
    label = f"{voice.plain(pick.label)}: {voice.plain(pick.stands)}  "
    return _wrap([(Style.PLAIN, label), (Style.FAINT, line)], width, 4)


def _form(form: Form, voice: Voice, width: int) -> Iterator[Row]:
    """Show what is filled in, and the line that fills in the rest."""
    yield ()
    for field in form.fields:
        head: list[Run] = [(Style.FAINT, f"{field.name}: ".ljust(_LABEL))]
        shown = visible_line(field.value) or f"({voice.plain(field.label)})"
        yield from _wrap([*head, (Style.PLAIN, shown)], width, _LABEL)
    missing = [f"{name}:…" for name in form.missing]
    line = visible_line(" ".join([write_line(form.command, form.given), *missing]))
    yield from _wrap([(Style.PLAIN, "→ "), (Style.TYPED, line)], width, 4)


def _runs(line: Line, voice: Voice, style: Style = Style.PLAIN) -> Iterator[Run]:
    for leaf in voice.leaves(line):
        match leaf:
            case Strong():
                strong = style if style is Style.TITLE else Style.STRONG
                yield strong, voice.plain(leaf.inline)
            case Faint():
                yield Style.FAINT, voice.plain(leaf.inline)
            case Reference() | WebLink():
                yield Style.REF, voice.plain(leaf)
            case Typed():
                yield Style.TYPED, voice.plain(leaf)
            case _:
                yield style, voice.plain(leaf)


def _wrap(runs: Iterable[Run], width: int, indent: int = 0) -> Iterator[Row]:
    """Break runs into rows between words; a word that is longer than a row is cut."""
    row: list[Run] = []
    used = 0
    for word in _words(runs, max(width - indent, _NARROWEST)):
        text = "".join(part for _, part in word)
        if used + cells(text.rstrip()) > width and used > indent:
            yield _trim(row)
            row, used = [(Style.PLAIN, " " * indent)] if indent else [], indent
        row += word
        used += cells(text)
    yield _trim(row)


def _words(runs: Iterable[Run], longest: int) -> Iterator[list[Run]]:
    """Yield words, each with the blanks behind it; one may be made of several runs."""
    word: list[Run] = []
    for style, text in runs:
        for piece in _PIECE.findall(text):
            if word and word[-1][1][-1] == " " and piece[0] != " ":
                yield word
                word = []
            rest = piece
            while cells(rest.rstrip()) > longest:
                yield [*word, (style, rest[:longest])]
                word, rest = [], rest[longest:]
            word.append((style, rest))
    if word:
        yield word


def _trim(row: Sequence[Run]) -> Row:
    if not row:
        return ()
    *head, (style, last) = row
    return (*head, (style, last.rstrip()))


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
