"""/desk type: the kinds of event that this desk tells apart."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.params.basic import FreeText, OneOf
from commands.kit.reply import Reply
from commands.kit.vocabulary import own_term
from commands.shared.desk_terms import InUkrainian, check_label, read_labels, term_reply
from commands.shared.record_changes import reason
from store.editing.terms import NewEventType

_DO = {"list": T("list them"), "add": T("add one")}


@command(role=Role.MODERATOR, group="desk")
async def type_(
    ctx: Context,
    do: Annotated[str, OneOf(_DO, T("What to do"))] = "list",
    name: Annotated[str, FreeText(T("What it is called"), "NAME", "flood", raw=False)] = "",
    *,
    uk: InUkrainian = "",
    why: Annotated[str, reason(T("Why"))] = "",
) -> Reply:
    """List the kinds of event of this desk, or add one."""
    title, revision = None, None
    if do == "add":
        new = NewEventType(check_label(name), read_labels(uk))
        revision = await ctx.store.terms.add_event_type(ctx.act("add", why), new)
        title = T("Added: {status}", status=own_term(new.label, new.labels))
    types = await ctx.store.situation.event_types()
    listed = [(own_term(kind.label, kind.labels), f"type:{kind.key}") for kind in types]
    n = len(types)
    return term_reply(title or T("{n} kind of event", "{n} kinds of event", n=n), listed, revision)
