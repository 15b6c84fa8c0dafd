"""Entries as they stand, held against their revisions and against the full text."""

import json
import re
import sqlite3
from typing import Any

from store.model.canonical_json import canonical, hash_of
from store.model.entry import order_number
from store.model.filing import Filing
from store.model.ref import ENTRY, Ref
from store.model.text import fold
from store.record.entry_rows import current, snapshot
from store.record.index_rows import tags

_STEM = 4  # letters of a name that no ending changes


def compare_revisions(db: sqlite3.Connection) -> tuple[int, list[str]]:
    """Return how many entries were compared with their revisions, and which say something else.

    What was redacted has nothing left to compare.
    """
    expected_of = _contents_by_revisions(db)
    compared, wrong = 0, []
    rows = db.execute("SELECT id, retracted_at IS NOT NULL, redacted_at FROM entries ORDER BY id")
    for number, retracted, redacted in rows:
        expected = expected_of.pop(number, None)
        if redacted:
            continue
        compared += 1
        if expected != (_hash(snapshot(current(db, number))), bool(retracted)):
            wrong.append(str(Ref(ENTRY, number)))
    return compared, wrong + [f"{Ref(ENTRY, number)} (gone)" for number in expected_of]


def _contents_by_revisions(db: sqlite3.Connection) -> dict[int, tuple[str, bool]]:
    """Return what revisions say of each entry: a hash of its content, and if it is retracted."""
    contents: dict[int, tuple[str, bool]] = {}
    rows = db.execute(
        "SELECT r.target, b.body FROM revisions r CROSS JOIN revision_bodies b ON b.seq = r.seq"
        " WHERE r.target >= 'E-' AND r.target < 'E.' ORDER BY r.seq"
    )
    for target, body in rows:
        number = Ref.parse(target).number
        if body is None:  # redacted; what came before it is not what stands
            contents.pop(number, None)
            continue
        content, retracted = contents.get(number, ("", False))
        match json.loads(body)["after"]:
            case {"text": _} as after:
                content = _hash(_content(after))
            case {"retracted": _}:
                retracted = True
            case {"restored": _}:
                retracted = False
        contents[number] = content, retracted
    return contents


def _content(after: dict[str, Any]) -> Any:  # noqa: ANN401 -- JSON
    return {name: value for name, value in after.items() if name != "undoes"}


def _hash(content: Any) -> str:  # noqa: ANN401 -- JSON
    return hash_of(canonical(content))[:16]


def compare_full_text(db: sqlite3.Connection) -> list[str]:
    """Return the entries that the full text does not have as they stand, and rows it has too many.

    The names of speakers and places in it are what they were when the entry was written.
    """
    wrong = []
    there = {
        table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("entry_text", "retracted_text")
    }
    rows = db.execute("SELECT id, retracted_at, redacted_at, latest FROM entries ORDER BY id")
    for number, retracted, redacted, latest in rows:
        if redacted:
            continue
        table = "retracted_text" if retracted else "entry_text"
        filed = current(db, number)
        there[table] -= 1
        if latest != order_number(filed.day) or not _has(db, table, number, filed):
            wrong.append(str(Ref(ENTRY, number)))
    return wrong + [f"{count:+,} rows in {table}" for table, count in there.items() if count]


def _has(db: sqlite3.Connection, table: str, number: int, filed: Filing) -> bool:
    row = order_number(filed.day) << 32 | number
    indexed = db.execute(f"SELECT words, tags FROM {table} WHERE rowid = ?", (row,)).fetchone()
    own = fold(" ".join(filed.words))
    if indexed is None or not indexed[0].startswith(own) or indexed[1] != tags(filed):
        return False
    # The index has it too: its kind and number are asked for as a search would.
    asked = f'{{tags}} : "k{filed.kind}"'
    sql = f"SELECT 1 FROM {table} WHERE {table} MATCH ? AND rowid = ?"
    return db.execute(sql, (asked, row)).fetchone() is not None


def find_misplaced(db: sqlite3.Connection) -> list[tuple[str, int, str]]:
    """Return entries (reference, place, name) that say a name which their place no longer bears.

    The gazetteer once gave the place that name; it is another place's. Endings apart, so that a
    declined name counts too.
    """
    rows = db.execute(
        "SELECT DISTINCT e.id, m.place_id, m.name, e.text || ' ' || e.quote || ' ' || ep.detail"
        " || ' ' || e.translations"
        " FROM misleading_names m CROSS JOIN entry_places ep ON ep.place_id = m.place_id"
        " CROSS JOIN entries e ON e.id = ep.entry_id ORDER BY e.id, m.name"
    )
    return [
        (str(Ref(ENTRY, number)), place, name)
        for number, place, name, text in rows
        if _says(text, name)
    ]


def _says(text: str, name: str) -> bool:
    stem = fold(name)[: max(_STEM, len(name) - 1)]
    return re.search(rf"\b{re.escape(stem)}", fold(text)) is not None
