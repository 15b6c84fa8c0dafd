"""Hours of a day and zones of the world, as people type them."""

import re
from collections.abc import Sequence
from datetime import time
from functools import cache

from typing_extensions import override

from commands.kit.command import ParamType
from commands.kit.context import Context
from commands.kit.errors import BadParam
from commands.kit.inlines import T
from commands.kit.params.basic import echo
from commands.kit.reply import Choice
from store.model.text import fold

_HOUR = re.compile(r"([01]?[0-9]|2[0-3])(?:[:.h]?([0-5][0-9]))?")
_SUGGESTED = ("06:00", "07:00", "08:00", "09:00", "12:00", "18:00", "21:00")
_OFFERED = 20


class AtHour(ParamType, frozen=True):
    """A time of day, such as 08:00, 8 or 0800; read as a time."""

    help: T
    shape: str = "TIME"
    example: str = "08:00"

    @override
    async def read(self, text: str, ctx: Context) -> time:
        match = _HOUR.fullmatch(text.strip().lower())
        if match is None:
            raise BadParam(T("“{text}” is no time of day: write 08:00.", text=echo(text)))
        return time(int(match[1]), int(match[2] or 0))

    @override
    def write(self, value: time) -> str:
        return f"{value:%H:%M}"

    @override
    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        return [Choice(hour, hour) for hour in _SUGGESTED if hour.startswith(text.strip())]


class InZone(ParamType, frozen=True):
    """A time zone by its name, or by its city; read as the name."""

    help: T
    shape: str = "ZONE"
    example: str = "Europe/Kyiv"

    @override
    async def read(self, text: str, ctx: Context) -> str:
        names = _zones()
        wanted = _plain(text)
        if wanted in names:
            return names[wanted]
        cities = [name for plain, name in names.items() if plain.rpartition("/")[2] == wanted]
        if len(cities) == 1:
            return cities[0]
        choices = tuple(await self.suggest(text, ctx))
        raise BadParam(
            T("“{text}” is no time zone: write one such as Europe/Kyiv.", text=echo(text)),
            choices=choices[:5],
        )

    @override
    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        wanted = _plain(text)
        matches = [name for plain, name in _zones().items() if wanted in plain]
        first = [ctx.zone_name] if wanted in _plain(ctx.zone_name) else []
        return [Choice(name, name) for name in dict.fromkeys([*first, *matches])][:_OFFERED]


@cache
def _zones() -> dict[str, str]:
    from zoneinfo import available_timezones  # noqa: PLC0415 -- it walks a folder

    return {_plain(name): name for name in sorted(available_timezones()) if "/" in name} | {
        "utc": "UTC"
    }


def _plain(text: str) -> str:
    return fold(text).replace(" ", "_")
