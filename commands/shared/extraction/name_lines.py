"""Lines that only name who says what stands in the lines below or above them."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from commands.shared.extraction.extracted_draft import Spot
from commands.shared.extraction.handles import is_handle, read_handle
from commands.shared.extraction.name_and_day import DayBesideName, split_name_and_day
from commands.shared.extraction.speaker_names import CAPITAL_NAME, is_list, may_be_name

_NAME = re.compile(
    r"[^\w\n@–—-]*(?P<dash>[–—-]{1,2}\s*)?"
    r"(?P<via>(?:(?:from|від|от)(?=\s*:)|sources?|via|джерел[оа]|через|источники?)(?!\w)\s*[:–—-]?\s*(?=[@\w]))?"
    r"(?P<name>@?[^\W\d_](?:[^\n:]|(?<=\d):(?=\d)){1,90}?)(?P<colon>:)?[^\w\n.!?)»”\"]*",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(r",\s.+$")
_QUOTED = re.compile(r"\s*[«“\"„][^\n]*[»”\"][.,]?\s*")
_LINES_OF_A_TITLE, _WORDS_OF_A_TITLE = 2, 14
_OPEN = re.compile(r"[^.!?…:;,]$")
"""A line that does not end as a sentence does: a title."""
_DASHED = re.compile(r"\s*[–—-]")
_BESIDE, _APART = 1, 2  # line breaks
_SPEAKERS = {"office", "person"}
_NO_STRANGERS = {"office", "place", "title"}


class Owner(Struct, frozen=True):
    """Where the name of whoever says something stands, and the day on the same line.

    Who is only given as the source, "via @channel", did not write the text. Of a stranger, or of
    several names, nobody knows whose the words are. `unread` is a day that is none, or several.
    """

    name: Spot
    day: DayBesideName | None = None
    is_source: bool = False
    is_known: bool = True
    unread: Spot | None = None


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
    or behind another name with a colon, ends the block above and heads its own; behind a dash it
    signs the block above. Of a block that one name heads and another signs nobody knows whose it
    is, nor of what stands behind a signature under the name that heads it all.
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
        lines_of_it = reader.find_owned(at)
        owned = [other for other in lines_of_it if other not in owners]
        if matches[at]["dash"] and not owned:  # whose block is headed by another name
            owned = [other for other in lines_of_it if not reader.is_same(owners[other], at)]
            owners |= dict.fromkeys(owned, replace(reader.owner(at), is_known=False))
        else:
            owners |= dict.fromkeys(owned, reader.owner(at))
        numbers |= {at} if lines_of_it else set()
    return NameLines(frozenset(numbers), reader.find_left(matches) | owners)


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
        if match is None or (match["dash"] and not self._may_sign(at)):
            return None
        (first, last), day, unread = self._split(match)
        words = self.text[first:last]
        if is_handle(words):
            return match if at + 1 < len(self.lines) or not known else None
        is_below = bool(known) and known[0] < at
        is_headed = day or unread or match["via"] or match["dash"]
        is_headed = is_headed or (match["colon"] and is_below)
        if self._name_kind(words) == "body" and not is_below:
            return None  # above a text it gives it out, as its heading is read
        is_stranger = is_headed and self._may_be_stranger(words)
        return match if is_stranger or self._names_several(match, words) else None

    def _may_sign(self, at: int) -> bool:
        """Tell whether a line with a dash stands alone, right below what it may sign."""
        beside = [self.text[slice(*self.lines[it])] for it in (at - 1, at + 1) if self._is_line(it)]
        is_listed = any(_DASHED.match(line) for line in beside)
        is_signed = at > 0 and self._gap(at) <= _APART and not beside[0].rstrip().endswith(":")
        return is_signed and not is_listed

    def _is_line(self, at: int) -> bool:
        return 0 <= at < len(self.lines)

    def _may_be_stranger(self, words: str) -> bool:
        name = _DESCRIBED.sub("", words)
        return may_be_name(name) and self._name_kind(name) not in _NO_STRANGERS

    def _names_several(self, match: re.Match[str], words: str) -> bool:
        """Tell whether several are named, of whom nobody knows which one says it."""

        def is_name(name: str) -> bool:
            is_known = self._name_kind(name) in _SPEAKERS or is_handle(name)
            return is_known or (match["via"] is not None and self._may_be_stranger(name))

        return is_list(words, is_name)

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
        """Return the number of the only known name, if it opens the text or is below its title.

        That of a stranger is one if no other name stands there.
        """
        known = [at for at in self._matches if at not in self._strangers]
        at, *more = known or list(self._matches) or [-1]
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

    def find_left(self, matches: Mapping[int, re.Match[str]]) -> dict[int, Owner]:
        """Return the lines behind a signature, below a name that heads those before it."""
        heads = [at for at in matches if not matches[at]["dash"]]
        left: dict[int, Owner] = {}
        for at in (at for at in matches if matches[at]["dash"]):
            above = [head for head in heads if head < at]
            if above and self.find_owned(at):
                owner = replace(self.owner(above[-1]), is_known=False)
                left |= dict.fromkeys(self.find_part(at), owner)
        return left

    def is_same(self, owner: Owner, at: int) -> bool:
        """Tell whether a block is of the name that stands on a line."""
        first, last = self.owner(at).name
        names = self.text[slice(*owner.name)], self.text[first:last]
        return len({read_handle(name).casefold() for name in names}) == 1

    def is_bare(self, at: int) -> bool:
        """Tell whether a name stands there without a sign."""
        match = self._matches[at]
        return not (match["dash"] or match["colon"])

    def owner(self, at: int) -> Owner:
        """Return the name, without what is told of a person behind a comma, and the day."""
        (first, last), day, unread = self._split(self._matches[at])
        name = _DESCRIBED.sub("", self.text[first:last])
        if CAPITAL_NAME.fullmatch(name):
            last = first + len(name)
        is_source, is_known = self._matches[at]["via"] is not None, at not in self._strangers
        return Owner((first, last), day, is_source, is_known, unread)

    def _split(self, match: re.Match[str]) -> tuple[Spot, DayBesideName | None, Spot | None]:
        """Return the name, the day beside it, and where one stands that cannot be read."""
        first, last = match.span("name")
        end = first + len(self.text[first:last].rstrip(". ")) if match["via"] else last
        return split_name_and_day(self.text, (first, end), self._published)

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
        return self._is_line(at) and _QUOTED.fullmatch(self.text, *self.lines[at]) is not None
