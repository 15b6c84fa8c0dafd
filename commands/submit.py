"""/submit: what somebody knows, for a moderator to look at."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import Code, NotAllowed
from commands.kit.inlines import Strong, T, Typed
from commands.kit.invocation import Role
from commands.kit.params.basic import LONGEST_TEXT
from commands.kit.params.day_values import OnDay
from commands.kit.params.deferred import Deferred, Sentence
from commands.kit.params.entities import KnownPlace, KnownSource
from commands.kit.params.place_choices import place_choices
from commands.kit.reply import Action, Audience, Reply, Small, Text
from commands.shared.drafting.draft_view import view_draft
from store.model.draft import DraftState, NewDraft
from store.model.entry import Kind
from store.workflow.drafts import SUBMISSIONS


@command(form=("text", "place", "day", "source"))
async def submit(
    ctx: Context,
    text: Annotated[str, Sentence(T("What you know, in one sentence"), longest=LONGEST_TEXT)],
    *,
    place: Annotated[
        str, Deferred(KnownPlace(T("Where, or about which place"), writing=True))
    ] = "",
    day: Annotated[str, Deferred(OnDay(T("The day it happened or was said")))] = "",
    source: Annotated[
        str, Deferred(KnownSource(T("Where you read it: an address or a name")))
    ] = "",
) -> Reply:
    """Submit something for the record; a moderator looks at it first."""
    _, barred = await ctx.store.drafts.count_submissions(ctx.person, ctx.now)
    if barred:
        raise NotAllowed(T("You can no longer submit here; ask a moderator why."))
    given = {"text": text, "place": place, "day": day, "source": source}
    fields = {name: words for name, words in given.items() if words}
    new = NewDraft(Kind.EVENT, fields, state=DraftState.WAITING)
    drafts = ctx.store.drafts
    if ctx.caller.role >= Role.MODERATOR:
        draft = await drafts.open(ctx.key, ctx.person, new, ctx.now)
    else:
        sent = await drafts.submit(ctx.key, ctx.person, new, ctx.now)
        if sent is None:
            most = T("You submitted {n} in one day, which is the limit.", n=SUBMISSIONS)
            raise NotAllowed(most, T("Continue tomorrow."), code=Code.TOO_MANY)
        draft = sent
    reading = (await view_draft(draft, ctx)).reading
    unread = [Small((f"{problem.field}: ", problem.error.message)) for problem in reading.problems]
    match = reading.values.get("place")
    (where,) = await place_choices((match.place,), ctx) if match else (None,)
    about = [Text((T("About {place}.", place=where.label),))] if where else []
    then = T("A moderator will review it first. To follow it:")
    return Reply(
        (Strong(T("Thank you. {ref} waits for a review.", ref=draft.ref)),),
        (Text((then, " ", Typed(f"/me {draft.ref}"))), *about, *unread),
        audience=Audience.ASKER,
        again=Action(T("Show"), "me", {"ref": draft.ref}),
        about=(draft.ref,),
    )
