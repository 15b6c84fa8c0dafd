"""Several days at once: spans, nights, "as of", "by", and the days that a report looks back on.

Each shape takes text with single blanks and plain hyphens, and returns a Span, or None
where the text has another shape.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from commands.kit.days.bad_day import BadDay
from commands.kit.days.day_words import COUNTS, HOURS, full_match, unit_of
from commands.kit.days.partial import Partial, join
from store.model.span import Basis, Span

Side = Callable[[str], Partial | None]
"""Reads one end."""

_TO = r" ?- ?| ?\.\. ?| (?:to|till|until|through|and|по|до|та|і|й|и) "
_ONTO = rf"{_TO}| на "  # з 28 на 29: of a night alone
_FROM = r"(?:(?:from|between|з|із|зі|від|с|со|от|між|между) )?"
_INTO = (
    r"(?:(?:in|on|during) )?(?:the )?(?:night|overnight) (?:in)?to (?:the )?(?P<morning>.+)",
    r"(?:уночі|вночі|ночью|(?:(?:у|в) )?(?:ніч|ночь)) (?:на|проти) (?P<morning>.+)",
)
_NIGHT = (
    r"(?:(?:in|on|during) )?(?:the )?(?:night|overnight)(?: of| from| between)? (?P<days>.+)",
    r"(?:(?:у|в) )?(?:ніч|ночь)(?: з| із| с| між| между)? (?P<days>.+)",
)
_LAST_NIGHT = {
    *("last night", "overnight", "yesterday night", "this night"),
    *("минулої ночі", "цієї ночі", "сьогодні вночі", "сьогодні уночі", "вночі сьогодні"),
    *("прошлой ночью", "этой ночью", "сегодня ночью", "ночью сегодня"),
}
_CLOCK = (
    r"(?:[0-9]{1,2}(?:[:.][0-9]{2}(?!\.?[0-9])|(?=[ ,]*(?:am|pm|год|ч|годину|часов)\b))"
    r"[ ,]*(?:am|pm|год|ч|годину|часов)?\b\.?|ранок|вечір|утро|вечер|morning|evening|noon)"
)
_AS_OF = (
    rf"(?:as of|as at|станом на|по состоянию на) (?:{_CLOCK}[ ,]*(?:on |of |the )*)?(?P<day>.+)"
)
_BY = r"(?P<how>by|no later than|before|до|не пізніше|не позднее|перед) (?P<day>.+)"
_ABOUT = r"(?:about|around|circa|близько|приблизно|около|примерно|ок\.) (?P<day>.+)"
_PAST_DAY = {
    f"{lead}{rest}"
    for lead in ("", "за ", "протягом ", "in the ", "over the ", "for the ", "the ")
    for rest in (
        "минулу добу",
        "минулої доби",
        "past day",
        "прошедшие сутки",
        "прошлые сутки",
    )
}
_OVER = r"(?:за|протягом|упродовж|впродовж|в течение|in|over|for|during|within) "
_LATELY = r"(?:past|last|останні|останніх|останню|минулі|минулих|последние|последних|прошедшие)"
_LATEST = r"(?:past|останн(?:ій|ю|ього|ьої)|последн(?:ий|юю|ие)|прошедшую)"
_COUNTED = r"(?P<count>[0-9]{1,3}|[^\W\d_']+(?:'[^\W\d_]+)?) ?(?P<unit>[^\W\d_]+)"
_PAST = (
    rf"(?:{_OVER})?(?:the )?{_LATELY} {_COUNTED}",
    rf"(?:{_OVER})?(?:the )?{_LATEST} (?P<unit>day|week|тиждень|добу|тижня|доби|неделю|сутки)",
    rf"за {_COUNTED}",
    r"за (?P<unit>добу|сутки|тиждень|неделю)",
    rf"(?P<count>[0-9]{{1,3}}) ?(?P<unit>{HOURS.replace(' ', '|')})",
)
_DAY_HOURS = 24


def read_interval(text: str, side: Side, today: date) -> Span | None:
    """Return the days that the whole text says, or None where it says one day or nothing."""
    for shape in (_as_of, _night, _looking_back, _by, _about, _from_to):
        span = shape(text, side, today)
        if span is not None:
            return span
    return None


def read_day_within(text: str, side: Side, today: date) -> Span | None:
    """Return one day, month or year as a Span, the most recent where it has no year."""
    part = side(text)
    if part is None or part.month is None or (part.year is None and part.day is None):
        yearly = part is not None and part.year is not None and part.day is None
        return Span.parse(part.edtf) if part is not None and yearly else None
    return Span.parse(part.latest_until(today).edtf)


def _from_to(text: str, side: Side, today: date, to: str = _TO) -> Span | None:
    """28-29 October, 24–31 жовтня, 6 Nov to 7 Nov, з 24 по 26 жовтня, between 5 and 7 Nov."""
    problem: BadDay | None = None
    for first, last in _halves(text, to):
        try:
            ends = side(first), side(last)
            joined = join(ends[0], ends[1], today) if ends[0] and ends[1] else None
            if joined is not None:
                return _between(*joined, text)
        except BadDay as error:
            problem = problem or error
    if problem is not None:
        raise problem
    return None


def _halves(text: str, to: str) -> Iterator[tuple[str, str]]:
    bare = re.sub(rf"^{_FROM}", "", text, flags=re.IGNORECASE)
    for match in re.finditer(to, bare, re.IGNORECASE):
        yield bare[: match.start()], bare[match.end() :]


def _between(first: Partial, last: Partial, text: str) -> Span:
    if first.edtf == last.edtf:
        return Span.parse(last.edtf)
    start, end = Span.parse(first.edtf), Span.parse(last.edtf)
    if start.earliest is not None and start.earliest > end.latest:
        raise BadDay(
            "{typed} ends before it starts: write {last}/{first}.",
            typed=text,
            first=first.edtf,
            last=last.edtf,
            instead=(f"{last.edtf}/{first.edtf}",),
        )
    return Span.parse(f"{first.edtf}/{last.edtf}")


def _night(text: str, side: Side, today: date) -> Span | None:
    """The night of 28–29 October, в ніч на 29 жовтня: from that evening to the next morning."""
    if text.casefold() in _LAST_NIGHT:
        return Span.between(today - timedelta(1), today)
    for pattern in _INTO:
        match = full_match(pattern, text)
        morning = read_day_within(match["morning"], side, today) if match else None
        if morning is not None and morning.earliest == morning.latest:
            return Span.between(morning.latest - timedelta(1), morning.latest)
    for pattern in _NIGHT:
        match = full_match(pattern, text)
        if match is None:
            continue
        days = read_day_within(match["days"], side, today)
        days = days or _from_to(match["days"], side, today, _ONTO)
        if days is not None and days.earliest is not None:
            return _one_night(days.earliest, days.latest)
    return None


def _one_night(evening: date, last: date) -> Span | None:
    nights = (last - evening).days
    return Span.between(evening, evening + timedelta(1)) if nights in {0, 1} else None


def _as_of(text: str, side: Side, today: date) -> Span | None:
    """As of 8 am on 7 Nov, станом на 08:00 07.11: until then, and no later."""
    match = full_match(_AS_OF, text)
    day = read_day_within(match["day"], side, today) if match else None
    return None if day is None else Span.between(None, day.latest, Basis.AS_OF)


def _looking_back(text: str, _side: Side, today: date) -> Span | None:
    """За минулу добу is the day before; the last 3 days, за тиждень reach until today."""
    if text.casefold() in _PAST_DAY:
        return Span.on(today - timedelta(1))
    for pattern in _PAST:
        parts = named.groupdict() if (named := full_match(pattern, text)) else {}
        if parts and (days := _days_in(parts.get("count", "1"), parts["unit"])):
            return Span.between(today - timedelta(days), today)
    return None


def _days_in(count: str, unit: str) -> int:
    """Return how many days that is, or 0 where it is no whole number of days or weeks."""
    number = int(count) if count.isdigit() else COUNTS.get(count.casefold(), 0)
    if unit.casefold() in HOURS.split():
        return 0 if number % _DAY_HOURS else number // _DAY_HOURS
    return number * {"d": 1, "w": 7}.get(unit_of(unit) or "", 0)


def _by(text: str, side: Side, today: date) -> Span | None:
    """By 7 Nov is that day or earlier; before 7 Nov ends on the sixth."""
    match = full_match(_BY, text)
    day = read_day_within(match["day"], side, today) if match else None
    if match is None or day is None:
        return None
    if match["how"].casefold() in {"before", "перед"}:
        return None if day.earliest is None else Span.between(None, day.earliest - timedelta(1))
    return Span.between(None, day.latest)


def _about(text: str, side: Side, today: date) -> Span | None:
    """About 8 October, близько 8 жовтня."""
    match = full_match(_ABOUT, text)
    day = read_day_within(match["day"], side, today) if match else None
    return None if day is None else Span.parse(f"{day.edtf}~")
