"""/link: how one entry stands to another."""

from collections.abc import Sequence
from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import BadParam, Code, TooLate
from commands.kit.inlines import Inline, Phrase, Reference, T, join
from commands.kit.invocation import Role
from commands.kit.params.basic import KnownEntry, OneOf
from commands.kit.params.place_lists import SomePlaces
from commands.kit.reply import Reply
from commands.kit.vocabulary import LINKS, place_name
from commands.shared.record_changes import YES, change_reply, reason
from store.model.entry import Entry, LinkType, Place
from store.model.refusals import Already, State
from store.queries.places import PlaceMatch

_TYPES = {kind.value: LINKS[kind, True] for kind in LinkType}


@command(role=Role.MODERATOR)
async def link(
    ctx: Context,
    ref: Annotated[Entry, KnownEntry(T("The first entry, such as E-14"), "E-14")],
    type: Annotated[str, OneOf(_TYPES, T("How it relates to the other"), "contradicts")],  # noqa: A002 -- its name in a line
    to: Annotated[Entry, KnownEntry(T("The other entry, such as E-28"), "E-28")],
    why: Annotated[str, reason(T("Why, if the entries do not show it"))] = "",
    *,
    place: Annotated[tuple[PlaceMatch, ...], SomePlaces(T("Only for these places"))] = (),
    remove: Annotated[str, OneOf(YES, T("Remove the link"))] = "",
) -> Reply:
    """Link one entry to another, or remove the link."""
    if ref.id == to.id:
        raise BadParam(T("to: {ref} cannot be linked with itself; name another.", ref=to.ref))
    kind, store = LinkType(type), ctx.store.moderation
    given: dict[str, Inline] = {
        "ref": Reference(ref.ref),
        "how": LINKS[kind, True],
        "to": Reference(to.ref),
    }
    if remove:
        revision = await store.unlink(ctx.act("unlink", why), ref.id, kind, to.id)
        return await change_reply(ctx, T("Link removed: {ref} {how} {to}", **given), revision)
    places = [match.place for match in place]
    _require_about(places, ref, to)
    refs = [at.ref for at in places]
    try:
        revision = await store.link(ctx.act("link", why), ref.id, kind, to.id, refs)
    except Already as already:
        if already.state is State.LINKED:
            stands = T("On record already: {ref} {how} {to}. Nothing changed.", **given)
            raise TooLate(stands, code=Code.WRONG_STATE) from None
        raise
    title = T("Linked: {ref} {how} {to}", **given)
    if places:
        names = Phrase(join(", ", *map(place_name, places)))
        title = T("{link}, for {places}", link=title, places=names)
    return await change_reply(ctx, title, revision)


def _require_about(places: Sequence[Place], *ends: Entry) -> None:
    """Refuse a place that neither end of a link is about."""
    about = {at.place_id for entry in ends for at in entry.places}
    for place in places:
        if place.id not in about:
            neither = T(
                "place: neither {ref} nor {to} is about {place}; name a place of theirs.",
                ref=ends[0].ref,
                to=ends[1].ref,
                place=place_name(place),
            )
            raise BadParam(neither)
