"""The drafts of one text as they stand: which can be filed, which wait for a decision."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from commands.kit.context import Context
from commands.shared.drafting.advice import SOURCES
from commands.shared.drafting.creation import create_named, names_to_create
from commands.shared.drafting.draft_view import DraftView, view_draft
from commands.shared.drafting.passage_view import open_doubts
from store.model.draft import Draft, DraftState
from store.model.entry import Entry, LinkType
from store.model.passage import Doubt
from store.model.text import fold
from store.workflow.text_drafts import ReadyDraft

_DECIDED = ("place", "by")


class Readiness(StrEnum):
    """How far a draft is from the record."""

    UNDECIDED = "undecided"
    NEW_SPEAKER = "new_speaker"
    ON_RECORD = "on_record"
    COMPLETE = "complete"
    SETTLED = "settled"


class BatchItem(Struct, frozen=True):
    """A draft of a text; `view` only while it is open, `like` what on record says nearly the same.

    `doubts` are those that nobody has decided yet.
    """

    draft: Draft
    readiness: Readiness
    view: DraftView | None = None
    like: Entry | None = None
    doubts: tuple[Doubt, ...] = ()


async def view_batch(drafts: Sequence[Draft], ctx: Context) -> tuple[BatchItem, ...]:
    """Look at drafts one by one; those that need most come first, else the text's order counts."""
    items = [await _view_item(draft, ctx) for draft in drafts]
    order = list(Readiness)
    return tuple(sorted(items, key=lambda item: (order.index(item.readiness), item.draft.id)))


async def _view_item(draft: Draft, ctx: Context) -> BatchItem:
    if draft.state is not DraftState.OPEN or draft.expired(ctx.now):
        return BatchItem(draft, Readiness.SETTLED)
    view = await view_draft(draft, ctx)
    doubts = open_doubts(draft)
    names = names_to_create(view)
    if not (view.fits or names) or any(doubt.field in _DECIDED for doubt in doubts):
        return BatchItem(draft, Readiness.UNDECIDED, view, None, doubts)
    like = await _find_like(view, ctx)
    if names.keys() - SOURCES:
        return BatchItem(draft, Readiness.NEW_SPEAKER, view, like, doubts)
    readiness = Readiness.ON_RECORD if like else Readiness.COMPLETE
    return BatchItem(draft, readiness, view, like, doubts)


async def _find_like(view: DraftView, ctx: Context) -> Entry | None:
    """Return what on record says nearly the same as a draft that has its day."""
    values, draft = view.reading.values, view.draft
    day, place = values.get("day"), values.get("place")
    if day is None:
        return None
    near = await ctx.store.similar_entries.near(
        draft.kind, place.place.id if place else None, day.latest, values.get("text", "")
    )
    return next(iter(near), None)


async def make_ready(
    items: Sequence[BatchItem], ctx: Context, *, supports: bool = False
) -> list[ReadyDraft]:
    """Return what can go on record, each name that the drafts lack put on record once."""
    ready: list[ReadyDraft] = []
    created: dict[tuple[str, str], str] = {}
    for item in items:
        view = item.view and await _create_names(item.view, created, ctx)
        content = view.reading.content if view and view.fits else None
        if view is None or content is None:
            continue
        link = view.reading.values.get("link")
        linked = (LinkType(link[0]), link[1].id) if link else None
        if supports and item.like and linked is None:
            linked = LinkType.SUPPORTS, item.like.id
        ready.append(ReadyDraft(item.draft, content, linked))
    return ready


async def _create_names(
    view: DraftView, created: dict[tuple[str, str], str], ctx: Context
) -> DraftView:
    """Return a draft as it reads once the speaker and sources that it names are on record."""
    names, draft = names_to_create(view), view.draft
    if not names:
        return view
    targets: dict[str, str] = {}
    for field, name in names.items():
        key = "source" if field in SOURCES else field, fold(name) or name
        if key not in created:
            created[key] = await create_named(draft, field, name, ctx)
        targets[field] = created[key]
    return await view_draft(replace(draft, fields={**draft.fields, **targets}), ctx)
