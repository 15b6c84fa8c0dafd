"""Who is told when something about a place is filed, corrected or contradicted.

News is gathered for some minutes, so that ten filings are one message. As with summaries, a stretch
of the record is claimed before it is told and settled after.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct

from store.db.as_list import as_list
from store.db.part import Part, query, update
from store.model.ref import ENTRY, PlaceRef, Ref
from store.model.refusals import Already, State
from store.model.revision import Change
from store.places.areas import expand_place
from store.record.entry_rows import moment
from store.record.revisions import head, on_record, stamp
from store.workflow.digest_rows import moment_or_none

Row = tuple[Any, ...]

MOST_A_PERSON = 10


class Watcher(Struct, frozen=True):
    """A person of a platform, or one of its rooms if `person` is empty."""

    platform: str
    room: str
    person: str = ""


class Watch(Struct, frozen=True):
    """A place that is watched, and up to where its watcher was told.

    `around` is whether its direction is: what is on record around it.
    `tried_at` is when what was claimed was sent last, if nobody knows whether it went out.
    """

    id: int
    watcher: Watcher
    place_id: int
    place: str
    told: int
    claimed: int | None
    tried_at: datetime | None
    tries: int
    around: bool = False

    @property
    def ref(self) -> str:
        """What is watched, as it is asked for again."""
        return str(PlaceRef(self.place_id, self.around))

    @property
    def key(self) -> str:
        """What the message of the claimed stretch carries, by which it is known again."""
        return f"W-{self.id}-{self.told}-{self.claimed}"


_WATCH = (
    "w.id, w.platform, w.room, w.person, w.place_id, p.name, w.told, w.claimed, w.tried_at,"
    " w.tries, w.around"
)
_FROM = f"SELECT {_WATCH} FROM watches w CROSS JOIN places p ON p.id = w.place_id"


def _add(
    db: sqlite3.Connection, watcher: Watcher, place_id: int, *, around: bool = False
) -> Change:
    """Watch a place, or `around` it its direction; Already if it is watched, or too many are."""
    watches, ref = _of(db, watcher), str(PlaceRef(place_id, around))
    if any(watch.ref == ref for watch in watches):
        raise Already(ref, State.SAME)
    if watcher.person and len(watches) >= MOST_A_PERSON:
        raise Already(ref, State.FULL)
    db.execute(
        "INSERT INTO watches (platform, room, person, place_id, around, told)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (watcher.platform, watcher.room, watcher.person, place_id, around, head(db)[0]),
    )
    return Change(_target(watcher), None, {"watch": ref})


def _remove(
    db: sqlite3.Connection, watcher: Watcher, place_id: int, *, around: bool = False
) -> Change:
    """Watch a place, or `around` it its direction, no more."""
    ref = str(PlaceRef(place_id, around))
    gone = db.execute(
        "DELETE FROM watches WHERE platform = ? AND room = ? AND person = ? AND place_id = ?"
        " AND around = ?",
        (watcher.platform, watcher.room, watcher.person, place_id, around),
    )
    if not gone.rowcount:
        raise Already(ref, State.SAME)
    return Change(_target(watcher), {"watch": ref}, {"watch": None})


def _target(watcher: Watcher) -> str:
    """Return the room, or the platform for a person, who is named beside the chain alone."""
    return f"room:{watcher.platform}:{watcher.room}" if not watcher.person else "people"


def _of(db: sqlite3.Connection, watcher: Watcher) -> tuple[Watch, ...]:
    """Return what somebody watches."""
    rows = db.execute(
        f"{_FROM} WHERE w.platform = ? AND w.room = ? AND w.person = ?",
        (watcher.platform, watcher.room, watcher.person),
    )
    return tuple(_watch(row) for row in sorted(rows))


def _of_rooms(db: sqlite3.Connection, platform: str, rooms: Iterable[str]) -> tuple[Watch, ...]:
    """Return what several rooms are told of."""
    rows = db.execute(
        f"SELECT {_WATCH} FROM json_each(?) wanted CROSS JOIN watches w"
        " ON w.platform = ? AND w.room = wanted.value AND w.person = ''"
        " CROSS JOIN places p ON p.id = w.place_id",
        (as_list(list(rooms)), platform),
    )
    return tuple(_watch(row) for row in sorted(rows))


def _get(db: sqlite3.Connection, watch_id: int) -> Watch | None:
    """Return a watch by number."""
    row = db.execute(f"{_FROM} WHERE w.id = ?", (watch_id,)).fetchone()
    return None if row is None else _watch(row)


def _claim(db: sqlite3.Connection, ripe: datetime, at: datetime) -> tuple[Watch, ...]:
    """Claim the news of every watch whose first was written before `ripe`; return all claimed.

    Those claimed earlier and not settled since are among them, unless they were put off.
    """
    last, _ = head(db)
    waiting = db.execute(
        "SELECT id, place_id, around, told FROM watches INDEXED BY watches_waiting"
        " WHERE claimed IS NULL AND told < ?",
        (last,),
    ).fetchall()
    written = _revisions_by_entry(db, min((told for *_, told in waiting), default=last))
    wanted = {PlaceRef(place_id, bool(around)) for _, place_id, around, _ in waiting}
    about = {place: _about(db, place, written) for place in wanted}
    for number, place_id, around, told in waiting:
        news = [
            revision
            for entry in about[PlaceRef(place_id, bool(around))]
            for revision in written[entry]
            if revision[0] > told
        ]
        if not news:
            db.execute("UPDATE watches SET told = ? WHERE id = ?", (last, number))
        elif min(news)[1] <= stamp(ripe):
            db.execute("UPDATE watches SET claimed = ?, tries = 0 WHERE id = ?", (last, number))
    rows = db.execute(
        f"SELECT {_WATCH} FROM watches w INDEXED BY watches_claimed"
        " CROSS JOIN places p ON p.id = w.place_id"
        " WHERE w.claimed IS NOT NULL AND w.again_at <= ? ORDER BY w.again_at",
        (moment(at),),
    )
    return tuple(_watch(row) for row in rows)


def _revisions_by_entry(db: sqlite3.Connection, after: int) -> dict[int, list[tuple[int, str]]]:
    """Return the revisions after one, each with its moment, by entry; of a link by both its ends.

    All watches share it, so that a long import is read once and not for each of them.
    """
    rows = db.execute(
        "SELECT r.seq, r.at, r.target, b.linked"
        " FROM revisions r NOT INDEXED CROSS JOIN revision_bodies b ON b.seq = r.seq"
        " WHERE r.seq > ?",
        (after,),
    )
    revisions: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for seq, at, target, other in rows:
        for end in (target, other or ""):
            ref = Ref.match(end)
            if ref is not None and ref.kind is ENTRY:
                revisions[ref.number].append((seq, at))
    return revisions


def _about(db: sqlite3.Connection, place: PlaceRef, entries: Collection[int]) -> list[int]:
    """Return those of the entries that are or were about a place, or about one that lies in it."""
    places = expand_place(db, place.number, around=place.around)
    rows = db.execute(
        "SELECT t.entry_id FROM json_each(?) entry CROSS JOIN json_each(?) place"
        " CROSS JOIN touched t ON t.place_id = place.value AND t.entry_id = entry.value",
        (as_list(list(entries)), as_list(places)),
    )
    return list({number for (number,) in rows})


def _begin(db: sqlite3.Connection, watch: Watch, at: datetime) -> bool:
    """Note that what was claimed is being sent; False if it is no longer to be."""
    updated = db.execute(
        "UPDATE watches SET tried_at = ? WHERE id = ? AND claimed = ?",
        (moment(at), watch.id, watch.claimed),
    )
    return updated.rowcount == 1


def _settle(db: sqlite3.Connection, watch: Watch) -> None:
    """Note that what was claimed is told."""
    db.execute(
        "UPDATE watches SET told = claimed, claimed = NULL, tried_at = '', again_at = '', tries = 0"
        " WHERE id = ? AND claimed = ?",
        (watch.id, watch.claimed),
    )


def _put_off(
    db: sqlite3.Connection, watch: Watch, until: datetime, *, absent: bool = False
) -> None:
    """Try what was claimed again, not before a moment; `absent`: it surely did not go out."""
    db.execute(
        "UPDATE watches SET again_at = ?, tries = tries + 1,"
        " tried_at = CASE WHEN ? THEN '' ELSE tried_at END WHERE id = ? AND claimed = ?",
        (moment(until), absent, watch.id, watch.claimed),
    )


def _end(db: sqlite3.Connection, watcher: Watcher) -> Change:
    """End all the watches of somebody who cannot be told."""
    places = [watch.ref for watch in _of(db, watcher)]
    db.execute(
        "DELETE FROM watches WHERE platform = ? AND room = ? AND person = ?",
        (watcher.platform, watcher.room, watcher.person),
    )
    return Change(_target(watcher), {"watches": places}, {"watches": None})


def _watch(row: Row) -> Watch:
    number, platform, room, person, place_id, place, told, claimed, tried, tries, around = row
    watcher, moment_tried = Watcher(platform, room, person), moment_or_none(tried)
    return Watch(number, watcher, place_id, place, told, claimed, moment_tried, tries, bool(around))


class Watches(Part):
    """The places that are watched."""

    add = on_record(_add)
    remove = on_record(_remove)
    end = on_record(_end)
    of = query(_of)
    of_rooms = query(_of_rooms)
    get = query(_get)
    claim = update(_claim)
    begin = update(_begin)
    settle = update(_settle)
    put_off = update(_put_off)
