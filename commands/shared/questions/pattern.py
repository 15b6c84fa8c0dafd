"""What a pattern of a question is."""

from enum import StrEnum

from msgspec import Struct


class Asks(StrEnum):
    """What a question asks for, by the command that answers it."""

    STATUS = "status"
    CLAIMS = "claims"
    EVENTS = "events"
    CHANGES = "changes"  # events since a day, or the summary of today
    DIGEST = "digest"  # the summary of a day
    COMPARED = "compared"  # what some days changed, or lie apart in
    DISPUTES = "disputes"
    MAP = "map"
    TIMELINE = "timeline"
    NEAREST = "nearest"
    CHECK = "lookup"


class Pattern(Struct, frozen=True):
    """A form of question: a regular expression over the text without its days and marks.

    It may have the groups `place` and `by`. `example` is such a question, and its test.
    What is `dated` is a question only with a day: "what happened" alone may be anything.
    """

    asks: Asks
    expression: str
    example: str
    dated: bool = False
