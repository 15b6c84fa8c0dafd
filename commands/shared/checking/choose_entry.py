"""Whether an entry is what somebody checked; showing it to the room as the bot's own message."""

from commands.kit.context import Context
from commands.kit.inlines import Reference, Strong, T
from commands.kit.reply import Action, Audience, Items, Reply, Small, Tone, Unanswered
from commands.shared.views.asked_subject import offer_to_tell
from commands.shared.views.entry_card import entry_choices, entry_item, explain_marks
from store.model.entry import Entry
from store.model.ref import PLACE, Ref
from store.workflow.notices import PendingNotice


def offer_choice(entry: Entry) -> tuple[Action, ...]:
    """Return what says of an entry that it is meant, or is not."""
    return (
        Action(T("This is it"), "entry", {"ref": entry.ref, "checked": "it"}),
        Action(T("Not it"), "entry", {"ref": entry.ref, "checked": "not"}),
    )


async def answer_choice(entry: Entry, choice: str, ctx: Context) -> Reply | None:
    """Return the answer to a choice; None where it is none."""
    match choice:
        case "it":
            return _confirm(entry, ctx)
        case "not":
            return _deny(entry, ctx)
        case "show" if ctx.room.open:
            return await _show(entry, ctx)
        case "show" | "shown":
            return _describe(entry, Audience.ROOM)
    return None


def _confirm(entry: Entry, ctx: Context) -> Reply:
    """Show the entry to whoever asked; the room gets it as the bot's own message, or by their name.

    An answer that they themselves have posted shows who they are.
    """
    if ctx.room.open:
        show = Action(T("Show in the room"), "entry", {"ref": entry.ref, "checked": "show"})
        return _describe(entry, Audience.ASKER, (show,))
    if not ctx.room.of_server:
        return _describe(entry, Audience.ASKER)
    note = Small((T("If you post this in the room, your name can be seen."),))
    return _describe(entry, Audience.ROOM, note=(note,))


def _describe(
    entry: Entry,
    audience: Audience,
    actions: tuple[Action, ...] = (),
    note: tuple[Small, ...] = (),
) -> Reply:
    title = (Strong(T("On record: {ref}", ref=Reference(entry.ref))),)
    return Reply(
        title,
        (Items((entry_item(entry),)), *explain_marks([entry]), *note),
        actions,
        audience=audience,
        about=(entry.ref,),
        entries=entry_choices([entry]),
    )


def _deny(entry: Entry, ctx: Context) -> Reply:
    """Count it as asked in vain, and offer to tell of what comes."""
    places = [str(Ref(PLACE, place.place_id)) for place in entry.places[:1]]
    missing = tuple(map(Unanswered, places))
    return Reply(
        (Strong(T("Not {ref}, then", ref=Reference(entry.ref))),),
        (Small((T("Nothing else on record is closer."),)),),
        tuple(map(offer_to_tell, missing)) if ctx.remembers else (),
        tone=Tone.NOTHING,
        audience=Audience.ASKER,
        about=(entry.ref,),
        unanswered=missing,
    )


async def _show(entry: Entry, ctx: Context) -> Reply:
    """Have the bot say it in the room, by itself: nothing there names who asked for it."""
    line = f"/entry {entry.ref} checked:shown"
    notice = PendingNotice(f"show:{ctx.key}", ctx.room.platform, "", line, room=ctx.room.id)
    await ctx.store.notice_queue.tell(notice, ctx.now)
    title = (Strong(T("{ref} will be in the room in a moment", ref=Reference(entry.ref))),)
    note = Small((T("It is the bot’s own message: it does not name you."),))
    return Reply(title, (note,), audience=Audience.ASKER, about=(entry.ref,))
