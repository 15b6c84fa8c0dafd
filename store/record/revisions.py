"""Every write, with its revision: who, where, when, why, before, after.

A revision's hash follows from the one before it. The chain holds hashes of the body and of the
person, each salted; the words themselves sit beside it and may go without breaking it.
"""

import os
import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Collection, Coroutine, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Concatenate, ParamSpec

from msgspec.json import decode

from store.db.insert_rows import insert_rows
from store.db.packing import pack_encoded
from store.db.part import Part, query, take_name, update
from store.model.canonical_json import (
    Json,
    canonical,
    digest_of,
    encode_canonical,
    encode_known,
    hash_of,
)
from store.model.refusals import Frozen
from store.model.revision import Act, Change, Person, Revision

P = ParamSpec("P")
Row = tuple[Any, ...]

_WHILE_FROZEN = {"freeze", "thaw"}
_SALT = 16  # bytes


def record(
    db: sqlite3.Connection, act: Act, change: Callable[[sqlite3.Connection], Change]
) -> Revision:
    """Make `change` and append its revision, in the transaction that is under way."""
    if (first := by_key(db, act.key)) is not None:
        return first
    if act.act not in _WHILE_FROZEN:
        ensure_thawed(db)
    seq, _ = append(db, act, change(db), head(db))
    return by_seq(db, seq)


def append(
    db: sqlite3.Connection, act: Act, change: Change, head: tuple[int, str]
) -> tuple[int, str]:
    """Append the revision of what was done after `head`; return number and hash of the new."""
    return append_all(db, [(act, change)], head)


def append_all(
    db: sqlite3.Connection,
    done: Collection[tuple[Act, Change]],
    head: tuple[int, str],
    encode: Callable[[Json], bytes] = encode_canonical,
) -> tuple[int, str]:
    """Append the revisions of all that was done, in this order; return the new head.

    `encode` makes canonical JSON of a body.
    """
    before, previous = head[0], bytes.fromhex(head[1])
    salts = os.urandom(2 * _SALT * len(done))
    hexes = salts.hex().encode()
    revisions: list[Row] = []
    bodies: list[Row] = []
    people: list[Row] = []
    for seq, (act, change) in enumerate(done, start=before + 1):
        start = 2 * _SALT * len(revisions)
        middle, end = start + _SALT, start + 2 * _SALT
        body = encode({"why": act.why, "before": change.before, "after": change.after})
        person = _person_json(act.by)
        digests = (
            digest_of(hexes[2 * start : 2 * middle], body),
            digest_of(hexes[2 * middle : 2 * end], person),
            previous,
        )
        row = (seq, act.key, act.act, change.target, stamp(act.at), act.by.platform)
        previous = digest_of(encode_known([*row, *map(bytes.hex, digests)]))
        linked = change.after.get("to") if isinstance(change.after, Mapping) else None
        revisions.append((*row, *digests, previous))
        bodies.append((seq, salts[start:middle], pack_encoded(body), linked))
        people.append((seq, salts[middle:end], person.decode()))
    authors = dict.fromkeys((act.by.platform, act.by.id, act.by.name) for act, _ in done)
    insert_rows(db, _INSERT_REVISION, revisions)
    insert_rows(db, "INSERT INTO packed_bodies VALUES (?, ?, ?, ?)", bodies)
    insert_rows(db, "INSERT INTO revision_people VALUES (?, ?, ?)", people)
    db.executemany(_INSERT_AUTHOR, authors)
    return before + len(done), previous.hex()


_INSERT_REVISION = (
    "INSERT INTO revisions (seq, key, act, target, at, platform, body_digest, person_digest,"
    " previous, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_AUTHOR = (
    "INSERT INTO authors VALUES (?, ?, ?) ON CONFLICT (platform, id)"
    " DO UPDATE SET name = excluded.name WHERE name <> excluded.name"
)


@lru_cache(maxsize=16)
def _person_json(by: Person) -> bytes:
    return encode_canonical({"platform": by.platform, "id": by.id, "name": by.name})


COLUMNS = (
    "r.seq, r.key, r.act, r.target, r.at, r.platform, r.digest,"
    " json_extract(p.person, '$.name'), b.body"
)
CHAIN = (
    " FROM revisions r CROSS JOIN revision_bodies b ON b.seq = r.seq"
    " CROSS JOIN revision_people p ON p.seq = r.seq"
)
_READ = f"SELECT {COLUMNS}{CHAIN}"


@lru_cache(maxsize=16)
def stamp(at: datetime) -> str:
    """Return a moment as a revision writes it, so that two compare as text."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def first_since(db: sqlite3.Connection, since: datetime) -> int:
    """Return the number of the first revision since a moment; revisions follow the clock."""
    last, _ = head(db)
    sql = "SELECT at FROM revisions WHERE seq = ?"
    numbers = range(1, last + 1)
    return 1 + bisect_left(
        numbers, stamp(since), key=lambda seq: db.execute(sql, (seq,)).fetchone()[0]
    )


def by_key(db: sqlite3.Connection, key: str) -> Revision | None:
    """Return the revision written under `key`, if there is one."""
    row = db.execute(f"{_READ} WHERE r.key = ?", (key,)).fetchone()
    return None if row is None else revision_of(row)


def by_seq(db: sqlite3.Connection, seq: int) -> Revision:
    """Return a revision by its number."""
    return revision_of(db.execute(f"{_READ} WHERE r.seq = ?", (seq,)).fetchone())


def last_of(db: sqlite3.Connection, target: str) -> Revision | None:
    """Return the newest revision of `target`."""
    row = db.execute(
        f"{_READ} WHERE r.target = ? ORDER BY r.seq DESC LIMIT 1", (target,)
    ).fetchone()
    return None if row is None else revision_of(row)


def revisions_of(db: sqlite3.Connection, target: str) -> tuple[Revision, ...]:
    """Return the revisions of `target`, oldest first."""
    rows = db.execute(f"{_READ} WHERE r.target = ? ORDER BY r.seq", (target,))
    return tuple(revision_of(row) for row in rows)


def first_broken(db: sqlite3.Connection) -> int | None:
    """Return the first revision that does not follow from the one before, or None."""
    previous = ""
    for number, (row, body, person) in enumerate(_links(db), start=1):
        seq, body_digest, person_digest = row[0], row[6], row[7]
        follows = seq == number and row[8] == previous and chain_hash(row[:9]) == row[9]
        redacted = body == (seq, None, None)
        forgotten = person[:2] == (seq, None)
        if not (
            follows
            and (redacted or _fits(body, body_digest))
            and (forgotten or _fits(person, person_digest))
        ):
            return number
        previous = row[9]
    return None


def _links(db: sqlite3.Connection) -> Iterator[tuple[Row, Row, Row]]:
    rows = db.execute(
        "SELECT r.seq, r.key, r.act, r.target, r.at, r.platform, r.body_digest, r.person_digest,"
        " r.previous, r.digest, b.seq, b.salt, b.body, p.seq, p.salt, p.person FROM revisions r"
        " LEFT JOIN revision_bodies b USING (seq) LEFT JOIN revision_people p USING (seq)"
        " ORDER BY r.seq"
    )
    for row in map(_in_hex, rows):
        yield row[:10], row[10:13], row[13:]


def _fits(kept: Row, its_hash: str) -> bool:
    """Tell whether a body or a person is there, with the hash it should have."""
    _, salt, text = kept
    return salt is not None and text is not None and hash_of(salt, text) == its_hash


def _in_hex(row: Row) -> Row:
    """Return a row with its digests as hex; before schema 30 they were kept so."""
    return tuple([value.hex() if isinstance(value, bytes) else value for value in row])


def chain_hash(row: Row) -> str:
    """Return the hash of a revision: of its row, which holds the one before."""
    return hash_of(canonical(_in_hex(row)))


def freeze_reason(db: sqlite3.Connection) -> str:
    """Return why nothing may be written; empty where all may."""
    row = db.execute("SELECT value FROM meta WHERE key = 'frozen'").fetchone()
    return "" if row is None else str(row[0])


def ensure_thawed(db: sqlite3.Connection) -> None:
    """Let a write go on; Frozen says why it may not."""
    if why := freeze_reason(db):
        raise Frozen(why)


def head(db: sqlite3.Connection) -> tuple[int, str]:
    """Return number and hash of the last revision: (0, "") before the first."""
    row = db.execute("SELECT seq, digest FROM revisions ORDER BY seq DESC LIMIT 1").fetchone()
    return (0, "") if row is None else _in_hex(row)


def holds(db: sqlite3.Connection, head: tuple[int, str]) -> bool:
    """Tell whether a chain that ends in `head` is this one, or the beginning of it."""
    seq, its_hash = head
    row = db.execute("SELECT digest FROM revisions WHERE seq = ?", (seq,)).fetchone()
    return not seq or (row is not None and _in_hex(row) == (its_hash,))


def revision_of(row: Row) -> Revision:
    seq, key, act, target, at, platform, its_hash, name, text = row
    gone = {"why": "", "before": None, "after": None}
    body: dict[str, Any] = gone if text is None else decode(text)
    return Revision(
        seq=seq,
        key=key,
        act=act,
        target=target,
        at=datetime.fromisoformat(at),
        platform=platform,
        by=name or "",
        why=body["why"],
        before=body["before"],
        after=body["after"],
        hash=its_hash.hex(),
    )


def on_record(
    change: Callable[Concatenate[sqlite3.Connection, P], Change],
) -> Callable[Concatenate[Part, Act, P], Coroutine[Any, Any, Revision]]:
    """Return the method that takes an act, and makes `change` and its revision under it."""

    async def write(part: Part, act: Act, /, *args: P.args, **kwargs: P.kwargs) -> Revision:
        return await part.db.write(record, act, lambda db: change(db, *args, **kwargs))

    return take_name(change, write)


def act_on_record(
    change: Callable[Concatenate[sqlite3.Connection, Act, P], Change],
) -> Callable[Concatenate[Part, Act, P], Coroutine[Any, Any, Revision]]:
    """Return such a method for a `change` that asks the act itself: who, when or why."""

    async def write(part: Part, act: Act, /, *args: P.args, **kwargs: P.kwargs) -> Revision:
        return await part.db.write(record, act, lambda db: change(db, act, *args, **kwargs))

    return take_name(change, write)


class History(Part):
    """The only way to change the record."""

    write = update(record)
    of = query(revisions_of)
    head = query(head)
    freeze_reason = query(freeze_reason)
    first_broken = query(first_broken)

    async def has(self, key: str) -> bool:
        """Tell whether an act of this key is on record."""
        return await self.db.read(by_key, key) is not None
