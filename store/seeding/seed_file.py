"""Seed files, read and checked: a fault is named by file, entry and field."""

import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from store.model.refusals import SeedFault
from store.model.span import Basis, Span

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


def read(file: Path) -> dict[str, Any]:
    """Return what a seed file holds; SeedFault when it is not TOML."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SeedFault(file.name, "", "file", f"not TOML: {error}") from None


class Table(Struct, frozen=True):
    """One table of a seed file, and how to ask it for its fields."""

    file: str
    name: str
    data: Mapping[str, Any]

    def fault(self, field: str, problem: str) -> SeedFault:
        return SeedFault(self.file, self.name, field, problem)

    def only(self, known: frozenset[str]) -> None:
        """Refuse a field that nobody would read."""
        for field in self.data:
            if field not in known:
                raise self.fault(field, f"no such field; there are {', '.join(sorted(known))}")

    def text(self, field: str, default: str | None = None, most: int = 2000) -> str:
        value = self.data.get(field, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.fault(field, "write a text")
        if len(value) > most:
            raise self.fault(field, f"write {most} characters at most")
        return value

    def number(self, field: str, default: int | None = None, within: range | None = None) -> int:
        value = self.data.get(field, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault(field, "write a whole number")
        if within and value not in within:
            raise self.fault(field, f"write a number from {within[0]} to {within[-1]}")
        return value

    def texts(self, field: str) -> list[str]:
        value = self.data.get(field, [])
        if not (isinstance(value, list) and all(isinstance(text, str) for text in value)):
            raise self.fault(field, "write a list of texts")
        return value

    def numbers(self, field: str) -> list[int]:
        value = self.data.get(field, [])
        if not (isinstance(value, list) and all(type(number) is int for number in value)):
            raise self.fault(field, "write a list of whole numbers")
        return value

    def one_of(self, field: str, choices: type[E], default: E | None = None) -> E:
        return choices(self.choice(field, tuple(choices), default))

    def choice(self, field: str, choices: Sequence[str], default: str | None = None) -> str:
        value = self.data.get(field, default)
        if value not in choices:
            raise self.fault(field, f"{value!r} is none of {', '.join(choices)}")
        return str(value)

    def span(self, field: str) -> Span:
        value = self.data.get(field)
        if not isinstance(value, dict) or set(value) != {"edtf", "basis"}:
            raise self.fault(field, 'write { edtf = "2025-10-29", basis = "explicit" }')
        try:
            return Span.parse(str(value["edtf"]), Basis(value["basis"]))
        except ValueError as error:
            raise self.fault(field, str(error)) from None

    def known(self, field: str, numbers: Mapping[str, int], what: str) -> int:
        """Return the number of the thing that the field names by key."""
        value = self.text(field)
        if value not in numbers:
            raise self.fault(field, f"no {what} has the key {value!r}")
        return numbers[value]

    def each(self, field: str, read_one: Callable[["Table"], T]) -> tuple[T, ...]:
        """Read a list of tables inside this one."""
        value = self.data.get(field, [])
        if not (isinstance(value, list) and all(isinstance(inner, dict) for inner in value)):
            raise self.fault(field, "write a list of { … }")
        return tuple(read_one(Table(self.file, self.name, inner)) for inner in value)


def tables(
    file: Path, kind: str, name_field: str = "key", besides: Collection[str] = ()
) -> Iterator[Table]:
    """Yield the `[[kind]]` tables of a file, with the file's `[defaults]` under each.

    What else stands at the top of the file is in `besides`, or a fault.
    """
    whole = {"defaults": {}, kind: [], **read(file)}
    for field in whole:
        if field not in {"defaults", kind, *besides}:
            raise SeedFault(file.name, "", field, f"no such table; there is {kind}")
    defaults, listed = whole["defaults"], whole[kind]
    if not (
        isinstance(listed, list) and all(isinstance(table_, dict) for table_ in [defaults, *listed])
    ):
        raise SeedFault(file.name, "", kind, f"write [[{kind}]] above each, [defaults] above those")
    seen: set[str] = set()
    for number, data in enumerate(listed, start=1):
        name = str(data.get(name_field, f"number {number}"))
        table = Table(file.name, name, {**defaults, **data})
        if not str(data.get(name_field, "")).strip():
            raise table.fault(name_field, "write what to know it by")
        if name in seen:
            raise table.fault(name_field, "this key stands here twice")
        seen.add(name)
        yield table
