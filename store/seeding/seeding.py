"""One thing of the seeds at a time: filed, corrected, or left as a person left it."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from datetime import datetime

from store.model.canonical_json import Json, canonical, hash_of
from store.model.revision import Act, Change, Person
from store.record.revisions import record

_SEEDER = Person("seeds", "seeds", "Seeds")
_WHY = "Loaded from the seeds that ship with Sitrep."


class Seeding:
    """One loading, inside one transaction."""

    def __init__(self, db: sqlite3.Connection, at: datetime) -> None:
        self.db, self.at = db, at
        self.counts: Counter[str] = Counter()

    def put(
        self, name: str, content: Json, known: str | None, change: Callable[[], Change]
    ) -> None:
        """Make `change` when the seeds have another `content` for `name` than they had last.

        `known` is the target it has on record already, if it has one; where a person has changed
        that, it stays as it is. So does what was redacted: its hash is empty.
        """
        mark = hash_of(canonical(content))[:16]
        last, times = self._last(name)
        if last == mark:
            self.counts["unchanged"] += 1
        elif (times and not last) or (known and self._touched(known)):
            self.counts["kept"] += 1
        else:
            key = f"seed:{name}:{times + 1}"
            record(self.db, Act(key, "seed", _SEEDER, self.at, _WHY), lambda _: change())
            self.db.execute(
                "INSERT OR REPLACE INTO seeded VALUES (?, ?, ?)", (name, times + 1, mark)
            )
            self.counts["changed" if known or times else "new"] += 1

    def _last(self, name: str) -> tuple[str, int]:
        """Return the hash of what the seeds gave a thing last, and how often they gave it any."""
        row = self.db.execute("SELECT digest, times FROM seeded WHERE name = ?", (name,)).fetchone()
        return row or ("", 0)

    def gave(self, name: str) -> bool:
        """Tell whether the seeds ever gave a thing of that name."""
        return bool(self._last(name)[1])

    def _touched(self, target: str) -> bool:
        """Tell whether anybody but the seeds has ever changed a thing."""
        return bool(
            read_value(
                self.db,
                "SELECT 1 FROM revisions WHERE target = ? AND platform <> ? LIMIT 1",
                target,
                _SEEDER.platform,
            )
        )


def read_value(db: sqlite3.Connection, sql: str, *values: str | int) -> str | None:
    row = db.execute(sql, values).fetchone()
    return str(row[0]) if row else None
