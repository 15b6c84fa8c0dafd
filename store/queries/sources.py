"""Outlets and speakers with what each has on record."""

import re
import sqlite3

from msgspec import Struct

from store.db.part import Part, query
from store.model.address import is_address, normal_address
from store.model.entry import CAP, Actor, Source, Total, VerdictValue
from store.model.spelling import LOOKED_AT, closest
from store.model.text import fold
from store.queries import actors

_REF = re.compile(r"([AS])-([0-9]{1,9})", re.IGNORECASE | re.ASCII)
_SOURCE = "s.id, s.name, s.kind, s.url, s.published, s.reliability"


class TrackRecord(Struct, frozen=True):
    """What a source or a speaker has on record, and how checks of it came out."""

    of: Source | Actor
    entries: Total
    verdicts: tuple[tuple[VerdictValue, Total], ...]


def first_track_records(
    db: sqlite3.Connection, limit: int
) -> tuple[tuple[TrackRecord, ...], tuple[TrackRecord, ...]]:
    """Return the first sources and the first speakers, by name."""
    sources = db.execute(
        f"SELECT {_SOURCE} FROM sources s ORDER BY s.folded, s.id LIMIT ?", (limit,)
    ).fetchall()
    speakers = db.execute(f"SELECT {actors.COLUMNS} FROM actors a ORDER BY a.id LIMIT ?", (limit,))
    return (
        tuple(_of_source(db, Source(*row)) for row in sources),
        tuple(_of_actor(db, Actor(*row)) for row in speakers.fetchall()),
    )


def _track_records_of(db: sqlite3.Connection, text: str) -> tuple[TrackRecord, ...]:
    """Return the sources and speakers whose name starts with `text`, or of that reference."""
    if ref := _REF.fullmatch(text.strip()):
        return _of_ref(db, ref[1].upper(), int(ref[2]))
    if is_address(text.strip()):
        source = _at(db, text.strip())
        return (_of_source(db, source),) if source else ()
    sources = [_of_source(db, source) for source in _like(db, text, 5)]
    return (*sources, *(_of_actor(db, actor) for actor in actors.like(db, text, 5)))


def _of_ref(db: sqlite3.Connection, letter: str, number: int) -> tuple[TrackRecord, ...]:
    if letter == "S":
        source = _get(db, number)
        return (_of_source(db, source),) if source else ()
    actor = actors.get(db, number)
    return (_of_actor(db, actor),) if actor else ()


def _like(db: sqlite3.Connection, text: str, limit: int) -> tuple[Source, ...]:
    """Return the sources whose name starts with `text`."""
    wanted = fold(text)[:60]
    rows = db.execute(
        f"SELECT {_SOURCE} FROM sources s WHERE s.folded >= ? AND s.folded < ?"
        " ORDER BY s.folded, s.id LIMIT ?",
        (wanted, wanted + "\U0010ffff", limit),
    )
    return tuple(Source(*row) for row in rows)


def _get(db: sqlite3.Connection, source_id: int) -> Source | None:
    """Return a source by number."""
    row = db.execute(f"SELECT {_SOURCE} FROM sources s WHERE s.id = ?", (source_id,)).fetchone()
    return None if row is None else Source(*row)


def _at(db: sqlite3.Connection, url: str) -> Source | None:
    """Return the source that has exactly this address."""
    row = db.execute(
        f"SELECT {_SOURCE} FROM sources s WHERE s.address = ? AND s.address <> ''"
        " ORDER BY s.id LIMIT 1",
        (normal_address(url),),
    ).fetchone()
    return None if row is None else Source(*row)


def _near(db: sqlite3.Connection, text: str, limit: int) -> tuple[Source, ...]:
    """Return the sources whose name is spelt much like `text`, best first."""
    names = db.execute("SELECT id, folded FROM sources LIMIT ?", (LOOKED_AT,))
    sources = (_get(db, number) for number in closest(text, names, limit))
    return tuple(source for source in sources if source is not None)


def _of_source(db: sqlite3.Connection, source: Source) -> TrackRecord:
    where = "entry_sources WHERE source_id = ? AND live = 1"
    return TrackRecord(source, *_tally(db, where, source.id))


def _of_actor(db: sqlite3.Connection, actor: Actor) -> TrackRecord:
    where = (
        "entries WHERE actor_id = ? AND retracted_at IS NULL AND kind IN ('claim', 'assessment')"
    )
    return TrackRecord(actor, *_tally(db, where, actor.id))


def _tally(
    db: sqlite3.Connection, where: str, number: int
) -> tuple[Total, tuple[tuple[VerdictValue, Total], ...]]:
    (ever,) = db.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM {where} LIMIT {CAP + 1})", (number,)
    ).fetchone()
    verdicts = db.execute(
        f"SELECT verdict, count(*) FROM (SELECT verdict FROM {where} AND verdict IS NOT NULL"
        f" LIMIT {CAP + 1}) GROUP BY verdict ORDER BY verdict",
        (number,),
    )
    counted = tuple((VerdictValue(value), _total(number)) for value, number in verdicts)
    return _total(ever), counted


def _total(number: int) -> Total:
    return Total(min(number, CAP), capped=number > CAP)


class Sources(Part):
    """Where entries were read, and who is in them."""

    track_records = query(first_track_records)
    track_records_of = query(_track_records_of)
    like = query(_like)
    get = query(_get)
    at = query(_at)
    near = query(_near)
