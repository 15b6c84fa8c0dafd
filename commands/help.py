"""/help: what can be asked."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

from commands.kit.command import Command, command
from commands.kit.context import Context
from commands.kit.errors import Code, NotFound, UserError
from commands.kit.inlines import Inline, Line, Phrase, Strong, T, Typed
from commands.kit.invocation import Role
from commands.kit.params.basic import AllWords, FreeText, echo
from commands.kit.reply import Action, Facts, Item, Items, Reply, Small, Text
from commands.kit.vocabulary import place_name
from store.model.override import override

if TYPE_CHECKING:
    from store.model.entry import Place

_ALL = "all"
_WANTS: Mapping[str, T] = {
    "status": T("The situation in a place, and who says so"),
    "claims": T("Who says what about it, and who denies it"),
    "events": T("What happened there"),
    "digest": T("What is new today"),
    "watch add": T("Get news about it"),
    "add claim": T("File what somebody said"),
    "review": T("Review submissions"),
}
_SHORT: Mapping[str, T] = {
    "claims": T("Who says what"),
    "events": T("Events"),
    "watch add": T("Watch this place"),
}
_ABOUT_A_PLACE = frozenset({"status", "claims", "events", "watch add"})
_READING = ("status", "claims", "events", "digest", "watch add")
_KEEPING = ("status", "claims", "digest", "add claim", "review")
_HOW = Small((T("Names in Latin or Cyrillic, days such as 2025-11-07, 7d or 29 Oct."),))


class KnownCommand(AllWords, frozen=True):
    """A command, or a group of them, that one may use; read as its name, such as "watch add"."""

    help: T
    shape: str = "COMMAND"
    example: str = "status"

    @override
    async def read(self, text: str, ctx: Context) -> str:
        wanted = (await FreeText(self.help).read(text, ctx)).lstrip("/!").casefold()
        matches = _find_commands(wanted, ctx)
        if wanted in {"", _ALL} or any(each.role <= ctx.caller.role for each in matches):
            return wanted
        raise matches[0].refusal(ctx) if matches else _unknown(wanted)


@command()
async def help_(
    ctx: Context, command_: Annotated[str, KnownCommand(T("One command"))] = ""
) -> Reply:
    """Say what you can ask, list the commands, or explain one."""
    if command_ == _ALL or (ctx.whole and not command_):
        return _list_commands(ctx, T("All commands"), ctx.commands)
    if not command_:
        return _offer(ctx, next(iter(await ctx.store.places.on_record(1)), None))
    mine = [each for each in _find_commands(command_, ctx) if each.role <= ctx.caller.role]
    if mine[0].group == command_:
        return _list_commands(ctx, Typed(f"/{command_}"), mine)
    blocks = [block for each in mine for block in await _explain(each, ctx)]
    return Reply(_title(mine[0]), tuple(blocks))


def _find_commands(wanted: str, ctx: Context) -> Sequence[Command]:
    """Return the commands of a group, else those of that path or name."""
    group = [command for command in ctx.commands if command.group == wanted]
    return group or [each for each in ctx.commands if wanted in {each.path, each.name}]


def _unknown(wanted: str) -> UserError:
    return NotFound(
        T("There is no command “{name}”. For all of them:", name=echo(wanted)),
        Typed(f"/help {_ALL}"),
        code=Code.UNKNOWN_COMMAND,
    )


def _offer(ctx: Context, place: "Place | None") -> Reply:
    """Return five things that one wants, each with a line that asks for it, of this desk's place.

    Where nothing is on record yet there is no place to ask about.
    """
    wants = _READING if ctx.caller.role is Role.READER else _KEEPING
    asked = [path for path in wants if place or path not in _ABOUT_A_PLACE]
    items, actions = [], []
    for path in asked:
        named = place if path in _ABOUT_A_PLACE else None
        items.append(Item((Strong(_line(path, named)),), ((_WANTS[path],),)))
        given = {"place": named.name} if named else {}
        actions.append(Action(_label(path, named), path, given))
    actions.append(Action(T("All commands"), "help", {"command": _ALL}))
    return Reply(
        (Strong(T("What you can ask")),), (Items(tuple(items), offered=True), _HOW), tuple(actions)
    )


def _label(path: str, place: "Place | None") -> T:
    """Return a few words for a button."""
    if path == "status" and place:
        return T("Status of {place}", place=place_name(place))
    return _SHORT.get(path, _WANTS[path])


def _line(path: str, place: "Place | None") -> Inline:
    """Return a line to type, the place under the name that the reader's language has."""
    return Phrase((f"/{path} ", place_name(place))) if place else f"/{path}"


def _list_commands(ctx: Context, title: Inline, commands: Sequence[Command]) -> Reply:
    items = [
        Item((command.usage_line(ctx.caller.role),), ((T(command.summary),),))
        for command in commands
        if command.role <= ctx.caller.role
    ]
    return Reply((Strong(title),), (Items(tuple(items)), _HOW))


def _title(command: Command) -> Line:
    return (Strong(Typed(f"/{command.path}")), ": ", T(command.summary))


async def _explain(command: Command, ctx: Context) -> tuple[Text | Facts, ...]:
    rows = tuple(
        (f"{param.name}", (param.type.help,))
        for param in command.params
        if not param.hidden and param.role <= ctx.caller.role
    )
    usage = Text((command.usage_line(ctx.caller.role),))
    example = Text((T("For example {line}", line=Typed(await command.exemplify(ctx))),))
    return (usage, example, *([Facts(rows)] if rows else []))
