"""Daily summaries and their deliveries as rows."""

import json
from datetime import date, datetime, time
from typing import Any

from store.model.digest import DeliveryState, Digest, DigestDelivery, DigestSettings

Row = tuple[Any, ...]

DIGEST_COLUMNS = (
    "d.id, d.platform, d.room, d.time, d.zone, d.places, d.quiet, d.language, d.thread,"
    " d.directions, d.begins, d.since, d.person, d.removed_at"
)
DELIVERY_COLUMNS = (
    "t.day, t.after_seq, t.up_to, t.state, t.tried_at, t.tries, t.again_at, t.why, t.message"
)
_DIGEST_COLUMNS = len(DIGEST_COLUMNS.split(","))


def digest_of(row: Row) -> Digest:
    """Return the summary of a row of DIGEST_COLUMNS."""
    number, platform, room, *settings, begins, since, person, removed = row
    at, zone, places, quiet, language, thread, directions = settings
    return Digest(
        number,
        platform,
        room,
        DigestSettings(
            time.fromisoformat(at),
            zone,
            tuple(json.loads(places)),
            bool(quiet),
            language,
            bool(thread),
            tuple(json.loads(directions)),
        ),
        begins,
        datetime.fromisoformat(since),
        person,
        removed is not None,
    )


def delivery_of(row: Row) -> DigestDelivery:
    """Return the telling of a row of DIGEST_COLUMNS and DELIVERY_COLUMNS."""
    day, after, up_to, state, tried, tries, again, why, message = row[_DIGEST_COLUMNS:]
    return DigestDelivery(
        digest_of(row[:_DIGEST_COLUMNS]),
        date.fromisoformat(day),
        after,
        up_to,
        DeliveryState(state),
        moment_or_none(tried),
        tries,
        moment_or_none(again),
        why,
        message,
    )


def moment_or_none(text: str) -> datetime | None:
    """Return the moment that a column holds; none where it is empty."""
    return datetime.fromisoformat(text) if text else None
