"""Lines that only name who says what stands in the lines below or above them."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile

from msgspec import Struct

from commands.shared.extraction.extracted_draft import Spot
from commands.shared.extraction.speaker_names import CAPITAL_NAME

_NAME = re.compile(
    r"[^\w\n–—-]*(?P<dash>[–—-]{1,2}\s*)?(?P<name>[^\W\d_][^\n:]{1,90}?)"
    r"(?P<colon>:)?[^\w\n.!?)»”\"]*"
)
_DESCRIBED = re.compile(r",\s.+$")
_QUOTED = re.compile(r"\s*[«“\"„][^\n]*[»”\"][.,]?\s*")
_BESIDE, _APART = 1, 2  # line breaks


class NameLines(Struct, frozen=True):
    """The name lines of a text: the numbers of those lines, and whose each other line is.

    `heading` is a name that opens the text and holds for all of it.
    """

    numbers: frozenset[int] = frozenset()
    owners: Mapping[int, Spot] = {}
    heading: Spot | None = None


def find_name_lines(text: str, lines: Sequence[Spot], name_kind: Callable[[str], str]) -> NameLines:
    """Return the name lines; `name_kind` tells whether words name an "office" or a "person".

    A colon is for the block below, a dash for the block above. Without one only an office's name is
    read, as that of a person may be a title: above a block, or opening the text and then for all of
    it, or closing a text of one block. Between two blocks it is of neither, unless it is one of
    several that head the parts of a text.
    """
    reader = _NameLineReader(text, lines, name_kind)
    matches = reader.find_all()
    if len(matches) == 1 and 0 in matches and reader.is_bare(0) and len(lines) > 1:
        return NameLines(frozenset({0}), {}, reader.name_spot(0))
    owners: dict[int, Spot] = {}
    numbers: set[int] = set()
    for at in matches:
        owned = [other for other in reader.find_owned(at) if other not in owners]
        owners |= dict.fromkeys(owned, reader.name_spot(at))
        numbers |= {at} if owned else set()
    return NameLines(frozenset(numbers), owners)


class _NameLineReader:
    def __init__(self, text: str, lines: Sequence[Spot], name_kind: Callable[[str], str]) -> None:
        self.text, self.lines, self._name_kind = text, lines, name_kind
        self._matches: dict[int, re.Match[str]] = {}
        self._head_parts = False  # names without a sign, of which the first opens the text

    def find_all(self) -> dict[int, re.Match[str]]:
        """Return the name lines by their numbers; a list of names with dashes has none."""
        matches = {at: match for at in range(len(self.lines)) if (match := self._match(at))}
        dashed = {at for at, match in matches.items() if match["dash"]}
        listed = {at for at in dashed if at + 1 in dashed or at - 1 in dashed}
        self._matches = {at: match for at, match in matches.items() if at not in listed}
        bare = [at for at in self._matches if self.is_bare(at)]
        self._head_parts = len(bare) > 1 and bare[0] == 0
        return self._matches

    def _match(self, at: int) -> re.Match[str] | None:
        """Return a line as a name with its sign, None where it is none."""
        match = _NAME.fullmatch(self.text, *self.lines[at])
        if match is None:
            return None
        kind = self._name_kind(match["name"])
        is_signed = match["dash"] or match["colon"]
        if kind == "office" or (kind == "person" and is_signed):
            return match
        beside = at - 1 if match["dash"] else at + 1
        name = _DESCRIBED.sub("", match["name"])
        is_somebody = kind != "place" and CAPITAL_NAME.fullmatch(name) is not None
        return match if is_signed and is_somebody and self._is_quoted(beside) else None

    def is_bare(self, at: int) -> bool:
        """Tell whether a name stands there without a sign."""
        match = self._matches[at]
        return not (match["dash"] or match["colon"])

    def name_spot(self, at: int) -> Spot:
        """Return where the name stands, without what is told of a person behind a comma."""
        first, last = self._matches[at].span("name")
        name = _DESCRIBED.sub("", self.text[first:last])
        return (first, first + len(name)) if CAPITAL_NAME.fullmatch(name) else (first, last)

    def find_owned(self, at: int) -> list[int]:
        """Return the numbers of the lines that are of whom a name line names."""
        above, below = range(at - 1, -1, -1), range(at + 1, len(self.lines))
        match = self._matches[at]
        if match["colon"]:
            return self._take(below, _APART)
        if match["dash"]:
            return self._take(above, _APART)
        if self._head_parts:
            return list(takewhile(lambda other: other not in self._matches, below))
        owned = [] if self._gap(at) == _BESIDE else self._take(below, _BESIDE)
        if not owned and len(self._matches) == 1 and at + 1 == len(self.lines):
            owned = self._take(above, _APART)
            return owned if len(owned) == at else []
        return owned

    def _take(self, numbers: range, farthest: int) -> list[int]:
        """Return the lines of the block that begins no farther than so many line breaks."""
        taken: list[int] = []
        for at in numbers:
            gap = self._gap(at if numbers.step > 0 else at + 1)
            if at in self._matches or gap > (_BESIDE if taken else farthest):
                break
            taken.append(at)
        return taken

    def _gap(self, at: int) -> int:
        """Return the line breaks before a line; before the first so many that it is far."""
        if at == 0:
            return len(self.text) + _APART
        return self.text.count("\n", self.lines[at - 1][1], self.lines[at][0])

    def _is_quoted(self, at: int) -> bool:
        inside = 0 <= at < len(self.lines)
        return inside and _QUOTED.fullmatch(self.text, *self.lines[at]) is not None
