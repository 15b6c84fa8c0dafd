"""Why something is no day, in one sentence that says what to write instead."""

import re
from datetime import date
from typing import NoReturn

from commands.kit.days.vague import latest_of
from commands.kit.inlines import When
from store.model.span import Span

OLDEST_YEAR = 1900  # "1730" is sooner half past five than a year
SHOWN = 40
"""Characters that a refusal shows of what was typed."""
_MONTH_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_PART_OF_DAY = (
    r"morning|afternoon|evening|noon|midnight|tonight|night|o.clock"
    r"|вранці|зранку|вдень|увечері|ввечері|вночі|уночі|опівночі|опівдні|ранку|вечора|ночі"
    r"|утром|днём|днем|вечером|ночью|утра|вечера"
)
_TIME = rf"[0-9]:[0-9]{{2}}|[0-9]t[0-9]|\b[0-9]{{1,2}} ?[ap]\.?m\b|\b(?:{_PART_OF_DAY})\b"


class BadDay(ValueError):
    """What was typed is no day; the text says in one sentence why, and what to write instead.

    `message` is the English sentence, a literal wherever this is raised so that its translation
    can be looked up; `given` fills its fields, a day as one that any language can write; `instead`
    are days in EDTF that may have been meant, the likeliest first; `shaped` is whether it looks
    like a day at all, rather than like any other words.
    """

    def __init__(
        self,
        message: str,
        /,
        *,
        instead: tuple[str, ...] = (),
        shaped: bool = True,
        **given: str | date,
    ) -> None:
        """Keep the sentence and its fields apart, for whoever translates it."""
        self.shaped = shaped
        words = {k: plain(v) if isinstance(v, date) else v for k, v in given.items()}
        super().__init__(message.format(**words))
        self.message = message
        self.instead = instead
        self.given = {k: When(Span.on(v)) if isinstance(v, date) else v for k, v in given.items()}


def plain(day: date) -> str:
    """Write a day as 7 Nov 2025."""
    return f"{day.day} {_MONTH_NAMES.split()[day.month - 1]} {day.year}"


def shorten(typed: str) -> str:
    """Return what was typed as a refusal shows it: printable, and not too much of it."""
    short = typed if len(typed) <= SHOWN else typed[: SHOWN - 1] + "…"
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in short)


def refuse_slashes(typed: str, today: date) -> NoReturn:
    """10/11/2025 is 10 November in Kyiv and 11 October in Boston: no guess is safe."""
    parts = [int(part) for part in typed.split("/")]
    if len(parts) == 2:  # noqa: PLR2004 -- a day and a month, of the latest year that fits
        orders = [(year, *pair) for pair in (parts[::-1], parts) for year in _years(today, *pair)]
    else:
        a, b, c = parts
        orders = [(c, b, a), (c, a, b), (a, b, c)]  # only one end can be a year of four figures
    days = (_day_or_none(*order) for order in orders if order[0] >= OLDEST_YEAR)
    match list(dict.fromkeys(day for day in days if day)):
        case [day, other]:
            raise BadDay(
                "{typed} could be {day} or {other}: write {day_iso} or {other_iso}.",
                typed=typed,
                day=day,
                other=other,
                day_iso=day.isoformat(),
                other_iso=other.isoformat(),
                instead=(day.isoformat(), other.isoformat()),
            )
        case [day]:
            raise BadDay(
                "People read the slashes in {typed} differently: write {day}.",
                typed=typed,
                day=day.isoformat(),
                instead=(day.isoformat(),),
            )
    raise unreadable(typed, today)


def refuse_unless_plain(typed: str, today: date, first: int, second: int, year: int) -> None:
    """29-10-2025 can only be a day and a month; 10-11-2025 could be either way round."""
    if first != second and max(first, second) <= 12:  # noqa: PLR2004 -- months
        refuse_slashes(f"{first}/{second}/{year}", today)
    if second > 12:  # noqa: PLR2004 -- months
        raise unreadable(typed, today)


def refuse(typed: str, text: str, today: date, dated: str = "") -> NoReturn:
    """Say what `text`, `typed` in plain form, looks like, where that helps to write it better.

    `dated` is the day that stands in it beside a time or a part of the day, if one does.
    """
    shown, example = shorten(typed), today.isoformat()
    if any(char.isdigit() and not char.isascii() for char in text):
        raise BadDay(
            "“{typed}” has digits other than 0 to 9: write a day such as {example}.",
            typed=shown,
            example=example,
        )
    if re.fullmatch(r"[0-9]{1,2}", text):
        raise BadDay(
            "“{typed}” could be a day, a month or an hour: "
            'write a day such as {example}, 7d or "29 Oct".',
            typed=shown,
            example=example,
        )
    if re.search(_TIME, text):
        raise BadDay(
            "“{typed}” names a time of day: write only the day, such as {example}.",
            typed=shown,
            example=dated or example,
            instead=(dated,) if dated else (),
            shaped=bool(dated) or not without_time(text),
        )
    latest = latest_of(text, today)
    if latest is not None:
        raise BadDay(
            "“{typed}” does not say which one: write {latest} for the latest.",
            typed=shown,
            latest=latest,
            instead=(latest,),
        )
    raise unreadable(typed, today)


def without_time(text: str) -> str:
    """Return the text without its times and parts of the day, to see whether a day is left."""
    zoned = r"t?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:z|[+-][0-9]{2}:?[0-9]{2})?"
    words = rf"\b[0-9]{{1,2}} ?[ap]\.?m\b\.?|\b(?:{_PART_OF_DAY})\b"
    left = re.sub(rf"{zoned}|{words}", " ", re.sub(r"\btonight\b", "today", text))
    return " ".join(
        re.sub(r"^(?: ?(?:at|on|in the|of|,|об?))+ | (?:at|in the|of|,|об?) ?$", " ", left).split()
    )


def unreadable(typed: str, today: date) -> BadDay:
    """Return the refusal of what looks like nothing."""
    return BadDay(
        '“{typed}” is not a day I can read: write a day such as {example}, 7d or "29 Oct".',
        typed=shorten(typed),
        example=today.isoformat(),
        shaped=False,
    )


def _years(today: date, month: int, day: int) -> list[int]:
    """Return this year, or the last one where the day is still to come in this one."""
    return [today.year - ((month, day) > (today.month, today.day))]


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
