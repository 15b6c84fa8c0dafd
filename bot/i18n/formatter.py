"""How an answer sounds: its language, and days and moments in words."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from msgspec import Struct

from commands.kit.i18n import Translate, english
from commands.kit.inlines import (
    Faint,
    ForData,
    Inline,
    Interval,
    Line,
    Moment,
    Phrase,
    Reference,
    Strong,
    T,
    Typed,
    WebLink,
    When,
)
from commands.kit.reply import Block, Small, Text
from store.model.text import visible

# A day of a month and a month alone are messages of their own: many a language bends the name of a
# month after a day (7 листопада, but листопад 2025).
_DAYS = (
    *(T("{day} Jan"), T("{day} Feb"), T("{day} Mar"), T("{day} Apr")),
    *(T("{day} May"), T("{day} Jun"), T("{day} Jul"), T("{day} Aug")),
    *(T("{day} Sep"), T("{day} Oct"), T("{day} Nov"), T("{day} Dec")),
)
_MONTHS = (
    *(T("Jan {year}"), T("Feb {year}"), T("Mar {year}"), T("Apr {year}")),
    *(T("May {year}"), T("Jun {year}"), T("Jul {year}"), T("Aug {year}")),
    *(T("Sep {year}"), T("Oct {year}"), T("Nov {year}"), T("Dec {year}")),
)
_YEAR, _MONTH = 4, 7  # characters of 2025 and 2025-10

Leaf = str | Strong | Faint | When | Moment | Reference | WebLink | Typed


class Voice(Struct, frozen=True):
    """The language and the zone in which one answer speaks; `whole` for who reads it as data."""

    zone: tzinfo
    translate: Translate = english
    whole: bool = False

    def leaves(self, line: Line) -> list[Leaf]:
        """Return a line's parts with the fixed words translated and the phrases opened up."""
        leaves: list[Leaf] = []
        self._open(line, leaves)
        return leaves

    def _open(self, line: Sequence[Inline], leaves: list[Leaf]) -> None:
        for inline in line:  # hundreds in an answer, most of them text
            if isinstance(inline, str):
                leaves.append(inline)
            elif isinstance(inline, T):
                self._open(inline.pieces(self.translate), leaves)
            elif isinstance(inline, Phrase):
                self._open(inline.line, leaves)
            elif not isinstance(inline, ForData):
                leaves.append(inline)
            elif self.whole:
                self._open((inline.inline,), leaves)

    def plain(self, *line: Inline) -> str:
        """Return a line as text alone, safe to show: nothing invisible, no control characters."""
        return "".join(map(self._text, self.leaves(line)))

    def shows(self, block: Block) -> bool:
        """Tell whether a block says anything: a note may be for another language's readers."""
        return not isinstance(block, Text | Small) or bool(self.plain(*block.line).strip())

    def _text(self, leaf: Leaf) -> str:
        match leaf:
            case str():
                return visible_line(leaf)
            case Strong() | Faint():
                return self.plain(leaf.inline)
            case When():
                return self.span(leaf.span)
            case Moment():
                return self.moment(leaf.at)
            case Reference():
                return leaf.ref
            case WebLink():
                return f"{visible_line(leaf.label)} <{leaf.url}>"
            case Typed():
                return self.plain(leaf.line)

    def day(self, day: date) -> str:
        """Return a day in words: 7 Nov 2025."""
        return self._said(T("{date} {year}"), date=self._date(day), year=day.year)

    def _date(self, day: date) -> str:
        return self._said(_DAYS[day.month - 1], day=day.day)

    def _said(self, words: T, **given: str | int) -> str:
        return self.translate(words.message, None, 1).format(**given)

    def span(self, span: Interval) -> str:
        """Return an interval as precisely as it is known: "by 7 Nov 2025", "Oct 2025"."""
        text = self._bare(span)
        if span.approximate:
            text = self.plain(T("about {day}", day=text))
        return f"{text}?" if span.uncertain else text

    def _bare(self, span: Interval) -> str:
        first, last = span.earliest, span.latest
        if span.undated:
            return self.plain(T("undated, published {day}", day=self.day(last)))
        if first is None:
            return self.plain(T("by {day}", day=self.day(last)))
        if first == last:
            return self.day(last)
        edtf = span.edtf.rstrip("~?%")
        if len(edtf) == _YEAR:
            return edtf
        if len(edtf) == _MONTH:
            return self._said(_MONTHS[last.month - 1], year=last.year)
        start = self._date(first) if first.year == last.year else self.day(first)
        return f"{start} – {self.day(last)}"

    def moment(self, at: datetime) -> str:
        """Return a moment to the minute, with the name of its zone."""
        there = at.astimezone(self.zone)
        return f"{self.day(there.date())}, {there:%H:%M} {self.zone}"


def visible_line(text: str) -> str:
    """Return text that cannot move the cursor, hide or reorder; its outer spaces stay."""
    if text.isprintable() and (text.isascii() or "  " not in text):
        return text
    shown = visible(text)
    return f"{' ' * text.startswith(' ')}{shown}{' ' * (text.endswith(' ') and bool(shown))}"
