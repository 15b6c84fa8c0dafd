"""The numbers of the places that no gazetteer has."""

import sqlite3

OWN_PLACES = 1_000_000_000
"""Places that no gazetteer has are numbered from here on."""


def next_own_number(db: sqlite3.Connection) -> int:
    """Return the number of the next such place."""
    (highest,) = db.execute("SELECT max(id) FROM places").fetchone()
    return max(highest or 0, OWN_PLACES) + 1
