"""New speakers, sources and places that a draft names: what they would be, and their making."""

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from commands.kit.context import Context
from commands.kit.errors import BadParam, NotFound
from commands.kit.inlines import T
from commands.kit.params.basic import echo, require_name
from commands.kit.params.entities import host_of, is_address
from commands.shared.drafting.advice import LONGEST_NAME, PLACES, SOURCES, SPEAKERS, may_be_new
from commands.shared.drafting.draft_view import DraftView, view_draft
from store.editing.registry import NewActor, NewPlace, NewSource
from store.model.draft import Draft
from store.model.refusals import Already
from store.model.text import fold

_POSTED = ("t.me", "x.com", "twitter.com", "facebook.com", "youtube.com", "bsky.app")


def new_speaker(text: str, texts: Mapping[str, str]) -> NewActor:
    """Return the speaker that "Ivan Petrenko, mayor of Rodynske" names: the role after a comma."""
    name, _, role = text.partition(",")
    kind = texts.get("by_kind", "person")
    return NewActor(name.strip()[:LONGEST_NAME], role.strip()[:LONGEST_NAME], kind)


def new_source(text: str, kind: str = "") -> NewSource:
    """Return a new source; one that is known by its address alone is called after it.

    Without a kind, an address is a post or an article, and a name is an outlet.
    """
    if not is_address(text):
        return NewSource(text[:LONGEST_NAME], kind or "outlet")
    address, host = urlsplit(text), host_of(text)
    inside = unquote(address.fragment.partition("?")[0]).strip("/")
    path = address.path.rstrip("/") or (f"/{inside}" if inside else "")
    posted = host.removeprefix("www.").removeprefix("m.") in _POSTED
    return NewSource(
        f"{host}{path}"[:LONGEST_NAME], kind or ("post" if posted else "article"), text
    )


def names_to_create(view: DraftView) -> dict[str, str]:
    """Return the speaker and sources that are all that keeps a new entry from being filed."""
    problems = view.reading.problems
    names = {problem.field: view.draft.fields.get(problem.field, "") for problem in problems}
    fit = all(
        isinstance(problem.error, NotFound)
        and problem.field in SPEAKERS | SOURCES
        and may_be_new(names[problem.field])
        for problem in problems
    )
    return names if fit and not (view.reading.missing or view.before) else {}


async def create_named(draft: Draft, field: str, name: str, ctx: Context, kind: str = "") -> str:
    """Put what a field of a draft names on record; return its reference. Twice is once."""
    if not fold(name.partition(",")[0] if field in SPEAKERS else name):
        raise BadParam(T("“{name}” is not a name. Write it with letters.", name=echo(name)))
    require_name(name.partition(",")[0] if field in SPEAKERS else name)
    key = f"draft:{draft.id}.{draft.version}:create:{field}"
    act = ctx.act("create", f"Named in {draft.ref}.", key)
    registry = ctx.store.registry
    try:
        if field in SPEAKERS:
            revision = await registry.add_actor(act, new_speaker(name, draft.fields))
        elif field in PLACES:
            revision = await registry.add_place(act, NewPlace(name[:LONGEST_NAME]))
        else:
            kind = kind or draft.fields.get("source_kind", "")
            revision = await registry.add_source(act, new_source(name, kind))
    except Already as known:  # somebody was quicker
        return str(known.target)
    return revision.target


async def create_all(view: DraftView, ctx: Context) -> DraftView:
    """Put the speaker and sources on record that a draft lacks; return it as it then reads.

    The draft itself stays as it is, so that a click that was cut off can be made again.
    """
    names, draft = names_to_create(view), view.draft
    targets = {field: await create_named(draft, field, name, ctx) for field, name in names.items()}
    return await view_draft(replace(draft, fields={**draft.fields, **targets}), ctx)
