"""One file being checked: what would become of each row, and all that is wrong."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from itertools import islice

from msgspec import Struct, field

from store.confined import RunProcess, run_process
from store.model.held_file import ChosenColumns
from store.model.ref import ENTRY, Ref
from store.transfer.areas.area_rows import AreaPlan, OutlineRows
from store.transfer.columns import mapping_file as mappings
from store.transfer.columns.chosen import map_chosen
from store.transfer.columns.column_map import ColumnMap
from store.transfer.days.day_order import OrderTally
from store.transfer.days.desk_days import DeskDays, ReadDay
from store.transfer.fields import is_field
from store.transfer.formats import decode as decoding
from store.transfer.formats.decode import ForeignFormat, Format, Limits
from store.transfer.formats.foreign import Within, parse_foreign, read_parsed
from store.transfer.formats.raw_row import Raw, Remarks
from store.transfer.formats.table import Columns
from store.transfer.import_problems import Fault, Refused, RowProblem
from store.transfer.pause_gc import pause_gc
from store.transfer.plan import Decision, RowOutcome, decide, find_origin
from store.transfer.resolver import Known, Near, New, ReadTerm, TakenPlace
from store.transfer.row_reader import ImportRow, Reader
from store.transfer.row_remarks import AlikeRows, list_gone
from store.transfer.tie_steps import WaitingTies, count_lost, select_ties

_SHOWN_KEPT = 20
_PEEKED = 3


class ImportPlan(Struct, frozen=True):
    """What to read and how. `mapping` is a name or, with `files`, a path; "" for our own fields.

    `zone` is the desk's; `read_day` reads days as people write them, where a mapping asks for it;
    `read_term` reads statuses and kinds of event by their names in other languages.
    With `future` days to come are let in. `encoding` is for files that do not say theirs; `sheet`
    and `rows` say which sheet of a workbook, and which list of JSON, has the rows. `run` runs the
    confined process for other programs' files.
    """

    name: str
    format: str = ""
    mapping: str = ""
    files: bool = False
    create: bool = False
    skip_bad: bool = False
    dry: bool = False
    limits: Limits = decoding.CHAT
    zone: tzinfo = UTC
    read_day: ReadDay | None = None
    read_term: ReadTerm | None = None
    future: bool = False
    encoding: str = ""
    sheet: str = ""
    rows: str = ""
    columns: ChosenColumns | None = None
    area: AreaPlan = AreaPlan()
    run: RunProcess = run_process


class Peek(Struct, frozen=True):
    """The first rows of a file as they stand in it, how many there are, and its columns.

    `foreign` are those that are none of our fields; `orders` says of columns of days in which order
    they have day and month, where their values tell.
    """

    columns: tuple[str, ...]
    foreign: tuple[str, ...]
    rows: tuple[Raw, ...]
    count: int
    orders: Mapping[str, str]


class ImportReport(Struct, frozen=True):
    """What became of a file. `batch` is empty where nothing was filed."""

    batch: str
    rows: int
    counts: Mapping[RowOutcome, int]
    problems: tuple[RowProblem, ...]
    rejects: tuple[Raw, ...] = ()
    kept: tuple[str, ...] = ()
    new: tuple[New, ...] = ()
    by_name: Mapping[str, TakenPlace] = {}
    by_nearness: Mapping[str, TakenPlace] = {}
    nowhere: Mapping[str, str] = {}
    unread: Mapping[str, int] = {}
    dropped: tuple[str, ...] = ()
    besides: Mapping[str, int] = {}
    """How many rows have links that lead to no entry on record."""
    taken: Mapping[str, int] = {}
    """How many verdicts and links come with the entries."""
    remarks: Remarks = field(default_factory=Remarks)
    gone: tuple[str, ...] = ()
    """Entries that an earlier file of this name had, and this one has not."""
    alike: AlikeRows = field(default_factory=AlikeRows)

    @property
    def bad_rows(self) -> int:
        return len({problem.row for problem in self.problems if problem.row})

    @property
    def is_read(self) -> bool:
        """Whether the file could be read, whatever is wrong with rows of it."""
        return bool(self.batch or self.bad_rows or not self.problems)


class FileCheck:
    """One file being checked."""

    def __init__(self, data: bytes, plan: ImportPlan, now: datetime) -> None:
        mapping = load_mapping(plan)
        self.mapping, self.remarks = mapping, Remarks()
        self._name = plan.name
        self._step = plan.limits.step
        columns = Columns(mapping.named, mapping.order) if mapping else Columns()
        self._format = decoding.format_of(plan.name, plan.format)
        read = read_file(data, plan, mapping, columns, self.remarks)
        near = mapping.near if mapping else Near()
        self.known = Known(near, create=plan.create, read_term=plan.read_term)
        days = DeskDays(now.astimezone(plan.zone).date(), plan.zone, plan.future, plan.read_day)
        self._reader = Reader(self.known, days, mapping.translate if mapping else None)
        self.areas = OutlineRows(
            plan.area, self._translate_area(days), self.remarks, days, self.known.control
        )
        self._rows = decoding.count_rows(self.areas.expand(read), plan.limits)
        self.counts: Counter[RowOutcome] = Counter()
        self.besides: Counter[str] = Counter()
        self.taken: Counter[str] = Counter()
        self.ties: list[WaitingTies] = []
        self.rows, self.kept = 0, list[str]()
        self.problems: list[RowProblem] = []
        self.raws: dict[int, Raw] = {}
        self._known_again: set[int] = set()
        self.alike = AlikeRows()
        self._gone: tuple[str, ...] = ()

    def _translate_area(self, days: DeskDays) -> Callable[[Raw], Raw] | None:
        """Return what the mapping makes of an area's properties; None without a mapping."""
        mapping = self.mapping
        if mapping is None:
            return None

        def translate(raw: Raw) -> Raw:
            mapping.check({*raw.data}, whole=False)
            return mapping.translate(raw, days)

        return translate

    @pause_gc()
    def next(self, db: sqlite3.Connection) -> list[Decision] | None:
        """Check the next rows against the record; None at the end."""
        self.known.db = self.areas.db = db
        good = self._read_rows()
        if good is None:
            self._gone = list_gone(db, self._name, self._known_again)
            self._count_lost(db)
            return None
        decisions = decide(db, good)
        self.alike.note(decisions)
        for decision in decisions:
            self.counts[decision.outcome] += 1
            if decision.entry_id is not None:
                self._known_again.add(decision.entry_id)
            if decision.outcome is RowOutcome.KEPT and decision.entry_id is not None:
                self.kept.append(str(Ref(ENTRY, decision.entry_id)))
            else:
                self._note_ties(db, decision)
        return decisions

    def _read_rows(self) -> list[ImportRow] | None:
        """Return what can be filed of the next rows; None where no row is left.

        Row by row, for thousands of raw ones at once would take more memory than all else.
        """
        good: list[ImportRow] = []
        columns: set[str] = set()
        at_end = True
        for raw in islice(self._rows, self._step):
            at_end = False
            self.rows += raw.row > 0
            if isinstance(raw, RowProblem):
                self.problems.append(raw)
                continue
            if not raw.plain:
                columns.update(raw.data)
            outcome = self._reader.read(raw)
            if isinstance(outcome, ImportRow):
                good.append(outcome)
            else:
                self.problems += outcome
                self.raws[raw.row] = raw
        if self.mapping and not at_end:
            self.mapping.check(columns, whole=self._format in {Format.CSV, ForeignFormat.SHEET})
        return None if at_end else good

    def _note_ties(self, db: sqlite3.Connection, decision: Decision) -> None:
        """Note the verdict and the links of a row that are not on record yet."""
        read, entry_id = decision.read, decision.entry_id
        if read.ties is None:
            return
        ours = entry_id is not None and find_origin(db, read.origin) == entry_id
        ties = select_ties(db, read.ties, entry_id, ours=ours)
        if ties.verdict or ties.links:
            self.ties.append(WaitingTies(read.row, read.filing.key or "", entry_id, ties))

    def _count_lost(self, db: sqlite3.Connection) -> None:
        """Count what of verdicts and links is taken over, and which links lead nowhere."""
        for waiting in self.ties:
            self.taken["verdict"] += bool(waiting.ties.verdict)
            self.taken["links"] += len(waiting.ties.links)
        if lost := count_lost(db, self.ties, self._reader.keys):
            self.besides["links"] = lost

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
            {**self.known.no_sources, **(mapping.unread if mapping else {})},
            mapping.drop if mapping else tuple(sorted(self.areas.dropped)),
            self.besides,
            self.taken,
            self.remarks,
            self._gone,
            self.alike,
        )

    def _rejects(self) -> Iterator[Raw]:
        for row in dict.fromkeys(problem.row for problem in self.problems if problem.row):
            yield self.raws.get(row) or Raw(row, {})


def load_mapping(plan: ImportPlan) -> ColumnMap | None:
    """Return the mapping that a plan names or chooses; None for our own fields."""
    if plan.columns is not None:
        written = plan.columns.written
        return mappings.parse(plan.name, written) if written else map_chosen(plan.columns)
    return mappings.load(plan.mapping, files=plan.files) if plan.mapping else None


def read_file(
    data: bytes, plan: ImportPlan, mapping: ColumnMap | None, columns: Columns, remarks: Remarks
) -> Iterator[Raw | RowProblem]:
    """Return a file's rows; what another program wrote is parsed before that. It blocks."""
    limits = plan.limits
    if len(data) > limits.size:
        raise Refused(Fault.TOO_LARGE, "file", f"{len(data):,}", f"{limits.size:,}")
    data = decoding.unpack(data, limits.unpacked)
    format_ = decoding.format_of(plan.name, plan.format)
    if isinstance(format_, ForeignFormat):
        within = mapping.within if mapping else Within()
        wanted = Within(plan.sheet or within.sheet, plan.rows or within.rows)
        output = parse_foreign(data, format_, wanted, plan.run)
        return read_parsed(output, format_, columns, remarks)
    encoding = plan.encoding or (mapping.encoding if mapping else "")
    return decoding.rows(data, encoding, format_, columns, remarks)


def peek_at(data: bytes, plan: ImportPlan) -> Peek:
    """Return the first rows of a file as they stand in it; Refused where it cannot be read."""
    read = read_file(data, plan, None, Columns(whatever=True), Remarks())
    rows: list[Raw] = []
    orders = OrderTally()
    columns: dict[str, None] = {}
    count = 0
    for row in decoding.count_rows(read, plan.limits):
        count += 1
        if isinstance(row, Raw) and row.outline is None:
            columns |= dict.fromkeys(row.data)
            orders.note(row.data)
            if len(rows) < _PEEKED:
                rows.append(row)
    headings = Columns()
    foreign = [name for name in columns if not is_field(headings.name(name))]
    return Peek(tuple(columns), tuple(foreign), tuple(rows), count, orders.settled())
