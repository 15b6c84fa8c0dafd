"""/help: what can be asked."""

from typing import Annotated

from commands.kit.command import Command, command
from commands.kit.context import Context
from commands.kit.errors import NotFound
from commands.kit.i18n import T
from commands.kit.params.basic import Words, shown
from commands.kit.reply import Facts, Item, Items, Line, Reply, Small, Strong, Text, Typed


@command()
async def help_(
    ctx: Context,
    command_: Annotated[str, Words(T("One command"), "COMMAND", "status", raw=False)] = "",
) -> Reply:
    """List the commands, or explain one."""
    mine = [one for one in ctx.commands if one.role <= ctx.caller.role]
    if not command_:
        items = [Item((Typed(one.usage(ctx.caller.role)),), ((T(one.summary),),)) for one in mine]
        small = Small((T("Names in Latin or Cyrillic, days such as 2025-11-07, 7d or 29 Oct."),))
        return Reply((Strong(T("What you can ask")),), (Items(tuple(items)), small))
    wanted = command_.strip().lstrip("/!").casefold()
    found = [one for one in mine if wanted in {one.path, one.group, one.name}]
    if not found:
        raise NotFound(
            T("There is no command “{name}”. For all of them:", name=shown(wanted)), Typed("/help")
        )
    return Reply(_title(found[0]), tuple(block for one in found for block in _explained(one, ctx)))


def _title(one: Command) -> Line:
    return (Strong(Typed(f"/{one.path}")), ": ", T(one.summary))


def _explained(one: Command, ctx: Context) -> tuple[Text | Facts, ...]:
    rows = tuple(
        (f"{param.name}", (param.type.help,))
        for param in one.params
        if not param.hidden and param.role <= ctx.caller.role
    )
    usage = Text((Typed(one.usage(ctx.caller.role)),))
    example = Text((T("For example {line}", line=Typed(one.example)),))
    return (usage, example, *([Facts(rows)] if rows else []))
