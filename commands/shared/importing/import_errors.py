"""What is wrong with a file or a row, in one sentence: what was read, and what to write instead."""

from collections.abc import Iterable, Mapping, Sequence

from commands.kit.inlines import Inline, T
from store.model.installation import name_install_line
from store.transfer.import_problems import Fault, RowProblem

_OF_FILE: Mapping[Fault, T] = {
    Fault.EMPTY: T("there are no rows in it."),
    Fault.TOO_LARGE: T("it has {read} bytes; the most is {more}."),
    Fault.TOO_MANY_ROWS: T("it has more than {read} rows; divide it."),
    Fault.PACKED: T("it is packed ({read}); unpack it first."),
    Fault.NOT_UTF8: T(
        "“{read}” is not UTF-8 (line {more}); save the file as UTF-8, or name its encoding:"
        " encoding:windows-1251 here, --encoding windows-1251 in a shell."
    ),
    Fault.NUL: T("there is a NUL byte in line {more}; write text alone."),
    Fault.NO_FORMAT: T("“{read}” does not say what it is written in; write format: {more}."),
    Fault.NOT_GEOJSON: T("“{read}” is not a FeatureCollection; write GeoJSON with features."),
    Fault.NEEDS_EXTRA: T("{read} is read only with the extra “files”: {more}"),
    Fault.DAMAGED: T("it is damaged or is something else ({read}); save it anew."),
    Fault.HAS_DTD: T("it declares a document type (DTD), which is not read; save it without."),
    Fault.TOO_MUCH: T("it unpacks to too much ({read}, at most {more}); divide it."),
    Fault.TOO_SLOW: T("it takes longer than {read} seconds to read; divide it."),
    Fault.TOO_MANY_CELLS: T("the sheet has {read} cells; {more} at most are read; divide it."),
    Fault.NO_SHEET: T("there is no sheet “{read}”; there are {more}."),
    Fault.NO_LIST: T("no list of rows stands under “{read}”; lists stand under: {more}."),
    Fault.NO_CHANNEL: T(
        "only what channels post is read, never what members of a group say; this is: {read}."
    ),
    Fault.NO_REVIEW: T(
        "no review of a claim (ClaimReview) stands in this page; save a table as CSV, and have a"
        " text read into drafts: /draft from."
    ),
    Fault.COLUMN_TWICE: T("“{read}” stands there twice; give each column a name of its own."),
    Fault.NO_HEADER: T(
        "“{read}” is data, not a heading; put a row of headings above it, such as Date, Place,"
        " What, Source."
    ),
    Fault.UNKNOWN_COLUMN: T(
        "“{read}” is not one of Sitrep’s fields. Rename it (nearest: {more}), or name a mapping:"
        " mapping:NAME here, --mapping NAME in a shell."
    ),
    Fault.UNKNOWN_COLUMNS: T(
        "{read} are not Sitrep’s fields. Rename them to some of {more}, or name a mapping:"
        " mapping:NAME here, --mapping NAME in a shell. There you can also say what each column is:"
        " --columns 1=place,2=none."
    ),
    Fault.NO_COLUMN: T("the mapping {more} needs the columns {read}; add them."),
    Fault.NO_MAPPING: T("there is no mapping “{read}”; there are {more}."),
    Fault.BAD_MAPPING: T("the mapping {read} cannot be used: {more}"),
    Fault.NOT_FILED: T("nothing of it is on record: {read}"),
}
_OF_ROW: Mapping[Fault, T] = {
    Fault.NOT_JSON: T("“{read}” is not JSON ({more}); write one object a line."),
    Fault.NOT_OBJECT: T("“{read}” is not an object; write names with their values."),
    Fault.KEY_IN_OBJECT_TWICE: T("“{read}” stands twice in one object; write it once."),
    Fault.TOO_DEEP: T("“{read}” is nested deeper than {more}; write our fields alone."),
    Fault.NO_SUCH_NUMBER: T("“{read}” is not a number that can be stored; write it as text."),
    Fault.NOT_CSV: T("a quote is not closed or not doubled; double each quote inside quotes."),
    Fault.CELLS: T("it has {read} cells where the header has {more}; quote what holds a comma."),
    Fault.NO_NAME: T("a column without a name holds “{read}”; give it a name."),
}
_OF_FIELD: Mapping[Fault, T] = {
    Fault.UNKNOWN_FIELD: T("there is no field “{read}”; there are {more}."),
    Fault.GIVEN_TWICE: T("“{read}” and {more} say it twice; write one of them."),
    Fault.MISSING: T("there is nothing in it, and it is needed; write it."),
    Fault.TOO_LONG: T("it has {read} characters; write {more} at most."),
    Fault.NOT_TEXT: T("“{read}” does not fit; write {more}."),
    Fault.NOT_STORABLE: T("“{read}” has invisible or broken characters; take them out."),
    Fault.NOT_ONE_OF: T("“{read}” is not one of these: {more}."),
    Fault.NOT_A_WORD: T("“{read}” is not a type; write one word such as fighting."),
    Fault.NOT_CREDIBILITY: T("“{read}” is not a credibility; write 1 to 6."),
    Fault.NOT_A_DAY: T(
        "“{read}” is not a day; write 2025-10-08, 2025-10 or 2025-10-01/2025-10-08."
    ),
    Fault.WHICH_DAY: T(
        "people read “{read}” differently; write {more}, or say in which order its column has day"
        " and month, with the number of that column for N: column:N=month_first here,"
        " --columns N=month_first in a shell (or day_first)."
    ),
    Fault.FUTURE_DAY: T(
        "“{read}” is after today, {more}; correct it, or let days to come in: days:future here,"
        " --future in a shell."
    ),
    Fault.NO_WORDS: T("“{read}” has no words in it; write a sentence."),
    Fault.NOT_AN_ADDRESS: T("“{read}” is not an address; write one that starts with https://."),
    Fault.AREA: T(
        "“{read}” is an area; it is read as the assessment of a day, and lacks {more}. Say it for"
        " all of them: assessor:, as_of: and control: here, --assessor, --as-of and --control in a"
        " shell. Give a point or name the places if it is something else."
    ),
    Fault.NO_OUTLINE: T(
        "“{read}” is not an outline that can be read; close each ring, east before north."
    ),
    Fault.NOTHING_INSIDE: T(
        "no place lies inside this area, and {read} close to its edge; see that east comes before"
        " north."
    ),
    Fault.TWO_STATUSES: T("{read} lies in two areas with different statuses ({more}); mend one."),
    Fault.NOT_COORDINATES: T("“{read}” is not a point; write degrees such as 48.28, 37.18."),
    Fault.LARGE_SQUARE: T(
        "“{read}” is a square of {more} km, with many villages in it; write four digits or more."
    ),
    Fault.NOT_A_VERSION: T("“{read}” was not written by an export; leave it empty."),
    Fault.NOT_IN_TABLE: T("the mapping has no word for “{read}” in [words.{more}]; add it there."),
}
_OF_RECORD: Mapping[Fault, T] = {
    Fault.NO_PLACE: T("no place “{read}” is known; write another spelling or P- and its number."),
    Fault.WHICH_PLACE: T("“{read}” does not say plainly which place; write one of {more}."),
    Fault.SEVERAL_PLACES: T(
        "“{read}” names several places, {more}; give each a column of its own, place and place_2."
    ),
    Fault.NO_PLACE_NEAR: T("no place is within {more} km of “{read}”; write a place."),
    Fault.NO_ACTOR: T(
        "no speaker “{read}” is on record; correct the name, or let the import"
        " create what is missing."
    ),
    Fault.A_REFERENCE: T(
        "“{read}” has the form of a reference; write a name, or put a word before it."
    ),
    Fault.PLACE_APART: T(
        "“{read}” is not where the coordinates are: {more} away; correct one of them."
    ),
    Fault.SWAPPED: T("latitude and longitude of “{read}” look swapped; write north first."),
    Fault.WHICH_ACTOR: T("“{read}” could be several speakers; write one of {more}."),
    Fault.NO_SOURCE_OF_THAT_NAME: T(
        "no source “{read}” is on record; correct the name, or let"
        " the import create what is missing."
    ),
    Fault.WHICH_SOURCE: T("“{read}” could be several sources; write one of {more}."),
    Fault.NO_EVENT_TYPE: T("“{read}” is not a kind of event here; write one of {more}."),
    Fault.NO_CONTROL: T("“{read}” is not a control status; write one of {more}."),
    Fault.NO_SOURCE: T("no source is named; write where it was read."),
    Fault.NO_ASSESSOR: T("an assessment needs its assessor; write whose it is."),
    Fault.SAME_TWICE: T("“{read}” is named twice; name it once."),
    Fault.SAME_KEY: T("“{read}” is also the key of row {more}; give each row its own."),
}
SENTENCES: Mapping[Fault, T] = {**_OF_FILE, **_OF_ROW, **_OF_FIELD, **_OF_RECORD}

_ROWS = 5  # numbers, of rows that share a problem
_CLOSE = T("Similar: {more}.")


def sentence(problem: RowProblem, others: Sequence[int] = ()) -> T:
    """Return a problem as one sentence that names its row, `others` that share it, and field."""
    words = SENTENCES[problem.fault].message
    needs_extra = problem.fault is Fault.NEEDS_EXTRA
    more = name_install_line("files") if needs_extra else problem.more
    what = T(words, read=problem.read, more=more)
    if problem.fault is Fault.NO_PLACE and problem.more:
        what = T("{what} {close}", what=what, close=T(_CLOSE.message, more=problem.more))
    rows = list(dict.fromkeys((problem.row, *others)))
    if not problem.row:
        return T("{field}: {what}", field=problem.field, what=what)
    if len(rows) == 1:
        return T("Row {row}, {field}: {what}", row=problem.row, field=problem.field, what=what)
    first: Inline = ", ".join(map(str, rows[:_ROWS]))
    if len(rows) > _ROWS:
        first = T("{rows} and {n} more", rows=first, n=len(rows) - _ROWS)
    return T("Rows {rows}, {field}: {what}", rows=first, field=problem.field, what=what)


def sentences(problems: Iterable[RowProblem]) -> list[T]:
    """Return problems as sentences: what is wrong with several rows alike is said once."""
    alike: dict[tuple[str, Fault, str, str], list[RowProblem]] = {}
    for problem in problems:
        key = (problem.field, problem.fault, problem.read, problem.more)
        alike.setdefault(key, []).append(problem)
    return [sentence(first, [each.row for each in others]) for first, *others in alike.values()]
