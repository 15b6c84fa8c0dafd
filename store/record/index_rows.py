"""The rows around an entry, by which it is found: its places, its sources, its words.

They repeat some of the entry's own columns, so that each list is one range of one index.
"""

import sqlite3
from functools import lru_cache

from msgspec import Struct

from store.db.database import RowWriter
from store.likeness.entry_vectors import clear_vector
from store.likeness.index import clear_signals, write_signals
from store.model.entry import Kind, PlaceRole, order_number
from store.model.filing import Filing
from store.model.text import ENCIRCLEMENT, fold
from store.record.entry_words import add_words


class EntryFlags(Struct, frozen=True):
    """Whether an entry counts, and what the last check of it came to ("": none)."""

    live: bool = True
    verdict: str | None = None


LIVE = EntryFlags()
"""How an entry stands that was just filed."""


_BESIDE = frozenset({PlaceRole.NEAR, PlaceRole.TOWARD})
_INSERT_LIVE, _INSERT_RETRACTED = (
    f"INSERT INTO {table} (rowid, words, tags) VALUES (?, ?, ?)"
    for table in ("entry_text", "retracted_text")
)


def standing(db: sqlite3.Connection, entry_id: int) -> EntryFlags:
    """Return how an entry stands now."""
    live, verdict = db.execute(
        "SELECT retracted_at IS NULL, verdict FROM entries WHERE id = ?", (entry_id,)
    ).fetchone()
    return EntryFlags(bool(live), verdict)


def surround(db: RowWriter, entry_id: int, filing: Filing, stands: EntryFlags = LIVE) -> None:
    """Write the rows around an entry."""
    latest, speaks = order_number(filing.day), filing.speaks_of_control
    db.executemany(
        "INSERT INTO entry_places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                entry_id,
                at.place_id,
                position,
                at.role,
                at.precision,
                at.detail,
                filing.kind,
                at.role in _BESIDE,
                latest,
                filing.actor_id,
                speaks,
                filing.encirclement is not None,
                stands.live,
            )
            for position, at in enumerate(filing.places)
        ],
    )
    db.executemany(
        "INSERT OR IGNORE INTO touched VALUES (?, ?)",
        [(at.place_id, entry_id) for at in filing.places],
    )
    db.executemany(
        "INSERT INTO entry_sources VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                entry_id,
                cited.source_id,
                position,
                cited.stance,
                cited.relayed,
                stands.verdict,
                stands.live,
            )
            for position, cited in enumerate(filing.sources)
        ],
    )
    row, marks, words = latest << 32 | entry_id, tags(filing), _words(db, filing)
    insert = _INSERT_LIVE if stands.live else _INSERT_RETRACTED
    db.execute(insert, (row, words, marks))
    add_words(db, words)
    write_signals(db, row, filing, marks)


def clear(db: sqlite3.Connection, entry_id: int) -> EntryFlags:
    """Take away the rows around an entry, before they are written anew; return how it stands."""
    stands = standing(db, entry_id)
    row = _text_row(db, entry_id)
    db.execute(f"DELETE FROM {_text(stands)} WHERE rowid = ?", (row,))
    clear_signals(db, row)
    clear_vector(db, entry_id)
    db.execute("DELETE FROM entry_places WHERE entry_id = ?", (entry_id,))
    db.execute("DELETE FROM entry_sources WHERE entry_id = ?", (entry_id,))
    return stands


def count_in(db: sqlite3.Connection, entry_id: int, *, live: bool) -> None:
    """Let an entry count again, or no longer: in lists, in counts and among the words."""
    db.execute("UPDATE entry_places SET live = ? WHERE entry_id = ?", (live, entry_id))
    db.execute("UPDATE entry_sources SET live = ? WHERE entry_id = ?", (live, entry_id))
    to, out_of = _text(EntryFlags(live)), _text(EntryFlags(not live))
    row = _text_row(db, entry_id)
    db.execute(
        f"INSERT INTO {to} (rowid, words, tags) SELECT rowid, words, tags FROM {out_of}"
        " WHERE rowid = ?",
        (row,),
    )
    db.execute(f"DELETE FROM {out_of} WHERE rowid = ?", (row,))


def _text(stands: EntryFlags) -> str:
    return "entry_text" if stands.live else "retracted_text"


def _text_row(db: sqlite3.Connection, entry_id: int) -> int:
    (latest,) = db.execute("SELECT latest FROM entries WHERE id = ?", (entry_id,)).fetchone()
    return int(latest) << 32 | entry_id


def tags(filing: Filing) -> str:
    """Return kind, speaker and places as the words of the full text's second column.

    Speaker and places stand there alone and with the kind, so that one rare word finds both. What
    is marked with an encirclement has a word for that, though its own words may not say it.
    """
    places = tuple(at.place_id for at in filing.places)
    return _tags(filing.kind, filing.actor_id, places, filing.encirclement is not None)


@lru_cache(4096)  # of an import's rows many have the same
def _tags(kind: Kind, actor_id: int | None, places: tuple[int, ...], encircled: bool) -> str:  # noqa: FBT001 -- by position for the cache
    named = [f"a{actor_id}"] if actor_id else []
    named += [f"p{place_id}" for place_id in places]
    marks = [ENCIRCLEMENT] if encircled else []
    return " ".join([f"k{kind}", *named, *(f"{tag}{kind}" for tag in named), *marks])


def _words(db: RowWriter, filing: Filing) -> str:
    names: list[str] = []
    if filing.actor_id is not None:
        names += db.execute(
            "SELECT name, role FROM actors WHERE id = ?", (filing.actor_id,)
        ).fetchone()
    for at in filing.places:
        names += db.execute(
            "SELECT name, local_name FROM places WHERE id = ?", (at.place_id,)
        ).fetchone()
    folded = (fold(" ".join(filing.words)), *map(_fold_name, names))
    return " ".join(filter(None, folded))


_fold_name = lru_cache(4096)(fold)
"""Names of places and speakers come again in many entries."""
