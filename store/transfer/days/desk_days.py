"""The days of a file → days of the desk: EDTF, moments with an offset, patterns of a mapping."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, tzinfo

from msgspec import Struct, field

from store.model.span import Basis, Span
from store.transfer.days.day_order import (
    DAY_FIRST,
    MONTH_FIRST,
    list_readings,
    read_in_order,
    without_time,
)
from store.transfer.import_problems import Fault, Refused
from store.transfer.values import one_of

ReadDay = Callable[[str, date, tzinfo], Span]
"""Reads a day as people write one, given today and the desk's zone; else a ValueError."""

ANY, EPOCH, EXCEL = "any", "epoch", "excel"
"""Patterns beside those of strptime: as people write it, seconds since 1970, Excel's number."""
PATTERNS = frozenset({ANY, EPOCH, EXCEL, DAY_FIRST, MONTH_FIRST})
"""Every one of them; the last two say whether the day or the month is first."""

_DAY_LENGTH, _MONTH_LENGTH, _YEAR_LENGTH = 10, 7, 4  # characters of 2025-11-05, 2025-11, 2025
_MARKS = "~?%"
_CUTS = {" month": _MONTH_LENGTH, " year": _YEAR_LENGTH}
_MILLISECONDS = 100_000_000_000  # from here on a number counts them: as seconds it is the year 5138
_EXCEL_FIRST, _EXCEL_LAST = date(1899, 12, 30), 2_958_465
_KEPT = 4000
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")


class DeskDays(Struct):
    """How the days of one file are read: for the desk's zone, and none after `today`.

    With `future` days to come are let in. `read` is how people write days, if anything knows that.
    """

    today: date
    zone: tzinfo = UTC
    future: bool = False
    read: ReadDay | None = None
    spans: dict[tuple[str, str], Span] = field(default_factory=dict)

    def span(self, text: str, basis: str) -> Span:
        """Return a day or an interval in EDTF or of moments; Refused says what is wrong with it."""
        span = self.spans.get((text, basis))
        if span is None:
            span = self._span(text, basis)
            if len(self.spans) >= _KEPT:
                self.spans.clear()
            self.spans[text, basis] = span
        return span

    def _span(self, text: str, basis: str) -> Span:
        if not text.strip():
            raise Refused(Fault.MISSING)
        rests_on = one_of(basis or "explicit", Basis, "basis")
        try:
            edtf = "/".join(self._end(part) for part in text.strip().split("/"))
            span = Span.parse(edtf, rests_on)
        except (ValueError, OverflowError):
            raise _no_day(text) from None
        if not self.future and span.latest > self.today and _last_begins(span) > self.today:
            raise Refused(Fault.FUTURE_DAY, "", text, self.today.isoformat())
        return span

    def _end(self, text: str) -> str:
        """Return one end of an interval: the day of a moment, or of a day as much as is known."""
        for cut, length in _CUTS.items():
            if text.endswith(cut):
                return self._end(text.removesuffix(cut))[:length]
        bare = text.rstrip(_MARKS)
        if len(bare) <= _DAY_LENGTH:
            return text
        return self._day_of(datetime.fromisoformat(bare)) + text[len(bare) :]

    def _day_of(self, moment: datetime) -> str:
        """Return the desk's day of a moment; one without an offset is the desk's own time."""
        local = moment.astimezone(self.zone) if moment.tzinfo else moment
        return local.date().isoformat()

    def by_patterns(self, value: str, patterns: Sequence[str]) -> str:
        """Return the day of a value in EDTF by the first pattern that fits; else a ValueError."""
        for pattern in patterns:
            with suppress(ValueError, OverflowError, OSError):
                return self._by(value, pattern)
        raise ValueError(value)

    def _by(self, value: str, pattern: str) -> str:
        match pattern:
            case "any" if self.read is not None:
                if not _YEAR.search(value):  # nobody knows when “5 Nov” or “yesterday” was written
                    raise ValueError(value)
                return self.read(_bare_day(value), self.today, self.zone).edtf
            case "day_first" | "month_first":
                ordered = read_in_order(value, pattern)
                if ordered is None:
                    raise ValueError(value)
                return ordered.isoformat()
            case "epoch":
                seconds = float(value)
                seconds /= 1000 if abs(seconds) >= _MILLISECONDS else 1
                return self._day_of(datetime.fromtimestamp(seconds, UTC))
            case "excel":
                number = int(float(value))
                if not 0 < number <= _EXCEL_LAST:
                    raise ValueError(value)
                return (_EXCEL_FIRST + timedelta(number)).isoformat()
        day = self._day_of(datetime.strptime(value, pattern))  # noqa: DTZ007 -- %z says the offset
        return day[: _length(pattern)]


def _no_day(text: str) -> Refused:
    """Return the refusal of what is no day, or may be two."""
    if may_be := list_readings(text):
        return Refused(Fault.WHICH_DAY, "", text, ", ".join(map(str, may_be)))
    return Refused(Fault.NOT_A_DAY, "", text)


def _bare_day(value: str) -> str:
    """Return a day as a table has it; 2025/11/6 is written like nothing else than 2025-11-06."""
    bare = without_time(value)
    if written := _YEAR_FIRST.fullmatch(bare):
        year, month, day = map(int, written.groups())
        return f"{year}-{month:02}-{day:02}"
    return bare


def _length(pattern: str) -> int:
    """Return how much of a day a pattern says, in characters of 2025-11-05."""
    if any(part in pattern for part in ("%d", "%j", "%c", "%x", "%D", "%F", "%e")):
        return _DAY_LENGTH
    return _MONTH_LENGTH if any(part in pattern for part in ("%m", "%b", "%B")) else _YEAR_LENGTH


def _last_begins(span: Span) -> date:
    """Return the first day of the last thing an interval names: of 2025-11 the first."""
    last = span.edtf.rpartition("/")[2]
    return Span.parse(last).earliest or span.latest
