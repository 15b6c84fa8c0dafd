"""A plain question → the command that answers it, with its values as they were written."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta, tzinfo

from msgspec import Struct

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
    r"(?:[ ,?!.]+(?:please|thanks|thank you|right now|now|currently|at the moment|these days"
    r"|будь ласка|дякую|зараз|наразі|пожалуйста|спасибо|сейчас))*[\s?!.…)]*"
)
_QUOTES = dict.fromkeys(map(ord, "’ʼ‘`´"), "'")
_BEFORE_DAYS = (
    r"(?:^| )(?:(?P<since>since|(?:starting )?from|(?:починаючи )?(?:з|із|зі)"
    r"|(?:начиная )?(?:с|со))"
    r"|(?P<dated>від|от)|(?P<after>after|після|после)|(?P<until>until|till|up to)"
    r"|on|in|at|до|за|на|у|в)$"
)
_GOVERNING = re.compile(r"(?:^| )([а-яёіїєґ']+) $", re.IGNORECASE)
"""What stands before a place in another case: в Покровске is no village by the name Покровське."""
_TO = r"(?i) (?:to|till|until|through|по|до) "


class Question(Struct, frozen=True):
    """What a plain question asks: a command and its values. A check has none of its own."""

    command: str
    given: Mapping[str, str]


class _Days(Struct, frozen=True):
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
    line = " ".join(text.split()).translate(_QUOTES)
    if not line or len(line) > _LONGEST:
        return None
    days = find_periods(line, today, zone)
    bare = _without(line, days)
    for pattern in _patterns():
        match = re.fullmatch(pattern.expression, bare, re.IGNORECASE)
        if match is not None and (days or not pattern.dated):
            values = {name: value.strip(" ,") for name, value in match.groupdict().items() if value}
            if "place" in values:
                before = _GOVERNING.search(bare[: match.start("place")])
                if before and governs(before[1]):
                    values["place"] = f"{before[1]} {values['place']}"
            bounds = [_bound(line, day) for day in days]
            return _ask(pattern.asks, values, bounds)
    return None


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
    return re.sub(rf"{_CLOSING}$", "", line, flags=re.IGNORECASE)


def _bound(line: str, day: Period) -> _Days:
    """Return what the word before a day makes of it: since, after and until leave an end open."""
    before = re.search(_BEFORE_DAYS, line[: day.start].rstrip(), re.IGNORECASE)
    word = before.lastgroup if before else None
    if day.span is None:
        return _Days(None, None, typed=line[day.start : day.end])
    first, last = day.span.earliest, day.span.latest
    if word in {"since", "dated"} and not re.search(_TO, line[day.start : day.end]):
        return _Days(first, None, word == "dated")
    if word == "after":
        return _Days(min(last, date.max - timedelta(1)) + timedelta(1), None)
    return _Days(None if word == "until" else first, last)


def _ask(asks: Asks, values: Mapping[str, str], bounds: Sequence[_Days]) -> Question | None:
    if asks is Asks.CHECK or not bounds:
        return Question("digest" if asks is Asks.CHANGES and not values else _command(asks), values)
    days = _join(bounds)
    if days is None:
        return None
    if days.typed:
        key = "at" if asks is Asks.STATUS else "since"
        return Question(_command(asks), {**values, key: days.typed})
    since, until = days.since, days.until
    if days.dated and asks is not Asks.CHANGES:
        until = since
    if asks is Asks.STATUS:
        return Question("status", {**values, "at": until.isoformat()} if until else values)
    ends = {"since": since, "until": until}
    return Question(
        _command(asks), {**values, **{key: day.isoformat() for key, day in ends.items() if day}}
    )


def _join(bounds: Sequence[_Days]) -> _Days | None:
    """Return one stretch of days; None for days apart, of which none may be dropped."""
    match bounds:
        case [days]:
            return days
        case [_Days(since=first, until=None), _Days(since=None, until=last)]:
            return _Days(first, last)
    return None


def _command(asks: Asks) -> str:
    return "events" if asks is Asks.CHANGES else asks.value
