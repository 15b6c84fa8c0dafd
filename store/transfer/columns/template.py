"""A template of a mapping: text with `{column}`, `{column or column}` or `{column|words}` in it.

A column of JSON may be dotted, `{location.name}`. Of columns with `or` between them the first that
has something counts.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

_SLOT = re.compile(r"\{([^{}|]+)(?:\|([a-z_]+))?\}")
_OR = " or "

Cells = Mapping[str, Any]
"""One row of somebody else's file: text by column, or whatever JSON has there."""


class Slot(Struct, frozen=True):
    """A place of a template that a row fills: from which columns, and through which words."""

    columns: tuple[str, ...]
    words: str = ""

    def value(self, cells: Cells) -> str:
        """Return what the first column has that has anything."""
        if len(self.columns) == 1:
            return value_of(cells, self.columns[0])
        return next(filter(None, (value_of(cells, column) for column in self.columns)), "")


class Template(Struct, frozen=True):
    """A template taken apart: its fixed text and its slots in turn."""

    parts: tuple[str | Slot, ...]

    @property
    def slots(self) -> Iterator[Slot]:
        """The slots, without the text between them."""
        return (part for part in self.parts if isinstance(part, Slot))


def parse_template(text: str) -> Template:
    """Take a template apart."""
    parts: list[str | Slot] = []
    at = 0
    for match in _SLOT.finditer(text):
        if fixed := text[at : match.start()]:
            parts.append(fixed)
        parts.append(Slot(tuple(match[1].split(_OR)), match[2] or ""))
        at = match.end()
    return Template((*parts, text[at:]) if text[at:] else tuple(parts))


def find_cell(cells: Cells, column: str) -> Any:  # noqa: ANN401 -- whatever JSON has there
    """Return what stands in a column; None where there is none. A dotted name goes into objects."""
    value = cells.get(column)
    if value is None and "." in column and column not in cells:
        value = cells
        for name in column.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
    return value


def value_of(cells: Cells, column: str) -> str:
    """Return what stands in a column as text; a list with its items in a row."""
    value = find_cell(cells, column)
    match value:
        case str():
            return value.strip()
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list() if all(isinstance(item, str | int | float) for item in value):
            return "; ".join(f"{item}".strip() for item in value)
        case list() | dict():
            return json.dumps(value, ensure_ascii=False)
    return f"{value}"


def columns_of(names: tuple[str, ...], columns: set[str]) -> set[str]:
    """Return which of a table's columns a slot's names lead to: of dotted ones the outermost."""
    return {name if name in columns else name.partition(".")[0] for name in names} & columns
