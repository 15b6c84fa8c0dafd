"""What a function takes, read from the function.

`inspect` knows it too, but takes as long to load as Python itself, and a question in a shell has
nothing else of it.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

from msgspec import Struct

if TYPE_CHECKING:
    from types import FunctionType

_TAKES_MORE_NAMES = 0x08  # of a function: **more


class Parameter(Struct, frozen=True):
    """A parameter; `is_rest` of one that takes all further names."""

    name: str
    required: bool = False
    positional: bool = False
    is_rest: bool = False


def list_parameters(run: Callable[..., object]) -> Iterator[Parameter]:
    """Yield the parameters of a function but the first."""
    function = cast("FunctionType", run)
    code, defaults = function.__code__, function.__defaults__ or ()
    names, by_name = code.co_varnames, code.co_argcount + code.co_kwonlyargcount
    for at, name in enumerate(names[1 : code.co_argcount], 1):
        yield Parameter(name, at < code.co_argcount - len(defaults), positional=True)
    for name in names[code.co_argcount : by_name]:
        yield Parameter(name, name not in (function.__kwdefaults__ or {}))
    if code.co_flags & _TAKES_MORE_NAMES:
        yield Parameter(names[by_name], is_rest=True)
