"""Imports: a file is checked row by row, staged, and filed whole or not at all."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from store.db.explain import find_cause
from store.db.part import Part, query
from store.model.ref import BATCH, Ref
from store.model.refusals import UnfinishedBatch
from store.model.revision import Act
from store.transfer import batches
from store.transfer.batches import ImportBatch
from store.transfer.file_check import FileCheck, ImportPlan, ImportReport, Peek, peek_at
from store.transfer.import_problems import Fault, Refused, RowProblem
from store.transfer.others_changes import list_changed
from store.transfer.plan import RowOutcome
from store.transfer.recover import CANNOT_BE, give_up
from store.transfer.steps import conclude, step
from store.transfer.tie_steps import stage_ties
from store.transfer.undo_import import begin_undo, conclude_undo, undo_step

__all__ = ["ImportPlan", "ImportReport", "Imports", "Peek", "Tell"]

Tell = Callable[[str, int, int], None]
"""Is told how far it is: "check" or "file", how many rows, of how many."""


class Imports(Part):
    """Imports, and taking them back."""

    batch = query(batches.batch)
    list_changed = query(list_changed)

    async def peek(self, data: bytes, plan: ImportPlan) -> Peek | RowProblem:
        """Return the first rows of a file as they stand in it, or why it cannot be read."""
        try:
            return await asyncio.to_thread(peek_at, data, plan)
        except Refused as refused:
            return refused.at(0, "file")

    async def read(
        self, data: bytes, plan: ImportPlan, act: Act, tell: Tell | None = None
    ) -> ImportReport:
        """Import a file; with `plan.dry` only say what would become of it.

        Nothing is filed unless every row can be or `plan.skip_bad` leaves out those that cannot.
        What was decided on is finished even if the caller goes away.
        """
        try:
            check = await asyncio.to_thread(FileCheck, data, plan, act.at)
            del data  # goes once its rows are read
            if plan.dry:
                while await self.db.read(check.next) is not None:
                    _report_progress(tell, "check", check)
                await check.alike.look(self.db)
                return check.report()
            return await self._import(check, plan, act, tell)
        except Refused as refused:
            counts: dict[RowOutcome, int] = {}
            return ImportReport("", 0, counts, (refused.at(0, "file"),))

    async def _import(
        self, check: FileCheck, plan: ImportPlan, act: Act, tell: Tell | None
    ) -> ImportReport:
        number = await self.db.write(batches.begin, act, plan.name)
        decided = False
        try:
            while (decisions := await self.db.read(check.next)) is not None:
                await self.db.write_lightly(batches.stage, number, decisions)
                _report_progress(tell, "check", check)
            to_file = check.counts[RowOutcome.NEW] + check.counts[RowOutcome.CHANGED]
            to_file += len(check.ties)
            if not to_file or (check.problems and not plan.skip_bad):
                return check.report()
            await check.alike.look(self.db)
            await self.db.write(stage_ties, number, check.ties)
            await self.db.write(batches.keep_outlines, number, check.areas.outlines)
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
            with _leave_the_rest(number):
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
        with _leave_the_rest(number):
            while after := await self.db.write_lightly(undo_step, number, after):
                pass
            await self.db.write(conclude_undo, number)


@contextmanager
def _leave_the_rest(number: int) -> Iterator[None]:
    """Say of a disk that fails on the way what becomes of the rest of a batch."""
    try:
        yield
    except sqlite3.Error as error:
        if not (cause := find_cause(error)):
            raise
        raise UnfinishedBatch(Ref(BATCH, number), cause) from None


def _report_progress(tell: Tell | None, what: str, check: FileCheck) -> None:
    if tell:
        tell(what, check.rows, 0)
