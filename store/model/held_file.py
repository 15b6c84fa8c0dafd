"""A file whose columns somebody is asked about, and what they are."""

from collections.abc import Mapping

from msgspec import Struct

from store.model.ref import FILE, Ref

LEFT_OUT = ""
"""What a column is that is not taken over."""
DAYS = ("day", "day_first", "month_first")
"""A column of days, and one whose slashes (11/05/2025) are in a known order."""
MEANINGS = (
    *(*DAYS, "place", "who", "text", "source", "url", "latitude", "longitude", "point", "type"),
    *("key", "oblast", "raion", "quote", "published", "control"),
)
"""What a column can be, in the order in which one is asked."""


class ChosenColumns(Struct, frozen=True):
    """What each column of a table is, and what each of its rows: an event of a type, a claim.

    `source` is where all of it was read, if not every row says that. `written` is a mapping file
    that says all of this instead.
    """

    columns: Mapping[str, str] = {}
    kind: str = ""
    type: str = ""
    source: str = ""
    written: str = ""

    @property
    def complete(self) -> bool:
        """Whether rows can be read so: there is a text, a day, somebody who says it, and a kind."""
        means = set(self.columns.values())
        says = self.source or means & {"who", "source", "url"}
        return bool(self.kind and self.type and says and means & {*DAYS}) and "text" in means


class NewFile(Struct, frozen=True):
    """A file to be held, and what its columns seem to be."""

    name: str
    format: str
    chosen: ChosenColumns
    data: bytes


class HeldFile(Struct, frozen=True):
    """A file that waits for somebody to say what its columns are. F- and its number names it."""

    id: int
    person: tuple[str, str]
    name: str
    format: str
    chosen: ChosenColumns
    data: bytes = b""

    @property
    def ref(self) -> str:
        return str(Ref(FILE, self.id))
