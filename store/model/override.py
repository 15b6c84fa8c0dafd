"""`override`, for what a question in a shell loads: typing_extensions takes as long as Python.

Python has it in typing from 3.12 on.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from typing_extensions import override
else:
    M = TypeVar("M", bound=Callable[..., Any])

    def override(method: M) -> M:
        """Return the method; the type checker sees to it that there is one to be overridden."""
        return method


__all__ = ["override"]
