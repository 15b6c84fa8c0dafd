"""What is wrong with a file or a row, in one sentence: what was read, and what to write instead."""

from collections.abc import Mapping

from commands.kit.inlines import T
from store.transfer.import_problems import Fault, RowProblem

_OF_FILE: Mapping[Fault, T] = {
    Fault.EMPTY: T("there are no rows in it."),
    Fault.TOO_LARGE: T("it has {read} bytes; {more} at most are read here."),
    Fault.TOO_MANY_ROWS: T("it has more than {read} rows; divide it."),
    Fault.PACKED: T("it is packed ({read}); unpack it first."),
    Fault.NOT_UTF8: T("“{read}” is not UTF-8 (line {more}); save the file as UTF-8."),
    Fault.NUL: T("there is a NUL byte in line {more}; write text alone."),
    Fault.NO_FORMAT: T("“{read}” does not say what it is written in; write format: {more}."),
    Fault.NOT_GEOJSON: T("“{read}” is no FeatureCollection; write GeoJSON with features."),
    Fault.COLUMN_TWICE: T("“{read}” stands there twice or is empty; give each column a name."),
    Fault.NO_COLUMN: T("the mapping {more} needs the columns {read}; add them."),
    Fault.NO_MAPPING: T("there is no mapping “{read}”; there are {more}."),
    Fault.BAD_MAPPING: T("the mapping {read} cannot be used: {more}"),
    Fault.NOT_FILED: T("nothing of it is on record: {read}"),
}
_OF_ROW: Mapping[Fault, T] = {
    Fault.NOT_JSON: T("“{read}” is not JSON ({more}); write one object a line."),
    Fault.NOT_OBJECT: T("“{read}” is no object; write names with their values."),
    Fault.KEY_IN_OBJECT_TWICE: T("“{read}” stands twice in one object; write it once."),
    Fault.TOO_DEEP: T("“{read}” is nested deeper than {more}; write our fields alone."),
    Fault.NO_SUCH_NUMBER: T("“{read}” is no number that can be stored; write it as text."),
    Fault.NOT_CSV: T("a quote is not closed or not doubled; double each quote inside quotes."),
    Fault.CELLS: T("it has {read} cells where the header has {more}; quote what holds a comma."),
    Fault.FORMULA: T("“{read}” would run in a spreadsheet; put an apostrophe before it."),
}
_OF_FIELD: Mapping[Fault, T] = {
    Fault.UNKNOWN_FIELD: T("there is no field “{read}”; there are {more}."),
    Fault.GIVEN_TWICE: T("“{read}” and {more} say it twice; write one of them."),
    Fault.MISSING: T("there is nothing in it, and it is needed; write it."),
    Fault.TOO_LONG: T("it has {read} characters; write {more} at most."),
    Fault.NOT_TEXT: T("“{read}” does not fit; write {more}."),
    Fault.NOT_STORABLE: T("“{read}” has invisible or broken characters; take them out."),
    Fault.NOT_ONE_OF: T("“{read}” is none of these: {more}."),
    Fault.NOT_A_WORD: T("“{read}” is no type; write one word such as fighting."),
    Fault.NOT_CREDIBILITY: T("“{read}” is no credibility; write 1 to 6."),
    Fault.NOT_A_DAY: T("“{read}” is no day; write 2025-10-08, 2025-10 or 2025-10-01/2025-10-08."),
    Fault.NOT_AN_ADDRESS: T("“{read}” is no address; write one that starts with https://."),
    Fault.NOT_COORDINATES: T("“{read}” is no point; write degrees such as 48.28, 37.18."),
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
    Fault.NO_EVENT_TYPE: T("“{read}” is no kind of event here; write one of {more}."),
    Fault.NO_CONTROL: T("“{read}” is no control status; write one of {more}."),
    Fault.NO_SOURCE: T("no source is named; write where it was read."),
    Fault.NO_ASSESSOR: T("an assessment needs its assessor; write whose it is."),
    Fault.SAME_TWICE: T("“{read}” is named twice; name it once."),
    Fault.SAME_KEY: T("“{read}” is also the key of row {more}; give each row its own."),
}
SENTENCES: Mapping[Fault, T] = {**_OF_FILE, **_OF_ROW, **_OF_FIELD, **_OF_RECORD}

_CLOSE = T("Close to it: {more}.")


def sentence(problem: RowProblem) -> T:
    """Return a problem as one sentence that names row and field."""
    words = SENTENCES[problem.fault].message
    what = T(words, read=problem.read, more=problem.more)
    if problem.fault is Fault.NO_PLACE and problem.more:
        what = T("{what} {close}", what=what, close=T(_CLOSE.message, more=problem.more))
    if not problem.row:
        return T("{field}: {what}", field=problem.field, what=what)
    return T("Row {row}, {field}: {what}", row=problem.row, field=problem.field, what=what)
