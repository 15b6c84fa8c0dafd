"""What became of an import, as an answer."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from commands.kit.errors import BadParam, Code
from commands.kit.inlines import Inline, Line, Phrase, Reference, Strong, T, join
from commands.kit.reply import (
    Action,
    Block,
    Facts,
    Heading,
    Item,
    Items,
    Reply,
    Small,
    Tone,
)
from commands.kit.vocabulary import oblast, place_name, thousands
from commands.shared.importing.column_names import MEANING_NAMES
from commands.shared.importing.import_errors import sentences
from commands.shared.importing.import_files import longest_list, rejects_file, report_file
from store.transfer.days.day_order import DAY_FIRST, MONTH_FIRST
from store.transfer.import_problems import Fault
from store.transfer.importer import ImportPlan, ImportReport
from store.transfer.plan import RowOutcome
from store.transfer.resolver import TakenPlace

FEW = 10
"""As many of each list as a chat shows."""


def report_import(report: ImportReport, plan: ImportPlan, most: int = FEW) -> Reply:
    """Return a report as an answer; lists are cut after `most`."""
    blocks: list[Block] = []
    if report.problems:
        problems = [(problem,) for problem in sentences(report.problems)]
        blocks += _short_list(T("Problems"), problems, most)
        if any(problem.fault in _MISSING for problem in report.problems):
            blocks.append(
                Small(
                    (
                        T(
                            "To create the missing speakers and sources: "
                            "new:create here, --create on the command line."
                        ),
                    )
                )
            )
    blocks += _say_orders(plan)
    blocks += _about(report, most)
    files = [rejects_file(report, plan)] if report.rejects and plan.skip_bad else []
    if longest_list(report) > most:
        files.append(report_file(report, plan))
    refused = bool(report.problems) and not plan.skip_bad and not plan.dry
    log = Action(T("Log of {ref}", ref=report.batch), "log", {"ref": report.batch})
    return Reply(
        (Strong(_title(report, plan)),),
        tuple(blocks),
        (log,) if report.batch else (),
        Tone.NOTHING if refused else Tone.ANSWER,
        files=tuple(files),
        about=(report.batch,) if report.batch else (),
    )


def answer_import(report: ImportReport, plan: ImportPlan) -> Reply:
    """Return a report as an answer; BadParam for a file of which nothing could be read."""
    if report.is_read:
        return report_import(report, plan)
    why = join(" ", *sentences(report.problems)[:FEW])
    raise BadParam(T("Nothing was filed"), *why, code=Code.BAD_FILE)


_ORDERS = {DAY_FIRST, MONTH_FIRST}
_MISSING = {Fault.NO_ACTOR, Fault.NO_SOURCE_OF_THAT_NAME}


def _title(report: ImportReport, plan: ImportPlan) -> Inline:
    bad = report.bad_rows
    if not report.rows:
        return T("Nothing was filed")
    if report.batch:
        return T("{batch}: {counts}", batch=report.batch, counts=_counts(report, _FILED))
    if plan.dry or (report.problems and plan.skip_bad):
        return T(
            "Nothing was filed. Of {rows}: {counts}",
            rows=thousands(report.rows),
            counts=_counts(report, _WOULD_BE),
        )
    if bad:
        return T(
            "Nothing was filed: {bad} of {rows} have problems",
            bad=thousands(bad),
            rows=thousands(report.rows),
        )
    kept = report.counts.get(RowOutcome.KEPT, 0)
    if not kept:
        return T("Nothing to file: all {rows} are on record already", rows=thousands(report.rows))
    return T(
        "Nothing to file: all {rows} are on record "
        "already; people changed {kept} of them, so those stay",
        rows=thousands(report.rows),
        kept=thousands(kept),
    )


_UNCHANGED, _KEPT = T("{n} unchanged"), T("{n} kept, since people changed them")
_FILED = {
    RowOutcome.NEW: T("{n} filed"),
    RowOutcome.CHANGED: T("{n} corrected"),
    RowOutcome.UNCHANGED: _UNCHANGED,
    RowOutcome.KEPT: _KEPT,
    None: T("{n} left out"),
}
_WOULD_BE = {
    RowOutcome.NEW: T("{n} new"),
    RowOutcome.CHANGED: T("{n} changed"),
    RowOutcome.UNCHANGED: _UNCHANGED,
    RowOutcome.KEPT: _KEPT,
    None: T("{n} with problems"),
}


def _counts(report: ImportReport, words: Mapping[RowOutcome | None, T]) -> Inline:
    """Return how many rows became what, without what there is none of."""
    parts = [
        T(word.message, n=thousands(number))
        for outcome, word in words.items()
        if (number := report.counts.get(outcome, 0) if outcome else report.bad_rows)
    ]
    return Phrase(join(", ", *parts))


def _say_orders(plan: ImportPlan) -> Iterator[Block]:
    """Yield in which order the days of a column were read, where they have slashes."""
    columns = plan.columns.columns if plan.columns else {}
    orders = [(name, meaning) for name, meaning in columns.items() if meaning in _ORDERS]
    if orders:
        yield Facts(tuple((name, (MEANING_NAMES[order],)) for name, order in orders))


def _about(report: ImportReport, most: int) -> Iterator[Block]:
    """Yield what was made, guessed or left out on the way."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for thing in report.new:
        names[thing.kind].append(thing.content["name"])
    rows: list[tuple[Inline, Line]] = []
    if report.kept:
        rows.append((T("Kept"), (", ".join(report.kept),)))
    if names["source"]:
        rows.append((T("New sources"), _name_list(names["source"], most)))
    if names["actor"]:
        rows.append((T("New speakers"), _name_list(names["actor"], most)))
    if taken := [_TAKEN[name](n) for name, n in report.taken.items() if n]:
        rows.append((T("Taken over too"), join(", ", *taken)))
    if pairs := report.alike.pairs:
        like = [Phrase((T("row {n}", n=row), " → ", Reference(ref))) for row, ref in pairs.items()]
        more = T("{n} more", n=thousands(len(like) - most)) if len(like) > most else None
        rows.append((T("Much like what is on record"), join(", ", *like[:most], more)))
        if report.alike.left:
            rows.append((T("Not held against it"), (_rows_left(report.alike.left),)))
    rows += _list_leftovers(report, most)
    if rows:
        yield Facts(tuple(rows))
    yield from _about_places(report, most)


def _rows_left(count: int) -> Inline:
    return T("{count} new row", "{count} new rows", n=count, count=thousands(count))


def _list_leftovers(report: ImportReport, most: int) -> Iterator[tuple[Inline, Line]]:
    """Yield what of the file nothing was made of, and what it no longer has."""
    if report.unread:
        yield T("Unreadable"), _name_list(report.unread, most)
    besides = [
        T("links of {n} row to no entry here", "links of {n} rows to no entry here", n=n)
        for n in report.besides.values()
    ]
    if areas := report.remarks.areas:
        besides.append(T("the outline of {n} row", "the outlines of {n} rows", n=areas))
    if passed := report.remarks.passed:
        besides.append(T("{n} point or line", "{n} points and lines", n=passed))
    if wordless := report.remarks.wordless:
        besides.append(T("{n} post without words", "{n} posts without words", n=wordless))
    if report.dropped or besides:
        yield T("Not imported"), join(", ", ", ".join(report.dropped), *besides)
    if report.remarks.above:
        yield T("Passed over"), _name_list(report.remarks.above, most)
    if report.remarks.edge:
        yield T("Too close to an edge to tell"), _name_list(report.remarks.edge, most)
    if about := report.remarks.about:
        rough = T("{n} place inside", "{n} places inside", n=about)
        yield T("Position known only roughly"), (rough,)
    if report.gone:
        yield T("Gone from it"), _name_list(report.gone, most)


def _about_places(report: ImportReport, most: int) -> Iterator[Block]:
    """Yield as which place each name was read, and which were known by a point alone or not."""
    if report.by_name:
        taken = [_read_as(*pair) for pair in report.by_name.items()]
        yield from _short_list(T("Places, as their names were read"), taken, most)
    if report.by_nearness:
        near = [_read_as(*pair) for pair in report.by_nearness.items()]
        yield from _short_list(T("Places known by their coordinates alone"), near, most)
    if report.nowhere:
        nowhere = [(f"{name} ({spot})",) for name, spot in report.nowhere.items()]
        yield from _short_list(T("Places that are not known; filed without a place"), nowhere, most)


def _read_as(name: str, place: TakenPlace) -> Line:
    raion = place_name(place.raion) if place.raion else None
    where = join(", ", Reference(place.ref), raion, oblast(place))
    km = T("{km} km", km=f"{place.km:.1f}") if place.km is not None else None
    return (name, " → ", *join(", ", Phrase((place_name(place), " (", *where, ")")), km))


_TAKEN: Mapping[str, Callable[[int], T]] = {
    "verdict": lambda n: T("{n} verdict", "{n} verdicts", n=n),
    "links": lambda n: T("{n} link", "{n} links", n=n),
}


def _name_list(names: Iterable[str], most: int) -> Line:
    every = list(names)
    more = T("{n} more", n=len(every) - most) if len(every) > most else None
    return join(", ", *every[:most], more)


def _short_list(head: T, lines: Sequence[Line], most: int) -> list[Block]:
    blocks: list[Block] = [Heading(head), Items(tuple(Item(line) for line in lines[:most]))]
    if len(lines) > most:
        blocks.append(Small((T("and {n} more", n=len(lines) - most),)))
    return blocks
