"""Columns that somebody says the meaning of, or that their headings plainly have."""

from collections.abc import Mapping, Sequence

from store.model.held_file import DAYS, LEFT_OUT, MEANINGS, ChosenColumns
from store.transfer.columns.column_map import ColumnMap, GroupTemplates
from store.transfer.columns.template import Slot, Template, parse_template
from store.transfer.columns.value_table import ValueTable
from store.transfer.days.desk_days import ANY
from store.transfer.headings import field_of, find_order

_DAYS = {
    day: ValueTable(date=(ANY,) if day == "day" else (day, ANY), otherwise="{}") for day in DAYS
}
"""How the days of a column are read, by what it is."""
_ONCE = frozenset(MEANINGS) - {"text", "source", "url", "place"}


def guess_columns(names: Sequence[str], orders: Mapping[str, str] = {}) -> dict[str, str]:
    """Return what each column is by its heading; one that says nothing known is left out.

    `orders` are those that the columns of days can have alone, by their own values; a heading may
    say it too.
    """
    meant: dict[str, str] = {}
    for name in names:
        field = field_of(name) or LEFT_OUT
        field = field if field in MEANINGS else LEFT_OUT
        meant[name] = LEFT_OUT if field in meant.values() and field in _ONCE else field
    return {
        name: find_order(name) or orders.get(name, field) if field in DAYS else field
        for name, field in meant.items()
    }


def map_chosen(chosen: ChosenColumns) -> ColumnMap:
    """Return the mapping that somebody's choice is."""
    by_field: dict[str, list[str]] = {}
    for column, field in chosen.columns.items():
        by_field.setdefault(field, []).append(column)
    if chosen.kind not in {"claim", "assessment"}:  # nobody judges anything in an event
        by_field.setdefault(LEFT_OUT, []).extend(by_field.pop("control", ()))
    left_out = tuple(by_field.pop(LEFT_OUT, ()))
    texts = [Slot((column,)) for column in by_field.get("text", ())]
    between = [part for slot in texts for part in (slot, " ")][:-1]
    fields = {"kind": parse_template(chosen.kind), "text": Template(tuple(between))}
    fields["type"] = _slot(by_field, "type", "types") or parse_template(chosen.type)
    days = (_slot(by_field, day, day) for day in DAYS)
    fields["day"] = next(filter(None, days), Template(()))
    for field in ("key", "quote", "control"):
        if template := _slot(by_field, field):
            fields[field] = template
    if template := _slot(by_field, "published", "day"):
        fields["published"] = template
    speaks = chosen.kind in {"claim", "assessment"}
    if speaks and (template := _slot(by_field, "who")):
        fields["by"] = template
    has_source = bool(chosen.source or by_field.keys() & {"source", "url"})
    who = () if speaks and has_source else ("who",)  # a speaker is no outlet
    return ColumnMap(
        ", ".join(chosen.columns),
        fields,
        tuple(_places(by_field)),
        (*_sources(by_field, who), *_source_of_all(chosen)),
        {
            **_DAYS,
            "types": ValueTable(empty=chosen.type, otherwise="{}"),
        },
        drop=left_out,
    )


def _slot(by_field: Mapping[str, list[str]], field: str, words: str = "") -> Template | None:
    """Return the template of a field's column; of several columns the first that has something."""
    columns = tuple(by_field.get(field, ()))
    return Template((Slot(columns, words),)) if columns else None


def _places(by_field: Mapping[str, list[str]]) -> list[GroupTemplates]:
    """Return the places: each column of names, the point with the first."""
    groups: list[GroupTemplates] = []
    point = {
        field: template
        for field in ("latitude", "longitude", "point", "oblast", "raion")
        if (template := _slot(by_field, field))
    }
    for column in by_field.get("place", ()):
        named = {"place": Template((Slot((column,)),)), **point}
        groups.append(GroupTemplates(named, each="" if point else column, divider=";"))
        point = {}
    return groups or ([GroupTemplates(point)] if point else [])


def _source_of_all(chosen: ChosenColumns) -> list[GroupTemplates]:
    source = Template((chosen.source,))
    return [GroupTemplates({"source": source})] if chosen.source else []


def _sources(by_field: Mapping[str, list[str]], who: Sequence[str]) -> list[GroupTemplates]:
    """Return the sources: who says it, outlets and addresses, several in one cell or one."""
    return [
        GroupTemplates({"source": Template((Slot((column,)),))}, each=column)
        for field in (*who, "source", "url")
        for column in by_field.get(field, ())
    ]
