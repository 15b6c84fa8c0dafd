"""/draft create: put a speaker, a source or a place on record that a draft names."""

from typing import Annotated
from urllib.parse import unquote, urlsplit

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import BadParam
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.params.basic import FreeText, OneOf, echo
from commands.kit.params.draft_refs import KnownDraft
from commands.kit.params.entities import host_of, is_address
from commands.kit.reply import Reply
from commands.kit.vocabulary import SOURCE_KINDS
from commands.shared.drafting.advice import LONGEST_ADDRESS, LONGEST_NAME, PLACES, SPEAKERS
from commands.shared.drafting.draft_card import draft_card
from commands.shared.drafting.outcome import require_undecided
from store.editing.registry import NewActor, NewPlace, NewSource
from store.model.draft import Draft
from store.model.refusals import Already
from store.model.text import fold

_FIELDS = {
    "by": T("the speaker"),
    "place": T("the place"),
    "also": T("the second place"),
    "source": T("the source"),
    "source2": T("the second source"),
    "relayed": T("the relayed source"),
}
_NAME = FreeText(
    T("Its name, or a source’s address"), "NAME", "Pohorilyi", raw=False, longest=LONGEST_ADDRESS
)


@command(role=Role.MODERATOR, group="draft")
async def create(
    ctx: Context,
    ref: Annotated[Draft, KnownDraft(T("The draft that names it, such as D-17"))],
    *,
    field: Annotated[str, OneOf(_FIELDS, T("The field that it is for"))],
    name: Annotated[str, _NAME],
    kind: Annotated[str, OneOf(SOURCE_KINDS, T("What kind of source"))] = "outlet",
) -> Reply:
    """Put a speaker, a source or a place on record, and into a field of the draft."""
    require_undecided(ref, ctx)
    if not fold(name):
        raise BadParam(T("“{name}” is no name; write it with letters.", name=echo(name)))
    act = ctx.act("create", f"Named in {ref.ref}.")
    registry = ctx.store.registry
    try:
        if field in SPEAKERS:
            revision = await registry.add_actor(act, NewActor(name[:LONGEST_NAME]))
        elif field in PLACES:
            revision = await registry.add_place(act, NewPlace(name[:LONGEST_NAME]))
        else:
            revision = await registry.add_source(act, _source(name, kind))
        target = revision.target
    except Already as known:  # somebody was quicker
        target = known.target
    changed = await ctx.store.drafts.change(ref.id, {field: target}, ctx.now)
    return await draft_card(changed, ctx)


def _source(name: str, kind: str) -> NewSource:
    """Return a new source; one that is known by its address alone is called after it."""
    if not is_address(name):
        return NewSource(name[:LONGEST_NAME], kind)
    address = urlsplit(name)
    inside = unquote(address.fragment.partition("?")[0]).strip("/")
    path = address.path.rstrip("/") or (f"/{inside}" if inside else "")
    called = f"{host_of(name)}{path}"
    return NewSource(called[:LONGEST_NAME], kind, name)
