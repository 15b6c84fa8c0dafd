"""A kind of event of this desk."""

from collections.abc import Sequence

from typing_extensions import override

from commands.kit.command import ParamType
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.params.control import begun_terms, find_term
from commands.kit.reply import Choice
from commands.kit.vocabulary import own_term
from store.queries.situation import EventType


class KnownEventType(ParamType, frozen=True):
    """What kind of event, by its key or its label in any language; read as an EventType."""

    help: T
    shape: str = "KIND"

    @override
    async def exemplify(self, ctx: Context) -> str:
        return (await ctx.store.situation.event_types())[0].key

    @override
    async def read(self, text: str, ctx: Context) -> EventType:
        types = await ctx.store.situation.event_types()
        return find_term(text, types, event_type_choices(types), ctx)

    @override
    def write(self, value: EventType) -> str:
        return value.key

    @override
    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]:
        types = await ctx.store.situation.event_types()
        return event_type_choices(begun_terms(text, types, ctx) if text else types)


def event_type_choices(types: Sequence[EventType]) -> tuple[Choice, ...]:
    """Return kinds of event to choose from."""
    return tuple(Choice(own_term(kind.label, kind.labels), kind.key) for kind in types)
