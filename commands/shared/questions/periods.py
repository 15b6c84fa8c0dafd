"""The days of a question: such as stand in any text, and such as only a question may rest on.

"What happened last week?" names a week that a line would have to write out. In a question the
latest is meant, and the answer says which days it was read as.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta, tzinfo

from msgspec import Struct

from commands.kit.days import (
    ENGLISH_ORDINAL,
    SLAVIC_ORDINAL,
    BadDay,
    find_days,
    is_length,
    is_part_of_name,
    latest_of,
    read_days,
    read_ordinal,
)
from commands.kit.days.day_words import month_of
from commands.kit.days.ordinals import is_tens
from store.model.span import Span

_WORD = re.compile(r"\d+(?:[.:/–—-]\d+)*(?:st|nd|rd|th|-?го)?|[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_MOST_WORDS = 6
_SHORTEST = 5
"""Letters of a lone word that names a day: Monday, but not may or sun."""
_OPENERS = frozenset(
    [
        *("since", "from", "after", "until", "till", "til", "to", "through", "by", "before"),
        *("starting", "з", "із", "зі", "від", "до", "після", "с", "со", "от", "после", "по"),
    ]
)
"""Words that say on which side of a day: read by whoever joins the days."""
_DAY_MONTH = r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])"
_IN_FIGURES = re.compile(
    rf"{_DAY_MONTH}(?:\.\d\d)?|{_DAY_MONTH}[–—-]{_DAY_MONTH}|\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?"
    r"|\d{1,2}-\d{1,2}-\d{4}|\d{4}/\d{1,2}/\d{1,2}"
)
"""A day in figures alone: 5.11; the command refuses 5.11.25 and asks which 05/11/2025 is."""
_AND_NO_NOUN = r"(?= (?:in|at|near|around|у|в|во|під|под|біля|возле)(?!\w)|[ ?!.,]*$)"
_OF_A_MONTH = re.compile(
    r"(?:(?:on|the|за|на|у|в) )*(?P<day>0?[1-9]|[12]\d|3[01])"
    rf"(?:(?:st|nd|rd|th|-?го){_AND_NO_NOUN}|(?:-?го)? ?числ[оа])(?!\w)",
    re.IGNORECASE,
)
"""A day of this month, or of the last: "on the 5th", "5 числа"; not "the 5th brigade"."""
_IN_WORDS = (
    rf"(?i)(?:on|(?<=since)|(?<=from)|(?<=after)|(?<=until)|(?<=till)) the"
    rf" (?P<the>{ENGLISH_ORDINAL}){_AND_NO_NOUN}"
    rf"|(?<!\w)(?P<of>{SLAVIC_ORDINAL})(?:(?<=го){_AND_NO_NOUN}| числ[оа](?!\w))"
)
"""The same in words: "on the fifth", "п'ятого", "третього числа"."""
_AHEAD = re.compile(r"(?<!\w)(?:in|через) $", re.IGNORECASE)
"""Before a number of days or weeks: they are still to come."""
_LISTED = re.compile(r"(?<![\w.-])\d{1,2}(?:st|nd|rd|th|-?го)? ?[,&+] ?$")
"""Before a day: another of the same month."""
_LEADS = r"(?i)(?:(?:on|in|at|during|у|в|во|на|за|the) )*"
_YEAR = rf"{_LEADS}(?P<year>(?:19|20)[0-9]{{2}})(?: (?:року|році|рік|года|году|год))?"


class Period(Struct, frozen=True):
    """Days in a question: code points from `start` up to `end`; no span where there are none such.

    "30 February" is a day to whoever wrote it, and for the command that it is given to to refuse.
    """

    start: int
    end: int
    span: Span | None


def find_periods(line: str, today: date, zone: tzinfo) -> list[Period]:
    """Return the days that a question names, in order and apart."""
    plain = [Period(day.start, day.end, day.span) for day in find_days(line, today, zone)]
    plain = [_widen_to_list(line, day) for day in plain]
    plain += leave_overlaps_out(_find_days_of_month(line, today), plain)
    words = list(_WORD.finditer(line))
    at = 0
    while at < len(words):
        period = _longest(line, words[at : at + _MOST_WORDS], today, zone)
        end = at + 1
        if period is not None and leave_overlaps_out([period], plain):
            plain.append(period)
            end = next((n for n, word in enumerate(words) if word.start() >= period.end), 10**6)
        at = end
    days = [period for period in plain if not is_part_of_name(line, period.start, period.end)]
    return sorted(days, key=lambda period: period.start)


def _widen_to_list(line: str, day: Period) -> Period:
    """Return all of "3,4 листопада" as what is no one day, so that none of it is lost."""
    before = _LISTED.search(line, 0, day.start)
    return Period(before.start(), day.end, None) if before else day


def _find_days_of_month(line: str, today: date) -> Iterator[Period]:
    numbers = [(match.span(), int(match["day"])) for match in _OF_A_MONTH.finditer(line)]
    if any(part in line.casefold() for part in ("the ", "го", "числ")):
        numbers += [
            (match.span(), read_ordinal(match["the"] or match["of"]))
            for match in re.finditer(_IN_WORDS, line)
        ]
    for (start, end), number in numbers:
        if day := _latest_of_month(number, today):
            yield Period(start, end, Span.on(day))


def _latest_of_month(day: int, today: date) -> date | None:
    """Return the newest date of that number in this month or the last, if there is one."""
    latest = (today - timedelta(back) for back in range(31))
    return next((other for other in latest if other.day == day), None)


def leave_overlaps_out(periods: Iterable[Period], taken: Sequence[Period]) -> list[Period]:
    """Return the periods none of whose words are those of one that is `taken`."""
    return [
        period
        for period in periods
        if not any(period.start < other.end and other.start < period.end for other in taken)
    ]


def _longest(line: str, words: list[re.Match[str]], today: date, zone: tzinfo) -> Period | None:
    if words[0][0].casefold() in _OPENERS or _follows_number(line, words[0].start()):
        return None
    for last in reversed(words):
        start, end = words[0].start(), last.end()
        piece = line[start:end]
        in_figures = _IN_FIGURES.fullmatch(piece) is not None
        glued = last is not words[0] and any(month_of(word[0]) for word in words)
        alone = len(piece.split()) == 1 and not in_figures and not glued
        if alone and (piece[0].isdigit() or len(piece) < _SHORTEST):
            return None
        try:
            span = _read(piece, today, zone, alone=alone)
        except BadDay:
            bare = re.match(_LEADS, piece)
            return Period(start + (bare.end() if bare else 0), end, None)
        if span is not None and is_length(piece) and (ahead := _AHEAD.search(line, 0, start)):
            return Period(ahead.start(), end, None)
        if span is not None or in_figures:
            return Period(start, end, span)
    return None


def _follows_number(line: str, start: int) -> bool:
    """Tell whether a number, or the tens of one, stands before that would be passed over."""
    before = re.search(r"([^\W_]+) $", line[:start])
    return before is not None and (before[1].isdigit() or is_tens(before[1]))


def _read(piece: str, today: date, zone: tzinfo, *, alone: bool) -> Span | None:
    span = None if alone else read_days(piece, today, zone)
    if span is None:
        year = re.fullmatch(_YEAR, piece)
        latest = year["year"] if year else latest_of(piece, today)
        span = Span.parse(latest) if latest else None
    if span is None or span.earliest is None or not span.earliest <= today < span.latest:
        return span
    return Span.between(span.earliest, today)
