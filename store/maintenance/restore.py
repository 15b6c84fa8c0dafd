"""Puts a copy in a store's place: checked first, the old one kept beside, never while in use."""

import fcntl
import gzip
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from store.db.explain import refuse_special
from store.db.migrate import readable_version
from store.db.packing import teach
from store.maintenance.backup import settle_folder
from store.maintenance.raw_connection import check_integrity, open_bare
from store.maintenance.record_dump import read_heading, read_record
from store.model.refusals import HasContent, NoStore, NotAStore, StoreBusy
from store.record.revisions import first_broken, head

_PACKED, _SQLITE = b"\x1f\x8b", b"SQLite"
_BESIDE = ("", "-wal", "-shm")


class RestoreResult(Struct, frozen=True):
    """The last revision of what stands there now, and where the old store is, if there was one."""

    head: tuple[int, str]
    kept: Path | None


def restore(file: Path, store: Path, at: datetime, *, replace: bool) -> RestoreResult:
    """Put a copy or a record in the place of a store.

    NotAStore or NewerStore where it is not sound, StoreBusy while a process writes to the store,
    HasContent where something is on record there and `replace` does not allow it. A link is
    followed: what it leads to is replaced, on the same disk.
    """
    if not file.is_file():
        raise NoStore(f"There is no file {file}.")
    _require_copy(file)
    refuse_special(store)
    if store.is_symlink():
        store = store.resolve()
    store.parent.mkdir(parents=True, exist_ok=True)
    with hold_lock(store):
        if not replace and (there := count_revisions(store)):
            raise HasContent(describe_content(store, there))
        candidate = store.with_name(f"{store.name}.restoring")
        _clear(candidate)
        try:
            _make(file, candidate)
            last = _check(candidate)
            kept = _swap(store, candidate, at)
        finally:
            _clear(candidate)
    return RestoreResult(last, kept)


def _require_copy(file: Path) -> None:
    """Refuse what begins like no copy and no record, before anything is made beside the store."""
    if _is_store(file):
        return
    with _open_record(file) as lines:
        read_heading(lines)


def _make(file: Path, candidate: Path) -> None:
    if _is_store(file):
        with closing(open_bare(file)) as db:
            check_integrity(db, file, quick=False)
            readable_version(db, file)
            db.execute("VACUUM INTO ?", (str(candidate),))
        return
    with (
        closing(sqlite3.connect(candidate, isolation_level=None)) as db,
        _open_record(file) as lines,
    ):
        read_record(db, lines)


def _is_store(file: Path) -> bool:
    return _read_start(file) == _SQLITE


def _read_start(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(len(_SQLITE))


@contextmanager
def _open_record(file: Path) -> Iterator[Iterator[str]]:
    """Open a record, packed or not, for its lines; NotAStore where they are no text."""
    text = gzip.open if _read_start(file).startswith(_PACKED) else open
    try:
        with text(file, "rt", encoding="utf-8", newline="\n") as lines:
            yield lines
    except (UnicodeDecodeError, gzip.BadGzipFile, EOFError) as error:
        raise NotAStore(f"{file} cannot be read: {error}.") from None


def _check(candidate: Path) -> tuple[int, str]:
    """Return the last revision of a sound store; NotAStore says what is wrong with it."""
    with closing(sqlite3.connect(candidate, isolation_level=None)) as db:
        teach(db)
        if not readable_version(db, candidate):
            raise NotAStore("The file is no store of Sitrep: it has no schema.")
        check_integrity(db, candidate, quick=True)
        if broken := db.execute("PRAGMA foreign_key_check").fetchall():
            raise NotAStore(f"The file is broken: {len(broken)} rows refer to what is not there.")
        if (seq := first_broken(db)) is not None:
            raise NotAStore(f"The chain is broken: revision {seq} does not follow.")
        db.execute("PRAGMA journal_mode = WAL")
        return head(db)


def _swap(store: Path, candidate: Path, at: datetime) -> Path | None:
    """Put what was made in the store's place; return where the old one is now."""
    kept = store.with_name(f"{store.name}.replaced-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    there = store.exists()
    if there:
        for end in _BESIDE:
            part = store.with_name(f"{store.name}{end}")
            if part.exists():
                part.rename(kept.with_name(f"{kept.name}{end}"))
    candidate.rename(store)
    settle_folder(store.parent)
    return kept if there else None


def count_revisions(store: Path) -> int:
    """Return how many revisions a store has; 0 where there is none, 1 where it cannot be read."""
    if not store.exists() or store.stat().st_size == 0:
        return 0
    try:
        with closing(open_bare(store)) as db:
            return int(db.execute("SELECT count(*) FROM revisions").fetchone()[0])
    except (sqlite3.DatabaseError, NotAStore):
        return 1


def describe_content(store: Path, revisions: int) -> str:
    """Return what stands where a copy is to go, as a sentence."""
    if revisions > 1:
        return f"{store} has {revisions:,} revisions."
    return f"There is something at {store} already."


def _clear(candidate: Path) -> None:
    for end in (*_BESIDE, "-journal"):
        candidate.with_name(f"{candidate.name}{end}").unlink(missing_ok=True)


@contextmanager
def hold_lock(store: Path) -> Iterator[None]:
    lock = os.open(f"{store}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise StoreBusy(f"Another process is writing to {store}; stop it first.") from None
    finally:
        os.close(lock)
