"""The values on the command line: each is read, or refused with what to write."""

import argparse
import re
from datetime import date, datetime

_DISCORD_ID = "[0-9]{17,20}"
_YEARS = range(1900, 3000)


def read_count(text: str) -> int:
    """Read how many copies there may be."""
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of copies: write 7")
    return int(text[:9])


def read_application(text: str) -> str:
    """Read the id of an application of Discord."""
    if not re.fullmatch(_DISCORD_ID, text):
        example = "digits such as 123456789012345678"
        raise argparse.ArgumentTypeError(f"{text!r} is not an application's id: write {example}")
    return text


def read_sizes(text: str) -> tuple[int, ...]:
    """Read sizes of a store, such as 10k,100k."""
    from bot.bench import parse_sizes

    try:
        return parse_sizes(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def read_size(text: str) -> int:
    """Read one size of a store, such as 1m."""
    first, *more = read_sizes(text)
    if more:
        raise argparse.ArgumentTypeError(f"{text!r} is more than one size: write one, such as 1m")
    return first


def read_day(text: str) -> date:
    """Read a day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day: write 2025-11-07") from None


def require_hash(text: str) -> str:
    """Return a hash that was noted; an empty one, as of a variable that is not set, is refused."""
    if not text.strip():
        raise argparse.ArgumentTypeError("write the hash, or its start, that you noted")
    return text


def read_zone_moment(text: str) -> datetime:
    """Read a moment that says its zone."""
    moment = read_moment(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} has no zone: write 2025-11-07T12:00Z")
    return moment


def read_moment(text: str) -> datetime:
    """Read a moment, with a zone or without; not so early or late that no day is a week off."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a moment: write 2025-11-07T12:00"
        ) from None
    if moment.year not in _YEARS:
        first, last = _YEARS[0], _YEARS[-1]
        raise argparse.ArgumentTypeError(f"{text!r}: write a year from {first} to {last}")
    return moment
