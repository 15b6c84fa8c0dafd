"""One way to take a value apart, and the keys that days without one are given."""

from collections.abc import Collection, Mapping

from msgspec import Struct
from msgspec.structs import replace

from commands.kit.command import Command
from commands.kit.days import is_length
from commands.kit.errors import BadParam, Code, UserError
from commands.kit.inlines import T, Typed
from commands.kit.params.day_values import OnDay
from store.model.span import Span

_SINCE, _UNTIL = "since", "until"
_BOUNDS = ((_SINCE, _UNTIL), ("from", "to"))
"""The keys of a first day and of a last one."""
_OPEN = ".."


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
    given: Mapping[str, str] | None = None
    as_typed: Mapping[str, str] = {}
    why: UserError | None = None


def find_bounds(names: Collection[str]) -> tuple[str, str] | None:
    """Return the keys of a first and of a last day among names; None where there are not both."""
    return next((pair for pair in _BOUNDS if set(pair) <= set(names)), None)


def bound_days(command: Command, split: Split) -> Split:
    """Return a way with days without a key as what bounds them.

    A day alone is the first and the last, "/events 5 Nov"; "7d" is since then. Several days are the
    two that a map compares; what shows one day alone asks whether the last of them is meant.
    """
    if split.given is None or not takes_days(command, split.name):
        return split
    first, _, last = split.given[split.name].partition("/")
    free = [param.name for param in command.params if param.name not in split.given]
    if split.name == _SINCE:
        is_bounded = _UNTIL in free and not is_length(split.words)
        return _bound(split, (_SINCE, _UNTIL), first, last) if is_bounded else split
    if not last or first == _OPEN or split.name in {*_BOUNDS[0], *_BOUNDS[1]}:
        return split
    if bounds := find_bounds(free):
        days = Span.parse(split.given[split.name])
        first = days.earliest.isoformat() if days.earliest else first
        return _bound(split, bounds, first, days.latest.isoformat())
    return split if split.why else _ask_for_last(command, split, last)


def takes_days(command: Command, name: str) -> bool:
    """Tell whether a parameter is a day."""
    param = command.param(name)
    return param is not None and isinstance(param.type, OnDay)


def _bound(split: Split, keys: tuple[str, str], first: str, last: str) -> Split:
    """Give the first and the last of some days their keys; `..` leaves an end open."""
    bounds = dict(zip(keys, (first, last or first), strict=True))
    bounds = {key: day for key, day in bounds.items() if day != _OPEN}
    words = split.typed.removeprefix(f"{split.name}:")
    typed = " ".join(f"{key}:{day if last else words}" for key, day in bounds.items())
    rest = {key: text for key, text in (split.given or {}).items() if key != split.name}
    return replace(split, typed=typed, given=rest | bounds)


def _ask_for_last(command: Command, split: Split, last: str) -> Split:
    several = T(
        "“{words}” is several days, and {command} shows one: write {day} for the last.",
        words=split.words,
        command=Typed(f"/{command.path}"),
        day=Typed(f"{split.name}:{last}"),
    )
    given = {**(split.given or {}), split.name: last}
    why = BadParam(several, param=split.name, code=Code.BAD_DAY)
    return replace(split, typed=f"{split.name}:{last}", given=given, why=why)
