"""What may have been meant where a value holds more words than it can take.

"/events Pokrovsk 7d" is a place and a day, "/claims since:7d Pokrovsk" a day and a place, and
"/events last week" a week alone. The line that says so is offered. Where there is one such line
alone and it changes nothing, it is answered at once, and the answer says how it was read.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, structs

from commands.kit.command import Command, Param
from commands.kit.days import BadDay, is_in_hours, is_length, read_day
from commands.kit.errors import Code, UserError
from commands.kit.key_names import own_key
from commands.kit.params.day_values import AtMoment, OnDay

if TYPE_CHECKING:
    from commands.kit.invocation import Invocation

_MOST_WORDS = 8
_MOST_OFFERED = 2
_SINCE, _UNTIL = "since", "until"
_Given = Mapping[str, str]


class Split(Struct, frozen=True):
    """One way to take a value apart: `words` of it are meant for the parameter `name`.

    `typed` is how to write them, `given` the line that does so, unless something else is lacking
    then; `as_typed` is that line with its names as they were typed, so that an answer says of one
    that is misspelt how it was read. Where they cannot be read as they stand, `why` says it, and
    there may be no line either.
    """

    name: str
    words: str
    typed: str = ""
    given: _Given | None = None
    as_typed: _Given = {}
    why: UserError | None = None


async def split_value(command: Command, given: _Given, name: str, ctx: "Invocation") -> list[Split]:
    """Return the ways to give words of a value to another parameter: all, its last, its first."""
    param = command.param(name)
    words = given.get(name, "").split()
    if param is None or param.type.raw or not 1 <= len(words) <= _MOST_WORDS:
        return []
    if exchanged := await _exchange(command, given, param, ctx):
        return [exchanged]
    splits: list[Split] = []
    for left, moved in _cut(words):
        head = await _write_as_read(param, left, ctx, namesakes=True) if left else ""
        if head is None:
            continue
        rest = {**given, name: head}
        ways = await _move(command, rest, name, moved, ctx) or (
            await _split_days(command, rest, param, moved.split(), ctx)
        )
        kept = {name: left} if left and not isinstance(param.type, OnDay) else {}
        splits += [structs.replace(way, as_typed={**way.as_typed, **kept}) for way in ways]
    splits.sort(key=lambda split: split.why is not None)
    return splits[:_MOST_OFFERED]


def only_way(splits: Sequence[Split]) -> _Given | None:
    """Return the line that a value can only have been meant for; None where there may be others.

    Hours are no days: of "24h" it is asked whether the days they are in are meant.
    """
    plain = [split for split in splits if split.why is None]
    if len(plain) != 1 or plain[0].given is None or is_in_hours(plain[0].words):
        return None
    return {**plain[0].given, **plain[0].as_typed}


async def _exchange(
    command: Command, given: _Given, param: Param, ctx: "Invocation"
) -> Split | None:
    """Return the line with two values in each other's place, where each can be read only there.

    "/link E-14 E-28 contradicts" has its kind of link behind the entry.
    """
    words = given[param.name]
    for other in command.params:
        value = given.get(other.name)
        if not value or other.name == param.name or other.type.raw or other.upload:
            continue
        here = await _write_as_read(param, value, ctx)
        there = here and await _write_as_read(other, words, ctx)
        if here and there and await _write_as_read(other, value, ctx) is None:
            typed = f"{param.name}:{value} {other.name}:{words}"
            exchanged = {**given, param.name: here, other.name: there}
            return Split(
                other.name, words, typed, exchanged, {param.name: value, other.name: words}
            )
    return None


async def _split_days(
    command: Command, given: _Given, param: Param, words: list[str], ctx: "Invocation"
) -> list[Split]:
    """Return the way to read words as two days, where the command has a first and a last one.

    "/changes 29.10 7.11" is one day and the other, and no place.
    """
    kept = {key: value for key, value in given.items() if value or key != param.name}
    days = [other for other in _free(command, kept, ctx) if isinstance(other.type, OnDay)]
    if isinstance(param.type, OnDay) or (param.required and param.name not in kept):
        return []
    for at in range(1, len(words) if days[1:] else 0):
        start = await _read_plainly(days[0], " ".join(words[:at]), kept, ctx)
        end = start and await _read_plainly(days[1], " ".join(words[at:]), start.given or {}, ctx)
        if start and end:
            typed = f"{start.typed} {end.typed}"
            return [structs.replace(end, words=" ".join(words), typed=typed)]
    return []


async def _read_plainly(param: Param, words: str, kept: _Given, ctx: "Invocation") -> Split | None:
    splits = await _read_apart(param, words, kept, ctx)
    return next((split for split in splits if split.why is None), None)


def _cut(words: list[str]) -> Iterator[tuple[str, str]]:
    """Yield what stays and what goes: the fewest words at the end go first, then at the start."""
    for at in range(len(words) - 1, -1, -1):
        yield " ".join(words[:at]), " ".join(words[at:])
    for at in range(1, len(words)):
        yield " ".join(words[at:]), " ".join(words[:at])


async def _move(
    command: Command, given: _Given, name: str, words: str, ctx: "Invocation"
) -> list[Split]:
    """Give the words to another parameter: of a key that was written as a word, or free.

    Two values of one kind are told apart by their keys alone: 29 Feb 2025 is no two days. And all
    that a value holds is meant for another only if it is a day.
    """
    param = command.param(name)
    for other in _free(command, given, ctx):
        key, _, rest = words.partition(" ")
        rest = rest or _switch_on(other)
        keyed = bool(rest) and own_key(command, key.casefold()) == other.name
        alike = param is not None and _are_alike(param, other)
        alone = not given[name] and not isinstance(other.type, OnDay)
        if not keyed and (alike or alone):
            continue
        kept = {key: value for key, value in given.items() if value or key != name}
        lacking = param is not None and param.required and name not in kept
        if splits := await _read_apart(other, rest if keyed else words, kept, ctx):
            shown = rest if keyed and key != words else words
            if not keyed and _ends_too(command, other, kept, words):
                splits = list(map(_end_too, splits))
            return [
                structs.replace(split, words=shown, given=None if lacking else split.given)
                for split in splits
            ]
    return []


def _ends_too(command: Command, param: Param, kept: _Given, words: str) -> bool:
    """Tell whether a day alone is the first and the last: "/events 5 Nov"; "7d" is since then."""
    until = command.param(_UNTIL)
    return (
        param.name == _SINCE and until is not None and _UNTIL not in kept and not is_length(words)
    )


def _end_too(split: Split) -> Split:
    """Bound what begins with the first of some days by their last too; `..` leaves it open."""
    if split.given is None:
        return split
    first, _, last = split.given[_SINCE].partition("/")
    bounds = {_SINCE: first, _UNTIL: last or first}
    bounds = {key: day for key, day in bounds.items() if day != ".."}
    words = split.typed.removeprefix(f"{_SINCE}:")
    typed = " ".join(f"{key}:{day if last else words}" for key, day in bounds.items())
    given = {key: text for key, text in split.given.items() if key != _SINCE} | bounds
    return structs.replace(split, typed=typed, given=given)


def _are_alike(param: Param, other: Param) -> bool:
    """Tell whether two take values of one kind; the day of a moment is a day as well."""
    kinds = type(param.type), type(other.type)
    return kinds[0] is kinds[1] or kinds == (AtMoment, OnDay)


def _switch_on(param: Param) -> str:
    """Return the value of a switch that is only named, "here": what asks first, or "yes"."""
    values = [choice.value for choice in param.type.fixed]
    return values[0] if "yes" in values else ""


def _free(command: Command, given: _Given, ctx: "Invocation") -> Iterator[Param]:
    for param in command.params:
        taken = param.name in given or param.hidden or param.upload or param.type.raw
        if not taken and param.role <= ctx.caller.role:
            yield param


async def _read_apart(param: Param, words: str, kept: _Given, ctx: Any) -> list[Split]:  # noqa: ANN401 -- as read has it
    """Return the words as a value of that parameter, or as the days that it refuses."""
    try:
        value = param.type.write(await param.type.read(words, ctx))
    except UserError as why:
        if why.code is not Code.BAD_DAY or not _is_day(words, ctx):
            return []
        meant = [choice.value for choice in why.choices]
        return [
            Split(param.name, words, f"{param.name}:{day}", {**kept, param.name: day}, why=why)
            for day in meant
        ] or [Split(param.name, words, why=why)]
    typed = {} if isinstance(param.type, OnDay) else {param.name: words}
    return [Split(param.name, words, f"{param.name}:{words}", {**kept, param.name: value}, typed)]


def _is_day(words: str, ctx: Any) -> bool:  # noqa: ANN401 -- as above
    """Tell whether words have the shape of a day, be there such a one or not."""
    try:
        read_day(words, ctx.today, ctx.zone)
    except BadDay as refusal:
        return refusal.shaped
    return True


async def _write_as_read(
    param: Param,
    text: str,
    ctx: Any,  # noqa: ANN401 -- as above
    *,
    namesakes: bool = False,
) -> str | None:
    """Return a value as it is written for any later time, or None where it cannot be read.

    With `namesakes` a name of several places is one too, as typed: which is meant is asked next.
    """
    try:
        return param.type.write(await param.type.read(text, ctx))
    except UserError as error:
        return text if namesakes and error.code is Code.AMBIGUOUS_PLACE else None
