"""Stores to import into, and what somebody might write in a file."""

import json
from typing import Any

from store import Store
from store.model.revision import Act
from store.transfer.importer import ImportPlan, ImportReport
from tests.store.conftest import (
    AT,
    DESK,
    an_act,
    full,
    full_file,
    seeds_file,
    small,
    small_file,
)

__all__ = ["an_act", "full", "full_file", "seeds_file", "small", "small_file"]

PLAIN: dict[str, Any] = {
    "key": "x-1",
    "kind": "event",
    "type": "fighting",
    "text": "Fighting near the mine.",
    "day": "2025-11-05",
    "place": "Pokrovsk",
    "source": "The Kyiv Independent",
}


def row(**fields: Any) -> dict[str, Any]:
    """Return a row that can be filed, or what differs from it; None leaves a field out."""
    return {name: value for name, value in {**PLAIN, **fields}.items() if value is not None}


def jsonl(*rows: dict[str, Any]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def many(count: int, **fields: Any) -> bytes:
    return jsonl(*(row(key=f"x-{n}", text=f"Event {n}.", **fields) for n in range(count)))


async def read(store: Store, data: bytes, name: str = "file.jsonl", **plan: Any) -> ImportReport:
    """Import what somebody wrote."""
    return await store.imports.read(data, ImportPlan(name, **plan), import_act())


def import_act() -> Act:
    return Act("", "import", DESK, AT, "Imported.")
