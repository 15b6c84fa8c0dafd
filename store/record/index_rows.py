"""The rows around an entry, by which it is found: its places, its sources, its words.

They repeat some of the entry's own columns, so that each list is one range of one index.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from store.db.insert_rows import insert_rows
from store.likeness.entry_vectors import clear_vector
from store.likeness.index import clear_signals, write_signals
from store.model.entry import PlaceRole, order_number
from store.model.filing import Filing
from store.model.text import ENCIRCLEMENT, fold
from store.record.entry_names import EntryNames, read_names
from store.record.entry_words import add_words


class EntryFlags(Struct, frozen=True):
    """Whether an entry counts, and what the last check of it came to ("": none)."""

    live: bool = True
    verdict: str | None = None


LIVE = EntryFlags()
"""How an entry stands that was just filed."""


_BESIDE = frozenset({PlaceRole.NEAR, PlaceRole.TOWARD})
_INSERT_PLACE = f"INSERT INTO entry_places VALUES ({', '.join('?' * 13)})"
_INSERT_SOURCE = f"INSERT INTO entry_sources VALUES ({', '.join('?' * 7)})"
_INSERT_LIVE, _INSERT_RETRACTED = (
    f"INSERT INTO {table} (rowid, words, tags) VALUES (?, ?, ?)"
    for table in ("entry_text", "retracted_text")
)

Numbered = tuple[int, Filing]
"""An entry's number and content."""


def standing(db: sqlite3.Connection, entry_id: int) -> EntryFlags:
    """Return how an entry stands now."""
    live, verdict = db.execute(
        "SELECT retracted_at IS NULL, verdict FROM entries WHERE id = ?", (entry_id,)
    ).fetchone()
    return EntryFlags(bool(live), verdict)


def surround(
    db: sqlite3.Connection, entries: Sequence[Numbered], stands: EntryFlags = LIVE
) -> None:
    """Write the rows around entries, table by table.

    Full text gets them in the order of its rows: in any other it writes out at every row what it
    has so far.
    """
    names = read_names(db, [filing for _, filing in entries])
    places = [row for entry in entries for row in _place_rows(*entry, stands)]
    insert_rows(db, _INSERT_PLACE, places)
    touched = [(at.place_id, number) for number, filing in entries for at in filing.places]
    insert_rows(db, "INSERT OR IGNORE INTO touched VALUES (?, ?)", touched)
    sources = [row for entry in entries for row in _source_rows(*entry, stands)]
    insert_rows(db, _INSERT_SOURCE, sources)
    words = _list_words_of(entries, names)
    texts = sorted(
        (order_number(filing.day) << 32 | number, text, tags(filing), filing)
        for (number, filing), text in zip(entries, words, strict=True)
    )
    insert = _INSERT_LIVE if stands.live else _INSERT_RETRACTED
    insert_rows(db, insert, [text[:3] for text in texts])
    add_words(db, words)
    tagged = [(row, filing, marks) for row, _, marks, filing in texts]
    write_signals(db, tagged, names.places, names.every_name)


def _place_rows(number: int, filing: Filing, stands: EntryFlags) -> list[tuple[Any, ...]]:
    # Bare texts and numbers, here and below: of any other value sqlite3 looks first whether it is
    # to be written in another way, which takes as long as to write two.
    kind = str(filing.kind)
    alike = (
        order_number(filing.day),
        filing.actor_id,
        int(filing.speaks_of_control),
        int(filing.encirclement is not None),
        int(stands.live),
    )
    return [
        (
            number,
            at.place_id,
            position,
            str(at.role),
            str(at.precision),
            at.detail,
            kind,
            int(at.role in _BESIDE),
            *alike,
        )
        for position, at in enumerate(filing.places)
    ]


def _source_rows(number: int, filing: Filing, stands: EntryFlags) -> list[tuple[Any, ...]]:
    return [
        (
            number,
            cited.source_id,
            position,
            str(cited.stance),
            int(cited.relayed),
            stands.verdict,
            int(stands.live),
        )
        for position, cited in enumerate(filing.sources)
    ]


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
    tagged = [f"p{at.place_id}" for at in filing.places]
    if filing.actor_id:
        tagged.insert(0, f"a{filing.actor_id}")
    kind = filing.kind
    marks = [ENCIRCLEMENT] if filing.encirclement is not None else []
    return " ".join([f"k{kind}", *tagged, *[f"{tag}{kind}" for tag in tagged], *marks])


def _list_words_of(entries: Sequence[Numbered], names: EntryNames) -> list[str]:
    """Return the words of each for the full text: its own, and the names of what it is about."""
    spoken = {actor_id: fold(name) for actor_id, name in names.speakers.items()}
    there = {place_id: fold(name) for place_id, name in names.places.items()}
    return [
        " ".join(
            filter(
                None,
                (
                    fold(" ".join(filing.words)),
                    spoken[filing.actor_id] if filing.actor_id is not None else "",
                    *[there[at.place_id] for at in filing.places],
                ),
            )
        )
        for _, filing in entries
    ]
