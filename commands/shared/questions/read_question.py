"""A plain question → the command that answers it, with its values as they were written."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta, tzinfo

from msgspec import Struct

from commands.shared.questions.matters import drop_matters
from commands.shared.questions.pattern import Asks, Pattern
from commands.shared.questions.periods import Period, find_periods
from store.places.phrase import governs

_LONGEST = 300
_GREETINGS = (
    r"(?:(?:hi|hello|hey|please|so|and|but|ok|okay|well|guys|bot|@?sitrep"
    r"|привіт|вітаю|скажіть|скажи|підкажіть|підкажи|будь ласка|а|і|ну|то"
    r"|привет|здравствуйте|скажите|подскажите|подскажи|пожалуйста|и)\b[ ,!.:–—-]*)+"
)
_CLOSING = (
    r"(?:[ ,?!.]+(?:please|pls|plz|thanks|thank you|thx|right now|now|rn|atm|currently"
    r"|at the moment|these days"
    r"|будь ласка|дякую|зараз|наразі|пожалуйста|спасибо|сейчас))*[\s?!.…)]*"
)
_QUOTES = dict.fromkeys(map(ord, "’ʼ‘`´"), "'")
_BEFORE_DAYS = (
    r"(?:^| )(?:(?P<since>since|(?:starting )?from|(?:починаючи )?(?:з|із|зі)"
    r"|(?:начиная )?(?:с|со))"
    r"|(?P<dated>від|от)|(?P<after>after|після|после)|(?P<until>until|till|up to)"
    r"|on|in|at|до|за|на|у|в)$"
)
_BETWEEN_DAYS = r" (?:and|і|й|та|и)(?=[\s?!.…)]*$)"
"""What joined two days, and stands at the end once they are taken out."""
_GOVERNING = re.compile(r"(?:^| )([а-яёіїєґ']+) $", re.IGNORECASE)
"""What stands before a place in another case: в Покровске is no village by the name Покровське."""
_OF_TWO_DAYS = {Asks.COMPARED, Asks.MAP}
_KEYS = {
    Asks.STATUS: ("", "at"),
    Asks.MAP: ("", "at"),
    Asks.COMPARED: ("from", "to"),
}
_COMMANDS = {Asks.CHANGES: "events", Asks.COMPARED: "changes"}
_TO = r"(?i) (?:to|till|until|through|по|до) "


class Question(Struct, frozen=True):
    """What a plain question asks: a command and its values. A check has none of its own."""

    command: str
    given: Mapping[str, str]


class BoundedDays(Struct, frozen=True):
    """The days that a question is about, as it bounds them; a day in the middle of it is both.

    `dated` is a report от 24 октября: of that day where it is a state, since then where it is news.
    What is `typed` is no day that there was: the command says so.
    """

    since: date | None
    until: date | None
    dated: bool = False
    typed: str = ""


def read_question(text: str, today: date, zone: tzinfo) -> Question | None:
    """Return what a text asks, or None where it fits no pattern; a relative day is from `today`."""
    bare, days = separate_days(text, today, zone)
    bare = drop_matters(bare)
    if not bare:
        return None
    for pattern in _patterns():
        match = re.fullmatch(pattern.expression, bare, re.IGNORECASE)
        if match is not None and (days or not pattern.dated):
            values = {name: value.strip(" ,") for name, value in match.groupdict().items() if value}
            if "place" in values:
                before = _GOVERNING.search(bare[: match.start("place")])
                if before and governs(before[1]):
                    values["place"] = f"{before[1]} {values['place']}"
            return frame_question(pattern.asks, values, days)
    return None


def separate_days(text: str, today: date, zone: tzinfo) -> tuple[str, tuple[BoundedDays, ...]]:
    """Return a text without its days, greeting and thanks, and the days; nothing of a long text."""
    line = " ".join(text.split()).translate(_QUOTES)
    if len(line) > _LONGEST:
        return "", ()
    days = find_periods(line, today, zone)
    return _without(line, days), tuple(_bound_days(line, day) for day in days)


def frame_question(
    asks: Asks, values: Mapping[str, str], days: Sequence[BoundedDays]
) -> Question | None:
    """Return the command that answers, with its days; None where they lie apart and it has one."""
    if asks is Asks.CHECK or not days:
        return Question("digest" if asks is Asks.CHANGES and not values else _command(asks), values)
    stretch = _join(days, gaps=asks in _OF_TWO_DAYS)
    if stretch is None:
        return None
    first_key, last_key = _KEYS.get(asks, ("since", "until"))
    if stretch.typed:
        return Question(_command(asks), {**values, first_key or last_key: stretch.typed})
    since, until = stretch.since, stretch.until
    if asks is Asks.MAP and since and until and since < until:
        first_key, last_key = _KEYS[Asks.COMPARED]
    if stretch.dated and asks is not Asks.CHANGES:
        until = since
    bounds = {first_key: since, last_key: until}
    given = {key: day.isoformat() for key, day in bounds.items() if key and day}
    return Question(_command(asks), {**values, **given})


def _patterns() -> Iterator[Pattern]:
    from commands.shared.questions import english, russian, ukrainian  # noqa: PLC0415 -- when asked

    for language in (english, ukrainian, russian):
        yield from language.PATTERNS


def _without(line: str, days: list[Period]) -> str:
    """Return the line without its days, greeting, thanks and closing marks."""
    for day in reversed(days):
        before = re.sub(_BEFORE_DAYS, "", line[: day.start].rstrip(), flags=re.IGNORECASE)
        line = f"{before} {line[day.end :].lstrip()}"
    line = re.sub(rf"^{_GREETINGS}", "", " ".join(line.split()).lstrip(" ,"), flags=re.IGNORECASE)
    if len(days) > 1:
        line = re.sub(_BETWEEN_DAYS, "", line, flags=re.IGNORECASE)
    return re.sub(rf"{_CLOSING}$", "", line, flags=re.IGNORECASE)


def _bound_days(line: str, day: Period) -> BoundedDays:
    """Return what the word before a day makes of it: since, after and until leave an end open."""
    before = re.search(_BEFORE_DAYS, line[: day.start].rstrip(), re.IGNORECASE)
    word = before.lastgroup if before else None
    if day.span is None:
        return BoundedDays(None, None, typed=line[day.start : day.end])
    first, last = day.span.earliest, day.span.latest
    if word in {"since", "dated"} and not re.search(_TO, line[day.start : day.end]):
        return BoundedDays(first, None, word == "dated")
    if word == "after":
        return BoundedDays(min(last, date.max - timedelta(1)) + timedelta(1), None)
    return BoundedDays(None if word == "until" else first, last)


def _join(days: Sequence[BoundedDays], *, gaps: bool) -> BoundedDays | None:
    """Return one stretch of days; None for days apart, of which none may be dropped."""
    match days:
        case [single]:
            return single
        case [BoundedDays(since=first, until=None), BoundedDays(since=None, until=last)]:
            return BoundedDays(first, last)
        case [BoundedDays(since=first, typed=""), BoundedDays(typed="") as other] if gaps:
            return BoundedDays(first, other.until or other.since)
    return None


def _command(asks: Asks) -> str:
    return _COMMANDS.get(asks, asks.value)
