"""The day on which a page says that it was published, out of what it writes for it, or none."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, tzinfo
from email.utils import parsedate_to_datetime

from commands.kit.days import BadDay, read_day

_LABEL = re.compile(
    r"^(published|posted|publication date|date|опубліковано|дата публікації|дата"
    r"|опубликовано|дата публикации)(\s+on)?\s*:?\s*",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(,|\bat\b|\bо\b|\bоб\b|\bв\b|\s)\s*\d{1,2}[:.]\d\d(:\d\d)?\s*([ap]m)?$", re.IGNORECASE
)
_YEAR = re.compile(r"(19|20)\d\d")
_OF_MAIL = re.compile(r"\w{3}, \d.*(GMT|[+-]\d{4})$")


def read_page_day(marks: Sequence[Sequence[str]], zone: tzinfo = UTC) -> date | None:
    """Return the day in `zone` that the first kind of marks names; None where it is not one.

    `marks` are the words for it, kind by kind, as `page_marks` finds them.
    """
    for kind in marks:
        days = {day for words in kind if (day := _read(words, zone))}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def _read(words: str, zone: tzinfo) -> date | None:
    """Return the one day that the words are; none unless they name its year."""
    text = _LABEL.sub("", words.strip())
    if not _YEAR.search(text):
        return None
    stamp_of = parsedate_to_datetime if _OF_MAIL.match(text) else datetime.fromisoformat
    with suppress(ValueError):
        stamp = stamp_of(text)
        return (stamp.astimezone(zone) if stamp.tzinfo else stamp).date()
    try:
        day = read_day(_TIME.sub("", text), datetime.now(zone).date(), zone)
    except BadDay:
        return None
    return day.earliest if day.earliest == day.latest else None
