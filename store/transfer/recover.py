"""Finishes what an earlier process began: a batch is whole or absent once the store is open."""

import sqlite3
from functools import partial

from msgspec import MsgspecError

from store.db.database import lightly, transaction
from store.model.refusals import Refusal
from store.transfer import batches
from store.transfer.steps import conclude, step
from store.transfer.undo_import import conclude_undo, undo_step

CANNOT_BE = (sqlite3.IntegrityError, MsgspecError, Refusal, LookupError, TypeError, ValueError)
"""How a row shows that it cannot be filed after all. A full disk is none: that passes."""


def finish(db: sqlite3.Connection) -> None:
    """File the rest of each batch that was decided on; drop those that were still being read."""
    unfinished = db.execute(
        "SELECT id, state FROM batches WHERE state IN ('staging', 'filing', 'undoing') ORDER BY id"
    ).fetchall()
    for number, state in unfinished:
        if state == "staging":
            transaction(db, partial(batches.drop, db, number))
        else:
            _finish(db, number, state)


def _finish(db: sqlite3.Connection, number: int, state: str) -> None:
    try:
        while state == "filing" and lightly(db, partial(step, db, number)):
            pass
        if state == "filing":
            transaction(db, partial(conclude, db, number))
    except CANNOT_BE as error:
        transaction(db, partial(give_up, db, number, error))
        state = "undoing"
    if state == "undoing":
        after = ""
        while after := lightly(db, partial(undo_step, db, number, after)):
            pass
        transaction(db, partial(conclude_undo, db, number))


def give_up(db: sqlite3.Connection, number: int, error: Exception) -> None:
    """Turn a batch of which a row cannot be filed into one that is taken back."""
    why = f"It could not be filed whole: {error}."
    db.execute("UPDATE batches SET state = 'undoing', why = ? WHERE id = ?", (why, number))
