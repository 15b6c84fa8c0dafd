"""A look at a store: is it whole, does the chain hold, do entries say what their revisions say."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from store.db.migrate import latest, readable_version
from store.db.write_ahead_log import is_shipped
from store.maintenance.checks import compare_full_text, compare_revisions, find_misplaced
from store.maintenance.raw_connection import check_integrity, open_bare
from store.model.ref import BATCH, Ref
from store.model.refusals import StoreError
from store.record.revisions import first_broken, head

_SAFE_SQLITE = (3, 51, 3)
_FEWEST_DIGITS = 12
_ROOM = 100_000_000  # bytes
_AHEAD_S = 60
_SHOWN = 5


class Level(StrEnum):
    """How a thing stands."""

    OK = "ok"
    WARN = "warn"
    FAIL = "FAIL"


class Finding(Struct, frozen=True):
    """One thing that was looked at."""

    level: Level
    what: str
    detail: str


Check = Callable[[sqlite3.Connection], Finding]


def examine(store: Path, now: datetime, expect: str = "") -> Iterator[Finding]:
    """Yield what is found, one by one; nothing is changed.

    `expect` is a hash, or the start of one, that was noted elsewhere as the last.
    """
    try:
        db = open_bare(store)
    except StoreError as error:
        yield _sqlite(is_shipped=False)
        yield Finding(Level.FAIL, "file", str(error))
        return
    with closing(db):
        yield _sqlite(is_shipped=_is_shipped(db))
        db.execute("BEGIN")
        checks: list[Check] = [lambda db: _whole(db, store), lambda db: _schema(db, store)]
        for check in checks:
            finding = check(db)
            yield finding
            if finding.level is Level.FAIL:
                return
        checks = [
            _references,
            lambda db: _chain(db, expect),
            _entries,
            _words,
            _places,
            _batches,
            lambda db: _clock(db, now),
        ]
        for check in checks:
            yield check(db)
    yield _room(store)


def _is_shipped(db: sqlite3.Connection) -> bool:
    """Tell whether Litestream works on the file; False too where it cannot be read."""
    try:
        return is_shipped(db)
    except sqlite3.DatabaseError:
        return False


def _sqlite(*, is_shipped: bool) -> Finding:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < _SAFE_SQLITE:
        why = (
            "older than 3.51.3, which mends a fault of its log that takes two connections writing"
            " at once; Sitrep writes through one"
        )
        second = ", and what ships the store is a second" if is_shipped else ""
        return Finding(Level.WARN, "SQLite", f"{version}, {why}{second}")
    return Finding(Level.OK, "SQLite", version)


def _schema(db: sqlite3.Connection, store: Path) -> Finding:
    try:
        schema = readable_version(db, store)
    except StoreError as error:
        return Finding(Level.FAIL, "schema", str(error))
    if schema == latest():
        return Finding(Level.OK, "schema", f"{schema}")
    if not schema:
        return Finding(Level.FAIL, "schema", "none: this is not a Sitrep store")
    older = f"{schema}, older than {latest()}: the next write brings it up to date"
    return Finding(Level.FAIL, "schema", f"{older}; look again then")


def _whole(db: sqlite3.Connection, store: Path) -> Finding:
    try:
        check_integrity(db, store, quick=False)
    except StoreError as error:
        return Finding(Level.FAIL, "integrity", str(error))
    return Finding(Level.OK, "integrity", "SQLite finds the file whole")


def _references(db: sqlite3.Connection) -> Finding:
    broken = db.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        detail = f"{len(broken)} rows refer to missing rows, in {tables}"
        return Finding(Level.FAIL, "references", detail)
    return Finding(Level.OK, "references", "no row refers to a missing one")


def _chain(db: sqlite3.Connection, expect: str) -> Finding:
    if (broken := first_broken(db)) is not None:
        return Finding(
            Level.FAIL, "chain", f"revision {broken} does not follow from the one before"
        )
    seq, last = head(db)
    detail = f"{seq:,} revisions hold; the last is {last}"
    if not expect:
        return Finding(Level.OK, "chain", detail)
    wanted = expect.strip().casefold()
    row = db.execute(
        "SELECT seq FROM revisions WHERE to_hex(digest) >= ? AND to_hex(digest) < ? LIMIT 1",
        (wanted, f"{wanted}g"),
    ).fetchone()
    if row is None or len(wanted) < _FEWEST_DIGITS:
        return Finding(
            Level.FAIL, "chain", f"{detail}; none is {expect}: this is a different chain"
        )
    since = f"; revision {row[0]:,} is the one expected, {seq - row[0]:,} came since"
    return Finding(Level.OK, "chain", detail + since)


def _entries(db: sqlite3.Connection) -> Finding:
    compared, wrong = compare_revisions(db)
    if wrong:
        return Finding(Level.FAIL, "entries", f"differ from their revisions: {_some(wrong)}")
    return Finding(Level.OK, "entries", f"{compared:,} match their revisions")


def _words(db: sqlite3.Connection) -> Finding:
    wrong = compare_full_text(db)
    if wrong:
        return Finding(Level.FAIL, "full text", f"not found by their words: {_some(wrong)}")
    return Finding(Level.OK, "full text", "has the words of every entry, and no others")


def _places(db: sqlite3.Connection) -> Finding:
    suspect = find_misplaced(db)
    if suspect:
        listed = _some([f"{ref} (P-{place}, “{name}”)" for ref, place, name in suspect])
        detail = f"may be at the wrong place, since the name belongs to another; check: {listed}"
        return Finding(Level.WARN, "places", detail)
    return Finding(Level.OK, "places", "no entry is at a place whose name belongs to another")


def _some(refs: list[str]) -> str:
    more = f" and {len(refs) - _SHOWN:,} more" if len(refs) > _SHOWN else ""
    return ", ".join(refs[:_SHOWN]) + more


def _batches(db: sqlite3.Connection) -> Finding:
    waiting = db.execute(
        "SELECT id FROM batches WHERE state IN ('staging', 'filing', 'undoing') ORDER BY id"
    ).fetchall()
    if waiting:
        names = ", ".join(str(Ref(BATCH, number)) for (number,) in waiting)
        detail = f"{names} is under way, or is finished when the store is next opened for writing"
        return Finding(Level.WARN, "imports", detail)
    return Finding(Level.OK, "imports", "none is half done")


def _clock(db: sqlite3.Connection, now: datetime) -> Finding:
    row = db.execute("SELECT at FROM revisions ORDER BY seq DESC LIMIT 1").fetchone()
    if row and (ahead := (datetime.fromisoformat(row[0]) - now).total_seconds()) > _AHEAD_S:
        detail = f"the last revision is {ahead / 60:,.0f} minutes ahead of this clock"
        return Finding(Level.WARN, "clock", detail)
    return Finding(Level.OK, "clock", f"{now.isoformat(timespec='seconds')}")


def _room(store: Path) -> Finding:
    free, size = shutil.disk_usage(store.absolute().parent).free, store.stat().st_size
    detail = f"{free / 1e9:,.1f} GB free, the store has {size / 1e9:,.3f} GB"
    level = Level.OK if free > max(2 * size, _ROOM) else Level.WARN
    return Finding(level, "room", detail)
