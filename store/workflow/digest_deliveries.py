"""The ledger of daily summaries: what each told of which day, and how far that has come.

A summary's windows tile the record: each starts where the last that was told ended, whatever was
missed in between.
"""

import sqlite3
from datetime import date, datetime

from store.db.part import Part, query, update_aside
from store.model.digest import DeliveryState, Digest, DigestDelivery
from store.record.entry_rows import moment
from store.record.revisions import head
from store.workflow.digest_rows import DELIVERY_COLUMNS, DIGEST_COLUMNS, delivery_of
from store.workflow.digests import get
from store.workflow.notices import PendingNotice, tell

_TELL_ITS_PERSON = 3
"""Tries after which whoever asked for a summary is told that it cannot be posted."""


_SELECT = f"SELECT {DIGEST_COLUMNS}, {DELIVERY_COLUMNS}"
_FROM = f"{_SELECT} FROM tellings t CROSS JOIN digests d ON d.id = t.digest_id"


def _get(db: sqlite3.Connection, digest_id: int, day: date) -> DigestDelivery | None:
    """Return what a summary told of a day, or is to tell."""
    row = db.execute(
        f"{_FROM} WHERE t.digest_id = ? AND t.day = ?", (digest_id, day.isoformat())
    ).fetchone()
    return None if row is None else delivery_of(row)


def _before(db: sqlite3.Connection, delivery: DigestDelivery) -> DigestDelivery | None:
    """Return the last telling before another, of the same summary, that was told."""
    row = db.execute(
        f"{_FROM} WHERE t.digest_id = ? AND t.day < ? AND t.state IN ('told', 'silent')"
        " ORDER BY t.day DESC LIMIT 1",
        (delivery.digest.id, delivery.day.isoformat()),
    ).fetchone()
    return None if row is None else delivery_of(row)


def _claim(
    db: sqlite3.Connection, digest_id: int, day: date, at: datetime
) -> DigestDelivery | None:
    """Claim a day, with all that was written up to now and not told yet.

    None if it is claimed already, or as long as nobody knows whether an earlier one went out.
    """
    digest = get(db, digest_id)
    last, unsure = db.execute(
        "SELECT max(day), count(*) FILTER (WHERE state = 'claimed' AND tried_at <> '')"
        " FROM tellings WHERE digest_id = ?",
        (digest_id,),
    ).fetchone()
    if digest is None or digest.removed or unsure or (last or "") >= day.isoformat():
        return None
    db.execute(
        "UPDATE tellings SET state = 'folded' WHERE digest_id = ? AND state = 'claimed'",
        (digest_id,),
    )
    db.execute(
        "INSERT INTO tellings (digest_id, day, after_seq, up_to, state, claimed_at)"
        " VALUES (?, ?, ?, ?, 'claimed', ?)",
        (digest_id, day.isoformat(), last_told_revision(db, digest), head(db)[0], moment(at)),
    )
    return _get(db, digest_id, day)


def last_told_revision(db: sqlite3.Connection, digest: Digest) -> int:
    """Return the last revision that a summary has told."""
    (last,) = db.execute(
        "SELECT max(up_to) FROM tellings WHERE digest_id = ? AND state IN ('told', 'silent')",
        (digest.id,),
    ).fetchone()
    return digest.begins if last is None else int(last)


def _to_deliver(db: sqlite3.Connection, at: datetime) -> tuple[DigestDelivery, ...]:
    """Return what was claimed and is not settled, and may be tried now."""
    rows = db.execute(
        f"{_SELECT} FROM tellings t INDEXED BY tellings_claimed"
        " CROSS JOIN digests d ON d.id = t.digest_id"
        " WHERE t.state = 'claimed' AND t.again_at <= ? ORDER BY t.again_at",
        (moment(at),),
    )
    return tuple(delivery_of(row) for row in rows)


def _begin(db: sqlite3.Connection, delivery: DigestDelivery, at: datetime) -> bool:
    """Note that it is being sent; False if it is no longer to be."""
    updated = db.execute(
        "UPDATE tellings SET tried_at = ? WHERE digest_id = ? AND day = ? AND state = 'claimed'",
        (moment(at), delivery.digest.id, delivery.day.isoformat()),
    )
    return updated.rowcount == 1


def _settle(
    db: sqlite3.Connection,
    delivery: DigestDelivery,
    state: DeliveryState,
    message: str = "",
    *,
    publish: bool = False,
) -> None:
    """Note how it ended, as which message, and whether that is still to be published."""
    db.execute(
        "UPDATE tellings SET state = ?, message = ?, published = ?, tried_at = '', again_at = '',"
        " tries = 0 WHERE digest_id = ? AND day = ? AND state = 'claimed'",
        (state, message, not publish, delivery.digest.id, delivery.day.isoformat()),
    )


def _put_off(
    db: sqlite3.Connection,
    delivery: DigestDelivery,
    until: datetime,
    why: str = "",
    *,
    absent: bool = False,
) -> None:
    """Try it again, not before a moment; `absent` says that it surely did not go out.

    After a few tries whoever asked for the summary is told, once for all days in a row.
    """
    where = (delivery.digest.id, delivery.day.isoformat())
    row = db.execute(
        "UPDATE tellings SET again_at = ?, tries = tries + 1, why = ?,"
        " tried_at = CASE WHEN ? THEN '' ELSE tried_at END"
        " WHERE digest_id = ? AND day = ? AND state <> 'dropped' RETURNING state, tries",
        (moment(until), why, absent, *where),
    ).fetchone()
    if row == ("claimed", _TELL_ITS_PERSON) and not _was_folded(db, *where):
        digest = delivery.digest
        line = f"/digest of:U{delivery.key[1:]}"
        if digest.person:
            tell(
                db,
                PendingNotice(f"untold:{delivery.key}", digest.platform, digest.person, line),
                until,
            )


def _was_folded(db: sqlite3.Connection, digest_id: int, day: str) -> bool:
    """Tell whether the summary of the day before could not be told either."""
    row = db.execute(
        "SELECT state FROM tellings WHERE digest_id = ? AND day < ? ORDER BY day DESC LIMIT 1",
        (digest_id, day),
    ).fetchone()
    return row is not None and row[0] == "folded"


def _to_publish(db: sqlite3.Connection, at: datetime) -> tuple[DigestDelivery, ...]:
    """Return what was told and is still to be published, and may be tried now."""
    rows = db.execute(
        f"{_SELECT} FROM tellings t INDEXED BY tellings_unpublished"
        " CROSS JOIN digests d ON d.id = t.digest_id"
        " WHERE t.published = 0 AND t.again_at <= ? ORDER BY t.again_at",
        (moment(at),),
    )
    return tuple(delivery_of(row) for row in rows)


def _mark_published(db: sqlite3.Connection, delivery: DigestDelivery) -> None:
    """Note that it is published, or never will be."""
    db.execute(
        "UPDATE tellings SET published = 1 WHERE digest_id = ? AND day = ?",
        (delivery.digest.id, delivery.day.isoformat()),
    )


class DigestDeliveries(Part):
    """What was told of which day."""

    get = query(_get)
    before = query(_before)
    claim = update_aside(_claim)
    to_deliver = query(_to_deliver)
    begin = update_aside(_begin)
    settle = update_aside(_settle)
    put_off = update_aside(_put_off)
    to_publish = query(_to_publish)
    mark_published = update_aside(_mark_published)
