"""The areas that a situation's seeds draw: a front, a corridor."""

from store.editing.drawing import name_area, redraw_area
from store.model.ref import PLACE, Ref
from store.model.revision import Change
from store.places.drawn_areas import AreaParts
from store.places.own_numbers import next_own_number
from store.seeding.seed_file import Table
from store.seeding.seeding import Seeding, read_value

_FIELDS = frozenset({"key", "name", "local", "aliases", "places", "around"})
_CIRCLE_FIELDS = frozenset({"geoname", "km"})
_NAME = 200  # characters
_WIDEST_KM = 500


def seed_area(seeding: Seeding, table: Table) -> None:
    """Draw an area; SeedFault for one of nothing, or of a place that the gazetteer has not."""
    table.only(_FIELDS)
    parts = AreaParts(
        tuple(_check_place(seeding, table, "places", number) for number in table.numbers("places")),
        table.each("around", lambda circle: _read_circle(seeding, circle)),
    )
    if not parts:
        raise table.fault("places", "write the numbers of places, or around = [{ … }]")
    name, local = table.text("name", most=_NAME), table.text("local", "", most=_NAME)
    content = name_area(name, local, parts, table.texts("aliases"))
    key = f"area:{table.name}"
    known = read_value(seeding.db, "SELECT id FROM places WHERE key = ?", key)
    number = int(known) if known else next_own_number(seeding.db)

    def change() -> Change:
        if not known:
            seeding.db.execute(
                "INSERT INTO places (id, key, name, kind) VALUES (?, ?, ?, 'area')",
                (number, key, name),
            )
        return redraw_area(seeding.db, number, content)

    seeding.put(key, dict(content), str(Ref(PLACE, number)) if known else None, change)


def _read_circle(seeding: Seeding, table: Table) -> tuple[int, int]:
    table.only(_CIRCLE_FIELDS)
    middle = _check_place(seeding, table, "geoname", table.number("geoname"))
    return middle, table.number("km", within=range(1, _WIDEST_KM + 1))


def _check_place(seeding: Seeding, table: Table, field: str, number: int) -> int:
    if not read_value(seeding.db, "SELECT 1 FROM places WHERE id = ?", number):
        raise table.fault(field, f"the gazetteer has no place {number}")
    return number
