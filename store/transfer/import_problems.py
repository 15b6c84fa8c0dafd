"""What is wrong with a row or a file: which row, which field, what was read."""

from enum import StrEnum, auto
from typing import NamedTuple

from store.model.text import visible

_SHOWN = 60  # characters of what was read


class Fault(StrEnum):
    """Everything that can be wrong; a renderer has a sentence for each, with what to write."""

    # of a file
    EMPTY = auto()
    TOO_LARGE = auto()
    TOO_MANY_ROWS = auto()
    PACKED = auto()
    NOT_UTF8 = auto()
    NUL = auto()
    NO_FORMAT = auto()
    NOT_GEOJSON = auto()
    NEEDS_EXTRA = auto()
    DAMAGED = auto()
    HAS_DTD = auto()
    TOO_MUCH = auto()
    TOO_SLOW = auto()
    TOO_MANY_CELLS = auto()
    NO_SHEET = auto()
    NO_LIST = auto()
    NO_CHANNEL = auto()
    NO_REVIEW = auto()
    COLUMN_TWICE = auto()
    NO_HEADER = auto()
    NO_COLUMN = auto()
    UNKNOWN_COLUMN = auto()
    UNKNOWN_COLUMNS = auto()
    NO_NAME = auto()
    NO_MAPPING = auto()
    BAD_MAPPING = auto()
    # of a row's shape
    NOT_JSON = auto()
    NOT_OBJECT = auto()
    KEY_IN_OBJECT_TWICE = auto()
    TOO_DEEP = auto()
    NO_SUCH_NUMBER = auto()
    NOT_CSV = auto()
    CELLS = auto()
    # of a field
    UNKNOWN_FIELD = auto()
    GIVEN_TWICE = auto()
    MISSING = auto()
    TOO_LONG = auto()
    NOT_TEXT = auto()
    NOT_STORABLE = auto()
    NOT_ONE_OF = auto()
    NOT_A_WORD = auto()
    NOT_CREDIBILITY = auto()
    NOT_A_DAY = auto()
    WHICH_DAY = auto()
    FUTURE_DAY = auto()
    NO_WORDS = auto()
    NOT_AN_ADDRESS = auto()
    NOT_COORDINATES = auto()
    LARGE_SQUARE = auto()
    AREA = auto()
    NO_OUTLINE = auto()
    NOTHING_INSIDE = auto()
    TWO_STATUSES = auto()
    NOT_A_VERSION = auto()
    NOT_IN_TABLE = auto()
    # of what is on record
    NO_PLACE = auto()
    WHICH_PLACE = auto()
    SEVERAL_PLACES = auto()
    NO_PLACE_NEAR = auto()
    PLACE_APART = auto()
    SWAPPED = auto()
    NO_ACTOR = auto()
    A_REFERENCE = auto()
    WHICH_ACTOR = auto()
    NO_SOURCE_OF_THAT_NAME = auto()
    WHICH_SOURCE = auto()
    NO_CONTROL = auto()
    NO_EVENT_TYPE = auto()
    NO_SOURCE = auto()
    NO_ASSESSOR = auto()
    SAME_TWICE = auto()
    SAME_KEY = auto()
    NOT_FILED = auto()


class RowProblem(NamedTuple):
    """One thing that is wrong. `row` is 0 for the file as a whole; `more` says what could be.

    No Struct: the confined process loads this, and would take twice as long to start with msgspec.
    """

    row: int
    field: str
    fault: Fault
    read: str = ""
    more: str = ""


class Refused(Exception):
    """Ends the reading of a field, a row or a file at a problem."""

    def __init__(self, fault: Fault, field: str = "", read: str = "", more: str = "") -> None:
        super().__init__(fault)
        self.fault, self.field, self.read, self.more = fault, field, excerpt(read), more

    def at(self, row: int, field: str = "") -> RowProblem:
        """Return it as the problem of a row."""
        return RowProblem(row, self.field or field, self.fault, self.read, self.more)


def excerpt(text: str) -> str:
    """Return what was read as it can be shown back: visible, and not too much of it."""
    clean = visible(text[: 4 * _SHOWN])
    return clean if len(clean) <= _SHOWN else clean[: _SHOWN - 1] + "…"
