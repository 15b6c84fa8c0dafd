"""The outlines that batches keep: which of them may leave in an export, and as what."""

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from store.model.ref import BATCH, ENTRY, Ref
from store.transfer.formats.decode import KEPT_OUTLINE

_OPEN = re.compile(
    r"cc0( 1\.0)?|cc by( sa)?( [1-4]\.0)?|odbl( 1\.0)?|odc by( 1\.0)?|pddl( 1\.0)?|ogl( [1-3]\.0)?"
    r"|public domain"
)
"""Licences that let whoever has an outline pass it on; with "NC" or "ND" none does."""


def may_be_shared(licence: str) -> bool:
    """Tell whether a licence, as somebody wrote it, lets an outline be passed on."""
    plain = re.sub(r"[\s_-]+", " ", licence.casefold()).strip()
    return bool(_OPEN.fullmatch(plain))


def list_shared(db: sqlite3.Connection, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return the outlines, as features, that may leave with some entries which they explain."""
    wanted = {str(Ref(ENTRY, number)) for number in ids}
    return [
        feature
        for number, features in _read_by_batch(db).items()
        if wanted.intersection(_targets(db, number))
        for feature in features
    ]


def _read_by_batch(db: sqlite3.Connection) -> dict[int, list[dict[str, Any]]]:
    rows = db.execute(
        "SELECT o.batch_id, o.name, o.assessor, o.day, o.control, o.source, o.licence, o.geometry"
        " FROM batch_outlines o CROSS JOIN batches b ON b.id = o.batch_id WHERE b.state = 'filed'"
    )
    shared: dict[int, list[dict[str, Any]]] = {}
    for number, name, assessor, day, control, source, licence, geometry in rows:
        if may_be_shared(licence):
            properties = {
                KEPT_OUTLINE: str(Ref(BATCH, number)),
                "name": name,
                "by": assessor,
                "day": day,
                "control": control,
                "source": source,
                "licence": licence,
            }
            feature = {"geometry": json.loads(geometry), "properties": properties}
            shared.setdefault(number, []).append({"type": "Feature", **feature})
    return shared


def _targets(db: sqlite3.Connection, number: int) -> Iterator[str]:
    """Yield what a batch filed or corrected."""
    start = f"import:{Ref(BATCH, number)}"
    rows = db.execute(
        "SELECT target FROM revisions WHERE key > ? AND key < ?", (f"{start}:", f"{start};")
    )
    yield from (target for (target,) in rows)
