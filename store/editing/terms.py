"""The terms of a situation that people add: the control statuses of its places."""

import re
import sqlite3

from msgspec import Struct

from store.db.part import Part
from store.model.refusals import Already, State
from store.model.revision import Change
from store.model.text import fold
from store.record.revisions import on_record


class NewStatus(Struct, frozen=True):
    """A status of control: its label as it is shown, and the character that stands for it."""

    label: str
    symbol: str

    @property
    def key(self) -> str:
        """The key on record: the label's words, joined by underscores."""
        return "_".join(re.findall(r"\w+", fold(self.label)))


def add_status(db: sqlite3.Connection, new: NewStatus) -> Change:
    """Put a status after those that there are; Already if one has its key or its label."""
    target = f"status:{new.key}"
    for key, label in db.execute("SELECT key, label FROM controls"):
        if new.key == key or fold(new.label) == fold(label):
            raise Already(key, State.NAMED)
    (last,) = db.execute("SELECT coalesce(max(position), -1) FROM controls").fetchone()
    row = (new.key, new.label, new.symbol, last + 1)
    db.execute("INSERT INTO controls (key, label, symbol, position) VALUES (?, ?, ?, ?)", row)
    content = {"key": new.key, "label": new.label, "symbol": new.symbol}
    return Change(target, None, {"status": content})


class Terms(Part):
    """The situation's own terms, as people add to them."""

    add_status = on_record(add_status)
