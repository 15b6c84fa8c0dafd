"""What may have been meant where a value holds more words than it can take.

"/events Pokrovsk 7d" is a place and a day, "/claims since:7d Pokrovsk" a day and a place. Nothing
is moved by itself: the line that says so is offered.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from commands.kit.command import Command, Param
from commands.kit.errors import Code, UserError

if TYPE_CHECKING:
    from commands.kit.invocation import Invocation

_MOST_WORDS = 8
_MOST_OFFERED = 2


class Split(Struct, frozen=True):
    """One way to take a value apart: `typed` is what stands in it under another key."""

    typed: str
    given: Mapping[str, str]


async def split_value(
    command: Command, given: Mapping[str, str], name: str, ctx: "Invocation"
) -> list[Split]:
    """Return the readable ways to give words at the end of a value to another parameter."""
    param = command.param(name)
    words = given.get(name, "").split()
    if param is None or param.type.raw or not 1 < len(words) <= _MOST_WORDS:
        return []
    splits: list[Split] = []
    for cut in range(len(words) - 1, -1, -1):
        head = await _write_as_read(param, " ".join(words[:cut]), ctx) if cut else ""
        if head is None:
            continue
        split = await _split_at(command, {**given, name: head}, name, words[cut:], ctx)
        if split is not None:
            splits.append(split)
    return splits[:_MOST_OFFERED]


async def _split_at(
    command: Command, given: Mapping[str, str], name: str, words: list[str], ctx: "Invocation"
) -> Split | None:
    """Return the words as another parameter's value: of a key that was written as a word, or free.

    Two values of one kind are told apart by their keys alone: 29 Feb 2025 is no two days.
    """
    param = command.param(name)
    kept = {key: value for key, value in given.items() if value or key != name}
    for other in _free(command, given, ctx):
        keyed = len(words) > 1 and words[0].casefold() == other.name
        alike = param is not None and type(param.type) is type(other.type)
        if not keyed and (alike or not given[name]):
            continue
        tail = " ".join(words[keyed:])
        value = await _write_as_read(other, tail, ctx)
        if value is not None:
            return Split(f"{other.name}:{tail}", {**kept, other.name: value})
        meant = await _find_meant_day(other, tail, ctx)
        if meant:
            return Split(f"{other.name}:{meant}", {**kept, other.name: meant})
    return None


def _free(command: Command, given: Mapping[str, str], ctx: "Invocation") -> Iterator[Param]:
    for param in command.params:
        taken = param.name in given or param.hidden or param.upload or param.type.raw
        if not taken and param.role <= ctx.caller.role:
            yield param


async def _write_as_read(param: Param, text: str, ctx: Any) -> str | None:  # noqa: ANN401 -- as read has it
    """Return a value as it is written for any later time, or None where it cannot be read."""
    try:
        return param.type.write(await param.type.read(text, ctx))
    except UserError:
        return None


async def _find_meant_day(param: Param, text: str, ctx: Any) -> str:  # noqa: ANN401 -- as above
    """Return the only day that the refusal of a text offers, such as the latest for last week."""
    try:
        await param.type.read(text, ctx)
    except UserError as refusal:
        if refusal.code is Code.BAD_DAY and len(refusal.choices) == 1:
            return refusal.choices[0].value
    return ""
