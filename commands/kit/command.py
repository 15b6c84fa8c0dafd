"""A command is one annotated function; its signature is the whole declaration.

What stands before `*` may be given by position, what stands after it by name only. What
several commands share may be declared once, as the keys of a TypedDict: `**given: Unpack[Shared]`.
From the declaration come every platform's options, the grammar of a line, the help and the docs.
"""

import re
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Annotated, Any, Unpack, get_args, get_origin, get_type_hints

from msgspec import Struct

from commands.kit.errors import BadParam, Code, NotAllowed, UserError
from commands.kit.inlines import Phrase, T, Typed
from commands.kit.invocation import Invocation, Role
from commands.kit.parameters import Parameter, list_parameters
from commands.kit.placeholders import SHAPES
from commands.kit.reply import Choice, Field, Reply

MAX_CHOICES = 25
_NAME = re.compile(r"[a-z][a-z_]{0,31}")
_SHAPE = re.compile(r"\b([A-Z]{2,})\b")
_SUMMARY = 100
_PRIVATE = T("In private everyone is a reader. Ask in the desk’s channel or room.")

Run = Callable[..., Awaitable[Reply]]


class ParamType(Struct, frozen=True):
    """How one kind of value is read, written and suggested.

    A type says at least what it is for (`help`), and how a text is read. `write` is the inverse:
    at any later time its text reads as the same value. The context is the program's own.
    """

    @property
    def help(self) -> T:
        """What the value is for, in a few words."""
        raise NotImplementedError

    @property
    def shape(self) -> str:
        """What stands for such a value in a usage line, such as DAY."""
        return "WORD"

    @property
    def example(self) -> str:
        """A text that can be read."""
        return ""

    async def exemplify(self, ctx: Any) -> str:  # noqa: ANN401, ARG002 -- as below
        """Return a text that can be read here: of the desk's own names where it has any."""
        return self.example or self.shape

    @property
    def raw(self) -> bool:
        """Whether quotes are part of the value rather than marks around it."""
        return False

    @property
    def has_colons(self) -> bool:
        """Whether a word such as “night:raid” can be part of the value, and is no unknown key."""
        return False

    @property
    def lines(self) -> bool:
        """Whether line breaks are part of the value."""
        return False

    @property
    def hidden(self) -> bool:
        """Whether only the program's own actions give such a value."""
        return False

    @property
    def blank(self) -> bool:
        """Whether an empty text is a value."""
        return False

    @property
    def longest(self) -> int:
        """How many characters a text has at most; 0 if that is not told beforehand."""
        return 0

    @property
    def fixed(self) -> tuple[Choice, ...]:
        """The few values there are; none where others can be written."""
        return ()

    @property
    def upload(self) -> bool:
        """Whether its text is the name of a file that comes with the question."""
        return False

    def takes(self, _words: Sequence[str], /) -> int:
        """Return how many of these words, at the front, belong to the value; 0 for all of them."""
        return 1

    async def read(self, text: str, ctx: Any) -> Any:  # noqa: ANN401 -- what each type reads
        """Return the value; a UserError says what was read, and what to write instead."""
        raise NotImplementedError

    def write(self, value: Any) -> str:  # noqa: ANN401 -- what it has read
        """Return a text that reads as this value."""
        return str(value)

    async def understand(self, value: Any, ctx: Any) -> str:  # noqa: ANN401, ARG002 -- as above
        """Return the text of this value as it is understood, for who asks what was read."""
        return self.write(value)

    def refer(self, value: Any) -> tuple[str, ...]:  # noqa: ANN401, ARG002 -- what it has read
        """Return the references of what the value is on record, such as P-704422."""
        return ()

    async def suggest(self, text: str, ctx: Any) -> Sequence[Choice]:  # noqa: ANN401, ARG002
        """Return values that start like the text."""
        return []


class Only(Struct, frozen=True):
    """Marks a parameter that takes a role, on a command that anyone may use."""

    role: Role


class LineOnly(Struct, frozen=True):
    """Marks a parameter that only a line of text takes: a slash command has no room for it."""


class Param(Struct, frozen=True):
    """One parameter. A hidden one is for the program's own actions, such as the next page.

    One that takes a `blank` tells an empty text from none.
    The text of an `upload` is the name of a file that comes with it. One that is `line_only` is no
    option of a slash command.
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
    line_only: bool = False

    @property
    def option(self) -> str:
        """Its name where none may have a dot: text_uk for text.uk."""
        return self.name.replace(".", "_")

    def ask(self, value: str = "", *, required: bool, long: bool = False, hint: str = "") -> Field:
        """Return the field of a form that asks for it; `value` is what is there already."""
        kind = self.type
        return Field(self.name, kind.help, value, required, long, kind.longest, kind.fixed, hint)


class Understood(Struct, frozen=True):
    """What could be read of the parameters: values, and each as text that reads as the same later.

    `about` are the references that the values name, such as P-704422. `wrong` says what is wrong
    with the first of those that could not be read.
    """

    values: Mapping[str, object] = {}
    texts: Mapping[str, str] = {}
    about: tuple[str, ...] = ()
    wrong: UserError | None = None

    def require(self) -> Mapping[str, object]:
        """Return the values, or raise what is wrong with the first of those that lack."""
        if self.wrong:
            raise self.wrong
        return self.values


class Command(Struct, frozen=True):
    """What somebody can ask, as every platform declares it.

    `menu` is its name in a message's menu ("": none). What has one, or `fills_from_reply`, takes
    what it was not given from the message that it replies to. `form` are the parameters that a form
    asks for, of which those that it `needs` have to be filled in. A `short` one may be written
    without its group before a number: `file 1-5 7`. It may take `patience` times as long as others.
    An answer that is `kept` goes by the record, the day and the role alone, not by who asks, where.
    One that takes `one_hop` only reads the store, waits for nothing else, and is quick; but for
    what its parameters named `beside` ask for.
    """

    name: str
    summary: str
    run: Run
    params: tuple[Param, ...]
    role: Role
    group: str = ""
    menu: str = ""
    form: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    short: bool = False
    patience: int = 1
    fills_from_reply: bool = False
    kept: bool = False
    one_hop: bool = False
    beside: frozenset[str] = frozenset()

    @property
    def path(self) -> str:
        return f"{self.group} {self.name}" if self.group else self.name

    @property
    def changes_nothing(self) -> bool:
        """Whether it is declared so that it can only read."""
        return self.kept or self.one_hop

    def takes_one_hop(self, given: Mapping[str, str]) -> bool:
        """Tell whether the answer to what is given takes one hop."""
        return self.one_hop and self.beside.isdisjoint(given)

    def param(self, name: str) -> Param | None:
        return next((param for param in self.params if name in {param.name, param.option}), None)

    def usage(self, role: Role) -> str:
        """Return the line that this role can write, such as "/status PLACE [at:AT]".

        Of a command with a form it is what the form asks for; there may be more.
        """
        known = [p for p in self.params if not p.hidden and p.role <= role]
        asked = [p for name in self.form if (p := self.param(name))]
        shown = asked or known
        more = ["[…]"] if len(shown) < len(known) else []
        return " ".join([f"/{self.path}", *map(_usage, shown), *more])

    def usage_line(self, role: Role) -> Typed:
        """Return that line with what stands for a value in the reader's language."""
        parts = _SHAPE.split(self.usage(role))
        return Typed(Phrase(tuple(SHAPES.get(part, part) for part in parts if part)))

    async def exemplify(self, ctx: Invocation) -> str:
        """Return a line that works here, with what is needed or with what a form asks for."""
        asked = [p for name in self.form if (p := self.param(name))]
        needed = [p for p in self.params if p.required and p not in asked]
        values = [(p, await p.type.exemplify(ctx)) for p in (*needed, *asked)]
        words = [value if p.positional else f"{p.name}:{value}" for p, value in values]
        return " ".join([f"/{self.path}", *words])

    async def read(self, given: Mapping[str, str], ctx: Invocation) -> Understood:
        """Read what was given: all that can be read, though something else cannot."""
        if ctx.caller.role < self.role:
            return Understood(wrong=self.refusal(ctx))
        values: dict[str, object] = {}
        wrong: UserError | None = None
        for param in self.params:
            text = given.get(param.name, "").strip()
            try:
                if text or (param.name in given and param.blank and not param.required):
                    values[param.name] = await _read(param, text, ctx)
                elif param.required:
                    wrong = wrong or await self._lacks(param, ctx)
                elif param.name in given and not param.hidden:
                    wrong = wrong or await _refuse_empty(param, ctx)
            except UserError as error:
                wrong = wrong or error
        read = [(param, values[param.name]) for param in self.params if param.name in values]
        texts = {param.name: await param.type.understand(value, ctx) for param, value in read}
        about = tuple(ref for param, value in read for ref in param.type.refer(value))
        return Understood(values, texts, about, wrong)

    def refusal(self, ctx: Invocation) -> UserError:
        """Return what says for whom the command is."""
        line = Typed(f"/{self.path}")
        whose = T("Only moderators can use {name}.", name=line)
        admins = T("Only admins can use {name}.", name=line)
        hint = [_PRIVATE] if ctx.room.private else []
        return NotAllowed(admins if self.role is Role.ADMIN else whose, *hint)

    async def _lacks(self, param: Param, ctx: Invocation) -> UserError:
        what = T("{command} needs {name}:", command=Typed(f"/{self.path}"), name=param.name)
        more = (param.type.help, " → ", Typed(await self.exemplify(ctx)))
        return BadParam(what, *more, code=Code.MISSING_VALUE)

    async def answer(self, values: Mapping[str, object], ctx: Invocation) -> Reply:
        """Answer with values that were read."""
        arguments = {p.argument: values[p.name] for p in self.params if p.name in values}
        return await self.run(ctx, **arguments)


def command(
    *,
    role: Role = Role.READER,
    group: str = "",
    menu: str = "",
    form: tuple[str, ...] = (),
    needs: tuple[str, ...] = (),
    short: bool = False,
    patience: int = 1,
    fills_from_reply: bool = False,
    kept: bool = False,
    one_hop: bool = False,
    beside: Collection[str] = (),
) -> Callable[[Run], Command]:
    """Make a Command of an annotated function; ValueError when the declaration is not sound."""

    def declare(run: Run) -> Command:
        hints = get_type_hints(run, include_extras=True)
        declared = (p for parameter in list_parameters(run) for p in _params(parameter, hints))
        params = tuple(sorted(declared, key=partial(_order, form)))
        summary = (run.__doc__ or "").strip().partition("\n")[0].rstrip(".")
        name = run.__name__.rstrip("_")
        fills = fills_from_reply or bool(menu)
        declaration = Command(
            *(name, summary, run, params, role, group, menu, form, needs, short, patience, fills),
            kept=kept,
            one_hop=one_hop,
            beside=frozenset(beside),
        )
        _check(declaration)
        return declaration

    return declare


def _params(parameter: Parameter, hints: Mapping[str, Any]) -> Iterator[Param]:
    hint = hints[parameter.name]
    if not parameter.is_rest:
        required, positional = parameter.required, parameter.positional
        yield _param(parameter.name, hint, required=required, positional=positional)
        return
    if get_origin(hint) is not Unpack:
        raise ValueError(f"{parameter.name}: annotate it with Unpack[a TypedDict]")
    (shared,) = get_args(hint)
    for name, annotation in get_type_hints(shared, include_extras=True).items():
        yield _param(name, annotation, required=False, positional=False)


def _order(form: tuple[str, ...], param: Param) -> tuple[bool, bool, int]:
    """Let what a form asks for come first, of what may be left out and is given by name."""
    asked = form.index(param.name) if param.name in form else len(form)
    free = not (param.positional or param.required)
    return not param.positional, not param.required, asked if free else 0


def _param(name: str, hint: Any, *, required: bool, positional: bool) -> Param:  # noqa: ANN401 -- any annotation
    if get_origin(hint) is not Annotated:
        raise ValueError(f"{name}: annotate it with Annotated[type, ParamType]")
    _, kind, *marks = get_args(hint)
    role = next((mark.role for mark in marks if isinstance(mark, Only)), Role.READER)
    return Param(
        name.rstrip("_"),
        name,
        kind,
        required,
        positional,
        hidden=kind.hidden,
        role=role,
        blank=kind.blank,
        upload=kind.upload,
        line_only=any(isinstance(mark, LineOnly) for mark in marks),
    )


def _check(declaration: Command) -> None:
    shown = [param for param in declaration.params if not param.hidden]
    order = [param.required for param in shown]
    options = [param for param in shown if not param.line_only]
    greedy = [p.type.takes(["a", "b"]) == 0 for p in declaration.params if p.positional]
    problems = {
        f"{declaration.name!r} is no command name": not _NAME.fullmatch(declaration.name),
        f"a summary has 1 to {_SUMMARY} characters": not 1 <= len(declaration.summary) <= _SUMMARY,
        f"more than {MAX_CHOICES} parameters": len(options) > MAX_CHOICES,
        "required parameters come first": order != sorted(order, reverse=True),
        "only the last positional parameter may be greedy": any(greedy[:-1]),
    }
    for problem, is_so in problems.items():
        if is_so:
            raise ValueError(f"/{declaration.path}: {problem}")


async def _read(param: Param, text: str, ctx: Invocation) -> object:
    if ctx.caller.role < param.role:
        raise NotAllowed(T("Only moderators can use {name}.", name=param.name))
    try:
        return await param.type.read(text, ctx)
    except UserError as error:
        error.param = param.name
        raise


async def _refuse_empty(param: Param, ctx: Invocation) -> UserError:
    """Return the refusal of a key without a value, which is never passed over."""
    what = T("{name}: has no value. Write one, or leave {name}: out:", name=param.name)
    example = Typed(f"{param.name}:{await param.type.exemplify(ctx)}")
    return BadParam(what, param.type.help, " → ", example, code=Code.MISSING_VALUE)


def _usage(param: Param) -> str:
    value = param.type.shape if param.positional else f"{param.name}:{param.type.shape}"
    return value if param.required else f"[{value}]"
