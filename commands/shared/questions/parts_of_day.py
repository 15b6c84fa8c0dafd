"""The hour or the part of a day beside a day in a question: entries go by days alone.

"What happened on 5 Nov in the evening" asks of that day, as the answer says. So does "5 листопада
вночі", which is in both of the nights that may be meant. "5 Nov night" runs to the next morning; of
other nights `commands.kit.days` says which two days they are of. A night alone is the last one.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from commands.shared.questions.periods import Period, leave_overlaps_out
from store.model.span import Span

_PART = (
    r"morning|afternoon|evening|noon|вранці|зранку|уранці|вдень|удень|увечері|ввечері|ранок"
    r"|вечір|вночі|уночі|утром|днем|днём|вечером|утро|вечер|ночью"
)
_CLOCK = r"\d{1,2}:\d\d(?: ?[ap]m)?|\d{1,2} ?[ap]m"
_LEAD = r"(?:(?:early|late|in the|on the|at|about|о|об|в|у|на|близько|около|рано|пізно|поздно) )*"
_BEHIND = re.compile(rf",? {_LEAD}(?:{_PART}|{_CLOCK}|(?P<night>night))(?!\w)", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?<!\w)(?:{_LEAD}(?:{_PART}|{_CLOCK})(?: of| on)?,?|early|late) $", re.IGNORECASE
)
_PASSED = re.compile(
    r"(?<!\w)(?:early |later? |as of )?(?:(?P<today>this (?:morning|afternoon|evening)"
    r"|toni(?:ght|te))|(?P<yesterday>last evening)"
    r"|(?P<night>overnight|[ву]ночі|ночью"
    r"|за (?:(?:останню|минулу|цю) )?ніч|за (?:(?:последнюю|прошлую|эту) )?ночь))(?!\w)",
    re.IGNORECASE,
)
"""What names its day without one beside it, and the night before this day."""
_DAY = timedelta(1)


def widen_by_parts(line: str, days: list[Period], today: date) -> list[Period]:
    """Return the days with the hours beside them, so that these are no words of the question."""
    widened = [_widen(line, day) for day in days]
    widened += leave_overlaps_out(_find_passed(line, today), widened)
    return sorted(widened, key=lambda day: day.start)


def _find_passed(line: str, today: date) -> Iterator[Period]:
    spans = {
        "today": Span.on(today),
        "yesterday": Span.on(today - _DAY),
        "night": Span.between(today - _DAY, today),
    }
    for match in _PASSED.finditer(line):
        yield Period(*match.span(), spans[match.lastgroup or ""])


def _widen(line: str, day: Period) -> Period:
    before, behind = _BEFORE.search(line[: day.start]), _BEHIND.match(line, day.end)
    start = before.start() if before else day.start
    if behind is None:
        return Period(start, day.end, day.span)
    span = day.span
    if behind["night"] and span and span.earliest == span.latest:
        span = Span.between(span.latest, span.latest + _DAY)
    return Period(start, behind.end(), span)
