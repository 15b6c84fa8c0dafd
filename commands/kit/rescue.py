"""What may have been meant where a value holds more words than it can take.

"/events Pokrovsk 7d" is a place and a day, "/claims since:7d Pokrovsk" a day and a place, and
"/events last week" a week alone. The line that says so is offered. Where there is one such line
alone and it changes nothing, it is answered at once, and the answer says how it was read.
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from msgspec import structs

from commands.kit.command import Command, Param
from commands.kit.days import BadDay, is_in_hours, latest_of, read_day
from commands.kit.errors import Code, UserError
from commands.kit.key_names import own_key
from commands.kit.params.day_values import AtMoment, OnDay
from commands.kit.politeness import drop_closing
from commands.kit.splits import Split, bound_days, find_bounds, takes_days

if TYPE_CHECKING:
    from commands.kit.invocation import Invocation

_MOST_WORDS = 8
_MOST_OFFERED = 2
_Given = Mapping[str, str]


async def split_line(
    command: Command, given: _Given, wrong: UserError, ctx: "Invocation"
) -> Sequence[Split]:
    """Return the ways to give words of what is wrong with a line to other parameters.

    Where something lacks that only reads, it may stand behind what has a key: "at:5 Nov Pokrovsk".
    """
    if wrong.code is Code.MISSING_VALUE and command.changes_nothing:
        names = list(given)
    else:
        names = [wrong.param]
    for name in names:
        if splits := await split_value(command, given, name, ctx):
            return splits
    return []


async def split_value(
    command: Command, given: _Given, name: str, ctx: "Invocation"
) -> Sequence[Split]:
    """Return the ways to give words of a value to other parameters: all, its last, its first.

    What only reads passes over "please" behind it.
    """
    param = command.param(name)
    if param is None or param.type.raw:
        return []
    typed = given.get(name, "")
    value = drop_closing(typed) if command.changes_nothing else typed
    words, given = value.split(), {**given, name: value}
    if not 1 <= len(words) <= _MOST_WORDS:
        return []
    if value != typed and (polite := await _read_as_typed(param, given, ctx)):
        return [polite]
    if exchanged := await _exchange(command, given, param, ctx):
        return [exchanged]
    ways = [split async for split in _split_apart(command, given, param, words, ctx)]
    if not ways and command.changes_nothing:
        ways = await _split_around(command, given, param, words, ctx)
    splits = _leave_parts_out(_leave_same_out(ways))
    splits.sort(key=lambda split: split.why is not None)
    return splits[:_MOST_OFFERED]


async def _read_as_typed(param: Param, given: _Given, ctx: "Invocation") -> Split | None:
    """Return the line with a value that can be read as it stands; None where it cannot."""
    value = given[param.name]
    read = await _write_as_read(param, value, ctx, namesakes=True)
    if read is None:
        return None
    as_typed = {} if isinstance(param.type, OnDay) else {param.name: value}
    return Split(param.name, value, value, {**given, param.name: read}, as_typed)


async def _split_apart(
    command: Command, given: _Given, param: Param, words: list[str], ctx: "Invocation"
) -> AsyncIterator[Split]:
    for left, moved in _cut(words):
        head = await _write_as_read(param, left, ctx, namesakes=True) if left else ""
        if head is None:
            continue
        rest = {**given, param.name: head}
        ways = (
            await _move(command, rest, param.name, moved, ctx)
            or await _split_days(command, rest, param, moved.split(), ctx)
            or await _split_in_two(command, rest, param, moved.split(), ctx)
        )
        kept = {param.name: left} if left and not isinstance(param.type, OnDay) else {}
        for way in ways:
            yield structs.replace(way, as_typed={**way.as_typed, **kept})


async def _split_around(
    command: Command, given: _Given, param: Param, words: list[str], ctx: "Invocation"
) -> list[Split]:
    """Return the way to keep the words in the middle: "/claims Putin Pokrovsk yesterday"."""
    for first, last in combinations(range(1, len(words)), 2):
        left = " ".join(words[first:last])
        head = await _write_as_read(param, left, ctx, namesakes=True)
        if head is None:
            continue
        ahead, behind = words[:first], words[last:]
        rest = {**given, param.name: head}
        if both := await _move_both(command, rest, param, ahead, behind, ctx):
            return [structs.replace(it, as_typed={**it.as_typed, param.name: left}) for it in both]
    return []


def _leave_same_out(splits: Sequence[Split]) -> list[Split]:
    """Return the ways without those that come to the same as one before."""
    return [
        split
        for at, split in enumerate(splits)
        if split.given is None or all(split.given != it.given for it in splits[:at])
    ]


def _leave_parts_out(splits: Sequence[Split]) -> list[Split]:
    """Return the ways but for those of which a later one takes the words and more before them.

    "/events Lyman з 1 по 5 листопада" is meant with its "з", though the rest of it is days too.
    """
    return [
        split
        for at, split in enumerate(splits)
        if not any(it.why is None and it.words.endswith(split.words) for it in splits[at + 1 :])
    ]


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
    free = {other.name: other for other in _free(command, kept, ctx)}
    bounds = find_bounds(free)
    if bounds is None or isinstance(param.type, OnDay) or _lacks(param, kept):
        return []
    first, last = (free[name] for name in bounds)
    for at in range(1, len(words)):
        start = await _read_plainly(first, " ".join(words[:at]), kept, ctx)
        end = start and await _read_plainly(last, " ".join(words[at:]), start.given or {}, ctx)
        if start and end:
            typed = f"{start.typed} {end.typed}"
            return [structs.replace(end, words=" ".join(words), typed=typed)]
    return []


async def _split_in_two(
    command: Command, given: _Given, param: Param, words: list[str], ctx: "Invocation"
) -> list[Split]:
    """Return the way to give words to two parameters: a speaker and a day, or two days, behind."""
    for at in range(1, len(words)):
        if both := await _move_both(command, given, param, words[:at], words[at:], ctx):
            return both
    return []


async def _move_both(  # noqa: PLR0917 -- as the others, and two pieces
    command: Command,
    given: _Given,
    param: Param,
    ahead: list[str],
    behind: list[str],
    ctx: "Invocation",
) -> list[Split]:
    """Give two pieces of a value to other parameters, the second also to a first and a last day.

    Of a day and further days without keys it cannot be told which is which.
    """
    starts = await _move(command, given, param.name, " ".join(ahead), ctx)
    start = next((split for split in starts if split.why is None and split.given), None)
    if start is None or start.given is None:
        return []
    ends = await _move(command, start.given, param.name, " ".join(behind), ctx)
    ends = ends or await _split_days(command, start.given, param, behind, ctx)
    days = [takes_days(command, split.name) for split in (start, *ends)]
    if all(days) and not all(_begins_with_key(command, piece) for piece in (ahead, behind)):
        return []
    return [_join(start, end, " ".join((*ahead, *behind))) for end in ends]


def _begins_with_key(command: Command, words: Sequence[str]) -> bool:
    return command.param(own_key(command, words[0].casefold())) is not None


def _join(start: Split, end: Split, words: str) -> Split:
    """Return both as one way."""
    typed, as_typed = f"{start.typed} {end.typed}", {**start.as_typed, **end.as_typed}
    return structs.replace(end, words=words, typed=typed, as_typed=as_typed)


def _lacks(param: Param, given: _Given) -> bool:
    return param.required and not given.get(param.name)


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
    command: Command,
    given: _Given,
    name: str,
    words: str,
    ctx: Any,  # noqa: ANN401 -- as read has it
) -> list[Split]:
    """Give the words to another parameter: of a key that was written as a word, or free.

    Two values of one kind are told apart by their keys alone: 29 Feb 2025 is no two days.
    """
    param = command.param(name)
    for other in _free(command, given, ctx):
        key, _, rest = words.partition(" ")
        rest = rest or _switch_on(other)
        keyed = bool(rest) and own_key(command, key.casefold()) == other.name
        alike = param is not None and _are_alike(param, other)
        kept = {key: value for key, value in given.items() if value or key != name}
        lacking = param is not None and _lacks(param, kept)
        alone = not given.get(name) and not _may_stand_alone(command, param, other)
        is_vague = lacking and latest_of(words, ctx.today) is not None
        if not keyed and (alike or alone or is_vague):
            continue
        if splits := await _read_apart(other, rest if keyed else words, kept, ctx):
            shown = rest if keyed and key != words else words
            if not keyed:
                splits = [bound_days(command, split) for split in splits]
            return [
                structs.replace(split, words=shown, given=None if lacking else split.given)
                for split in splits
            ]
    return []


def _may_stand_alone(command: Command, param: Param | None, other: Param) -> bool:
    """Tell whether all that a value holds may be meant for another: a day, or "/claims Putin".

    Whoever wrote "by:Volodymyr" did not mean the town.
    """
    reads = command.changes_nothing and param is not None and not param.required
    unkeyed = param is not None and param.positional and not other.positional
    return isinstance(other.type, OnDay) or (reads and unkeyed)


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
