"""A timeline as plain data: what stands on record at a place, day by day."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from commands.kit.inlines import Line, Phrase, T, When, join
from commands.kit.reply import Picture
from store.model.entry import Entry, EntryPage, Kind
from store.model.span import Span


class TimelineMark(Struct, frozen=True):
    """An entry: from which day (None: nobody knows) to which; `soft` where the days are not sure.

    `undated` is what was only published by its last day; an assessment has the sign and the shade
    of its status.
    """

    number: int
    ref: str
    kind: Kind
    first: date | None
    last: date
    soft: bool
    undated: bool
    sign: str
    shade: int


class TimelinePicture(Picture, frozen=True):
    """The entries of some days, and which of them disagree, by their numbers; `more` do not fit."""

    head: Line
    first: date
    last: date
    marks: tuple[TimelineMark, ...]
    ties: tuple[tuple[int, int], ...]
    more: int
    notes: tuple[Line, ...]
    dark: bool


_SOURCES = 2
MOST = 60
"""Entries of one picture, the newest."""


def picture_timeline(
    head: Line, page: EntryPage, shades: dict[str, int], name: str, *, dark: bool
) -> TimelinePicture | None:
    """Return the picture of some entries, oldest first; None where there is none to draw."""
    entries = sorted(page.entries, key=lambda entry: (entry.day.latest, entry.id))
    if not entries:
        return None
    numbers = {entry.id for entry in entries}
    ties = {
        (min(entry.id, link.entry_id), max(entry.id, link.entry_id))
        for entry in entries
        for link in entry.links
        if link.disputes and link.entry_id in numbers
    }
    first = min(entry.day.earliest or entry.day.latest for entry in entries)
    last = max(entry.day.latest for entry in entries)
    days = When(Span.between(first, last))
    return TimelinePicture(
        name,
        (join(" · ", *head, days), *(_in_words(entry) for entry in entries)),
        join(" · ", *head, days),
        first,
        last,
        tuple(_mark(entry, shades) for entry in entries),
        tuple(sorted(ties)),
        max(page.total.number - len(entries), 0),
        tuple(_notes(entries)),
        dark,
    )


def _mark(entry: Entry, shades: dict[str, int]) -> TimelineMark:
    day, control = entry.day, entry.control
    return TimelineMark(
        entry.id,
        entry.ref,
        entry.kind,
        day.earliest,
        day.latest,
        day.approximate or day.uncertain or day.earliest != day.latest,
        day.undated,
        control.symbol if control and entry.kind is Kind.ASSESSMENT else "",
        shades.get(control.status, -1) if control else -1,
    )


def _in_words(entry: Entry) -> Line:
    return join(" · ", entry.ref, When(entry.day), entry.by.name if entry.by else None, entry.text)


def _notes(entries: Sequence[Entry]) -> list[Line]:
    names = list(dict.fromkeys(entry.sources[0].source.name for entry in entries if entry.sources))
    if not names:
        return []
    rest = len(names) - _SOURCES
    more = T("and {n} more", "and {n} more", n=rest) if rest > 0 else None
    shown = Phrase(join(" ", ", ".join(names[:_SOURCES]), more))
    return [(T("Read in: {sources}", sources=shown),)]
