"""A mapping: how the columns of somebody else's table become our fields. docs/import.md has it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from store.transfer.columns.listed import split_cell
from store.transfer.columns.template import Cells, Slot, Template, columns_of, find_cell, value_of
from store.transfer.columns.value_table import ValueTable
from store.transfer.days.desk_days import DeskDays
from store.transfer.formats.foreign import Within
from store.transfer.formats.raw_row import Raw
from store.transfer.import_problems import Fault, Refused
from store.transfer.resolver import Near

_LETTER = re.compile(r"[^\W\d_]")
_ADDED = {"problem"}
"""The column that a file of rejects has besides those of its table."""


class GroupTemplates(Struct, frozen=True):
    """One place or source of a row, as templates by field."""

    fields: Mapping[str, Template]
    unless: Mapping[str, tuple[str, ...]] = {}
    each: str = ""
    divider: str = ";"


class ColumnMap(Struct, frozen=True):
    """A mapping file, read."""

    name: str
    fields: Mapping[str, Template]
    places: tuple[GroupTemplates, ...] = ()
    sources: tuple[GroupTemplates, ...] = ()
    words: Mapping[str, ValueTable] = {}
    near: Near = Near()
    drop: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    """The columns of a table that comes without a header."""
    encoding: str = ""
    within: Within = Within()
    unread: dict[str, int] = field(default_factory=dict)
    """Values without a letter in them where a name should be, such as "???", and how often."""

    def slots(self) -> Iterator[Slot]:
        """Yield every slot of every template, conditions and lists among them."""
        parts = (*self.places, *self.sources)
        for template in self.fields.values():
            yield from template.slots
        for part in parts:
            yield from (slot for template in part.fields.values() for slot in template.slots)
            yield from (Slot((column,)) for column in part.unless)
            if part.each:
                yield Slot((part.each,))

    def used(self) -> set[str]:
        """Return the columns that it reads."""
        return {column for slot in self.slots() for column in slot.columns}

    @property
    def named(self) -> set[str]:
        """The columns that it says anything about."""
        return {*self.used(), *self.drop, *self.maybe}

    def check(self, columns: set[str], *, whole: bool) -> None:
        """Refuse columns that nobody has decided about, and a `whole` table that lacks one."""
        slots = list(self.slots())
        if whole:
            missing = {
                " or ".join(slot.columns)
                for slot in slots
                if not columns_of(slot.columns, columns) and not {*slot.columns} & {*self.maybe}
            }
            if missing:
                raise Refused(Fault.NO_COLUMN, "header", ", ".join(sorted(missing)), self.name)
        used = {column for slot in slots for column in columns_of(slot.columns, columns)}
        if left := sorted(columns - used - {*self.drop} - _ADDED):
            raise Refused(Fault.BAD_MAPPING, "header", self.name, f"drop = {left}")

    def translate(self, raw: Raw, days: DeskDays) -> Raw:
        """Return a row with our fields in it."""
        cells = raw.data
        data: dict[str, Any] = {
            name: self._fill(name, template, cells, days) for name, template in self.fields.items()
        }
        for name in ("day", "happened"):
            first, _, last = data.get(name, "").partition("/")
            data[name] = first if first == last or not last else data[name]
        data["places"] = [
            place
            for part in self.places
            for place in self._groups_of("place", part, cells, days)
            if any(place.values())
        ]
        data["sources"] = _apart(
            [
                source
                for part in self.sources
                for source in self._groups_of("source", part, cells, days)
            ]
        )
        return Raw(raw.row, data)

    def _groups_of(
        self, kind: str, part: GroupTemplates, cells: Cells, days: DeskDays
    ) -> Iterator[dict[str, str]]:
        if any(value_of(cells, column) in values for column, values in part.unless.items()):
            return
        for within in self._each(part, cells) if part.each else (cells,):
            yield {
                name: self._fill(kind, template, within, days)
                for name, template in part.fields.items()
            }

    def _each(self, part: GroupTemplates, cells: Cells) -> Iterator[Cells]:
        """Yield the row once for each thing that a cell or a list of it names."""
        listed = find_cell(cells, part.each)
        items = listed if isinstance(listed, list) else [value_of(cells, part.each)]
        for item in items:
            if isinstance(item, dict):
                yield _put(cells, part.each, item)
                continue
            for piece in split_cell(f"{item}", part.divider):
                if _LETTER.search(piece):
                    yield _put(cells, part.each, piece)
                else:
                    self.unread[piece] = self.unread.get(piece, 0) + 1

    def _fill(self, name: str, template: Template, cells: Cells, days: DeskDays) -> str:
        return "".join(
            part if isinstance(part, str) else self._value(name, part, cells, days)
            for part in template.parts
        ).strip()

    def _value(self, name: str, slot: Slot, cells: Cells, days: DeskDays) -> str:
        value = slot.value(cells)
        if not slot.words:
            return value
        try:
            return self.words[slot.words].of(value, days)
        except LookupError:
            raise Refused(Fault.NOT_IN_TABLE, name, value, slot.words) from None
        except ValueError:
            raise Refused(Fault.NOT_A_DAY, name, value) from None


def _put(cells: Cells, column: str, value: Any) -> Cells:  # noqa: ANN401 -- whatever JSON has there
    """Return a row with another value in a column; a dotted name then stands for itself."""
    if "." not in column or not isinstance(value, Mapping):
        return {**cells, column: value}
    return {**cells, **{f"{column}.{name}": inner for name, inner in value.items()}}


def _apart(sources: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the sources without those that are there already."""
    once: dict[tuple[str | None, str | None], dict[str, str]] = {}
    for source in sources:
        once.setdefault((source.get("source"), source.get("url")), source)
    return list(once.values())
