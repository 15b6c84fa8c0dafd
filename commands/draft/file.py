"""/draft file: put a draft on record."""

from typing import Annotated

from msgspec.structs import replace

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import Code, TooLate
from commands.kit.inlines import T, Typed
from commands.kit.invocation import Role
from commands.kit.params.basic import Hidden
from commands.kit.params.draft_selection import DraftSelection, KnownDrafts
from commands.kit.reply import Reply
from commands.shared.drafting.creation import create_all, names_to_create
from commands.shared.drafting.draft_card import blank_form, render_draft
from commands.shared.drafting.draft_view import DraftView, view_draft
from commands.shared.drafting.file_together import file_together
from commands.shared.drafting.next_entry import texts_like
from commands.shared.drafting.outcome import filing_reply, require_undecided
from store.model.draft import Draft, DraftState
from store.model.entry import LinkType
from store.model.ref import Ref
from store.model.refusals import Outdated
from store.model.revision import Act


@command(role=Role.MODERATOR, group="draft", short=True)
async def file(
    ctx: Context,
    ref: Annotated[DraftSelection, KnownDrafts(T("The draft or drafts, such as D-17"))],
    *,
    seen: Annotated[str, Hidden(T("The version that was seen"))] = "",
    create: Annotated[str, Hidden(T("Whether to create the speaker and source it names"))] = "",
    then: Annotated[str, Hidden(T("Whether to go on with the next entry"))] = "",
    supports: Annotated[str, Hidden(T("Whether each supports what says nearly the same"))] = "",
) -> Reply:
    """Put a draft on record as it stands, or several at once."""
    draft = ref.single
    is_listed = draft is not None and draft.batch is not None and not (create or then)
    if draft is None or supports or is_listed:
        return await file_together(ref.drafts, ctx, seen, supports=bool(supports))
    reply = await _file(draft, ctx, seen, creates=bool(create))
    return await _go_on(draft, reply, ctx) if then else reply


async def _file(ref: Draft, ctx: Context, seen: str, *, creates: bool) -> Reply:
    if ref.entry_id and ref.decided_by(ctx.person):
        return await filing_reply(ref, ref.entry_id, ctx)
    require_undecided(ref, ctx)
    if seen not in {"", f"{ref.version}"}:
        raise Outdated(ref.ref)
    view = await view_draft(ref, ctx)
    if creates and names_to_create(view):
        view = await create_all(view, ctx)
    if view.fits:
        return await _put_on_record(view, ctx)
    if view.before is None:
        lacks = T("{ref} is still incomplete. Look again:", ref=ref.ref)
        raise TooLate(lacks, Typed(f"/draft show {ref.ref}"), code=Code.MISSING_VALUE)
    now = await ctx.store.drafts.get(ref.id)
    if now and now.entry_id and now.decided_by(ctx.person):  # another click was quicker
        return await filing_reply(now, now.entry_id, ctx)
    return await render_draft(view, ctx)


async def _go_on(draft: Draft, reply: Reply, ctx: Context) -> Reply:
    """Return the answer with the form of the next entry, if this one is on record."""
    now = await ctx.store.drafts.get(draft.id)
    entry = await ctx.store.entries.get(now.entry_id) if now and now.entry_id else None
    if entry is None or draft.edits is not None:
        return reply
    texts = await texts_like(entry, draft.kind, ctx)
    return replace(reply, form=await blank_form(draft.kind, ctx, texts, entry))


async def _put_on_record(view: DraftView, ctx: Context) -> Reply:
    """Put a draft that fits on record; twice is once."""
    draft, content = view.draft, view.reading.content
    assert content is not None  # noqa: S101 -- it fits
    link = view.reading.values.get("link")
    linked = (LinkType(link[0]), link[1].id) if link and not view.before else None
    revision = await ctx.store.drafts.file(_act(draft, ctx), draft, content, linked)
    return await filing_reply(draft, Ref.parse(revision.target).number, ctx)


def _act(draft: Draft, ctx: Context) -> Act:
    """Return the act that puts a draft on record."""
    key = f"draft:{draft.id}:file"
    if draft.edits is not None:
        return ctx.act("correct", draft.fields["why"], key)
    if draft.state is DraftState.WAITING:
        return ctx.act("file", f"Submitted as {draft.ref}, and approved.", key)
    return ctx.act("file", f"Filed from {draft.ref}.", key)
