"""The days of a text that are past ones: not to come, and not one of next week without its year."""

import re
from datetime import date, timedelta

from commands.kit.days import FoundDay, find_days
from store.model.span import Basis

_LONG_AGO = timedelta(300)
_IN_A_NAME = re.compile(
    r"(?<!\w)(?:вул|ул|пл|просп|пров|(?:вулиц|улиц|площ|проспект|провул|переул|бульвар)\w*|street|square)"
    r"\.?\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""Before what is called after a day: "вулиця Першого Травня"."""
_REACH = 20  # characters
_YEAR = re.compile(r"(?:19|20)\d\d")


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


def _may_be_to_come(words: str, day: FoundDay, today: date) -> bool:
    is_long_ago = today - day.span.latest > _LONG_AGO
    return is_long_ago and day.span.basis is Basis.EXPLICIT and not _YEAR.search(words)
