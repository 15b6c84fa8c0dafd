"""Imports: a file is checked row by row, staged, and filed whole or not at all."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from msgspec import Struct

from store.db.part import Part, query
from store.model.ref import ENTRY, Ref
from store.model.revision import Act
from store.transfer import batches
from store.transfer import decode as decoding
from store.transfer import mapping as mappings
from store.transfer.batches import ImportBatch
from store.transfer.decode import Format, Limits, Raw
from store.transfer.fields import NOT_TAKEN_OVER
from store.transfer.import_problems import Fault, Refused, RowProblem
from store.transfer.plan import Decision, RowOutcome, decide
from store.transfer.recover import CANNOT_BE, give_up
from store.transfer.resolver import Known, Near, New
from store.transfer.row_reader import ImportRow, Reader
from store.transfer.steps import conclude, step
from store.transfer.undo_import import begin_undo, conclude_undo, undo_step
from store.transfer.write_buffer import pause_gc

_SHOWN_KEPT = 20

Tell = Callable[[str, int, int], None]
"""Is told how far it is: "check" or "file", how many rows, of how many."""


class ImportPlan(Struct, frozen=True):
    """What to read and how. `mapping` is a name or, with `files`, a path; "" for our own fields."""

    name: str
    format: str = ""
    mapping: str = ""
    files: bool = False
    create: bool = False
    skip_bad: bool = False
    dry: bool = False
    limits: Limits = decoding.CHAT


class ImportReport(Struct, frozen=True):
    """What became of a file. `batch` is empty where nothing was filed."""

    batch: str
    rows: int
    counts: Mapping[RowOutcome, int]
    problems: tuple[RowProblem, ...]
    rejects: tuple[Raw, ...] = ()
    kept: tuple[str, ...] = ()
    new: tuple[New, ...] = ()
    by_name: Mapping[str, str] = {}
    by_nearness: Mapping[str, str] = {}
    nowhere: Mapping[str, str] = {}
    unread: Mapping[str, int] = {}
    dropped: tuple[str, ...] = ()
    besides: Mapping[str, int] = {}
    """How many rows that are filed have a verdict or links, which no import takes over."""

    @property
    def bad_rows(self) -> int:
        return len({problem.row for problem in self.problems})


class _Check:
    """One file being checked."""

    def __init__(self, data: bytes, plan: ImportPlan) -> None:
        mapping = mappings.load(plan.mapping, files=plan.files) if plan.mapping else None
        text = decoding.text_of(data, plan.limits)
        self.mapping = mapping
        self._format = decoding.format_of(plan.name, plan.format)
        self._step = plan.limits.step
        self._rows = decoding.rows(text, self._format, plan.limits)
        self.known = Known(mapping.near if mapping else Near(), create=plan.create)
        self._reader = Reader(self.known, mapping.translate if mapping else None)
        self.counts: Counter[RowOutcome] = Counter()
        self.besides: Counter[str] = Counter()
        self.rows, self.kept = 0, list[str]()
        self.problems: list[RowProblem] = []
        self.raws: dict[int, Raw] = {}

    @pause_gc()
    def next(self, db: sqlite3.Connection) -> list[Decision] | None:
        """Check the next rows against the record; None at the end."""
        self.known.db = db
        rows = list(islice(self._rows, self._step))
        if not rows:
            return None
        if self.mapping:
            columns = {name for raw in rows if isinstance(raw, Raw) for name in raw.data}
            self.mapping.check(columns, whole=self._format is Format.CSV)
        self.rows += len(rows)
        good: list[ImportRow] = []
        for raw in rows:
            outcome = [raw] if isinstance(raw, RowProblem) else self._reader.read(raw)
            if isinstance(outcome, list):
                self.problems += outcome
                if isinstance(raw, Raw):
                    self.raws[raw.row] = raw
            else:
                good.append(outcome)
        decisions = decide(db, good)
        besides = self._besides(rows)
        for decision in decisions:
            self.counts[decision.outcome] += 1
            if decision.outcome is RowOutcome.KEPT and decision.entry_id is not None:
                self.kept.append(str(Ref(ENTRY, decision.entry_id)))
            elif decision.outcome is not RowOutcome.UNCHANGED:
                self.besides.update(besides.get(decision.read.row, ()))
        return decisions

    def _besides(self, rows: Iterable[Raw | RowProblem]) -> dict[int, list[str]]:
        """Return what rows of ours have that no import takes over, by the row's number."""
        if self.mapping:
            return {}
        return {
            raw.row: [name for name in NOT_TAKEN_OVER if raw.data.get(name)]
            for raw in rows
            if isinstance(raw, Raw)
        }

    def report(
        self, batch: str = "", counts: Mapping[RowOutcome, int] | None = None
    ) -> ImportReport:
        mapping = self.mapping
        return ImportReport(
            batch,
            self.rows,
            counts or self.counts,
            tuple(self.problems),
            tuple(self._rejects()),
            tuple(self.kept[:_SHOWN_KEPT]),
            tuple(self.known.new),
            self.known.by_name,
            self.known.by_nearness,
            self.known.nowhere,
            mapping.unread if mapping else {},
            mapping.drop if mapping else (),
            self.besides,
        )

    def _rejects(self) -> Iterator[Raw]:
        for row in dict.fromkeys(problem.row for problem in self.problems):
            yield self.raws.get(row) or Raw(row, {})


class Imports(Part):
    """Imports, and taking them back."""

    batch = query(batches.batch)

    async def read(
        self, data: bytes, plan: ImportPlan, act: Act, tell: Tell | None = None
    ) -> ImportReport:
        """Import a file; with `plan.dry` only say what would become of it.

        Nothing is filed unless every row can be or `plan.skip_bad` leaves out those that cannot.
        What was decided on is finished even if the caller goes away.
        """
        try:
            check = await asyncio.to_thread(_Check, data, plan)
            if plan.dry:
                while await self.db.read(check.next) is not None:
                    _report_progress(tell, "check", check)
                return check.report()
            return await self._import(check, plan, act, tell)
        except Refused as refused:
            counts: dict[RowOutcome, int] = {}
            return ImportReport("", 0, counts, (refused.at(0, "file"),))

    async def _import(
        self, check: _Check, plan: ImportPlan, act: Act, tell: Tell | None
    ) -> ImportReport:
        number = await self.db.write(batches.begin, act, plan.name)
        decided = False
        try:
            while (decisions := await self.db.read(check.next)) is not None:
                await self.db.write_lightly(batches.stage, number, decisions)
                _report_progress(tell, "check", check)
            to_file = check.counts[RowOutcome.NEW] + check.counts[RowOutcome.CHANGED]
            if not to_file or (check.problems and not plan.skip_bad):
                return check.report()
            rejected = len({problem.row for problem in check.problems})
            await self.db.write(batches.commit, number, check.known.new, check.counts, rejected)
            decided = True
        finally:
            if not decided:
                await self.db.write(batches.drop, number)
        filed = asyncio.create_task(self._file(number, to_file, tell))
        batch = await asyncio.shield(filed)
        if batch.state == "undone":
            check.problems.append(RowProblem(0, "file", Fault.NOT_FILED, batch.why))
            return check.report()
        return check.report(batch.ref, batch.counts)

    async def _file(self, number: int, total: int, tell: Tell | None) -> ImportBatch:
        done = 0
        try:
            while count := await self.db.write_lightly(step, number):
                done += count
                if tell:
                    tell("file", done, total)
            await self.db.write(conclude, number)
        except CANNOT_BE as error:
            await self.db.write(give_up, number, error)
            await self._take_back(number)
        return await self.batch(number)

    async def undo_batch(self, act: Act, number: int) -> ImportBatch:
        """Take a batch back: retract what it filed, put back what it corrected.

        What somebody has changed since stays as it is. The act's key is not used: a batch is taken
        back once, and again changes nothing. LookupError where there is no such batch.
        """
        if await self.db.write(begin_undo, number, act):
            await asyncio.shield(asyncio.create_task(self._take_back(number)))
        return await self.batch(number)

    async def _take_back(self, number: int) -> None:
        after = ""
        while after := await self.db.write_lightly(undo_step, number, after):
            pass
        await self.db.write(conclude_undo, number)


def _report_progress(tell: Tell | None, what: str, check: _Check) -> None:
    if tell:
        tell(what, check.rows, 0)
