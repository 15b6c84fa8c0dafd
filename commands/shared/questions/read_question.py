"""A plain question → the command that answers it, with its values as they were written."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta, tzinfo

from msgspec import Struct
from msgspec.structs import replace

from commands.kit.days.day_words import weekday_of
from commands.kit.inlines import T
from commands.kit.points import TypedPoint, separate_points
from commands.kit.politeness import (
    drop_closing,
    drop_greetings,
    drop_signs,
    spell_out,
)
from commands.shared.questions.matters import drop_matters, is_matter
from commands.shared.questions.parts_of_day import widen_by_parts
from commands.shared.questions.pattern import Asks, Pattern
from commands.shared.questions.periods import Period, find_periods
from commands.shared.questions.small_words import drop_small_words
from store.places.phrase import governs

LONGEST = 300
"""Characters of a question."""
_MOST = 2000  # characters of a text in which a point is looked for
_QUOTES = dict.fromkeys(map(ord, "’ʼ‘`´"), "'")
_BEFORE_DAYS = (
    r"(?:^| )(?:(?P<since>since|(?:starting )?from|(?:починаючи )?(?:з|із|зі)"
    r"|(?:начиная )?(?:с|со))"
    r"|(?P<dated>від|от)|(?P<after>after|після|после)|(?P<until>until|till?|up to|to|through|по|до)"
    r"|on|in|at|за|на|у|в)(?: the)?$"
)
_BETWEEN_DAYS = r" (?:and|і|й|та|и)(?=[\s?!.…)]*$)"
"""What joined two days, and stands at the end once they are taken out."""
_GOVERNING = re.compile(r"(?:^| )([а-яёіїєґ']+) $", re.IGNORECASE)
"""What stands before a place in another case: в Покровске is no village by the name Покровське."""
_OF_TWO_DAYS = {Asks.COMPARED, Asks.MAP}
_KEYS = {
    Asks.STATUS: ("", "at"),
    Asks.MAP: ("", "at"),
    Asks.NEAREST: ("", "at"),
    Asks.COMPARED: ("from", "to"),
    Asks.DIGEST: ("", "day"),
}
_COMMANDS = {Asks.CHANGES: "events", Asks.COMPARED: "changes"}
_ASKS_WHO = r"(?:who|which|is|are|has|have|did|under|хто|чи|чий|чия|чиє|під|кто|чей|чья|чьё|под)\b"
"""How a question begins that is of how it stands now, whatever day it names: who holds it since."""
_PRONOUNS = frozenset(
    [
        *("it", "this", "that", "them", "there", "here", "це", "цього", "цьому", "там", "тут"),
        *("это", "этого", "здесь", "you", "he", "she", "they", "ти", "ви", "ты", "вы", "він"),
        *("вона", "вони", "он", "она", "они"),
    ]
)
"""What stands for a place or a speaker that a question does not name."""
_OF_A_DAY = r"(?i)\b((?:to|yester)day|tonight)'s\b"
_OF_POINTS = r"(?i)\b(?:coord\w*|координат\w*|points?|точк\w+|gps|location)\b"
_TO = r"(?i) (?:to|till|until|through|по|до) "


class Question(Struct, frozen=True):
    """What a plain question asks: a command and its values. A check has none of its own.

    `others` are what it asks as well, which is offered under the answer: "E-28 and E-29".
    `left_out` says what of it is not even offered.
    """

    command: str
    given: Mapping[str, str]
    others: tuple["Question", ...] = ()
    left_out: T | None = None

    @property
    def subject(self) -> str:
        """What it is about, as it was written."""
        return " ".join(self.given.values())


class BoundedDays(Struct, frozen=True):
    """The days that a question is about, as it bounds them; a day in the middle of it is both.

    `dated` is a report от 24 октября: of that day where it is a state, since then where it is news.
    What is `typed` is no day that there was, or may be two: the command says so. `word` is what
    stood before it: since, after, until, or nothing. A `weekday` is the latest of that name.
    """

    since: date | None
    until: date | None
    dated: bool = False
    typed: str = ""
    word: str = ""
    weekday: bool = False


def read_question(text: str, today: date, zone: tzinfo) -> Question | None:
    """Return what a text asks, or None where it fits no pattern; a relative day is from `today`."""
    text, points = _separate_points(text[:_MOST], today, zone)
    bare, days = separate_days(text, today, zone)
    if points:
        asked = (frame_question(Asks.NEAREST, {"point": point.text}, days) for point in points)
        return offer_others([question for question in asked if question])
    bare = drop_matters(spell_out(bare))
    if not bare:
        return None
    folded = bare.casefold()
    for pattern in _patterns():
        if not pattern.may_fit(folded):
            continue
        match = re.fullmatch(pattern.expression, bare, re.IGNORECASE)
        if match is not None and (days or not pattern.dated):
            values = {name: value.strip(" ,") for name, value in match.groupdict().items() if value}
            if any(value.casefold() in _PRONOUNS for value in values.values()):
                return None
            _ask_for_matter(pattern.asks, values)
            if "place" in values:
                before = _GOVERNING.search(bare[: match.start("place")])
                if before and governs(before[1]):
                    values["place"] = f"{before[1]} {values['place']}"
            return frame_question(_ask_for_news(pattern.asks, bare, days), values, days)
    return None


def _separate_points(text: str, today: date, zone: tzinfo) -> tuple[str, tuple[TypedPoint, ...]]:
    """Return a text without its points, and these; beside other words a rough one is no point."""
    rough = separate_points(text)
    if not rough[1]:  # so there is no other either
        return rough
    fine = separate_points(text, rough=False)
    if fine[1]:
        return fine
    bare, _ = separate_days(re.sub(_OF_POINTS, " ", rough[0]), today, zone)
    return fine if re.search(r"\w", drop_small_words(bare)) else rough


def _ask_for_matter(asks: Asks, values: dict[str, str]) -> None:
    """Take a matter for no place: of claims by anybody it is the words to look for."""
    if asks not in {Asks.CLAIMS, Asks.DISPUTES} or not is_matter(values.get("place", "")):
        return
    matter = values.pop("place").split()[-1]
    if asks is Asks.CLAIMS and "by" not in values:
        values["text"] = matter


def offer_others(asked: Sequence[Question]) -> Question | None:
    """Return the first of several questions, with the others to be offered; None of none."""
    apart = list({question.subject: question for question in asked}.values())
    return replace(apart[0], others=tuple(apart[1:])) if apart else None


def _bound_typed(day: BoundedDays, first_key: str, last_key: str) -> dict[str, str]:
    """Return what was typed for each end that the word before it leaves: of one day, for both."""
    keys = {"since": [first_key], "after": [first_key], "until": [last_key]}
    ends = keys.get(day.word, [first_key, last_key])
    return {key: day.typed for key in ends if key} or {last_key: day.typed}


def _ask_for_news(asks: Asks, bare: str, days: Sequence[BoundedDays]) -> Asks:
    """Return what is asked for: of "the situation since Monday" the news, and no state of a day."""
    is_state = asks is not Asks.STATUS or re.match(_ASKS_WHO, bare, re.IGNORECASE)
    return Asks.CHANGES if are_several(days) and not is_state else asks


def are_several(days: Sequence[BoundedDays]) -> bool:
    """Tell whether it is more than one day: then it is news that is asked for, and no state."""
    return len(days) > 1 or any(map(_is_stretch, days))


def _is_stretch(day: BoundedDays) -> bool:
    if day.typed:
        return day.word in {"since", "after"}
    return day.since is not None and day.since != day.until and not day.dated


def separate_days(text: str, today: date, zone: tzinfo) -> tuple[str, tuple[BoundedDays, ...]]:
    """Return a text without its days, greeting and thanks, and the days; nothing of a long text."""
    line = re.sub(_OF_A_DAY, r"\1", drop_signs(text).translate(_QUOTES))
    if len(line) > LONGEST:
        return "", ()
    days = widen_by_parts(line, find_periods(line, today, zone), today)
    return _without(line, days), tuple(_bound_days(line, day, today) for day in days)


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
        return Question(_command(asks), {**values, **_bound_typed(stretch, first_key, last_key)})
    since, until = stretch.since, stretch.until
    if asks is Asks.MAP and since and (until is None or since < until):
        first_key, last_key = _KEYS[Asks.COMPARED]
    if stretch.dated and asks is not Asks.CHANGES:
        until = since
    bounds = {first_key: since, last_key: until}
    given = {key: day.isoformat() for key, day in bounds.items() if key and day}
    return Question(_command(asks), {**values, **given})


def _patterns() -> Iterator[Pattern]:
    from commands.shared.questions import (  # noqa: PLC0415 -- when asked
        english,
        english_truth,
        of_the_desk,
        of_the_front,
        russian,
        ukrainian,
    )

    for language in (of_the_desk, of_the_front, english_truth, english, ukrainian, russian):
        yield from language.PATTERNS


def _without(line: str, days: list[Period]) -> str:
    """Return the line without its days, greeting, thanks and closing marks."""
    for day in reversed(days):
        before = re.sub(_BEFORE_DAYS, "", line[: day.start].rstrip(), flags=re.IGNORECASE)
        line = f"{before} {line[day.end :].lstrip()}"
    line = drop_greetings(" ".join(line.split()))
    if len(days) > 1:
        line = re.sub(_BETWEEN_DAYS, "", line, flags=re.IGNORECASE)
    return drop_closing(line)


def _bound_days(line: str, day: Period, today: date) -> BoundedDays:
    """Return what the word before a day makes of it: since, after and until leave an end open.

    A month or a year that is not over goes up to `today`.
    """
    before = re.search(_BEFORE_DAYS, line[: day.start].rstrip(), re.IGNORECASE)
    word = before.lastgroup if before else None
    if day.span is None:
        return BoundedDays(None, None, typed=line[day.start : day.end], word=word or "")
    first, last, typed = day.span.earliest, day.span.latest, line[day.start : day.end]
    named = any(weekday_of(name) is not None for name in typed.split())
    weekday = named and re.search(r"\d", typed) is None
    if word in {"since", "dated"} and not re.search(_TO, typed):
        return BoundedDays(first, None, word == "dated", weekday=weekday)
    if word == "after":
        return BoundedDays(min(last, date.max - timedelta(1)) + timedelta(1), None)
    if first is not None and first <= today < last:
        last = today
    return BoundedDays(None if word == "until" else first, last, weekday=weekday)


def _join(days: Sequence[BoundedDays], *, gaps: bool) -> BoundedDays | None:
    """Return one stretch of days; None for days apart, of which none may be dropped."""
    match days:
        case [single]:
            return single
        case [
            BoundedDays(since=date() as first, until=None, weekday=True),
            BoundedDays(since=None, until=date() as last, weekday=True),
        ] if last < first:  # on a Monday: from Monday to Wednesday
            return BoundedDays(first - timedelta(7), last)
        case [
            BoundedDays(since=first, until=None, typed=""),
            BoundedDays(since=None, until=last, typed=""),
        ]:
            return BoundedDays(first, last)
        case [
            BoundedDays(since=date() as first, until=last),
            BoundedDays(since=None, until=date() as end),
        ] if first == last:
            return BoundedDays(first, end)
        case [BoundedDays(since=first, typed=""), BoundedDays(typed="") as other] if gaps:
            return BoundedDays(first, other.until or other.since)
    return None


def _command(asks: Asks) -> str:
    return _COMMANDS.get(asks, asks.value)
