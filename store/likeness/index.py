"""The row by which an entry is found when a message is checked, written beside the entry."""

import sqlite3
from collections.abc import Iterable, Mapping

from store.db.insert_rows import insert_rows
from store.likeness.signals import Wording, index_terms
from store.model.filing import Filing

_NARRATED = "narrator"


def write_signals(
    db: sqlite3.Connection,
    entries: Iterable[tuple[int, Filing, str]],
    places: Mapping[int, str],
    speakers: Mapping[int, str],
) -> None:
    """Write the terms of entries: each with its row, and the tags of its full text.

    Places and speakers are known by every name that they have.
    """
    rows = [
        (row, index_terms(_word(filing, tags, places, speakers))) for row, filing, tags in entries
    ]
    insert_rows(db, "INSERT INTO entry_signals (rowid, terms) VALUES (?, ?)", rows)


def _word(
    filing: Filing, tags: str, places: Mapping[int, str], speakers: Mapping[int, str]
) -> Wording:
    is_sought = filing.attribution != _NARRATED  # nobody looks for the narrator of a text
    spoken = speakers[filing.actor_id] if filing.actor_id is not None and is_sought else ""
    return Wording(
        " ".join([filing.text, filing.quote, filing.label, *[at.detail for at in filing.places]]),
        " ".join(filing.translations.values()),
        [places[at.place_id] for at in filing.places],
        spoken,
        filing.type,
        tags,
    )


def clear_signals(db: sqlite3.Connection, rowid: int) -> None:
    """Take the terms of an entry away."""
    db.execute("DELETE FROM entry_signals WHERE rowid = ?", (rowid,))
