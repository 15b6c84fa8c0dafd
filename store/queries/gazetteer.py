"""The gazetteer file → places and their names.

A tab-separated file, packed: geonameid, name, latitude, longitude, oblast, population, and the
other names divided by `|`. GeoNames, CC BY 4.0.
"""

import gzip
import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from store.model.text import fold


def fill(db: sqlite3.Connection, file: Path) -> int:
    """Add the places of the file that are not on record yet; return how many there were."""
    known = {number for (number,) in db.execute("SELECT id FROM places")}
    lines = gzip.decompress(file.read_bytes()).decode().splitlines()[1:]
    places, names = [], []
    for line in lines:
        number, name, latitude, longitude, oblast, population, others = line.split("\t")
        if (place := int(number)) not in known:
            places.append((place, f"gn:{place}", name, oblast, latitude, longitude, population))
            every = [name, *others.split("|")] if others else [name]
            names += [(place, one, "gazetteer") for one in every]
    db.executemany(
        "INSERT INTO places (id, key, name, oblast, latitude, longitude, population)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        places,
    )
    add_names(db, names)
    return len(places)


def add_names(db: sqlite3.Connection, names: Iterable[tuple[int, str, str]]) -> None:
    """Add names (place, name, kind). One that the place bears already takes the new kind."""
    folded = [(place, name, fold(name), kind) for place, name, kind in names]
    last = db.execute("SELECT coalesce(max(id), 0) FROM place_names").fetchone()[0]
    # As one statement: a statement a name takes half as long again.
    db.execute(
        "INSERT INTO place_names (place_id, name, folded, kind)"
        " SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)"
        " WHERE value ->> 2 <> ''"
        " ON CONFLICT (folded, place_id) DO UPDATE SET name = excluded.name, kind = excluded.kind"
        " WHERE excluded.kind <> 'gazetteer'",
        (json.dumps(folded, ensure_ascii=False),),
    )
    db.execute(
        "INSERT INTO place_grams (rowid, folded) SELECT id, folded FROM place_names WHERE id > ?",
        (last,),
    )
