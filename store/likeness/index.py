"""The row by which an entry is found when a message is checked, written beside the entry."""

import sqlite3
from collections.abc import Sequence

from store.likeness.signals import Wording, index_terms
from store.model.filing import Filing

_NARRATED = "narrator"


def write_signals(db: sqlite3.Connection, entries: Sequence[tuple[int, Filing, str]]) -> None:
    """Write the terms of entries: each with its row, and the tags of its full text."""
    places = {at.place_id for _, filing, _ in entries for at in filing.places}
    names = {place_id: _name_place(db, place_id) for place_id in places}
    actors = {_find_speaker(filing) for _, filing, _ in entries}
    speakers = {actor_id: _describe_speaker(db, actor_id) for actor_id in actors}

    def word(filing: Filing, tags: str) -> Wording:
        details = [at.detail for at in filing.places]
        return Wording(
            text=" ".join([filing.text, filing.quote, filing.label, *details]),
            translations=" ".join(filing.translations.values()),
            names=[names[at.place_id] for at in filing.places],
            speaker=speakers[_find_speaker(filing)],
            type=filing.type,
            tags=tags,
        )

    db.executemany(
        "INSERT INTO entry_signals (rowid, terms) VALUES (?, ?)",
        [(row, index_terms(word(filing, tags))) for row, filing, tags in entries],
    )


def clear_signals(db: sqlite3.Connection, rowid: int) -> None:
    """Take the terms of an entry away."""
    db.execute("DELETE FROM entry_signals WHERE rowid = ?", (rowid,))


def _name_place(db: sqlite3.Connection, place_id: int) -> str:
    sql = "SELECT name, local_name FROM places WHERE id = ?"
    return " ".join(db.execute(sql, (place_id,)).fetchone() or ())


def _find_speaker(filing: Filing) -> int | None:
    """Return who speaks; a narrator of a text is nobody to look for."""
    return None if filing.attribution == _NARRATED else filing.actor_id


def _describe_speaker(db: sqlite3.Connection, actor_id: int | None) -> str:
    """Return the names and the role of a speaker."""
    if actor_id is None:
        return ""
    row = db.execute(
        "SELECT name || ' ' || role || ' ' || local_role || ' ' ||"
        " coalesce((SELECT group_concat(n.name, ' ') FROM actor_names n"
        " WHERE n.actor_id = actors.id), '') FROM actors WHERE id = ?",
        (actor_id,),
    ).fetchone()
    return str(row[0]) if row else ""
