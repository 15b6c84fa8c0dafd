"""The hour or the part of a day beside a day in a question: entries go by days alone.

"What happened on 5 Nov in the evening" asks of that day, as the answer says. A night is another
matter: it is of two days, and which two is for `commands.kit.days` to say.
"""

import re
from datetime import date

from commands.shared.questions.periods import Period, leave_overlaps_out
from store.model.span import Span

_PART = (
    r"morning|afternoon|evening|noon|вранці|зранку|уранці|вдень|удень|увечері|ввечері|ранок"
    r"|вечір|утром|днем|днём|вечером|утро|вечер"
)
_CLOCK = r"\d{1,2}:\d\d(?: ?[ap]m)?|\d{1,2} ?[ap]m"
_LEAD = r"(?:(?:early|late|in the|on the|at|about|о|об|в|у|на|близько|около|рано|пізно|поздно) )*"
_BEHIND = re.compile(rf",? {_LEAD}(?:{_PART}|{_CLOCK})(?!\w)", re.IGNORECASE)
_BEFORE = re.compile(rf"(?<!\w){_LEAD}(?:{_PART}|{_CLOCK})(?: of| on)?,? $", re.IGNORECASE)
_TODAY = re.compile(r"(?<!\w)this (?:morning|afternoon|evening)(?!\w)", re.IGNORECASE)


def widen_by_parts(line: str, days: list[Period], today: date) -> list[Period]:
    """Return the days with the hours beside them, so that these are no words of the question."""
    widened = [_widen(line, day) for day in days]
    hours = (Period(*match.span(), Span.on(today)) for match in _TODAY.finditer(line))
    widened += leave_overlaps_out(hours, widened)
    return sorted(widened, key=lambda day: day.start)


def _widen(line: str, day: Period) -> Period:
    before, behind = _BEFORE.search(line[: day.start]), _BEHIND.match(line, day.end)
    start = before.start() if before else day.start
    return Period(start, behind.end() if behind else day.end, day.span)
