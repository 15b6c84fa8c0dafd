"""Days whose order their column tells: 11/05/2025 is 5 November to some and 11 May to others.

06.11.25 has the day first wherever dots are written; its year is one of this war.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

DAY_FIRST, MONTH_FIRST = "day_first", "month_first"
"""The two orders: what a column of days can be said to be, and a pattern of a mapping."""

_BESIDE_DAY = re.compile(r"(?:,? +\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?)?(?:\[\w{1,3}\])*$")
_FORMS = (
    re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})"),
    re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{2})"),
)
_FIGURES = 2  # of a year without its century
_LONGEST = 40  # characters of a day with its time and notes
_CENTURY, _FIRST_YEAR = 2000, 2014
"""What a year of two figures begins with, and the first that one may mean: 25.11.06 is none."""


def without_time(value: str) -> str:
    """Return a day as a table has it without the time of day and the notes that stand behind it."""
    return _BESIDE_DAY.sub("", value.strip())


def read_in_order(value: str, order: str) -> date | None:
    """Return the day that a value is in that order; None where it has another form, or is none."""
    bare = without_time(value)
    written = next(filter(None, (form.fullmatch(bare) for form in _FORMS)), None)
    if written is None or ("." in bare and order != DAY_FIRST):
        return None
    day, month, year = map(int, written.groups())
    if order == MONTH_FIRST:
        day, month = month, day
    if len(written[3]) == _FIGURES:
        year += _CENTURY
        if year < _FIRST_YEAR:
            return None
    with suppress(ValueError):
        return date(year, month, day)
    return None


def list_readings(value: str) -> list[date]:
    """Return the days that a value may be, that with the day first before the other."""
    either = (read_in_order(value, order) for order in (DAY_FIRST, MONTH_FIRST))
    return list(dict.fromkeys(day for day in either if day))


def _is_ordered(value: str) -> bool:
    """Tell whether a value has one of the forms; of most cells the first letter says no."""
    if len(value) > _LONGEST or not value.lstrip()[:1].isdigit():
        return False
    bare = without_time(value)
    return any(form.fullmatch(bare) for form in _FORMS)


class OrderTally:
    """In which order the columns of a table have their days: some value tells, none contradicts."""

    def __init__(self) -> None:
        self._possible: dict[str, set[str]] = {}

    def note(self, row: Mapping[str, Any]) -> None:
        """Note what the days of a row can be."""
        for column, value in row.items():
            if isinstance(value, str) and _is_ordered(value):
                fitting = {it for it in (DAY_FIRST, MONTH_FIRST) if read_in_order(value, it)}
                self._possible[column] = self._possible.get(column, fitting) & fitting

    def settled(self) -> dict[str, str]:
        """Return the order of each column that can have but one."""
        return {column: min(it) for column, it in self._possible.items() if len(it) == 1}
