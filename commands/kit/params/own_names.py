"""Names of this desk, for the examples that it shows."""

from commands.kit.context import Context
from store.model.entry import Actor

_LOOKED_AT = 50


async def name_places(most: int, ctx: Context) -> str:
    """Return the names of the places on which this desk has most on record."""
    return ", ".join(place.name for place in await ctx.store.places.on_record(most))


async def name_speaker(ctx: Context) -> str:
    """Return the name of a speaker of this desk, of a person if there is one; "" if of nobody."""
    actors = sorted(await ctx.store.actors.like("", _LOOKED_AT), key=_is_no_person)
    return actors[0].name if actors else ""


def _is_no_person(actor: Actor) -> bool:
    return actor.kind != "person"
