"""/tell: be told once, when there is something about a place."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import BadParam, NotAllowed
from commands.kit.inlines import Strong, T
from commands.kit.params.basic import Hidden, KnownEntry, OneOf
from commands.kit.params.entities import KnownActor, KnownPlace
from commands.kit.reply import Action, Audience, Block, Items, Reply
from commands.shared.views.area_status import is_area
from commands.shared.views.asked_subject import describe_subject
from commands.shared.views.entry_card import entry_choices, entry_item, explain_marks
from store.model.entry import Actor, Entry
from store.model.subject import Subject
from store.queries.places import PlaceMatch
from store.workflow.inquiries import Inquirer

_STOP = {"yes": T("yes")}


@command()
async def tell(
    ctx: Context,
    place: Annotated[PlaceMatch, KnownPlace(T("Town or village"))],
    *,
    by: Annotated[Actor | None, KnownActor(T("Only of this speaker"))] = None,
    type: Annotated[str, Hidden()] = "",  # noqa: A002 -- its name in a line
    stop: Annotated[str, OneOf(_STOP, T("Tell me no more"))] = "",
    news: Annotated[Entry | None, KnownEntry(T("What there is now"), hidden=True)] = None,
) -> Reply:
    """Be told once, in private, when there is something on record about a place."""
    who = Inquirer(ctx.caller.platform, ctx.caller.id)
    subject = Subject(place.place.id, by.id if by else 0, type)
    name = await describe_subject(subject, ctx)
    if news is not None:
        title = (Strong(name), ": ", T("there is something on record now, as you asked"))
        blocks: tuple[Block, ...] = (Items((entry_item(news),)), *explain_marks([news]))
        return Reply(title, blocks, audience=Audience.ASKER, entries=entry_choices([news]))
    if stop:
        await ctx.store.inquiries.remove(who, place.place.id)
        title = (Strong(name), ": ", T("you will not be told"))
        return Reply(title, audience=Audience.ASKER)
    if not ctx.remembers:
        raise NotAllowed(T("This desk remembers nobody; ask again later."))
    if is_area(place):
        raise BadParam(T("{place} is an area. Name a town or a village in it.", place=name))
    await ctx.store.inquiries.add(who, subject, ctx.now)
    title = (Strong(name), ": ", T("you are told once, in private, when there is something"))
    end = Action(T("Tell me no more"), "tell", {"place": place.place.ref, "stop": "yes"})
    return Reply(title, actions=(end,), audience=Audience.ASKER)
