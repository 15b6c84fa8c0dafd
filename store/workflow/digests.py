"""Daily summaries that rooms chose: which room wants one when, and about what."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from store.db.as_list import as_list
from store.db.part import Part, query
from store.model.digest import Digest, DigestSettings
from store.model.ref import DIGEST, PlaceRef, Ref
from store.model.refusals import Already, State
from store.model.revision import Act, Change
from store.record.entry_rows import moment
from store.record.revisions import act_on_record, head, on_record
from store.workflow.digest_rows import DIGEST_COLUMNS, digest_of

MOST_A_ROOM = 5
_TAKEN_UP = timedelta(days=2)
"""How long after a summary was taken back another goes on where it ended."""


def _add(
    db: sqlite3.Connection, act: Act, platform: str, room: str, settings: DigestSettings
) -> Change:
    """Let a room be told daily from now on; Already if it has the same, or too many.

    One that takes the place of another, taken back a while ago, goes on where that ended.
    """
    digests = _of(db, platform, room)
    same = next((digest for digest in digests if digest.settings == settings), None)
    if same or len(digests) >= MOST_A_ROOM:
        raise Already((same or digests[0]).ref, State.SAME if same else State.FULL)
    content = _content(settings)
    begins = _end_of_former(db, act.at, platform, room, settings)
    row = (
        platform,
        room,
        content["time"],
        settings.zone,
        json.dumps(settings.places),
        json.dumps(settings.directions),
        settings.quiet,
        settings.language,
        settings.thread,
        head(db)[0] if begins is None else begins,
        moment(act.at),
        act.by.id,
    )
    inserted = db.execute(
        "INSERT INTO digests (platform, room, time, zone, places, directions, quiet, language,"
        " thread, begins, since, person) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row,
    )
    return Change(
        f"room:{platform}:{room}",
        None,
        {"digest": str(Ref(DIGEST, inserted.lastrowid or 0)), **content},
    )


def _end_of_former(
    db: sqlite3.Connection, at: datetime, platform: str, room: str, settings: DigestSettings
) -> int | None:
    """Return where the summary of the same places ended that was taken back a while ago."""
    row = db.execute(
        "SELECT coalesce((SELECT max(up_to) FROM tellings WHERE digest_id = d.id"
        " AND state IN ('told', 'silent')), d.begins) FROM digests d"
        " WHERE d.platform = ? AND d.room = ? AND d.removed_at >= ? AND d.places = ?"
        " AND d.directions = ? ORDER BY d.removed_at DESC LIMIT 1",
        (
            platform,
            room,
            moment(at - _TAKEN_UP),
            json.dumps(settings.places),
            json.dumps(settings.directions),
        ),
    ).fetchone()
    return None if row is None else int(row[0])


def _remove(db: sqlite3.Connection, act: Act, digest_id: int) -> Change:
    """Tell a room no more."""
    digest = get(db, digest_id)
    if digest is None or digest.removed:
        raise Already(Ref(DIGEST, digest_id), State.DROPPED)
    db.execute("UPDATE digests SET removed_at = ? WHERE id = ?", (moment(act.at), digest_id))
    db.execute(
        "UPDATE tellings SET state = 'dropped' WHERE digest_id = ? AND state = 'claimed'",
        (digest_id,),
    )
    target = f"room:{digest.platform}:{digest.room}"
    return Change(target, {"digest": digest.ref, **_content(digest.settings)}, {"digest": None})


def _content(settings: DigestSettings) -> dict[str, Any]:
    return {
        "time": f"{settings.time:%H:%M}",
        "zone": settings.zone,
        "places": list(settings.places),
        **({"directions": list(settings.directions)} if settings.directions else {}),
        "quiet": settings.quiet,
        "language": settings.language,
        "thread": settings.thread,
    }


def _of(db: sqlite3.Connection, platform: str, room: str) -> tuple[Digest, ...]:
    """Return the summaries of a room."""
    rows = db.execute(
        f"SELECT {DIGEST_COLUMNS} FROM digests d WHERE d.platform = ? AND d.room = ?"
        " AND d.removed_at IS NULL ORDER BY d.id",
        (platform, room),
    )
    return tuple(digest_of(row) for row in rows)


def _of_rooms(db: sqlite3.Connection, platform: str, rooms: Iterable[str]) -> tuple[Digest, ...]:
    """Return the summaries of several rooms."""
    rows = db.execute(
        f"SELECT {DIGEST_COLUMNS} FROM json_each(?) wanted CROSS JOIN digests d"
        " ON d.platform = ? AND d.room = wanted.value AND d.removed_at IS NULL",
        (as_list(list(rooms)), platform),
    )
    return tuple(sorted((digest_of(row) for row in rows), key=lambda digest: digest.id))


def _all(db: sqlite3.Connection) -> tuple[tuple[Digest, date | None], ...]:
    """Return the summaries of all rooms, each with the last day that was claimed."""
    rows = db.execute(
        f"SELECT {DIGEST_COLUMNS}, (SELECT max(day) FROM tellings WHERE digest_id = d.id)"
        " FROM digests d INDEXED BY digests_room WHERE d.removed_at IS NULL"
    )
    return tuple(
        (digest_of(tuple(row)), date.fromisoformat(day) if day else None) for *row, day in rows
    )


def get(db: sqlite3.Connection, digest_id: int) -> Digest | None:
    """Return a summary by number, also one that was taken back."""
    row = db.execute(
        f"SELECT {DIGEST_COLUMNS} FROM digests d WHERE d.id = ?", (digest_id,)
    ).fetchone()
    return None if row is None else digest_of(row)


def _move(db: sqlite3.Connection, platform: str, old: str, new: str) -> Change:
    """Follow a room that was replaced by another, with its summaries and watches."""
    digests = [digest.ref for digest in _of(db, platform, old)]
    watched = db.execute(
        "SELECT place_id, around FROM watches WHERE platform = ? AND room = ?", (platform, old)
    )
    watches = [str(PlaceRef(place_id, bool(around))) for place_id, around in sorted(watched)]
    db.execute(
        "UPDATE digests SET room = ? WHERE platform = ? AND room = ? AND removed_at IS NULL",
        (new, platform, old),
    )
    db.execute(
        "UPDATE OR REPLACE watches SET room = ? WHERE platform = ? AND room = ?",
        (new, platform, old),
    )
    moved = {"room": new, "digests": digests, "watches": watches}
    return Change(f"room:{platform}:{new}", {"room": old}, moved)


class Digests(Part):
    """The summaries that rooms chose."""

    add = act_on_record(_add)
    remove = act_on_record(_remove)
    move = on_record(_move)
    of = query(_of)
    of_rooms = query(_of_rooms)
    get = query(get)
    all = query(_all)
