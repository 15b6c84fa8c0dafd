"""A plain question → the command that answers it, with its values as they were written."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, tzinfo

from msgspec import Struct

from commands.kit.days import FoundDay, find_days
from commands.shared.questions.pattern import Asks, Pattern

_LONGEST = 300
_GREETINGS = (
    r"(?:(?:hi|hello|hey|please|so|and|but|ok|okay|well|guys|bot|sitrep"
    r"|привіт|вітаю|скажіть|скажи|підкажіть|підкажи|будь ласка|а|і|ну|то"
    r"|привет|здравствуйте|скажите|подскажите|подскажи|пожалуйста|и)\b[ ,!.:–—-]*)+"
)
_CLOSING = (
    r"(?:[ ,]+(?:please|thanks|thank you|right now|now|currently|at the moment|these days"
    r"|будь ласка|дякую|зараз|наразі|пожалуйста|спасибо|сейчас))*[\s?!.…)]*"
)
_QUOTES = dict.fromkeys(map(ord, "’ʼ‘`´"), "'")
_BEFORE_DAYS = r" (?:since|from|after|on|in|at|до|з|від|після|с|от|после|за|на|у|в)$"


class Question(Struct, frozen=True):
    """What a plain question asks: a command and its values. A check has none of its own."""

    command: str
    given: Mapping[str, str]


def read_question(text: str, today: date, zone: tzinfo) -> Question | None:
    """Return what a text asks, or None where it fits no pattern; a relative day is from `today`."""
    line = " ".join(text.split()).translate(_QUOTES)
    if not line or len(line) > _LONGEST:
        return None
    days = find_days(line, today, zone)
    bare = _without(line, days)
    for pattern in _patterns():
        match = re.fullmatch(pattern.expression, bare, re.IGNORECASE)
        if match is not None:
            values = {name: value.strip(" ,") for name, value in match.groupdict().items() if value}
            return _ask(pattern.asks, values, days)
    return None


def _patterns() -> Iterator[Pattern]:
    from commands.shared.questions import english, russian, ukrainian  # noqa: PLC0415 -- when asked

    for language in (english, ukrainian, russian):
        yield from language.PATTERNS


def _without(line: str, days: list[FoundDay]) -> str:
    """Return the line without its days, greeting, thanks and closing marks."""
    for day in reversed(days):
        before = re.sub(_BEFORE_DAYS, "", line[: day.start].rstrip(), flags=re.IGNORECASE)
        line = f"{before} {line[day.end :].lstrip()}"
    line = re.sub(rf"^{_GREETINGS}", "", " ".join(line.split()), flags=re.IGNORECASE)
    return re.sub(rf"{_CLOSING}$", "", line, flags=re.IGNORECASE)


def _ask(asks: Asks, values: Mapping[str, str], days: list[FoundDay]) -> Question:
    span = days[0].span if days else None
    if asks is Asks.CHECK or span is None:
        return Question("digest" if asks is Asks.CHANGES and not values else _command(asks), values)
    first, last = (day.isoformat() if day else "" for day in (span.earliest, span.latest))
    if asks is Asks.STATUS:
        return Question("status", {**values, "at": last})
    ends = {"since": first} if asks is Asks.CHANGES else {"since": first, "until": last}
    return Question(_command(asks), {**values, **{key: day for key, day in ends.items() if day}})


def _command(asks: Asks) -> str:
    return "events" if asks is Asks.CHANGES else asks.value
