"""What every rule needs: a place to write down what is wrong, in the shape Discord answers it.

Written from Discord's documentation, on purpose without a look at the program's own limits.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from typing_extensions import override

from tests.discord.loopback.clock import Json

TOO_LONG = "BASE_TYPE_BAD_LENGTH"
MISSING = "BASE_TYPE_REQUIRED"
CHOICE = "BASE_TYPE_CHOICES"
BAD = "BASE_TYPE_INVALID"
DUPLICATE = "COMPONENT_CUSTOM_ID_DUPLICATED"


@dataclass(frozen=True)
class Problem:
    """One broken rule, and where in the body."""

    path: tuple[str, ...]
    code: str
    message: str


@dataclass(frozen=True)
class Violation:
    """A broken rule, with the request that broke it."""

    request: str
    problem: Problem

    @override
    def __str__(self) -> str:
        where = ".".join(self.problem.path) or "body"
        return f"{self.request}: {where}: {self.problem.message} ({self.problem.code})"


@dataclass(frozen=True)
class At:
    """A place in a body, where problems can be reported."""

    problems: list[Problem] = field(default_factory=list)
    path: tuple[str, ...] = ()

    def __truediv__(self, step: str | int) -> "At":
        return At(self.problems, (*self.path, str(step)))

    def wrong(self, code: str, message: str) -> None:
        self.problems.append(Problem(self.path, code, message))

    def need(self, holds: object, code: str, message: str) -> None:
        """Report unless it holds."""
        if not holds:
            self.wrong(code, message)

    def text(self, body: Json, key: str, least: int, most: int) -> str:
        """Check a text's length, as Discord counts it; 0 at least means that it may be absent."""
        value = body.get(key)
        here = self / key
        if value is None or value == "":
            here.need(least == 0, MISSING, "This field is required")
            return ""
        if not isinstance(value, str):
            here.wrong("BASE_TYPE_BAD_TYPE", "Must be a string.")
            return ""
        fits = least <= len(value) <= most
        here.need(fits, TOO_LONG, f"Must be between {least} and {most} in length: {len(value)}.")
        return value

    def number(self, body: Json, key: str, least: float, most: float) -> None:
        value = body.get(key)
        if value is None:
            return
        fits = isinstance(value, int | float) and least <= value <= most
        (self / key).need(fits, "NUMBER_TYPE_RANGE", f"Must be from {least} to {most}: {value!r}.")

    def count(self, items: Sequence[Any], least: int, most: int) -> None:
        fits = least <= len(items) <= most
        self.need(fits, TOO_LONG, f"Must be between {least} and {most} in number: {len(items)}.")

    def distinct(self, values: Sequence[Any], what: str, code: str = BAD) -> None:
        twice = sorted({str(value) for value in values if values.count(value) > 1})
        self.need(not twice, code, f"{what} must be unique: {twice}")

    def one_of(self, value: object, allowed: Collection[Any]) -> bool:
        fits = value in allowed
        self.need(fits, CHOICE, f"Value must be one of {sorted(allowed)}: {value!r}.")
        return fits


def tree(problems: Sequence[Problem]) -> Json:
    """Return problems nested by path, as `errors` in Discord's answer has them."""
    root: Json = {}
    for problem in problems:
        here = root
        for step in problem.path:
            here = here.setdefault(step, {})
        here.setdefault("_errors", []).append({"code": problem.code, "message": problem.message})
    return root
