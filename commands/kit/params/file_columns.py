"""A file that waits for its columns to be named, and what its rows and columns can be."""

from collections.abc import Mapping, Sequence

from typing_extensions import override

from commands.kit.command import ParamType
from commands.kit.context import Context
from commands.kit.errors import BadParam, Code, NotAllowed, NotFound
from commands.kit.inlines import T
from commands.kit.params.basic import echo
from commands.kit.params.other_reference import refuse_other_reference
from commands.kit.reply import Choice
from commands.kit.vocabulary import CLAIM_TYPES
from store.model.held_file import LEFT_OUT, MEANINGS, HeldFile
from store.model.ref import FILE, Ref

_NOTHING = "none"


class KnownFile(ParamType, frozen=True):
    """A file that one sent and that waits; read as a HeldFile."""

    help: T
    shape: str = "F-3"
    example: str = "F-1"

    @override
    async def read(self, text: str, ctx: Context) -> HeldFile:
        ref = Ref.read(text, FILE)
        if ref is None:
            raise refuse_other_reference(text, FILE) or BadParam(
                T(
                    "“{text}” is not a reference. Write one such as {example}.",
                    text=echo(text),
                    example=self.shape,
                )
            )
        held = await ctx.store.held_files.get(ref.number)
        if held is None:
            gone = T("There is no file {ref} any more; send it again.", ref=str(ref))
            raise NotFound(gone, code=Code.UNKNOWN_REFERENCE)
        if held.person != (ctx.caller.platform, ctx.caller.id):
            raise NotAllowed(T("{ref} is somebody else’s; only they can see it.", ref=held.ref))
        return held

    @override
    def write(self, value: HeldFile) -> str:
        return value.ref


class RowKind(ParamType, frozen=True):
    """What each row of a table is, kind and type; read as a pair."""

    help: T
    shape: str = "event:strike"
    example: str = "event:strike"

    @override
    async def read(self, text: str, ctx: Context) -> tuple[str, str]:
        kind, _, type_ = text.strip().casefold().partition(":")
        own = [event.key for event in await ctx.store.situation.event_types()]
        types = {"event": own, "claim": list(CLAIM_TYPES)}
        if (type_ or "other") not in types.get(kind, ()):
            known = ", ".join(f"{kind}:{type_}" for kind, each in types.items() for type_ in each)
            raise BadParam(
                T(
                    "“{text}” is not a kind of row. Write one of: {known}.",
                    text=echo(text),
                    known=known,
                )
            )
        return kind, type_ or "other"

    @override
    def write(self, value: tuple[str, str]) -> str:
        return ":".join(value)


class ColumnMeaning(ParamType, frozen=True):
    """What a column is, by its number; read as a pair of the number and a meaning."""

    help: T
    shape: str = "2=place"
    example: str = "2=place"

    @override
    async def read(self, text: str, ctx: Context) -> tuple[int, str]:
        number, _, meaning = text.strip().casefold().partition("=")
        if not (number.isascii() and number.isdigit()) or meaning not in {*MEANINGS, _NOTHING}:
            known = ", ".join((*MEANINGS, _NOTHING))
            raise BadParam(
                T(
                    "“{text}” says no column: write one such as 2=place, of {known}.",
                    text=echo(text),
                    known=known,
                )
            )
        return int(number[:4]), LEFT_OUT if meaning == _NOTHING else meaning

    @override
    def write(self, value: tuple[int, str]) -> str:
        return f"{value[0]}={value[1] or _NOTHING}"

    @override
    async def suggest(self, _text: str, ctx: Context) -> Sequence[Choice]:
        return []


class MappingName(ParamType, frozen=True):
    """A mapping that comes with the program, or that the desk has kept; read as its name."""

    shipped: Mapping[str, T]
    help: T
    shape: str = "MAPPING"
    example: str = "ucdp_ged"

    @override
    async def read(self, text: str, ctx: Context) -> str:
        name = text.strip()
        kept = [] if name in self.shipped else await ctx.store.held_files.list_kept()
        if name not in {*self.shipped, *kept}:
            known = ", ".join((*self.shipped, *kept))
            raise BadParam(
                T("There is no mapping “{text}”; there are {known}.", text=echo(text), known=known)
            )
        return name

    @override
    def write(self, value: str) -> str:
        return value

    @override
    async def suggest(self, _text: str, ctx: Context) -> Sequence[Choice]:
        kept = await ctx.store.held_files.list_kept()
        shipped = [Choice(label, name) for name, label in self.shipped.items()]
        return [*shipped, *(Choice(name, name) for name in kept)]
