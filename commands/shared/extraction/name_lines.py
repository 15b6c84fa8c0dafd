"""Lines that only name who says what stands in the lines below or above them."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import takewhile

from msgspec import Struct

from commands.shared.extraction.extracted_draft import Spot
from commands.shared.extraction.handles import is_handle
from commands.shared.extraction.past_days import find_past_days
from commands.shared.extraction.speaker_names import CAPITAL_NAME
from commands.shared.extraction.stranger_names import may_be_name

_NAME = re.compile(
    r"[^\w\n@–—-]*(?P<dash>[–—-]{1,2}\s*)?"
    r"(?P<via>(?:(?:from|від|от)(?=\s*:)|sources?|via|джерел[оа]|через|источники?)(?!\w)\s*[:–—-]?\s*(?=[@\w]))?"
    r"(?P<name>@?[^\W\d_][^\n:]{1,90}?)(?P<colon>:)?[^\w\n.!?)»”\"]*",
    re.IGNORECASE,
)
_BEFORE_A_DAY = re.compile(
    r"[\s,(|–—-]*(?:\s(?:за|на|от|від|станом на|по состоянию на|of|for|on|as of))?\s*$",
    re.IGNORECASE,
)
_BEHIND_A_DAY = re.compile(r"[\s).]*(?:року|рік|года|[рг]\.)?[\s).]*", re.IGNORECASE)
_DESCRIBED = re.compile(r",\s.+$")
_QUOTED = re.compile(r"\s*[«“\"„][^\n]*[»”\"][.,]?\s*")
_DIGIT, _YEAR = re.compile(r"\d"), re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LINES_OF_A_TITLE, _WORDS_OF_A_TITLE = 2, 14
_OPEN = re.compile(r"[^.!?…:;,]$")
"""A line that does not end as a sentence does: a title."""
_BESIDE, _APART = 1, 2  # line breaks
_NO_STRANGERS = {"office", "place", "title"}


class DayOfLine(Struct, frozen=True):
    """The day that stands behind a name, and where; whether with its year."""

    spot: Spot
    day: date
    has_year: bool


class Owner(Struct, frozen=True):
    """Where the name of whoever says something stands, and the day on the same line.

    Who is only given as the source, "via @channel", did not write the text. Of a stranger, or of
    several names, nobody knows whose the words are.
    """

    name: Spot
    day: DayOfLine | None = None
    is_source: bool = False
    is_known: bool = True


class NameLines(Struct, frozen=True):
    """The name lines of a text: the numbers of those lines, and whose each other line is.

    `heading` is a name that opens the text and holds for all of it.
    """

    numbers: frozenset[int] = frozenset()
    owners: Mapping[int, Owner] = {}
    heading: Owner | None = None

    def find_day(self) -> date | None:
        """Return the one day, given with its year, of those who say the text; else None."""
        owners = (*self.owners.values(), *filter(None, (self.heading,)))
        days = {owner.day for owner in owners}
        if len({day and day.day for day in days}) != 1:
            return None
        return next((day.day for day in days if day is not None and day.has_year), None)


def find_name_lines(
    text: str, lines: Sequence[Spot], name_kind: Callable[[str], str], published: date
) -> NameLines:
    """Return the name lines; `name_kind` tells whether words name an "office" or a "person".

    What only sounds like an office is a "body": it is one where it is given as the source.

    A colon is for the block below, a dash for the block above. Without one only an office's name is
    read, as that of a person may be a title: above a block, or opening the text and then for all of
    it, or closing a text of one block. Between two blocks it is of neither, unless it is one of
    several that head the parts of a text. "Source:" and "via" before a name change nothing of that;
    a day behind it is that of its block. What is not on record but stands like a name, with a day
    or behind another name with a colon, ends the block above and heads its own.
    """
    reader = _NameLineReader(text, lines, name_kind, published)
    matches = reader.find_all()
    at, has_more = reader.find_heading(), len(matches) > 1
    if at is not None and not has_more:
        return NameLines(frozenset({at}), {}, reader.owner(at))
    part = [] if at is None else reader.find_part(at)
    owners = {} if at is None else dict.fromkeys(part, reader.owner(at))
    numbers = set() if at is None else {at}
    for at in matches:
        owned = [other for other in reader.find_owned(at) if other not in owners]
        owners |= dict.fromkeys(owned, reader.owner(at))
        numbers |= {at} if owned else set()
    return NameLines(frozenset(numbers), owners)


class _NameLineReader:
    def __init__(
        self,
        text: str,
        lines: Sequence[Spot],
        name_kind: Callable[[str], str],
        published: date,
    ) -> None:
        self.text, self.lines, self._name_kind = text, lines, name_kind
        self._published = published
        self._matches: dict[int, re.Match[str]] = {}
        self._strangers: frozenset[int] = frozenset()
        self._head_parts = False  # names without a sign, of which the first opens the text

    def find_all(self) -> dict[int, re.Match[str]]:
        """Return the name lines by their numbers; a list of names with dashes has none."""
        matches = {at: match for at in range(len(self.lines)) if (match := self._match(at))}
        dashed = {at for at, match in matches.items() if match["dash"]}
        listed = {at for at in dashed if at + 1 in dashed or at - 1 in dashed}
        self._matches = {at: match for at, match in matches.items() if at not in listed}
        self._add_strangers()
        bare = [at for at in self._matches if self.is_bare(at)]
        self._head_parts = len(bare) > 1 and bare[0] == 0
        return self._matches

    def _add_strangers(self) -> None:
        """Take the lines that stand like a name line, and whose name nobody knows."""
        known = list(self._matches)
        strangers = {
            at: match
            for at in range(len(self.lines))
            if at not in self._matches and (match := self._match_stranger(at, known))
        }
        self._strangers = frozenset(strangers)
        self._matches = dict(sorted((self._matches | strangers).items()))

    def _match_stranger(self, at: int, known: Sequence[int]) -> re.Match[str] | None:
        match = _NAME.fullmatch(self.text, *self.lines[at])
        if match is None or match["dash"]:
            return None
        (first, last), day = self._split(match)
        words = self.text[first:last]
        is_below = bool(known) and known[0] < at
        if self._name_kind(words) in _NO_STRANGERS or not may_be_name(words):
            return None
        return match if day or (match["colon"] and is_below) else None

    def _match(self, at: int) -> re.Match[str] | None:
        """Return a line as a name with its sign, None where it is none."""
        match = _NAME.fullmatch(self.text, *self.lines[at])
        if match is None:
            return None
        first, last = self._split(match)[0]
        words = self.text[first:last]
        kind = self._name_kind(words)
        is_signed = match["dash"] or match["colon"] or match["via"]
        is_known = kind == "person" or is_handle(words) or (kind == "body" and match["via"])
        if kind == "office" or (is_known and is_signed):
            return match
        beside = at - 1 if match["dash"] else at + 1
        name = _DESCRIBED.sub("", words)
        is_somebody = kind != "place" and CAPITAL_NAME.fullmatch(name) is not None
        return match if is_signed and is_somebody and self._is_quoted(beside) else None

    def find_heading(self) -> int | None:
        """Return the number of the only known name, if it opens the text or is below its title."""
        at, *more = [at for at in self._matches if at not in self._strangers] or [-1]
        if more or not 0 <= at < min(_LINES_OF_A_TITLE + 1, len(self.lines) - 1):
            return None
        titles = [self.text[slice(*self.lines[number])] for number in range(at)]
        is_title = all(len(it.split()) <= _WORDS_OF_A_TITLE and _OPEN.search(it) for it in titles)
        is_apart = at == 0 or self._gap(at + 1) > _BESIDE
        return at if self.is_bare(at) and is_title and is_apart else None

    def find_part(self, at: int) -> list[int]:
        """Return the numbers of the lines below a name line, up to the next of its kind."""
        below = range(at + 1, len(self.lines))
        return list(takewhile(lambda other: other not in self._matches, below))

    def is_bare(self, at: int) -> bool:
        """Tell whether a name stands there without a sign."""
        match = self._matches[at]
        return not (match["dash"] or match["colon"])

    def owner(self, at: int) -> Owner:
        """Return the name, without what is told of a person behind a comma, and the day."""
        (first, last), day = self._split(self._matches[at])
        name = _DESCRIBED.sub("", self.text[first:last])
        if CAPITAL_NAME.fullmatch(name):
            last = first + len(name)
        is_source, is_known = self._matches[at]["via"] is not None, at not in self._strangers
        return Owner((first, last), day, is_source, is_known)

    def _split(self, match: re.Match[str]) -> tuple[Spot, DayOfLine | None]:
        """Part "DeepState, 15 November" and "ISW (Nov 15)" into the name and the day."""
        first, last = match.span("name")
        words = self.text[first:last]
        if match["via"]:
            words = words.rstrip(". ")
        days = find_past_days(words, self._published) if _DIGIT.search(words) else []
        if len(days) == 1 and days[0].span.is_day and _BEHIND_A_DAY.fullmatch(words, days[0].end):
            (day,) = days
            name = _BEFORE_A_DAY.sub("", words[: day.start])
            has_year = _YEAR.search(words, day.start) is not None
            spot = first + day.start, first + day.end
            if name:
                return (first, first + len(name)), DayOfLine(spot, day.span.latest, has_year)
        return (first, first + len(words)), None

    def find_owned(self, at: int) -> list[int]:
        """Return the numbers of the lines that are of whom a name line names."""
        above, below = range(at - 1, -1, -1), range(at + 1, len(self.lines))
        match = self._matches[at]
        if match["colon"]:
            return self._take(below, _APART)
        if match["dash"]:
            return self._take(above, _APART)
        if self._head_parts:
            return self.find_part(at)
        is_between = self._gap(at) == _BESIDE and at not in self._strangers
        owned = [] if is_between else self._take(below, _BESIDE)
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
