"""The normal form of the address of each source, which SQL cannot make."""

import sqlite3
from functools import partial

from store.db.database import transaction
from store.model.address import normal_address

_AT_ONCE = 10_000
_FILL = "UPDATE sources SET address = ? WHERE id = ?"


def fill_addresses(db: sqlite3.Connection) -> None:
    """Give each source its address in its normal form, where it lacks one, in parts."""
    while rows := _list_lacking(db):
        forms = [(normal_address(url) or url, number) for number, url in rows]
        transaction(db, partial(db.executemany, _FILL, forms))


def _list_lacking(db: sqlite3.Connection) -> list[tuple[int, str]]:
    return db.execute(
        "SELECT id, url FROM sources WHERE url <> '' AND address = '' ORDER BY id LIMIT ?",
        (_AT_ONCE,),
    ).fetchall()
