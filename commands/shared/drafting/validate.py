"""A draft's texts → values, and what is wrong with each that cannot be read."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from commands.kit.command import Command
from commands.kit.context import Context
from commands.kit.errors import UserError
from commands.kit.inlines import T
from commands.kit.params.deferred import Deferred
from store.model.entry import Attribution, Kind

NEEDED = {
    Kind.EVENT: ("text", "place", "day", "source"),
    Kind.CLAIM: ("text", "by", "day", "source"),
    Kind.ASSESSMENT: ("by", "place", "control", "day", "source"),
}
"""The fields without which an entry of a kind cannot be filed."""
_TWICE = (("also", "place"), ("source2", "source"), ("relayed", "source"), ("relayed", "source2"))


class FieldProblem(Struct, frozen=True):
    """What is wrong with one field, as its reader says it."""

    field: str
    error: UserError


class Reading(Struct, frozen=True):
    """The values that could be read, what is wrong with others, and which are still missing."""

    values: Mapping[str, Any]
    problems: tuple[FieldProblem, ...]
    missing: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether it can be filed."""
        return not (self.problems or self.missing)


def command_of(kind: Kind, ctx: Context) -> Command:
    """Return the command that declares the fields of a kind."""
    return next(command for command in ctx.commands if command.path == f"add {kind}")


async def read_fields(kind: Kind, texts: Mapping[str, str], ctx: Context) -> Reading:
    """Read texts, each as its field's type reads it."""
    values: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for param in command_of(kind, ctx).params:
        text = texts.get(param.name, "")
        if not (text and isinstance(param.type, Deferred)):
            continue
        try:
            values[param.name] = await param.type.inner.read(text, ctx)
        except UserError as error:
            problems.append(FieldProblem(param.name, error))
    return Reading(values, tuple(problems))


async def read_new(kind: Kind, texts: Mapping[str, str], ctx: Context) -> Reading:
    """Read the texts of a new entry: they have to be enough, and to fit together."""
    read = await read_fields(kind, texts, ctx)
    problems = (*read.problems, *_between(read.values))
    bad = {problem.field for problem in problems}
    missing = tuple(
        n for n in mandatory_fields(kind, read.values) if n not in read.values and n not in bad
    )
    return Reading(read.values, problems, missing)


def mandatory_fields(kind: Kind, values: Mapping[str, object]) -> tuple[str, ...]:
    """Return what must be there: a claim whose words came without a name needs no speaker."""
    without_name = values.get("attribution", Attribution.NAMED) != Attribution.NAMED
    surrounded = "encirclement" in values
    left_out = {"by"} if kind is Kind.CLAIM and without_name else set()
    left_out |= {"control"} if kind is Kind.ASSESSMENT and surrounded else set()
    return tuple(name for name in NEEDED[kind] if name not in left_out)


def _between(values: Mapping[str, Any]) -> list[FieldProblem]:
    """Return what is wrong with values that could each be read, but not stand together."""
    same = T("is the same as {other}: name another, or none.").message
    problems = [
        FieldProblem(field, UserError(T(same, other=f"{other}:")))
        for field, other in _TWICE
        if field in values and _number(values[field]) == _number(values.get(other))
    ]
    if values.get("credibility") == "1" and "source2" not in values:
        words = T("1 needs a second, independent source: write source2: too, or 2.")
        problems.append(FieldProblem("credibility", UserError(words)))
    return problems


def _number(value: Any) -> int | None:  # noqa: ANN401 -- any value of a field
    """Return the number of a source or of a place that was found by name."""
    return getattr(getattr(value, "place", value), "id", None)
