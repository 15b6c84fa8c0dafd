"""A command is one annotated function; its signature is the whole declaration.

What stands before `*` may be given by position, what stands after it by name only. From the
declaration come every platform's options, the grammar of a line, the help and the docs.
"""

import inspect
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Protocol, get_args, get_origin, get_type_hints

from msgspec import Struct

from commands.kit.context import Context, Role
from commands.kit.errors import BadParam, NotAllowed, UserError
from commands.kit.reply import Choice, Reply, Typed
from commands.kit.words import T
from store.models import Actor, Entry
from store.places import PlaceMatch
from store.span import Span

MAX_CHOICES = 25
_NAME = re.compile(r"[a-z][a-z_]{0,31}")
_SUMMARY = 100

Run = Callable[..., Awaitable[Reply]]


class ParamType(Protocol):
    """How one kind of value is read and suggested.

    `read` raises a UserError that says what was read and what to write instead. `takes` tells how
    many of these words, at the front, belong to the value; 0 stands for all of them.
    """

    @property
    def help(self) -> T: ...

    @property
    def shape(self) -> str:
        """What stands for such a value in a usage line, such as DAY."""
        ...

    @property
    def example(self) -> str: ...

    @property
    def raw(self) -> bool:
        """Whether quotes are part of the value rather than marks around it."""
        ...

    def takes(self, words: Sequence[str]) -> int: ...

    async def read(self, text: str, ctx: Context) -> object: ...

    async def suggest(self, text: str, ctx: Context) -> Sequence[Choice]: ...


class Only(Struct, frozen=True):
    """Marks a parameter that takes a role, on a command that anyone may use."""

    role: Role


class Param(Struct, frozen=True):
    """One parameter. A hidden one is for the program's own actions, such as the next page."""

    name: str
    argument: str
    type: ParamType
    required: bool
    positional: bool
    hidden: bool
    role: Role


class Command(Struct, frozen=True):
    """What somebody can ask, as every platform declares it.

    `menu` is its name in a message's menu ("": none); `form` the parameters that a form asks for.
    """

    name: str
    summary: str
    run: Run
    params: tuple[Param, ...]
    role: Role
    group: str = ""
    menu: str = ""
    form: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return f"{self.group} {self.name}" if self.group else self.name

    def param(self, name: str) -> Param | None:
        return next((param for param in self.params if param.name == name), None)

    def usage(self, role: Role) -> str:
        """Return the line that this role can write, such as "/status PLACE [at:AT]"."""
        shown = [_usage(p) for p in self.params if not p.hidden and p.role <= role]
        return " ".join([f"/{self.path}", *shown])

    @property
    def example(self) -> str:
        """A line that works."""
        needed = [param.type.example for param in self.params if param.required]
        return " ".join([f"/{self.path}", *needed])

    async def read(self, given: Mapping[str, str], ctx: Context) -> dict[str, object]:
        """Return the values of what was given; a UserError says what is wrong with it."""
        if ctx.caller.role < self.role:
            raise NotAllowed(T("/{command} is for moderators.", command=self.path))
        values = {}
        for param in self.params:
            text = given.get(param.name, "").strip()
            if text:
                values[param.name] = await _read(param, text, ctx)
            elif param.required:
                what = T("/{command} needs {name}:", command=self.path, name=param.name)
                raise BadParam(what, param.type.help, " → ", Typed(self.example))
        return values

    async def answer(self, values: Mapping[str, object], ctx: Context) -> Reply:
        """Answer with values that were read."""
        arguments = {p.argument: values[p.name] for p in self.params if p.name in values}
        return await self.run(ctx, **arguments)


def written(value: object) -> str:
    """Return a value as text that reads as the same value at any later time."""
    match value:
        case PlaceMatch():
            return value.place.ref
        case Actor() | Entry():
            return value.ref
        case Span():
            return value.edtf
        case datetime():
            return value.isoformat()
        case _:
            return str(value)


def command(
    *, role: Role = Role.READER, group: str = "", menu: str = "", form: tuple[str, ...] = ()
) -> Callable[[Run], Command]:
    """Make a Command of an annotated function; ValueError when the declaration is not sound."""

    def declare(run: Run) -> Command:
        hints = get_type_hints(run, include_extras=True)
        signature = list(inspect.signature(run).parameters.values())[1:]
        params = tuple(_param(parameter, hints[parameter.name]) for parameter in signature)
        summary = (run.__doc__ or "").strip().partition("\n")[0].rstrip(".")
        made = Command(run.__name__.rstrip("_"), summary, run, params, role, group, menu, form)
        _check(made)
        return made

    return declare


def _param(parameter: inspect.Parameter, hint: Any) -> Param:  # noqa: ANN401 -- any annotation
    if get_origin(hint) is not Annotated:
        raise ValueError(f"{parameter.name}: annotate it with Annotated[type, ParamType]")
    _, kind, *marks = get_args(hint)
    role = next((mark.role for mark in marks if isinstance(mark, Only)), Role.READER)
    return Param(
        parameter.name.rstrip("_"),
        parameter.name,
        kind,
        required=parameter.default is parameter.empty,
        positional=parameter.kind is not parameter.KEYWORD_ONLY,
        hidden=getattr(kind, "hidden", False),
        role=role,
    )


def _check(made: Command) -> None:
    shown = [param for param in made.params if not param.hidden]
    order = [param.required for param in shown]
    greedy = [p.type.takes(["a", "b"]) == 0 for p in made.params if p.positional]
    problems = {
        f"{made.name!r} is no command name": not _NAME.fullmatch(made.name),
        f"a summary has 1 to {_SUMMARY} characters": not 1 <= len(made.summary) <= _SUMMARY,
        f"more than {MAX_CHOICES} parameters": len(shown) > MAX_CHOICES,
        "required parameters come first": order != sorted(order, reverse=True),
        "only the last positional parameter may be greedy": any(greedy[:-1]),
    }
    for problem, is_so in problems.items():
        if is_so:
            raise ValueError(f"/{made.path}: {problem}")


async def _read(param: Param, text: str, ctx: Context) -> object:
    if ctx.caller.role < param.role:
        raise NotAllowed(T("{name}: is for moderators.", name=param.name))
    try:
        return await param.type.read(text, ctx)
    except UserError as error:
        error.param = param.name
        raise


def _usage(param: Param) -> str:
    value = param.type.shape if param.positional else f"{param.name}:{param.type.shape}"
    return value if param.required else f"[{value}]"
