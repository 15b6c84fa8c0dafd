"""Hours of a day and zones of the world, as people type them."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from typing_extensions import override

from commands.kit.command import ParamType
from commands.kit.context import Context
from commands.kit.errors import BadParam
from commands.kit.inlines import T
from commands.kit.params.basic import echo
from commands.kit.reply import Choice
from store.model.text import fold

_HOUR = re.compile(r"([01]?[0-9]|2[0-3])(?:[:.h]?([0-5][0-9]))?")
_HALF_DAY = re.compile(r"(0?[1-9]|1[0-2])(?:[:.]([0-5][0-9]))? ?([ap])\.?m\.?")
_OFFSET = re.compile(r"(?:utc|gmt|z)? ?([+-]) ?0?([0-9]|1[0-4])(?::?00)?", re.IGNORECASE)
_EAST, _WEST = 14, 12  # hours, as far as zones of whole hours go
_SUGGESTED = ("06:00", "07:00", "08:00", "09:00", "12:00", "18:00", "21:00")
_OFFERED = 20


class AtHour(ParamType, frozen=True):
    """A time of day, such as 08:00, 8, 0800 or 8 am; read as a time."""

    help: T
    shape: str = "TIME"
    example: str = "08:00"

    @override
    async def read(self, text: str, ctx: Context) -> time:
        typed = text.strip().lower()
        if half := _HALF_DAY.fullmatch(typed):  # 12 am is midnight, 12 pm noon
            return time(int(half[1]) % 12 + 12 * (half[3] == "p"), int(half[2] or 0))
        match = _HOUR.fullmatch(typed)
        if match is None:
            raise BadParam(
                T("“{text}” is not a time of day. Write, for example, 08:00.", text=echo(text))
            )
        return time(int(match[1]), int(match[2] or 0))

    @override
    def write(self, value: time) -> str:
        return f"{value:%H:%M}"

    @override
    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        return [Choice(hour, hour) for hour in _SUGGESTED if hour.startswith(text.strip())]


class InZone(ParamType, frozen=True):
    """A time zone by its name, its city or its whole hours from UTC; read as the name."""

    help: T
    shape: str = "ZONE"
    example: str = "Europe/Kyiv"

    @override
    async def read(self, text: str, ctx: Context) -> str:
        names = _zones()
        wanted = _plain(text)
        if wanted in names:
            return names[wanted]
        if fixed := read_offset(text):
            return fixed
        cities = [name for plain, name in names.items() if plain.rpartition("/")[2] == wanted]
        if len(cities) == 1:
            return cities[0]
        choices = tuple(Choice(name, name) for name in zones_called(text, ctx.now))
        raise BadParam(
            T("“{text}” is not a time zone. Write one such as Europe/Kyiv.", text=echo(text))
            if not choices
            else T(
                "Several time zones use “{text}”. Write a city’s, such as Europe/Kyiv.",
                text=echo(text),
            ),
            choices=(choices or tuple(await self.suggest(text, ctx)))[:5],
        )

    @override
    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        wanted = _plain(text)
        names = [name for plain, name in _zones().items() if wanted in plain]
        first = [ctx.zone_name] if wanted in _plain(ctx.zone_name) else []
        return [Choice(name, name) for name in dict.fromkeys([*first, *names])][:_OFFERED]


def read_offset(text: str) -> str:
    """Return the zone of "UTC+2", "GMT+2" or "+02:00", two hours east of Greenwich, or "".

    The names of these zones, Etc/GMT-2, have their sign the other way round (POSIX).
    """
    bare = text.strip().replace("\N{MINUS SIGN}", "-")
    match = _OFFSET.fullmatch(bare)
    if match is None:
        return ""
    east = -int(match[2]) if match[1] == "-" else int(match[2])
    return f"Etc/GMT{-east:+d}" if -_WEST <= east <= _EAST and east else "UTC" * (not east)


def zones_called(text: str, now: datetime) -> list[str]:
    """Return zones, the desk's part of the world first, whose clocks are called "EET" or "MSK"."""
    wanted = text.strip().upper()
    if not re.fullmatch(r"[A-Z]{2,5}", wanted):
        return []
    seasons = [datetime(now.year, month, 1, tzinfo=UTC) for month in (1, 7)]
    return [
        name
        for name in sorted(_zones().values(), key=_nearness)
        if any(wanted == at.astimezone(ZoneInfo(name)).tzname() for at in seasons)
    ]


def name_zone(name: str) -> str:
    """Return a zone's name as people read it: Etc/GMT-2 lies two hours east, so it is UTC+2."""
    match = re.fullmatch(r"Etc/GMT([+-])([0-9]+)", name)
    if match is None:
        return name
    return f"UTC{'-' if match[1] == '+' else '+'}{match[2]}"


def _nearness(name: str) -> tuple[int, str]:
    first = ("Europe/Kyiv", "Europe/", "Asia/", "Africa/", "America/")
    return next((at for at, start in enumerate(first) if name.startswith(start)), len(first)), name


@cache
def _zones() -> dict[str, str]:
    from zoneinfo import available_timezones  # noqa: PLC0415 -- it walks a folder

    names = (name for name in sorted(available_timezones()) if "/" in name)
    return {_plain(name): name for name in names if not name.startswith("Etc/")} | {"utc": "UTC"}


def _plain(text: str) -> str:
    return fold(text).replace(" ", "_")
