"""What may be done to an entry that is on record: each a change with its revision.

To correct, to retract and to supersede are three acts. A correction says that the fact was wrong
and leaves the entry with a note; a retraction takes it out of lists and counts and leaves a
tombstone; a redaction takes the words away for good (store/editing/redaction.py); superseding
is a link.
"""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from store.db.part import Part, query
from store.model.entry import LinkType, VerdictValue
from store.model.filing import Filing
from store.model.ref import ENTRY, Ref
from store.model.refusals import Already, Outdated, State
from store.model.revision import Act, Change, Revision
from store.record import entry_rows
from store.record.entry_rows import current, moment, parse_snapshot
from store.record.index_rows import count_in
from store.record.revisions import act_on_record, head, on_record, revisions_of

_NEW_VERSION = {"kind", "retracted", "restored", "redacted"}
"""What is after a revision that made a new version of its entry; a link or a verdict makes none."""


def later_versions(db: sqlite3.Connection, entry_id: int, version: int) -> tuple[Revision, ...]:
    """Return the revisions that made the versions after this one, oldest first."""
    (now,) = db.execute("SELECT version FROM entries WHERE id = ?", (entry_id,)).fetchone()
    versions = [
        revision
        for revision in revisions_of(db, str(Ref(ENTRY, entry_id)))
        if _NEW_VERSION & _after(revision).keys()
    ]
    return tuple(versions[len(versions) - max(now - version, 0) :])


def content_at(db: sqlite3.Connection, entry_id: int, version: int) -> Filing:
    """Return the content of an entry as it was in a version of it."""
    for revision in later_versions(db, entry_id, version):
        if "kind" in _after(revision) and isinstance(revision.before, dict):
            return parse_snapshot(revision.before)
    return current(db, entry_id)


def _after(revision: Revision) -> dict[str, Any]:
    return revision.after if isinstance(revision.after, dict) else {}


def correct(db: sqlite3.Connection, act: Act, entry_id: int, version: int, to: Filing) -> Change:
    """Replace the content of an entry; Outdated if it no longer is of that version."""
    now, _ = _stands(db, entry_id, State.LIVE)
    if now != version:
        raise Outdated(Ref(ENTRY, entry_id))
    return entry_rows.correct(db, entry_id, to, act.at)


def retract(db: sqlite3.Connection, act: Act, entry_id: int) -> Change:
    """Withdraw an entry, for the reason of the act."""
    _stands(db, entry_id, State.LIVE)
    withdraw(db, entry_id, act.at, act.why)
    return Change(str(Ref(ENTRY, entry_id)), {"restored": True}, {"retracted": act.why})


def restore(db: sqlite3.Connection, act: Act, entry_id: int) -> Change:
    """Put a withdrawn entry back into lists and counts."""
    _, why = _stands(db, entry_id, State.RETRACTED)
    put_back(db, entry_id, act.at)
    return Change(str(Ref(ENTRY, entry_id)), {"retracted": why}, {"restored": True})


def link(  # noqa: PLR0913, PLR0917 -- the columns of a link
    db: sqlite3.Connection,
    act: Act,
    from_id: int,
    kind: LinkType,
    to_id: int,
    places: Iterable[str] = (),
) -> Change:
    """Say how one entry stands to another, for the reason of the act; for some places alone."""
    for entry_id in (from_id, to_id):
        _stands(db, entry_id, State.LIVE)
    change = entry_rows.link(db, from_id, kind, to_id, act.why, places)
    if change.before == change.after:
        raise Already(Ref(ENTRY, from_id), State.LINKED)
    return change


def unlink(db: sqlite3.Connection, from_id: int, kind: LinkType, to_id: int) -> Change:
    """Take back what one entry was said to be to another."""
    change = entry_rows.unlink(db, from_id, kind, to_id)
    if change.before is None:
        raise Already(Ref(ENTRY, from_id), State.UNLINKED)
    return change


def check(
    db: sqlite3.Connection, entry_id: int, value: VerdictValue | None, source_id: int | None = None
) -> Change:
    """Say what a check of an entry came to, or withdraw that (None)."""
    _stands(db, entry_id, State.LIVE)
    before = last_verdict(db, entry_id)
    if value is None and before[0] is None:
        raise Already(Ref(ENTRY, entry_id), State.SAME)
    seq, _ = head(db)
    judge(db, entry_id, seq + 1, value, source_id)
    return Change(
        str(Ref(ENTRY, entry_id)),
        {"verdict": before[0], "source": before[1]},
        {"verdict": value, "source": source_id},
    )


def uncheck(db: sqlite3.Connection, entry_id: int, seq: int) -> Change:
    """Take a verdict back, so that the one before it stands as it was: whose, when and why."""
    now = last_verdict(db, entry_id)
    unjudge(db, entry_id, seq)
    then = last_verdict(db, entry_id)
    return Change(
        str(Ref(ENTRY, entry_id)),
        {"verdict": now[0], "source": now[1]},
        {"verdict": then[0], "source": then[1]},
    )


def freeze(db: sqlite3.Connection, act: Act, *, thaw: bool = False) -> Change:
    """Let nobody write until thawed, for the reason of the act."""
    frozen = db.execute("SELECT value FROM meta WHERE key = 'frozen'").fetchone()
    if bool(frozen) is not thaw:
        raise Already("desk", State.SAME)
    if thaw:
        db.execute("DELETE FROM meta WHERE key = 'frozen'")
        return Change("desk", {"frozen": frozen[0]}, {"frozen": None})
    db.execute("INSERT INTO meta VALUES ('frozen', ?)", (act.why,))
    return Change("desk", {"frozen": None}, {"frozen": act.why})


def _stands(db: sqlite3.Connection, entry_id: int, needed: State) -> tuple[int, str]:
    """Return version and reason of an entry that stands as needed; Already if it does not."""
    version, retracted, redacted, why = db.execute(
        "SELECT version, retracted_at, redacted_at, retracted_why FROM entries WHERE id = ?",
        (entry_id,),
    ).fetchone()
    if redacted:
        raise Already(Ref(ENTRY, entry_id), State.REDACTED)
    state = State.RETRACTED if retracted else State.LIVE
    if state is not needed:
        raise Already(Ref(ENTRY, entry_id), state)
    return version, why


def withdraw(db: sqlite3.Connection, entry_id: int, at: datetime, why: str) -> None:
    """Let an entry count no longer, for a reason."""
    _mark(db, entry_id, at, moment(at), why)
    count_in(db, entry_id, live=False)


def put_back(db: sqlite3.Connection, entry_id: int, at: datetime) -> None:
    """Let an entry count again."""
    _mark(db, entry_id, at, None, "")
    count_in(db, entry_id, live=True)


def judge(
    db: sqlite3.Connection,
    entry_id: int,
    seq: int,
    value: VerdictValue | None,
    source_id: int | None,
) -> None:
    """Write the verdict that the revision of this number gives."""
    db.execute("INSERT INTO verdicts VALUES (?, ?, ?, ?)", (seq, entry_id, value, source_id))
    _let_stand(db, entry_id, value)


def unjudge(db: sqlite3.Connection, entry_id: int, seq: int) -> None:
    """Take away the verdict that the revision of this number gave."""
    db.execute("DELETE FROM verdicts WHERE seq = ?", (seq,))
    _let_stand(db, entry_id, last_verdict(db, entry_id)[0])


def last_verdict(db: sqlite3.Connection, entry_id: int) -> tuple[VerdictValue | None, int | None]:
    """Return the verdict that stands, and on the word of which source."""
    row = db.execute(
        "SELECT value, source_id FROM verdicts WHERE entry_id = ? ORDER BY seq DESC LIMIT 1",
        (entry_id,),
    ).fetchone()
    return (None, None) if row is None else (VerdictValue(row[0]) if row[0] else None, row[1])


def _let_stand(db: sqlite3.Connection, entry_id: int, value: VerdictValue | None) -> None:
    db.execute("UPDATE entries SET verdict = ? WHERE id = ?", (value, entry_id))
    db.execute("UPDATE entry_sources SET verdict = ? WHERE entry_id = ?", (value, entry_id))


def _mark(
    db: sqlite3.Connection, entry_id: int, at: datetime, retracted: str | None, why: str
) -> None:
    db.execute(
        "UPDATE entries SET retracted_at = ?, retracted_why = ?, changed_at = ?,"
        " version = version + 1 WHERE id = ?",
        (retracted, why, moment(at), entry_id),
    )


class Moderation(Part):
    """Corrects, retracts, links and checks. A Refusal says why it does not fit the record now."""

    correct = act_on_record(correct)
    retract = act_on_record(retract)
    restore = act_on_record(restore)
    link = act_on_record(link)
    unlink = on_record(unlink)
    check = on_record(check)
    freeze = act_on_record(freeze)
    since = query(later_versions)

    async def content(self, entry_id: int, version: int | None = None) -> Filing:
        """Return the content of an entry as it could be filed again, now or in a version of it."""
        if version is None:
            return await self.db.read(current, entry_id)
        return await self.db.read(content_at, entry_id, version)
