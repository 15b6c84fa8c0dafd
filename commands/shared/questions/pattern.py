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
    SOURCES = "sources"
    HELP = "help"


class Pattern(Struct, frozen=True):
    """A form of question: a regular expression over the text without its days and marks.

    It may have the groups `place` and `by`, of sources `name`, of a check `text`. `example` is such
    a question, and its test.
    What is `dated` is a question only with a day: "what happened" alone may be anything. One of
    what it `needs` has to stand in the question, if there are any: without it nothing is compiled.
    """

    asks: Asks
    expression: str
    example: str
    dated: bool = False
    needs: tuple[str, ...] = ()

    def may_fit(self, folded: str) -> bool:
        """Tell whether a question in lower case has what it needs."""
        return not self.needs or any(needed in folded for needed in self.needs)
