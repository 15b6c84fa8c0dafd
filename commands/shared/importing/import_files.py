"""The files that come with the report of an import: rows to mend, and all that was cut."""

from collections import defaultdict
from collections.abc import Mapping

from commands.kit.i18n import english
from commands.kit.inlines import Inline, T
from commands.kit.reply import Attachment
from commands.shared.importing.import_errors import sentence, sentences
from store.transfer.encode import rejects
from store.transfer.formats.decode import ForeignFormat, Format, format_of
from store.transfer.importer import ImportPlan, ImportReport
from store.transfer.resolver import TakenPlace


def rejects_file(report: ImportReport, plan: ImportPlan) -> Attachment:
    """Return the rows that were left out as a file, each with what is wrong with it, in English."""
    why: defaultdict[int, list[str]] = defaultdict(list)
    for problem in report.problems:
        why[problem.row].append(_plain(sentence(problem)))
    format_ = _format_of_rejects(plan)
    text = rejects([(raw.data, " ".join(why[raw.row])) for raw in report.rejects], format_)
    stem, dot, ending = plan.name.removesuffix(".gz").rpartition(".")
    if not isinstance(format_of(plan.name, plan.format), Format):
        ending = format_
    name = f"{stem}.rejects.{ending}" if dot else f"{plan.name}.rejects.{format_}"
    return Attachment(name, text.encode())


def _format_of_rejects(plan: ImportPlan) -> Format:
    """Return the file's own format where one is written, else the nearest to it."""
    match format_of(plan.name, plan.format):
        case Format() as own:
            return own
        case ForeignFormat.SHEET:
            return Format.CSV
    return Format.JSONL


def report_file(report: ImportReport, plan: ImportPlan) -> Attachment:
    """Return every list of a report whole, in English."""
    parts = [[f"{_plain(head)}:", *lines, ""] for head, lines in _lists(report) if lines]
    text = "\n".join(line for part in parts for line in part)
    return Attachment(f"{plan.name}.report.txt", text.encode())


def longest_list(report: ImportReport) -> int:
    """Return how many lines the longest list of a report has."""
    return max(len(lines) for _, lines in _lists(report))


def _lists(report: ImportReport) -> list[tuple[T, list[str]]]:
    likes = report.alike.pairs
    return [
        (T("Problems"), [_plain(problem) for problem in sentences(report.problems)]),
        (T("New"), [f"{thing.kind}: {thing.content['name']}" for thing in report.new]),
        (T("Places, as their names were read"), _list_places(report.by_name)),
        (T("Places known by their coordinates alone"), _list_places(report.by_nearness)),
        (T("Places that are not known"), _pairs(report.nowhere)),
        (T("Unreadable"), list(report.unread)),
        (T("Gone from this file"), list(report.gone)),
        (T("Much like what is on record"), _pairs({f"{n}": it for n, it in likes.items()})),
    ]


def _pairs(pairs: Mapping[str, str]) -> list[str]:
    return [f"{name} → {place}" for name, place in pairs.items()]


def _list_places(places: Mapping[str, TakenPlace]) -> list[str]:
    return _pairs({name: place.english for name, place in places.items()})


def _plain(inline: Inline) -> str:
    if isinstance(inline, T):
        return "".join(_plain(piece) for piece in inline.pieces(english))
    return inline if isinstance(inline, str) else ""
