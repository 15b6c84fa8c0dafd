"""/desk status: the states in which this desk says a place can be."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import BadParam
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.params.basic import FreeText, OneOf
from commands.kit.params.control import status_words
from commands.kit.reply import Reply
from commands.shared.desk_terms import InUkrainian, check_label, read_labels, term_reply
from commands.shared.record_changes import reason
from store.editing.terms import NewStatus
from store.model.text import visible

_DO = {"list": T("list them"), "add": T("add one")}
_SYMBOLS = "■□●○◐★☆△▽◎"


@command(role=Role.MODERATOR, group="desk")
async def status(
    ctx: Context,
    do: Annotated[str, OneOf(_DO, T("What to do"))] = "list",
    name: Annotated[str, FreeText(T("Its name"), "NAME", "Flooded", raw=False)] = "",
    *,
    symbol: Annotated[str, FreeText(T("Its symbol, one character"), "CHARACTER")] = "",
    uk: InUkrainian = "",
    why: Annotated[str, reason(T("Why"))] = "",
) -> Reply:
    """List the control statuses of this desk, or add one."""
    title, revision = None, None
    statuses = await ctx.store.situation.controls()
    if do == "add":
        label, labels = check_label(name), read_labels(uk)
        new = NewStatus(label, _symbol(symbol, {known.symbol for known in statuses}), labels)
        revision = await ctx.store.terms.add_status(ctx.act("add", why), new)
        statuses = await ctx.store.situation.controls()
        title = T("Added: {status}", status=status_words(statuses[-1]))
    listed = [(status_words(known), f"control:{known.key}") for known in statuses]
    n = len(statuses)
    return term_reply(
        title or T("{n} control status", "{n} control statuses", n=n), listed, revision
    )


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
