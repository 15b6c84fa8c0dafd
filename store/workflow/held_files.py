"""Files whose columns somebody is asked about, and what the desk keeps of the answers."""

import sqlite3
from datetime import datetime, timedelta

import msgspec

from store.db.part import Part, query, update
from store.model.held_file import ChosenColumns, HeldFile, NewFile
from store.model.revision import Person
from store.record.entry_rows import moment
from store.record.revisions import ensure_thawed

KEPT = timedelta(days=1)
"""How long a file is held."""


def _hold(db: sqlite3.Connection, key: str, owner: Person, new: NewFile, at: datetime) -> HeldFile:
    """Hold a file; the same key again is the same file. Those of yesterday go."""
    ensure_thawed(db)
    db.execute("DELETE FROM held_files WHERE at < ?", (moment(at - KEPT),))
    db.execute(
        "INSERT OR IGNORE INTO held_files (key, platform, person, at, name, format, columns, data)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(key, owner.platform, owner.id, moment(at)),
            *(new.name, new.format, msgspec.json.encode(new.chosen).decode(), new.data),
        ),
    )
    (number,) = db.execute("SELECT id FROM held_files WHERE key = ?", (key,)).fetchone()
    held = _get(db, number)
    assert held is not None  # noqa: S101 -- it is there
    return held


def _get(db: sqlite3.Connection, number: int) -> HeldFile | None:
    """Return a file that is held; None where there is none any more."""
    row = db.execute(
        "SELECT id, platform, person, name, format, columns, data FROM held_files WHERE id = ?",
        (number,),
    ).fetchone()
    if row is None:
        return None
    number, platform, person, name, format_, columns, data = row
    chosen = msgspec.json.decode(columns, type=ChosenColumns)
    return HeldFile(number, (platform, person), name, format_, chosen, data)


def _choose(db: sqlite3.Connection, number: int, chosen: ChosenColumns) -> None:
    """Note what the columns of a file that is held are."""
    db.execute(
        "UPDATE held_files SET columns = ? WHERE id = ?",
        (msgspec.json.encode(chosen).decode(), number),
    )


def _keep(db: sqlite3.Connection, name: str, chosen: ChosenColumns) -> None:
    """Keep what the columns of a table are under a name; again is the newer one."""
    db.execute(
        "INSERT INTO kept_mappings (name, columns) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET columns = excluded.columns",
        (name, msgspec.json.encode(chosen).decode()),
    )


def _find_kept(db: sqlite3.Connection, name: str) -> ChosenColumns | None:
    """Return what is kept under a name; None where nothing is."""
    row = db.execute("SELECT columns FROM kept_mappings WHERE name = ?", (name,)).fetchone()
    return msgspec.json.decode(row[0], type=ChosenColumns) if row else None


def _list_kept(db: sqlite3.Connection) -> list[str]:
    """Return the names under which something is kept."""
    return [name for (name,) in db.execute("SELECT name FROM kept_mappings ORDER BY name")]


class HeldFiles(Part):
    """Files that wait for an answer, and answers that the desk keeps."""

    hold = update(_hold)
    get = query(_get)
    choose = update(_choose)
    keep = update(_keep)
    find_kept = query(_find_kept)
    list_kept = query(_list_kept)
