"""A date as far as somebody wrote it: "28" of "28–29 October", "Oct 28", "2025-10", a whole day."""

from calendar import monthrange
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from commands.kit.days.bad_day import BadDay

_LEAP = 9  # leap years may lie eight years apart


class Partial(Struct, frozen=True):
    """What was written of a date; None is what was left out. `typed` is for a refusal."""

    year: int | None
    month: int | None
    day: int | None
    typed: str

    @classmethod
    def on(cls, day: date, typed: str) -> "Partial":
        """Make the whole of a day."""
        return cls(day.year, day.month, day.day, typed)

    @property
    def edtf(self) -> str:
        """Return it in EDTF; BadDay where that day or month does not exist. Needs its year."""
        year = f"{self.year:04}"
        if self.month is None:
            return year
        first = existing(self.typed, self.year or 0, self.month, self.day or 1)
        return first.isoformat() if self.day else f"{year}-{self.month:02}"

    def latest_until(self, limit: date) -> "Partial":
        """Return it with the most recent year in which it is not after `limit`."""
        if self.year is not None or self.month is None:
            return self
        for year in range(limit.year, limit.year - _LEAP, -1):
            day = calendar_day(year, self.month, self.day or 1)
            if day is not None and day <= limit:
                return replace(self, year=year)
        return replace(self, year=limit.year)


def join(first: Partial, last: Partial, today: date) -> tuple[Partial, Partial] | None:
    """Complete the two ends of an interval by each other; None where they cannot belong together.

    "28–29 October" gives the first its month, "Oct 28–29" the last its own; "28 Oct – 2 Nov 2025"
    gives the first its year, and "28 Dec 2024 – 3 Jan" the last the year after.
    """
    if first.month is None and first.day and last.day:
        first = replace(first, month=last.month, year=first.year or last.year)
    elif last.month is None and last.day and first.day:
        last = replace(last, month=first.month)
    if any(end.month is None and (end.year is None or end.day) for end in (first, last)):
        return None
    if last.year is None and first.year is not None and last.month is not None:
        turns = (last.month, last.day or 31) < (first.month or 1, first.day or 1)
        last = replace(last, year=first.year + turns)
    last = last.latest_until(today)
    if first.year is None and first.month is not None:
        turns = (first.month, first.day or 1) > (last.month or 12, last.day or 31)
        first = replace(first, year=(last.year or today.year) - turns)
    return first, last


def calendar_day(year: int, month: int, day: int) -> date | None:
    """Return that day, or None where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def existing(typed: str, year: int, month: int, day: int) -> date:
    """Return that day, or raise BadDay with the number of days or months there are."""
    known = calendar_day(year, month, day)
    if known is not None:
        return known
    if month not in range(1, 13):
        raise BadDay("{typed} does not exist: a year has months 1 to 12.", typed=typed)
    last = str(monthrange(year, month)[1])
    raise BadDay("{typed} does not exist: that month has days 1 to {last}.", typed=typed, last=last)
