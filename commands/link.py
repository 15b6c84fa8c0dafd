"""/link: how one entry stands to another."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import BadParam
from commands.kit.inlines import Inline, Reference, T
from commands.kit.invocation import Role
from commands.kit.params.basic import KnownEntry, OneOf
from commands.kit.params.entities import SomePlaces
from commands.kit.reply import Reply
from commands.kit.vocabulary import LINKS
from commands.shared.record_changes import YES, change_reply, reason
from store.model.entry import Entry, LinkType, Place

_TYPES = {kind.value: LINKS[kind, True] for kind in LinkType}


@command(role=Role.MODERATOR)
async def link(
    ctx: Context,
    ref: Annotated[Entry, KnownEntry(T("The entry that does it, such as E-14"), "E-14")],
    type: Annotated[str, OneOf(_TYPES, T("How it stands to the other"), "contradicts")],  # noqa: A002 -- its name in a line
    to: Annotated[Entry, KnownEntry(T("The other entry, such as E-28"), "E-28")],
    why: Annotated[str, reason(T("Why, where the entries do not show it"))] = "",
    *,
    place: Annotated[tuple[Place, ...], SomePlaces(T("Only for these places"))] = (),
    remove: Annotated[str, OneOf(YES, T("Take the link back"))] = "",
) -> Reply:
    """Say how one entry stands to another, or take that back."""
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
        return await change_reply(ctx, T("Link taken back: {ref} {how} {to}", **given), revision)
    revision = await store.link(ctx.act("link", why), ref.id, kind, to.id, [at.ref for at in place])
    return await change_reply(ctx, T("Linked: {ref} {how} {to}", **given), revision)
