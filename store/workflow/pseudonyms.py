"""Under which ids somebody is kept: their own, and the pseudonym of one who was forgotten."""

import hashlib
import hmac
import os
import sqlite3

from store.model.revision import Person

_KEYED_BY = "people"


def ids_of(db: sqlite3.Connection, who: Person) -> list[str]:
    """Return the ids under which somebody may be kept: their own, and their pseudonym."""
    row = db.execute(
        "SELECT name FROM pseudonyms WHERE mark = ?", (hash_person(db, who),)
    ).fetchone()
    return [who.id, row[0]] if row else [who.id]


def is_barred(db: sqlite3.Connection, who: Person) -> bool:
    """Tell whether somebody may no longer submit."""
    return any(
        db.execute(
            "SELECT 1 FROM barred WHERE platform = ? AND person = ?", (who.platform, name)
        ).fetchone()
        for name in ids_of(db, who)
    )


def remember_secret(db: sqlite3.Connection) -> None:
    db.execute("INSERT OR IGNORE INTO state VALUES (?, ?)", (_KEYED_BY, os.urandom(32).hex()))


def hash_person(db: sqlite3.Connection, who: Person) -> str:
    """Return the keyed hash of somebody's id, by which alone one who was forgotten is known."""
    row = db.execute("SELECT value FROM state WHERE key = ?", (_KEYED_BY,)).fetchone()
    secret = bytes.fromhex(row[0]) if row else b""
    return hmac.new(secret, f"{who.platform}:{who.id}".encode(), hashlib.sha256).hexdigest()
