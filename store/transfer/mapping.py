"""A mapping: how the columns of somebody else's table become our fields. docs/import.md has it.

A template is text with `{column}` or `{column|words}` in it, where `words` is a table of the
mapping: what a value is replaced by.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from store.transfer.decode import Raw
from store.transfer.fields import PLACE_FIELDS, SCALARS, SOURCE_FIELDS
from store.transfer.import_problems import Fault, Refused
from store.transfer.resolver import Near

FOLDER = Path(__file__).parent.parent / "mappings"
_SLOT = re.compile(r"\{([^{}|]+)(?:\|([a-z_]+))?\}")
_TOP = {"name", "about", "fields", "place", "source", "words", "near", "drop"}
_WORDS = {"same", "endings", "otherwise", "date"}
_EXTRA = {"place": {"unless"}, "source": {"each", "divider"}}
_LETTER = re.compile(r"[^\W\d_]")

Template = str
Row = Mapping[str, Any]


class ValueTable(Struct, frozen=True):
    """What values become: without an ending, by a table, or as a day; `otherwise` for the rest."""

    same: Mapping[str, str] = {}
    endings: tuple[str, ...] = ()
    otherwise: str | None = None
    date: str = ""

    def of(self, value: str) -> str:
        if self.date:
            return datetime.strptime(value, self.date).date().isoformat()  # noqa: DTZ007 -- a day
        for ending in self.endings:
            value = value.removesuffix(ending)
        if value in self.same or not self.same:
            return self.same.get(value, value)
        if self.otherwise is None:
            raise LookupError(value)
        return self.otherwise.replace("{}", value)


class GroupTemplates(Struct, frozen=True):
    """One place or source of a row, as templates by field."""

    fields: Mapping[str, Template]
    unless: Mapping[str, list[str]] = {}
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
    unread: dict[str, int] = field(default_factory=dict)
    """Values without a letter in them where a name should be, such as "???", and how often."""

    def used(self) -> set[str]:
        """Return the columns that it reads."""
        parts = [*self.places, *self.sources]
        every = [*self.fields.values(), *(t for part in parts for t in part.fields.values())]
        named = {slot[1] for template in every for slot in _SLOT.finditer(template)}
        named |= {column for part in parts for column in part.unless}
        return named | {part.each for part in parts if part.each}

    def check(self, columns: set[str], *, whole: bool) -> None:
        """Refuse columns that nobody has decided about, and a `whole` table that lacks one."""
        if whole and (missing := sorted(self.used() - columns)):
            raise Refused(Fault.NO_COLUMN, "header", ", ".join(missing), self.name)
        if left := sorted(columns - self.used() - set(self.drop)):
            raise Refused(Fault.BAD_MAPPING, "header", self.name, f"drop = {left}")

    def translate(self, raw: Raw) -> Raw:
        """Return a row with our fields in it."""
        data: dict[str, Any] = {
            name: self._fill(name, template, raw.data) for name, template in self.fields.items()
        }
        for name in ("day", "happened"):
            first, _, last = data.get(name, "").partition("/")
            data[name] = first if first == last else data.get(name, "")
        data["places"] = [
            place for part in self.places for place in self._groups_of("place", part, raw.data)
        ]
        data["sources"] = _apart(
            [
                source
                for part in self.sources
                for source in self._groups_of("source", part, raw.data)
            ]
        )
        return Raw(raw.row, data)

    def _groups_of(self, kind: str, part: GroupTemplates, row: Row) -> Iterator[dict[str, str]]:
        if any(_value(row, column) in values for column, values in part.unless.items()):
            return
        if not part.each:
            yield {name: self._fill(kind, template, row) for name, template in part.fields.items()}
            return
        for piece in _value(row, part.each).split(part.divider):
            value = piece.strip()
            if not _LETTER.search(value):
                self.unread[value] = self.unread.get(value, 0) + 1
            else:
                within = {**row, part.each: value}
                yield {
                    name: self._fill(kind, template, within)
                    for name, template in part.fields.items()
                }

    def _fill(self, name: str, template: Template, row: Row) -> str:
        def slot(match: "re.Match[str]") -> str:
            value = _value(row, match[1])
            try:
                return self.words[match[2]].of(value) if match[2] else value
            except LookupError:
                raise Refused(Fault.NOT_IN_TABLE, name, value, match[2]) from None
            except ValueError:
                raise Refused(Fault.NOT_A_DAY, name, value) from None

        return _SLOT.sub(slot, template)


def _value(row: Row, column: str) -> str:
    value = row.get(column)
    return "" if value is None else str(value).strip()


def _apart(sources: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the sources without those that are there already."""
    return list(
        {(source.get("source"), source.get("url")): source for source in reversed(sources)}.values()
    )[::-1]


def list_mappings() -> list[str]:
    """Return the names of the mappings that ship with the program."""
    return sorted(file.stem for file in FOLDER.glob("*.toml"))


def load(name: str, *, files: bool) -> ColumnMap:
    """Return a mapping by name or, if `files`, by path; Refused says what is wrong with it."""
    if name in list_mappings():
        return parse(name, (FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    path = Path(name)
    if not files or not path.is_file():
        raise Refused(Fault.NO_MAPPING, "mapping", name, ", ".join(list_mappings()))
    try:
        return parse(path.name, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(Fault.BAD_MAPPING, "mapping", path.name, str(error)) from None


def parse(name: str, text: str) -> ColumnMap:
    """Read a mapping; Refused says what is wrong with it."""
    try:
        whole = tomllib.loads(text)
        return _mapping(name, whole)
    except (tomllib.TOMLDecodeError, TypeError, AttributeError, ValueError) as error:
        raise Refused(Fault.BAD_MAPPING, "mapping", name, str(error)) from None


def _mapping(name: str, whole: dict[str, Any]) -> ColumnMap:
    _only(whole, _TOP)
    _only(whole.get("fields", {}), set(SCALARS))
    words = {
        key: ValueTable(**_only(table, _WORDS)) for key, table in whole.get("words", {}).items()
    }
    column_map = ColumnMap(
        str(whole.get("name", name)),
        whole.get("fields", {}),
        tuple(_part("place", table, PLACE_FIELDS) for table in whole.get("place", [])),
        tuple(_part("source", table, SOURCE_FIELDS) for table in whole.get("source", [])),
        words,
        _near(whole.get("near", {})),
        tuple(whole.get("drop", ())),
    )
    parts = (*column_map.places, *column_map.sources)
    for template in [
        *column_map.fields.values(),
        *(t for part in parts for t in part.fields.values()),
    ]:
        for slot in _SLOT.finditer(template):
            if slot[2] and slot[2] not in words:
                raise ValueError(f"there are no [words.{slot[2]}]")
    return column_map


def _near(table: dict[str, Any]) -> Near:
    near = Near(**_only(table, {"namesake_km", "nearest_km", "beyond"}))
    if near.beyond not in {"refuse", "none"}:
        raise ValueError(f'beyond is "{near.beyond}"; write "refuse" or "none"')
    return near


def _part(kind: str, table: dict[str, Any], known: tuple[str, ...]) -> GroupTemplates:
    _only(table, {*known, *_EXTRA[kind]})
    fields = {name: value for name, value in table.items() if name in known}
    besides = {name: value for name, value in table.items() if name not in known}
    return GroupTemplates(fields, **besides)


def _only(table: dict[str, Any], known: set[str]) -> dict[str, Any]:
    for key in table:
        if key not in known:
            raise ValueError(f"no such field: {key}; there are {', '.join(sorted(known))}")
    return table


Translate = Callable[[Raw], Raw]
