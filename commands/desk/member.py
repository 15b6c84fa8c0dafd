"""/desk member: who may submit."""

import re
from typing import Annotated

from commands.kit.context import Context, Role
from commands.kit.errors import BadParam, NotFound
from commands.kit.keeping import reason
from commands.kit.params import OneOf, Words, shown
from commands.kit.reply import Action, Audience, Inline, Ref, Reply, Strong
from commands.kit.spec import command
from commands.kit.words import T
from store.draft import Draft

_DO = {"bar": T("let them submit no more"), "allow": T("let them submit again")}


@command(role=Role.MODERATOR, group="desk")
async def member(
    ctx: Context,
    do: Annotated[str, OneOf(_DO, T("What to do"))],
    draft: Annotated[str, Words(T("A draft of theirs, such as D-17"), "D-17", "D-17", raw=False)],
    *,
    why: Annotated[str, reason(T("Why"))],
) -> Reply:
    """Bar the submitter of a draft from submitting more, or let them again."""
    of, lift = await _draft(draft, ctx), do == "allow"
    await ctx.store.people.bar(ctx.act(do, why), of.owner, lift=lift)
    back = Action(_DO["bar" if lift else "allow"], "desk member",
                  {"do": "bar" if lift else "allow", "draft": of.ref, "why": why})  # fmt: skip
    given: dict[str, Inline] = {"name": of.owner.name, "ref": Ref(of.ref)}
    said = T("{name}, who submitted {ref}, may submit no more.", **given)
    again = T("{name}, who submitted {ref}, may submit again.", **given)
    title = (Strong(again if lift else said),)
    return Reply(title, actions=(back,), audience=Audience.ASKER)


async def _draft(text: str, ctx: Context) -> Draft:
    found = re.fullmatch(r"\s*(?:D-?)?([0-9]{1,9})\s*", text, re.IGNORECASE | re.ASCII)
    if not found:
        raise BadParam(T("draft: “{text}” is no draft; write one such as D-17.", text=shown(text)))
    draft = await ctx.store.drafts.get(int(found[1]))
    if draft is None:
        raise NotFound(T("There is no draft {ref}.", ref=f"D-{found[1]}"))
    return draft
