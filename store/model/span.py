"""A date as an interval of days, written in a subset of EDTF.

A source rarely gives a day as such. "For over two weeks", said on 7 November, began on or before
24 October: `../2025-10-24`. The marks are EDTF's: `~` approximate, `?` uncertain, `%` both.
"""

import re
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

# A pattern rather than a compiled one: re keeps it once used, and start-up does not pay for it.
_END = r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[~?%]?"


class Basis(StrEnum):
    """What a date rests on."""

    EXPLICIT = "explicit"  # the source gives it
    RELATIVE = "relative"  # the source counts from another day: "thirty days ago"
    AS_OF = "as-of"  # the day for which a map or an assessment stands
    PUBLICATION = "publication"  # only known to be no later than its publication


class Span(Struct, frozen=True):
    """When something was: somewhere from `earliest` to `latest`, both included.

    A mark does not widen the interval: how wide "about 8 October" is, the source does not say.
    """

    edtf: str
    earliest: date | None  # None: on or before `latest`
    latest: date
    basis: Basis = Basis.EXPLICIT

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        if self.earliest is not None and self.latest < self.earliest:
            raise ValueError(f"{self.edtf} ends before it starts")

    @classmethod
    def parse(cls, edtf: str, basis: Basis = Basis.EXPLICIT) -> "Span":
        """Read a year, a month, a day (each perhaps marked), or an interval of two of them.

        The start of an interval may be `..`; its end may not. What cannot be read is a ValueError
        whose text is a plain sentence without its full stop.
        """
        first, slash, last = edtf.partition("/")
        if not slash:
            return cls(edtf, *_days(edtf), basis)
        if last in {"", ".."}:
            raise ValueError(f"{edtf[:40]!r} has no end: write its last day after the slash")
        return cls(edtf, None if first == ".." else _days(first)[0], _days(last)[1], basis)

    @classmethod
    def on(cls, day: date, basis: Basis = Basis.EXPLICIT) -> "Span":
        """Make the span of one day."""
        return cls(day.isoformat(), day, day, basis)

    @classmethod
    def between(cls, first: date | None, last: date, basis: Basis = Basis.EXPLICIT) -> "Span":
        """Make the span from `first` (None: open) to `last`, both included."""
        if first == last:
            return cls.on(last, basis)
        return cls(f"{first or '..'}/{last}", first, last, basis)

    @property
    def approximate(self) -> bool:
        """Whether it is marked as "about then"."""
        return "~" in self.edtf or "%" in self.edtf

    @property
    def uncertain(self) -> bool:
        """Whether it is marked as open to doubt."""
        return "?" in self.edtf or "%" in self.edtf

    @property
    def undated(self) -> bool:
        """Whether only the day of its publication is known."""
        return self.earliest is None and self.basis is Basis.PUBLICATION

    @property
    def is_day(self) -> bool:
        """Whether it is one day, and nothing marks it."""
        return self.earliest == self.latest and not self.approximate and not self.uncertain

    def overlaps(self, since: date | None, until: date | None) -> bool:
        """Whether any of its days lies in the window; None leaves that side open."""
        starts = [day for day in (self.earliest, since) if day is not None]
        return not starts or max(starts) <= min(self.latest, until or self.latest)

    def within(self, since: date | None, until: date | None) -> bool:
        """Whether all of its days lie in the window; None leaves that side open."""
        if since is not None and (self.earliest is None or self.earliest < since):
            return False
        return until is None or self.latest <= until


def _days(text: str) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day."""
    match = re.fullmatch(_END, text)
    if match is None:
        raise ValueError(f"{text[:40]!r} is not a date such as 2025, 2025-10, 2025-10-08 or ~")
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        raise ValueError(f"{text} does not exist") from None
    if day is not None:
        return first, first
    last_month = month or 12
    return first, date(first.year, last_month, count_days(first.year, last_month))


def count_days(year: int, month: int) -> int:
    """Return how many days a month of any year has: every 400 years are alike."""
    first = date(2000 + year % 400, month, 1)
    return 32 - (first + timedelta(days=31)).day
