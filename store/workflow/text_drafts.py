"""The drafts that were read from one text: opened, changed, filed and given up together.

Each is a draft like any other. They have consecutive numbers, and the first one's is the batch's.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from store.db.part import Part, query, update
from store.model.draft import KEPT, Draft, DraftState, NewDraft
from store.model.filing import Filing
from store.model.refusals import Already, Outdated
from store.model.revision import Act, Person
from store.record.entry_rows import moment
from store.record.revisions import ensure_thawed
from store.workflow.draft_decisions import Linked, file_draft, settle
from store.workflow.draft_rows import COLUMNS, draft_of, get_draft
from store.workflow.drafts import change, open_draft

_LISTED, _NAMES = 20, 50


class ReadyDraft(Struct, frozen=True):
    """A draft as it was read, what of it goes on record, and the link that goes with it."""

    draft: Draft
    content: Filing
    linked: Linked | None = None


class OpenText(Struct, frozen=True):
    """The drafts of one text that are still open: the numbers of the first and last; how many."""

    first: int
    last: int
    count: int


def _open(
    db: sqlite3.Connection, key: str, owner: Person, drafts: Sequence[NewDraft], at: datetime
) -> tuple[Draft, ...]:
    """Start the drafts of one text, all or none; the same key again gives the same drafts."""
    known = db.execute("SELECT batch FROM drafts WHERE key = ?", (f"{key}#1",)).fetchone()
    if known is not None:
        return read_batch(db, known[0])
    opened = [open_draft(db, f"{key}#{n}", owner, new, at) for n, new in enumerate(drafts, 1)]
    for draft, new in zip(opened, drafts, strict=True):
        db.execute(
            "UPDATE drafts SET batch = ?, passage = ? WHERE id = ?",
            (opened[0].id, _write_passage(new), draft.id),
        )
    return read_batch(db, opened[0].id) if opened else ()


def _write_passage(new: NewDraft) -> str:
    from msgspec.json import encode  # noqa: PLC0415 -- only who reads a text pays for loading it

    return encode(new.passage).decode() if new.passage else ""


def read_batch(db: sqlite3.Connection, first: int) -> tuple[Draft, ...]:
    """Return all drafts of the text whose first draft has this number, in its order."""
    rows = db.execute(f"SELECT {COLUMNS} FROM drafts WHERE batch = ? ORDER BY id", (first,))
    return tuple(map(draft_of, rows))


def _get_many(db: sqlite3.Connection, numbers: Sequence[int]) -> tuple[Draft, ...]:
    """Return drafts by number, in the order of the numbers; those that never were are left out."""
    drafts = (get_draft(db, number) for number in numbers)
    return tuple(draft for draft in drafts if draft is not None)


def _list_open(db: sqlite3.Connection, owner: Person, at: datetime) -> tuple[OpenText, ...]:
    """Return somebody's texts with drafts that are open, the newest first."""
    since = moment(at - KEPT)
    rows = db.execute(
        "SELECT batch, max(id), count(*) FROM drafts INDEXED BY drafts_texts"
        " WHERE platform = ? AND owner = ? AND batch IS NOT NULL"
        " AND state = 'open' AND changed_at >= ?"
        " GROUP BY batch ORDER BY batch DESC LIMIT ?",
        (owner.platform, owner.id, since, _LISTED),
    )
    return tuple(OpenText(*row) for row in rows)


def _change_all(
    db: sqlite3.Connection, first: int, fields: Mapping[str, str], at: datetime
) -> tuple[Draft, ...]:
    """Put texts into the fields of all open drafts of a text; return them all."""
    for draft in read_batch(db, first):
        if draft.state is DraftState.OPEN:
            change(db, draft.id, fields, at)
    return read_batch(db, first)


def _file(db: sqlite3.Connection, act: Act, ready: Sequence[ReadyDraft]) -> tuple[int, ...]:
    """Put drafts on record, a revision each, all in one transaction; return their entries.

    What is on record already counts once more; what was changed since it was read, or given up,
    is left out.
    """
    entries: list[int] = []
    for item in ready:
        now = get_draft(db, item.draft.id)
        if now is not None and now.state is DraftState.FILED and now.entry_id is not None:
            entries.append(now.entry_id)
            continue
        own = Act(f"draft:{item.draft.id}:file", act.act, act.by, act.at, act.why)
        try:
            file_draft(db, own, item.draft, item.content, item.linked)
        except (Already, Outdated):
            continue
        db.execute("UPDATE drafts SET filed_by = ? WHERE id = ?", (act.key, item.draft.id))
        filed = get_draft(db, item.draft.id)
        entries += [filed.entry_id] if filed and filed.entry_id else []
    return tuple(entries)


def _drop(db: sqlite3.Connection, numbers: Sequence[int], at: datetime) -> int:
    """Give drafts up; return how many were still open."""
    ensure_thawed(db)
    open_ = [draft for draft in _get_many(db, numbers) if draft.state is DraftState.OPEN]
    for draft in open_:
        settle(db, draft.id, DraftState.DROPPED, at)
    return len(open_)


def _names_in(db: sqlite3.Connection, text: str) -> tuple[str, ...]:
    """Return the names of people of the desk that stand in a text, longest first."""
    rows = db.execute(
        "SELECT name FROM authors WHERE length(name) > 3 AND instr(?, name) LIMIT ?",
        (text, _NAMES),
    )
    return tuple(sorted({name for (name,) in rows}, key=lambda name: (-len(name), name))[:3])


class TextDrafts(Part):
    """Drafts that were read from texts, by the number of the text's first."""

    open = update(_open)
    batch = query(read_batch)
    get_many = query(_get_many)
    list_open = query(_list_open)
    change_all = update(_change_all)
    file = update(_file)
    drop = update(_drop)
    names_in = query(_names_in)
