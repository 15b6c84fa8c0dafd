"""Distances, as people type them."""

import re

from typing_extensions import override

from commands.kit.command import ParamType
from commands.kit.context import Context
from commands.kit.errors import BadParam
from commands.kit.inlines import T
from commands.kit.params.basic import echo

_KILOMETRES = re.compile(r"([0-9]{1,4}) ?(?:km|км)?", re.IGNORECASE)


class Kilometres(ParamType, frozen=True):
    """A distance in whole kilometres; read as an int."""

    help: T
    shape: str = "30"
    example: str = "30"
    least: int = 1
    most: int = 500
    raw: bool = True  # a number alone is never two values run together

    @override
    async def read(self, text: str, ctx: Context) -> int:
        match = _KILOMETRES.fullmatch(text.strip())
        if match is None or not self.least <= int(match[1]) <= self.most:
            raise BadParam(
                T(
                    "“{text}” is not a distance. Write whole kilometres, from {least} to {most}.",
                    text=echo(text),
                    least=self.least,
                    most=self.most,
                )
            )
        return int(match[1])
