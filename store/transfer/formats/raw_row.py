"""What a file's rows are before anybody knows what they mean, and what else is said of the file."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field


class Raw(Struct, frozen=True):
    """One row of a file: its number there, and its fields.

    `outline` is the geometry of one that is an area, as GeoJSON has it. A `plain` row has our
    fields already, whatever mapping there is.
    """

    row: int
    data: Mapping[str, Any]
    outline: Mapping[str, Any] | None = None
    plain: bool = False


class Remarks(Struct):
    """What was passed over in reading a file, to be told with the report."""

    above: list[str] = field(default_factory=list)
    """Lines above the header, such as a title."""
    areas: int = 0
    """Outlines that were not taken over."""
    passed: int = 0
    """Lines, and points beside the areas that were asked for."""
    wordless: int = 0
    """Posts without a word in them, such as a picture alone."""
    edge: list[str] = field(default_factory=list)
    """Places too close to the edge of an area to say on which side they lie."""
    about: int = 0
    """Places in an area whose position is only known roughly; they were left out."""
