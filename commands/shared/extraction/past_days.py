"""The days of a text that are past ones: not to come, and not one of next week without its year."""

import re
from datetime import date, timedelta

from msgspec import Struct

from commands.kit.days import FoundDay, find_days
from commands.shared.extraction.extracted_draft import Spot
from store.model.span import Basis

_LONG_AGO = timedelta(300)
_IN_A_NAME = re.compile(
    r"(?<!\w)(?:вул|ул|пл|просп|пров|(?:вулиц|улиц|площ|проспект|провул|переул|бульвар)\w*|street|square)"
    r"\.?\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""Before what is called after a day: "вулиця Першого Травня"."""
_DATED = re.compile(
    r"\s*(?:[•*-]\s+)?((?:\d{1,2}[. ]|[^\W\d_]{3,9}\.? \d)[^\n!?:–—]{0,20}?)"
    r"\s*(?:(?:\s[–—-]|:)\s+(?=\S)|(?P<stop>\.)\s+(?=[^\W\d_]))"
)
_STAMPED = re.compile(
    r"\s*\[(?=[^\]\n]*\d)([^\]\n]{6,40})\]\s+(?=\S)"
    r"|\s*(?=\d)((?:\d{1,2}[./]){2}(?:\d{4}|\d{2}),?(?: \d{1,2}:\d\d)?)\s+(?=[^\W\d_a-zа-яёіїєґ])"
)
"""How a line that is copied from a chat begins: "[17.11.2025, 08:14] N. N.: …"."""
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{1,2}\.\d{1,2})\.(\d\d)(?!\d)")
"""As chats write it; their stamps begin with the day of the month where they have full stops."""
_OF_THE_YEAR = re.compile(r"\s*(?:року|рік|года|[рг])?")
_REACH = 20  # characters
_YEAR = re.compile(r"(?:19|20)\d\d")


class DayOfLine(Struct, frozen=True):
    """The day with which a line begins, where it stands, and where the words behind it begin."""

    spot: Spot
    day: date
    end: int


def find_past_days(text: str, today: date) -> list[FoundDay]:
    """Return the days that a text of `today` surely names as past or as today, in order.

    "A bus will leave on 17 November", published on the 16th, speaks of no day a year ago.
    """
    return [
        day
        for day in find_days(text, today)
        if day.span.latest <= today
        and not _may_be_to_come(text[day.start : day.end], day, today)
        and not _IN_A_NAME.search(text, max(0, day.start - _REACH), day.start)
    ]


def find_day_of_line(text: str, start: int, end: int, today: date) -> DayOfLine | None:
    """Return the day with which a line begins, "30 October – …" or "30 October. …"; else None.

    So does "[17.11.2025, 08:14] N. N.: …". It is that of the line alone. Before a full stop nothing
    but the day may stand.
    """
    if stamped := _STAMPED.match(text, start, end):
        at = 1 if stamped[1] else 2
        stamps = find_past_days(_SHORT_YEAR.sub(r"\1.20\2", stamped[at]), today)
        is_read = len(stamps) == 1 and stamps[0].span.is_day
        return (
            DayOfLine(stamped.span(at), stamps[0].span.latest, stamped.end()) if is_read else None
        )
    dated = _DATED.match(text, start, end)
    days = find_past_days(dated[1], today) if dated else []
    if dated is None or not days or not days[0].span.is_day:
        return None
    opens = days[0].start == 0
    is_whole = opens and _OF_THE_YEAR.fullmatch(dated[1], days[0].end)
    if not (is_whole if dated["stop"] else opens or dated[1][0].isdigit()):
        return None
    return DayOfLine(dated.span(1), days[0].span.latest, dated.end())


def _may_be_to_come(words: str, day: FoundDay, today: date) -> bool:
    is_long_ago = today - day.span.latest > _LONG_AGO
    return is_long_ago and day.span.basis is Basis.EXPLICIT and not _YEAR.search(words)
