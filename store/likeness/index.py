"""The row by which an entry is found when a message is checked, written beside the entry."""

import sqlite3

from store.db.database import RowWriter
from store.likeness.signals import Wording, index_terms
from store.model.filing import Filing

_NARRATED = "narrator"


def write_signals(db: RowWriter, rowid: int, filing: Filing, tags: str) -> None:
    """Write the terms of an entry; `tags` are those of its full text."""
    details = " ".join(place.detail for place in filing.places)
    wording = Wording(
        text=f"{filing.text} {filing.quote} {filing.label} {details}",
        translations=" ".join(filing.translations.values()),
        names=" ".join(_name_place(db, place.place_id) for place in filing.places),
        speaker=_describe_speaker(db, filing),
        type=filing.type,
        tags=tuple(tags.split()),
    )
    db.execute(
        "INSERT INTO entry_signals (rowid, terms) VALUES (?, ?)", (rowid, index_terms(wording))
    )


def clear_signals(db: sqlite3.Connection, rowid: int) -> None:
    """Take the terms of an entry away."""
    db.execute("DELETE FROM entry_signals WHERE rowid = ?", (rowid,))


def _name_place(db: RowWriter, place_id: int) -> str:
    sql = "SELECT name, local_name FROM places WHERE id = ?"  # as the full text asks
    return " ".join(db.execute(sql, (place_id,)).fetchone() or ())


def _describe_speaker(db: RowWriter, filing: Filing) -> str:
    """Return the names and the role of who speaks; a narrator of a text is nobody to look for."""
    if filing.actor_id is None or filing.attribution == _NARRATED:
        return ""
    row = db.execute(
        "SELECT name || ' ' || role || ' ' || local_role || ' ' ||"
        " coalesce((SELECT group_concat(n.name, ' ') FROM actor_names n"
        " WHERE n.actor_id = actors.id), '') FROM actors WHERE id = ?",
        (filing.actor_id,),
    ).fetchone()
    return str(row[0]) if row else ""
