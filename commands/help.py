"""/help: what can be asked."""

from typing import Annotated

from commands.kit.command import Command, command
from commands.kit.context import Context
from commands.kit.errors import Code, NotFound
from commands.kit.inlines import Line, Strong, T, Typed
from commands.kit.params.basic import FreeText, echo
from commands.kit.reply import Facts, Item, Items, Reply, Small, Text


@command()
async def help_(
    ctx: Context,
    command_: Annotated[str, FreeText(T("One command"), "COMMAND", "status", raw=False)] = "",
) -> Reply:
    """List the commands, or explain one."""
    mine = [command for command in ctx.commands if command.role <= ctx.caller.role]
    if not command_:
        items = [
            Item((Typed(command.usage(ctx.caller.role)),), ((T(command.summary),),))
            for command in mine
        ]
        small = Small((T("Names in Latin or Cyrillic, days such as 2025-11-07, 7d or 29 Oct."),))
        return Reply((Strong(T("What you can ask")),), (Items(tuple(items)), small))
    wanted = command_.strip().lstrip("/!").casefold()
    matches = [command for command in mine if wanted in {command.path, command.group, command.name}]
    if not matches:
        raise NotFound(
            T("There is no command “{name}”. For all of them:", name=echo(wanted)),
            Typed("/help"),
            code=Code.UNKNOWN_COMMAND,
        )
    return Reply(
        _title(matches[0]), tuple(block for match in matches for block in _explain(match, ctx))
    )


def _title(command: Command) -> Line:
    return (Strong(Typed(f"/{command.path}")), ": ", T(command.summary))


def _explain(command: Command, ctx: Context) -> tuple[Text | Facts, ...]:
    rows = tuple(
        (f"{param.name}", (param.type.help,))
        for param in command.params
        if not param.hidden and param.role <= ctx.caller.role
    )
    usage = Text((Typed(command.usage(ctx.caller.role)),))
    example = Text((T("For example {line}", line=Typed(command.example)),))
    return (usage, example, *([Facts(rows)] if rows else []))
