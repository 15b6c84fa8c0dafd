"""A date as far as somebody wrote it: "28" of "28–29 October", "Oct 28", "2025-10", a whole day."""

from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from commands.kit.days.bad_day import BadDay
from store.model.span import count_days

_LEAP = 9  # leap years may lie eight years apart
_HALF_YEAR = 6  # months
_SOON = timedelta(31)


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
        first = existing(self.typed, self.year or 0, self.month, _or(self.day, 1))
        return f"{year}-{self.month:02}" if self.day is None else first.isoformat()

    def latest_until(self, limit: date) -> "Partial":
        """Return it with the most recent year in which it is not after `limit`."""
        if self.year is not None or self.month is None:
            return self
        for year in range(limit.year, limit.year - _LEAP, -1):
            day = calendar_day(year, self.month, _or(self.day, 1))
            if day is not None and day <= limit:
                return replace(self, year=year)
        return replace(self, year=limit.year)


def join(first: Partial, last: Partial, today: date) -> tuple[Partial, Partial] | None:
    """Complete the two ends of an interval by each other; None where they cannot belong together.

    "28–29 October" gives the first its month, "Oct 28–29" the last its own; "28 Oct – 2 Nov 2025"
    gives the first its year, and "28 Dec 2024 – 3 Jan" the last the year after. "29–28 October" is
    a slip and no year: it stays as it is, with the end before the start. Where today lies between
    two days, and the last comes within a month, they are of this year and not of the last.
    """
    if first.month is None and first.day is not None and last.day is not None:
        first = replace(first, month=last.month, year=first.year or last.year)
    elif last.month is None and last.day is not None and first.day is not None:
        last = replace(last, month=first.month)
    if any(
        end.month is None and (end.year is None or end.day is not None) for end in (first, last)
    ):
        return None
    turns = _turns_the_year(first, last)
    if first.year is None and last.year is None and first.day and last.day:
        started = first.latest_until(today)
        ending = replace(last, year=(started.year or today.year) + turns)
        if today < date.fromisoformat(ending.edtf) <= today + _SOON:
            return started, ending
    if last.year is None and first.year is not None and last.month is not None:
        last = replace(last, year=first.year + turns)
    last = last.latest_until(today)
    if first.year is None and first.month is not None:
        first = replace(first, year=(last.year or today.year) - turns)
    return first, last


def _turns_the_year(first: Partial, last: Partial) -> bool:
    """Tell whether the new year lies between two ends: only where that is under half a year."""
    if first.month is None or last.month is None:
        return False
    start, end = (first.month, _or(first.day, 1)), (last.month, _or(last.day, 31))
    return end < start and (12 + end[0], end[1]) < (start[0] + _HALF_YEAR, start[1])


def _or(number: int | None, other: int) -> int:
    """Return a number that was written, 0 as well, or another where none was."""
    return other if number is None else number


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
    last = str(count_days(year, month))
    raise BadDay("{typed} does not exist: that month has days 1 to {last}.", typed=typed, last=last)
