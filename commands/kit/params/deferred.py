"""A field of a draft: what is typed is kept as it is, and read when the draft is looked at."""

import re
from collections.abc import Sequence
from contextlib import suppress

from typing_extensions import override

from commands.kit.command import ParamType
from commands.kit.context import Context
from commands.kit.errors import BadParam, UserError
from commands.kit.inlines import T
from commands.kit.params.basic import FreeText
from commands.kit.reply import Choice

LONGEST = 20_000
"""Characters that a draft keeps of one text, however few of them can go on record."""
EMPTY = {"-", "–", "—"}
"""What is typed to leave a field empty that had something in it."""
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')


def strip_quotes(text: str) -> str:
    """Return a text without the quotes around the whole of it."""
    quoted = _QUOTED.fullmatch(text)
    return quoted[1].replace('""', '"') if quoted else text


def quote_whole(text: str) -> str:
    """Return a text that `strip_quotes` reads as this one: quoted, where it would lose quotes."""
    return text if strip_quotes(text) == text else '"' + text.replace('"', '""') + '"'


class Sentence(FreeText, frozen=True):
    """Words that may have quotes around all of them, and quotes inside."""

    @override
    async def read(self, text: str, ctx: Context) -> str:
        return await FreeText.read(self, strip_quotes(text), ctx)

    @override
    def write(self, value: str) -> str:
        return quote_whole(value)


class Deferred(ParamType, frozen=True):
    """A value of the type `inner` that is read later, so that nothing typed is ever lost."""

    inner: ParamType
    hidden: bool = False
    blank: bool = True
    has_colons: bool = True

    @property
    @override
    def help(self) -> T:
        return self.inner.help

    @property
    @override
    def shape(self) -> str:
        return self.inner.shape

    @property
    @override
    def example(self) -> str:
        return self.inner.example

    @override
    async def exemplify(self, ctx: Context) -> str:
        return await self.inner.exemplify(ctx)

    @property
    @override
    def raw(self) -> bool:
        return self.inner.raw

    @property
    @override
    def longest(self) -> int:
        return self.inner.longest

    @property
    @override
    def fixed(self) -> tuple[Choice, ...]:
        return self.inner.fixed

    @override
    def takes(self, words: Sequence[str]) -> int:
        return self.inner.takes(words)

    @override
    async def read(self, text: str, _ctx: Context) -> str:
        if len(text) > LONGEST:
            raise BadParam(
                T("That is {n} characters; write at most {most}.", n=len(text), most=LONGEST)
            )
        kept = text.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")
        kept = strip_quotes(kept)
        return "" if kept in EMPTY else kept

    @override
    def write(self, value: str) -> str:
        if value.strip() in EMPTY:  # a dash with blanks around it is no empty field
            return f'"{value}"'
        return quote_whole(value) or "-"

    @override
    async def understand(self, value: str, ctx: Context) -> str:
        """Return the value as it would be read now; what cannot be read, as it was typed."""
        if value:
            with suppress(UserError):
                return self.inner.write(await self.inner.read(value, ctx))
        return self.write(value)

    @override
    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        return await self.inner.suggest(text, ctx)
