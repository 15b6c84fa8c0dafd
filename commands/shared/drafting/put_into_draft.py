"""What /add does for every kind: begin a draft, or go on with one, and show it."""

from collections.abc import Mapping

from commands.kit.context import Context
from commands.kit.errors import Code, NotAllowed
from commands.kit.inlines import Strong, T
from commands.kit.reply import Audience, Reply
from commands.shared.drafting.draft_card import blank_form, draft_card, render_draft
from commands.shared.drafting.draft_view import (
    EMPTIED,
    UNSAID,
    command_of,
    find_changes,
    view_draft,
)
from commands.shared.drafting.entry_fields import part_near
from commands.shared.drafting.next_entry import texts_like
from store.model.draft import Draft, NewDraft
from store.model.entry import Entry, Kind


async def put_into_draft(
    ctx: Context,
    kind: Kind,
    text: str | None,
    fields: Mapping[str, object],
    draft: Draft | None = None,
    *,
    like: Entry | None = None,
) -> Reply:
    """Put what was given into a draft, a new one if none is named, and show it.

    Where something needed was not asked for, as by a command with few of its fields, the rest is
    asked for at once, unless a text is too long: then that is said first. Of a draft that goes on,
    an empty text clears its field. What is not given of a new one is as in the entry that it is
    `like`: who said it, when, where, and the source.
    """
    given = {} if text is None else {"text": text}
    given |= {name: str(value) for name, value in fields.items()}
    given = part_near(given)
    if kind is Kind.CLAIM and (draft is None or draft.edits is None):
        given |= {name: EMPTIED for name in UNSAID if given.get(name) == ""}
    likeness = await texts_like(like, kind, ctx) if like and draft is None else {}
    if draft is None and not any(given.values()):
        form = await blank_form(kind, ctx, likeness, like)
        return Reply((Strong(form.title),), audience=Audience.ASKER, form=form)
    if draft is None:
        texts = {**likeness, **given}
        new = NewDraft(kind, {name: text for name, text in texts.items() if text})
        view = await view_draft(await ctx.store.drafts.open(ctx.key, ctx.person, new, ctx.now), ctx)
        asking = bool(view.reading.missing) and not _is_too_long(kind, new.fields, ctx)
        return await render_draft(view, ctx, asking=asking)
    if draft.edits is not None:
        if draft.kind is not kind:
            never = T("A correction cannot change the kind of an entry.")
            raise NotAllowed(never, code=Code.BAD_VALUE)
        given = find_changes(given, await ctx.store.moderation.content(draft.edits, draft.base))
    changed = await ctx.store.drafts.change(draft.id, given, ctx.now, kind)
    return await draft_card(changed, ctx)


def _is_too_long(kind: Kind, fields: Mapping[str, str], ctx: Context) -> bool:
    """Return whether a text is longer than it can go on record."""
    params = {param.name: param.type.longest for param in command_of(kind, ctx).params}
    return any(0 < params.get(name, 0) < len(text) for name, text in fields.items())
