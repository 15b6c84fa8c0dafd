"""What a stretch of revisions did to each entry, read from the revisions themselves."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.json import decode

from store.model.entry import DISPUTING, Kind, LinkType
from store.model.ref import ENTRY, Ref

MOST_REVISIONS = 20_000
"""Revisions of one stretch that are read, the newest; those before them are counted."""

_MENDING = frozenset({"correct", "retract", "restore", "redact"})
_GONE = frozenset({"retract", "redact"})
_STANDING = _GONE | {"restore"}


class Section(StrEnum):
    """Under which head of a summary a change is told, the most important first."""

    CONTROL = "control"
    MENDED = "corrections"
    VERDICTS = "verdicts"
    CLAIMS = "claims"
    EVENTS = "events"


class EntryAct(Struct, frozen=True):
    """One act on an entry: file, correct, translate, retract, restore, redact, link … verdict.

    `after` is what it left; it is empty once the words are gone. `before` is told of a verdict and
    of a correction.
    """

    act: str
    after: Mapping[str, Any]
    why: str
    before: Mapping[str, Any] = {}

    @property
    def dispute(self) -> tuple[str, int] | None:
        """The kind and the other end of a link or of its end, if it makes two entries disagree."""
        kind = self.after.get("link") or self.after.get("unlink")
        if kind is None or LinkType(kind) not in DISPUTING:
            return None
        return kind, self.other

    @property
    def other(self) -> int:
        """The other end of a link; 0 if it is none."""
        return Ref.parse(self.after["to"]).number if "to" in self.after else 0


class EntryChanges(Struct, frozen=True):
    """All that a stretch did to one entry, in order."""

    entry_id: int
    acts: tuple[EntryAct, ...]
    act_names: tuple[str, ...]

    @property
    def new(self) -> bool:
        """Whether the entry was filed in this stretch."""
        return self.acts[0].act == "file"

    @property
    def withdrawn(self) -> bool:
        """Whether the stretch leaves it retracted or redacted."""
        return next((act in _GONE for act in reversed(self.act_names) if act in _STANDING), False)

    @property
    def kind(self) -> Kind | None:
        """What was filed, if something was and its words are still there."""
        return Kind(self.acts[0].after["kind"]) if self.new and self.acts[0].after else None

    @property
    def mended(self) -> str:
        """The last act that changed what was told before the stretch; empty if none did."""
        mending = [act for act in self.act_names if act in _MENDING]
        return mending[-1] if mending and not self.new else ""

    @property
    def disputes(self) -> frozenset[int]:
        """Entries with which it was linked as disagreeing, and still is at the end."""
        disputed: set[int] = set()
        for act in self.acts:
            if act.dispute is not None:
                change = disputed.add if act.act == "link" else disputed.discard
                change(act.dispute[1])
        return frozenset(disputed)

    @property
    def settled(self) -> frozenset[int]:
        """Entries with which it was linked as disagreeing before, and no longer is."""
        first = {act.dispute[1]: act.act for act in reversed(self.acts) if act.dispute}
        return frozenset(other for other, act in first.items() if act == "unlink") - self.disputes

    @property
    def corrected(self) -> tuple[Mapping[str, Any], Mapping[str, Any]] | None:
        """What its content was before the first correction, and is after the last."""
        acts = [act for act in self.acts if act.act == "correct" and act.before and act.after]
        return (acts[0].before, acts[-1].after) if acts else None

    @property
    def judged(self) -> bool:
        """Whether its verdict is another than before: one given and taken back is none."""
        verdicts = [act for act in self.acts if act.act == "verdict"]
        return bool(verdicts) and _verdict(verdicts[0].before) != _verdict(verdicts[-1].after)

    def why(self, *acts: str) -> str:
        """Return the reason of the last of these acts."""
        return next((act.why for act in reversed(self.acts) if act.act in acts), "")

    @property
    def sections(self) -> frozenset[Section]:
        """The heads under which it is told: none for what came and went within the stretch."""
        return frozenset(self._sections())

    def _sections(self) -> Iterator[Section]:
        if len(self.acts) > 1 or not self.new:  # most are new and nothing else, after an import
            yield from self._changes()
            if self.withdrawn:
                return
        if self.kind is Kind.ASSESSMENT and self.acts[0].after.get("control"):
            yield Section.CONTROL
        elif self.new:
            yield Section.EVENTS if self.kind is Kind.EVENT else Section.CLAIMS

    def _changes(self) -> Iterator[Section]:
        if self.mended or self.settled:
            yield Section.MENDED
        if self.withdrawn:
            return
        if self.disputes:
            yield Section.CONTROL
        if self.judged:
            yield Section.VERDICTS


def read_entry_changes(db: sqlite3.Connection, after: int, up_to: int) -> list[EntryChanges]:
    """Return what the revisions after one, up to another, did to entries."""
    rows = db.execute(
        f"{_REVISIONS} WHERE r.seq > ? AND r.seq <= ? ORDER BY r.seq",
        (max(after, up_to - MOST_REVISIONS), up_to),
    )
    return _gather(db, rows)


def read_all_changes(db: sqlite3.Connection, numbers: Iterable[int]) -> list[EntryChanges]:
    """Return all that was ever done to these entries."""
    rows: list[tuple[int, str, str, str | None]] = []
    for number in numbers:
        target = str(Ref(ENTRY, number))
        rows += db.execute(f"{_REVISIONS} WHERE r.target = ? ORDER BY r.seq", (target,))
    return _gather(db, rows)


_REVISIONS = (
    "SELECT r.seq, r.target, r.act, b.body FROM revisions r"
    " CROSS JOIN revision_bodies b ON b.seq = r.seq"
)


def _gather(
    db: sqlite3.Connection, rows: Iterable[tuple[int, str, str, str | None]]
) -> list[EntryChanges]:
    """Return what revisions did, entry by entry."""
    acts: defaultdict[int, list[EntryAct]] = defaultdict(list)
    for seq, target, act, body in rows:
        ref = Ref.match(target)
        if ref is not None and ref.kind is ENTRY:
            done = _act_of_body(decode(body)) if body else _act_without_words(db, seq, ref, act)
            acts[ref.number].append(done)
    return [
        EntryChanges(entry_id, tuple(every), tuple(act.act for act in every))
        for entry_id, every in acts.items()
    ]


_BY_KEY = {
    "redacted": "redact",
    "retracted": "retract",
    "restored": "restore",
    "verdict": "verdict",
    "link": "link",
    "unlink": "unlink",
}


def _act_of_body(body: Mapping[str, Any]) -> EntryAct:
    """Return an act by what it left: seeds, imports and undoing have names of their own for it."""
    after = body["after"] or {}
    for key, act in _BY_KEY.items():
        if key in after:
            before = body["before"] or {} if act == "verdict" else {}
            return EntryAct(act, after, body["why"], before)
    act = _act_on_content(body["before"], after)
    return EntryAct(act, after, body["why"], body["before"] if act == "correct" else {})


def _act_on_content(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> str:
    """Return what was done to an entry's content; a translation that came or went is no news."""
    if before is None:
        return "file"
    differing = {field for field in {*before, *after} if before.get(field) != after.get(field)}
    return "translate" if differing - {"undoes", "undoes_too"} == {"translations"} else "correct"


def _verdict(content: Mapping[str, Any]) -> tuple[Any, Any]:
    return content.get("verdict"), content.get("source")


def _act_without_words(db: sqlite3.Connection, seq: int, ref: Ref, act: str) -> EntryAct:
    """Return an act whose words are gone; the first on an entry is the one that filed it."""
    (first,) = db.execute(
        "SELECT seq FROM revisions WHERE target = ? ORDER BY seq LIMIT 1", (str(ref),)
    ).fetchone()
    if first != seq:
        return EntryAct(act, {}, "")
    (kind,) = db.execute("SELECT kind FROM entries WHERE id = ?", (ref.number,)).fetchone()
    return EntryAct("file", {"kind": kind}, "")
