"""The whole of a value as a day, a month, a year or an interval, or BadDay."""

import re
from datetime import MINYEAR, UTC, date, timedelta, tzinfo
from functools import partial
from unicodedata import category, normalize

from commands.kit.days.bad_day import (
    BadDay,
    refuse,
    refuse_slashes,
    refuse_unless_plain,
    shorten,
    unreadable,
    without_time,
)
from commands.kit.days.intervals import read_day_within, read_interval
from commands.kit.days.ordinals import write_in_figures
from commands.kit.days.shapes import read_shape
from store.model.span import Span

_MARKS = "~?% "
_LONGEST = 80  # characters read
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_QUOTES = dict.fromkeys(map(ord, "’ʼ‘`´′"), "'")
_DASHED = r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})"
_SLASHES = r"[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{4})?|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}"


def read_day(text: str, today: date, zone: tzinfo = UTC) -> Span:
    """Read a day, a month, a year or an interval, none of it after `today`, or raise BadDay.

    `zone` is where the day of a moment (Discord's <t:…>) is looked up. Days of the year 1 cannot be
    read: the calendar has none before them to compare with.
    """
    typed = _clean(text, today)
    span = _read_typed(typed, today, zone)
    if (span.earliest or span.latest).year == MINYEAR:
        raise unreadable(typed, today)
    return span


def _read_typed(typed: str, today: date, zone: tzinfo) -> Span:
    bare = typed.strip(_MARKS)
    if re.fullmatch(_SLASHES, bare):
        refuse_slashes(bare, today)
    if dashed := re.fullmatch(_DASHED, bare):
        refuse_unless_plain(bare, today, *map(int, dashed.groups()))
        typed = typed.replace("-", ".")
    if typed.count("/") == 1:
        return _read_slashed(typed, today, zone)
    return _read(typed, today, zone)


def read_days(text: str, today: date, zone: tzinfo = UTC) -> Span | None:
    """Read one day or several in running text, also such as are still to come; None where none."""
    plain = " ".join(text.split()).translate(_DASHES | _QUOTES)
    return _span(plain, today, zone)


def _clean(text: str, today: date) -> str:
    """Take out what nobody sees: format characters, and all white space but single blanks."""
    seen = "".join(char for char in text if category(char) != "Cf")
    typed = " ".join(normalize("NFC", seen).split())
    if not typed:
        raise BadDay("No day was given: write one such as {example}.", example=today.isoformat())
    if len(typed) > _LONGEST:
        raise unreadable(typed, today)
    return typed


def _read_slashed(typed: str, today: date, zone: tzinfo) -> Span:
    """A/B, and ../B for on or before B."""
    start, end = (part.strip() for part in typed.split("/"))
    if not start or end in {"", ".."}:
        raise BadDay(
            "“{typed}” lacks a day: write the first and the last, such as {example}, "
            "or .. for the first to leave it open.",
            typed=shorten(typed),
            example=f"{today - timedelta(14)}/{today}",
            shaped=any(char.isdigit() for char in typed),
        )
    last = _read(end, today, zone)
    if start == "..":
        return Span.parse(f"../{last.edtf.removeprefix('../')}")
    first = _read(start, today, zone)
    if "/" in first.edtf or "/" in last.edtf:
        raise unreadable(typed, today)
    if first.earliest is not None and first.earliest > last.latest:
        raise BadDay(
            "{typed} ends before it starts: write {last}/{first}.",
            typed=shorten(typed),
            first=first.edtf,
            last=last.edtf,
            instead=(f"{last.edtf}/{first.edtf}",),
        )
    return Span.parse(f"{first.edtf}/{last.edtf}")


def _read(typed: str, today: date, zone: tzinfo) -> Span:
    """Read what has no slash; a mark may stand before it or after it."""
    bare = typed.strip(_MARKS)
    text = bare.translate(_DASHES | _QUOTES)
    span = _span(text, today, zone)
    if span is None:
        refuse(typed, text.casefold(), today, _beside_a_time(text, today, zone))
    marks = {mark for mark in "~?%" if mark in typed}
    if marks and "/" not in span.edtf:
        span = Span.parse(span.edtf.rstrip("~") + ("%" if len(marks) > 1 else "".join(marks)))
    elif marks:
        raise unreadable(typed, today)
    _refuse_to_come(span, shorten(bare), today)
    return span


def _refuse_to_come(span: Span, typed: str, today: date) -> None:
    """Refuse days after today; of an interval that has begun, offer it up to today."""
    first, last = span.earliest, span.latest
    if first is not None and first > today:
        raise BadDay("{typed} is after today, {today}.", typed=typed, today=today)
    if last > today and "/" in span.edtf and span.edtf.endswith(last.isoformat()):
        begun = f"{span.edtf.partition('/')[0]}/{today}"
        raise BadDay(
            "{typed} ends after today, {today}: write {begun}.",
            typed=typed,
            today=today,
            begun=begun,
            instead=(begun,),
        )


def _span(text: str, today: date, zone: tzinfo) -> Span | None:
    side = partial(read_shape, today=today, zone=zone)
    text = write_in_figures(text)
    return read_day_within(text, side, today) or read_interval(text, side, today)


def _beside_a_time(text: str, today: date, zone: tzinfo) -> str:
    """Return the day that is left when the time of day is taken out of a text, or ""."""
    left = without_time(text.casefold())
    try:
        span = _span(left, today, zone) if left and left != text.casefold() else None
    except BadDay:
        return ""
    return "" if span is None or span.latest > today else span.edtf
