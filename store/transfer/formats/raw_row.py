"""What a file's rows are before anybody knows what they mean, and what else is said of the file."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field


class Raw(Struct, frozen=True):
    """One row of a file: its number there, and its fields."""

    row: int
    data: Mapping[str, Any]


class Remarks(Struct):
    """What was passed over in reading a file, to be told with the report."""

    above: list[str] = field(default_factory=list)
    """Lines above the header, such as a title."""
    areas: int = 0
    """Outlines that were not taken over."""
