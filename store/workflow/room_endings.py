"""Rooms that are no more: what they were told ends, and whoever asked for it is told so."""

import json
import sqlite3

from msgspec import Struct

from store.db.as_list import as_list
from store.db.part import Part, query
from store.model.digest import Digest
from store.model.ref import DIGEST, PlaceRef, Ref
from store.model.refusals import Already, State
from store.model.revision import Act, Change
from store.record.entry_rows import moment
from store.record.revisions import CHAIN, act_on_record
from store.workflow.digest_rows import DIGEST_COLUMNS, digest_of
from store.workflow.notices import PendingNotice, tell


class EndedRoom(Struct, frozen=True):
    """What somebody had set up in a room that is no more: summaries, and places watched."""

    digests: tuple[Digest, ...]
    places: tuple[PlaceRef, ...]


def _end(db: sqlite3.Connection, act: Act, platform: str, room: str) -> Change:
    """End all that a room is told, and have told who asked for it; Already if it is told nothing.

    Deleted rooms do not come back: nothing waits for them, as it does where the bot may not write.
    """
    target = f"room:{platform}:{room}"
    asked = _watch_makers(db, target)
    digests = db.execute(
        "UPDATE digests SET removed_at = ? WHERE platform = ? AND room = ? AND removed_at IS NULL"
        " RETURNING id, person",
        (moment(act.at), platform, room),
    ).fetchall()
    watches = db.execute(
        "DELETE FROM watches WHERE platform = ? AND room = ? AND person = ''"
        " RETURNING place_id, around",
        (platform, room),
    ).fetchall()
    if not digests and not watches:
        raise Already(target, State.DROPPED)
    numbers = sorted(number for number, _ in digests)
    places = [PlaceRef(place, bool(around)) for place, around in sorted(watches)]
    db.execute(
        "UPDATE tellings SET state = 'dropped' WHERE state = 'claimed'"
        " AND digest_id IN (SELECT value FROM json_each(?))",
        (as_list(numbers),),
    )
    makers = {person for _, person in digests} | {asked.get(place, "") for place in places}
    for person in sorted(makers - {""}):
        line = f"/digests list gone:{room}"
        tell(db, PendingNotice(f"{act.key}:{person}", platform, person, line), act.at)
    ended = {
        "digests": [str(Ref(DIGEST, number)) for number in numbers],
        "watches": [str(place) for place in places],
    }
    return Change(target, ended, {"room": None})


def _watch_makers(db: sqlite3.Connection, target: str) -> dict[PlaceRef, str]:
    """Return who asked last for each place that a room is told of; not whoever was forgotten."""
    rows = db.execute(
        "SELECT json_extract(b.body, '$.after.watch'), json_extract(p.person, '$.id')"
        f"{CHAIN} WHERE r.target = ? AND r.act = 'watch' ORDER BY r.seq",
        (target,),
    )
    return {place: person or "" for text, person in rows if (place := PlaceRef.match(text or ""))}


def _of(db: sqlite3.Connection, platform: str, room: str, person: str) -> EndedRoom:
    """Return what ended with a room, of what somebody had set up there."""
    target = f"room:{platform}:{room}"
    row = db.execute(
        f"SELECT b.body{CHAIN} WHERE r.target = ? AND json_type(b.body, '$.after.room') = 'null'"
        " ORDER BY r.seq DESC LIMIT 1",
        (target,),
    ).fetchone()
    ended = json.loads(row[0])["before"] if row else {"digests": [], "watches": []}
    numbers = [ref.number for text in ended["digests"] if (ref := Ref.match(text))]
    places = [place for text in ended["watches"] if (place := PlaceRef.match(text))]
    digests = db.execute(
        f"SELECT {DIGEST_COLUMNS} FROM digests d WHERE d.person = ?"
        " AND d.id IN (SELECT value FROM json_each(?)) ORDER BY d.id",
        (person, as_list(numbers)),
    )
    makers = _watch_makers(db, target)
    own = tuple(place for place in places if makers.get(place) == person)
    return EndedRoom(tuple(digest_of(row) for row in digests), own)


class RoomEndings(Part):
    """What ended because its room did."""

    end = act_on_record(_end)
    of = query(_of)
