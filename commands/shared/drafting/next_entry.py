"""The next entry of who files one after another: what the last one had stays offered."""

from collections.abc import Mapping

from commands.kit.context import Context
from commands.kit.errors import UserError
from commands.kit.params.deferred import Deferred
from commands.shared.drafting.content import texts_of
from commands.shared.drafting.draft_view import command_of
from store.model.entry import Attribution, Entry, Kind

_OFFERED = ("by", "attribution", "day", "place", "source")
_UNSAID = {Attribution.NAMED, Attribution.NARRATOR}


async def texts_like(entry: Entry, kind: Kind, ctx: Context) -> dict[str, str]:
    """Return who said it, when, where and where it was read, as texts of the next entry.

    A name stands where it leads back to the same, a reference where it could mean another.
    """
    content = await ctx.store.moderation.content(entry.id)
    texts = {name: text for name, text in texts_of(content).items() if name in _OFFERED}
    if content.attribution in _UNSAID:
        del texts["attribution"]
    command = command_of(kind, ctx)
    known = {name: text for name, text in texts.items() if command.param(name)}
    names = _names(entry)
    return {name: await _shortest(name, text, names, kind, ctx) for name, text in known.items()}


def _names(entry: Entry) -> Mapping[str, str]:
    names = {"by": entry.by.name} if entry.by else {}
    if entry.places:
        names["place"] = entry.places[0].name
    if entry.sources:
        names["source"] = entry.sources[0].source.name
    return names


async def _shortest(
    field: str, ref: str, names: Mapping[str, str], kind: Kind, ctx: Context
) -> str:
    """Return the name of what a field refers to, if the field reads it as that."""
    param = command_of(kind, ctx).param(field)
    if field not in names or param is None or not isinstance(param.type, Deferred):
        return ref
    inner = param.type.inner
    try:
        return names[field] if inner.write(await inner.read(names[field], ctx)) == ref else ref
    except UserError:
        return ref
