"""A command is one annotated function; its signature is the whole declaration.

What stands before `*` may be given by position, what stands after it by name only. What
several commands share may be declared once, as the keys of a TypedDict: `**given: Unpack[Shared]`.
From the declaration come every platform's options, the grammar of a line, the help and the docs.
"""

import inspect
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import datetime, time
from functools import partial
from typing import Annotated, Any, Protocol, Unpack, get_args, get_origin, get_type_hints

from msgspec import Struct

from commands.kit.context import Context, Role, Upload
from commands.kit.errors import BadParam, Code, NotAllowed, UserError
from commands.kit.i18n import T
from commands.kit.reply import Choice, Reply, Typed
from store.model.draft import Draft
from store.model.entry import Actor, Entry, Place, Source
from store.model.revision import Person
from store.model.span import Span
from store.queries.places import PlaceMatch

MAX_CHOICES = 25
_NAME = re.compile(r"[a-z][a-z_]{0,31}")
_SUMMARY = 100
_PRIVATE = T("In private everyone is a reader: ask in a room of the desk.")

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
    """One parameter. A hidden one is for the program's own actions, such as the next page.

    One that takes a `blank` tells an empty text from none.
    The text of an `upload` is the name of a file that comes with it.
    """

    name: str
    argument: str
    type: ParamType
    required: bool
    positional: bool
    hidden: bool
    role: Role
    blank: bool = False
    upload: bool = False


class Understood(Struct, frozen=True):
    """What could be read of the parameters: values, and each as text that reads as the same later.

    `wrong` says what is wrong with the first of those that could not be read.
    """

    values: Mapping[str, object] = {}
    texts: Mapping[str, str] = {}
    wrong: UserError | None = None


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
        """Return the line that this role can write, such as "/status PLACE [at:AT]".

        Of a command with a form it is what the form asks for; there may be more.
        """
        known = [p for p in self.params if not p.hidden and p.role <= role]
        asked = [p for name in self.form if (p := self.param(name))]
        shown = asked or known
        more = ["[…]"] if len(shown) < len(known) else []
        return " ".join([f"/{self.path}", *map(_usage, shown), *more])

    @property
    def example(self) -> str:
        """A line that works, with what is needed or with what a form asks for."""
        asked = [p for name in self.form if (p := self.param(name))]
        needed = [p for p in self.params if p.required and p not in asked]
        return " ".join([f"/{self.path}", *map(_example, [*needed, *asked])])

    async def read(self, given: Mapping[str, str], ctx: Context) -> Understood:
        """Read what was given: all that can be read, though something else cannot."""
        if ctx.caller.role < self.role:
            return Understood(wrong=self._not_allowed(ctx))
        values: dict[str, object] = {}
        wrong: UserError | None = None
        for param in self.params:
            text = given.get(param.name, "").strip()
            try:
                if text or (param.name in given and param.blank and not param.required):
                    values[param.name] = await _read(param, text, ctx)
                elif param.required:
                    wrong = wrong or self._lacks(param)
            except UserError as error:
                wrong = wrong or error
        texts = {name: write_value(value) for name, value in values.items()}
        return Understood(values, texts, wrong)

    def _not_allowed(self, ctx: Context) -> UserError:
        line = Typed(f"/{self.path}")
        whose = T("{command} is for moderators.", command=line)
        admins = T("{command} is for admins.", command=line)
        hint = [_PRIVATE] if ctx.room.private else []
        return NotAllowed(admins if self.role is Role.ADMIN else whose, *hint)

    def _lacks(self, param: Param) -> UserError:
        what = T("{command} needs {name}:", command=Typed(f"/{self.path}"), name=param.name)
        more = (param.type.help, " → ", Typed(self.example))
        return BadParam(what, *more, code=Code.MISSING_VALUE)

    async def answer(self, values: Mapping[str, object], ctx: Context) -> Reply:
        """Answer with values that were read."""
        arguments = {p.argument: values[p.name] for p in self.params if p.name in values}
        return await self.run(ctx, **arguments)


def write_value(value: object) -> str:
    """Return a value as text that reads as the same value at any later time."""
    match value:
        case PlaceMatch():
            return value.place.ref
        case Actor() | Entry() | Source() | Place() | Draft():
            return value.ref
        case Span():
            return value.edtf
        case datetime():
            return value.isoformat()
        case Person():
            return f"{value.platform}:{value.id}"
        case Upload():
            return value.name
        case time():
            return f"{value:%H:%M}"
        case tuple():
            return ", ".join(map(write_value, value))
        case _:
            return str(value)


def command(
    *, role: Role = Role.READER, group: str = "", menu: str = "", form: tuple[str, ...] = ()
) -> Callable[[Run], Command]:
    """Make a Command of an annotated function; ValueError when the declaration is not sound."""

    def declare(run: Run) -> Command:
        hints = get_type_hints(run, include_extras=True)
        signature = list(inspect.signature(run).parameters.values())[1:]
        declared = (p for parameter in signature for p in _params(parameter, hints[parameter.name]))
        params = tuple(sorted(declared, key=partial(_order, form)))
        summary = (run.__doc__ or "").strip().partition("\n")[0].rstrip(".")
        declaration = Command(
            run.__name__.rstrip("_"), summary, run, params, role, group, menu, form
        )
        _check(declaration)
        return declaration

    return declare


def _params(parameter: inspect.Parameter, hint: Any) -> Iterator[Param]:  # noqa: ANN401 -- any annotation
    if parameter.kind is not parameter.VAR_KEYWORD:
        yield _param(parameter, hint)
        return
    if get_origin(hint) is not Unpack:
        raise ValueError(f"{parameter.name}: annotate it with Unpack[a TypedDict]")
    (shared,) = get_args(hint)
    for name, annotation in get_type_hints(shared, include_extras=True).items():
        yield _param(inspect.Parameter(name, parameter.KEYWORD_ONLY, default=None), annotation)


def _order(form: tuple[str, ...], param: Param) -> tuple[bool, bool, int]:
    """Let what a form asks for come first, of what may be left out and is given by name."""
    asked = form.index(param.name) if param.name in form else len(form)
    free = not (param.positional or param.required)
    return not param.positional, not param.required, asked if free else 0


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
        blank=getattr(kind, "blank", False),
        upload=getattr(kind, "upload", False),
    )


def _check(declaration: Command) -> None:
    shown = [param for param in declaration.params if not param.hidden]
    order = [param.required for param in shown]
    greedy = [p.type.takes(["a", "b"]) == 0 for p in declaration.params if p.positional]
    problems = {
        f"{declaration.name!r} is no command name": not _NAME.fullmatch(declaration.name),
        f"a summary has 1 to {_SUMMARY} characters": not 1 <= len(declaration.summary) <= _SUMMARY,
        f"more than {MAX_CHOICES} parameters": len(shown) > MAX_CHOICES,
        "required parameters come first": order != sorted(order, reverse=True),
        "only the last positional parameter may be greedy": any(greedy[:-1]),
    }
    for problem, is_so in problems.items():
        if is_so:
            raise ValueError(f"/{declaration.path}: {problem}")


async def _read(param: Param, text: str, ctx: Context) -> object:
    if ctx.caller.role < param.role:
        raise NotAllowed(T("{name}: is for moderators.", name=param.name))
    try:
        return await param.type.read(text, ctx)
    except UserError as error:
        error.param = param.name
        raise


def _example(param: Param) -> str:
    value = param.type.example
    return value if param.positional else f"{param.name}:{value}"


def _usage(param: Param) -> str:
    value = param.type.shape if param.positional else f"{param.name}:{param.type.shape}"
    return value if param.required else f"[{value}]"
