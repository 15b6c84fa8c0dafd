"""/desk status: the states in which this desk says a place can be."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import BadParam
from commands.kit.inlines import Strong, T
from commands.kit.invocation import Role
from commands.kit.params.basic import FreeText, OneOf
from commands.kit.params.control import status_words
from commands.kit.reply import Audience, Item, Items, Reply
from commands.shared.desk_names import check_name
from commands.shared.record_changes import reason
from store.editing.terms import NewStatus
from store.model.text import visible

_DO = {"list": T("list them"), "add": T("add one")}
_SYMBOLS = "■□●○◐★☆△▽◎"
_LONGEST = 40


@command(role=Role.MODERATOR, group="desk")
async def status(
    ctx: Context,
    do: Annotated[str, OneOf(_DO, T("What to do"))] = "list",
    name: Annotated[str, FreeText(T("Its name"), "NAME", "Flooded", raw=False)] = "",
    *,
    symbol: Annotated[str, FreeText(T("Its symbol, one character"), "CHARACTER")] = "",
    why: Annotated[str, reason(T("Why"))] = "",
) -> Reply:
    """List the control statuses of this desk, or add one."""
    before = await ctx.store.situation.controls()
    if do == "add":
        label = check_name(name)
        if len(label) > _LONGEST:
            long = T("That is {n} characters; write at most {most}.", n=len(label), most=_LONGEST)
            raise BadParam(long, param="name")
        if not NewStatus(label, "").key:
            raise BadParam(T("“{name}” has no letters. Write a name.", name=label), param="name")
        sign = _symbol(symbol, {known.symbol for known in before})
        await ctx.store.terms.add_status(ctx.act("add", why), NewStatus(label, sign))
    statuses = await ctx.store.situation.controls()
    items = tuple(Item((status_words(known), " · ", f"control:{known.key}")) for known in statuses)
    n = len(statuses)
    title = T("{n} control status", "{n} control statuses", n=n)
    if do == "add":
        title = T("Added: {status}", status=status_words(statuses[-1]))
    return Reply((Strong(title),), (Items(items),), audience=Audience.ASKER)


def _symbol(text: str, taken: set[str]) -> str:
    """Return the character of a new status: the one that is given, or the first free one."""
    if not text:
        return next((sign for sign in _SYMBOLS if sign not in taken), "•")
    sign = visible(text)
    if len(sign) != 1 or sign.isspace():
        raise BadParam(T("symbol: write one character, such as ■."))
    if sign in taken:
        raise BadParam(
            T("symbol: another status already uses {symbol}. Choose a different one.", symbol=sign)
        )
    return sign
