"""A text → its lines: who publishes it, on which day, what heads what, and what states nothing."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from commands.kit.days import find_days
from commands.shared.extraction.extracted_draft import Spot
from commands.shared.extraction.handles import read_handle
from commands.shared.extraction.line_shapes import (
    BULLET,
    ENDS,
    HOUR,
    is_closed,
    is_dated_title,
    is_heading,
    tells_of_something,
)
from commands.shared.extraction.name_and_day import split_name_and_day
from commands.shared.extraction.name_lines import Owner, find_name_lines
from commands.shared.extraction.past_days import find_day_of_line, find_past_days
from commands.shared.extraction.places.place_shapes import CAPITAL_WORD
from commands.shared.extraction.publishers import end_of_name, find_publisher
from commands.shared.extraction.talks import Talk
from commands.shared.extraction.wording.languages import RULES, choose_rules
from commands.shared.extraction.wording.rule_table import Rules, Topic

_LINE = re.compile(r"[^\n\r]+")
_POST = re.compile(r"([^\[\]\n]{2,120}?),?\s*\[([^\]\n]{6,40})\]:?\s*$")
_DATELINE = re.compile(
    r"\s*[^\W\d_a-zа-я][^\n.!?]{1,60}?\((?P<agency>[^()\n]{2,40})\)\s*[-–—]+\s+"
    r"|\s*[^\W\d_a-zа-яёіїєґ]{3,}[^\n.!?:–—]{0,40}\.\s[^\n.!?:–—]{2,50}\s[-–—]\s+"
    r"|\s*[^\W\d_][^\n.!?:–—]{2,50}?\d[^\n.!?:–—]{0,20}\s[-–—]\s+"
)
_LABEL = re.compile(r"\s*(@?[^\W\d_a-zа-яёіїєґ](?:[^:.!?\n«“\"]|(?<=\d)\.(?=\d)){0,70}):\s+(?=\S)")
_URL = re.compile(r"https?://\S+|www\.\S+|t\.me/\S+")
_TAGS = re.compile(rf"{_URL.pattern}|[#@]\w+")
_ACRONYM = re.compile(r"\([A-ZА-ЯІЇЄҐ]{2,8}\)\s*$")
_STAMP = re.compile(r"\s*\[[^\]\n]{6,40}\]\s*$")
_BEFORE_A_DAY = re.compile(r"\s+(?:за|на|от|від|станом на|of|for|on|as of)$", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_ROW = re.compile(
    r"\s*[^\W\d_a-zа-яёіїєґ][\w’'ʼ-]*(?: [\w’'ʼ-]+){0,2}\s*(?:\s[–—-]|[:|\t])\s+(?=\S)"
)
"""How a line of a table begins: "Вільне — сіра зона"."""
_INTRO = re.compile(rf"\s*({CAPITAL_WORD}(?: {CAPITAL_WORD}){{1,2}}),[^:\n]{{3,100}}:\s*")
_LINES_OF_A_HEAD = 6
_IN = re.compile(
    r"\s*(?:in|at|on|an?|one|how|why|what|who|is|are|did|has|was|у|в|во|на|як|чи|чому|как|что"
    r"|почему)\s",
    re.IGNORECASE,
)
"""How no name of a publisher begins: "У Генштабі спростували …" is a title."""


class Author(Struct, frozen=True):
    """Who publishes a text in its own name: the words, and where they stand.

    Who is only quoted in a block of it, under a line with the name, said that some time before.
    """

    name: str
    spot: Spot
    is_judge: bool
    side: str | None
    is_quoted: bool = False


class Setting(Struct, frozen=True):
    """What holds for a paragraph: whose text it is, of which day, under which heading.

    `stranger` is the name at its head that nobody knows: whose the words are is not decided;
    `unread_day` a day beside a name that cannot be read: of which day they are is not, either.
    """

    author: Author | None
    today: date
    today_spot: Spot | None
    heading: Spot | None
    rules: Rules
    label: Spot | None = None
    is_reply: bool = False
    is_talk: bool = False
    interviewee: Spot | None = None
    is_turn: bool = False
    row_day: tuple[int, int, date] | None = None
    asks: bool = False
    stranger: Spot | None = None
    unread_day: Spot | None = None


class Paragraph(Struct, frozen=True):
    """Characters that may state something, and what holds for them."""

    start: int
    end: int
    setting: Setting


class _LayoutReader:
    """Goes through the lines and remembers what the ones before said."""

    def __init__(
        self, text: str, published: date, rules: Rules, name_kind: Callable[[str], str]
    ) -> None:
        self.text = text
        self.rules = rules
        self.today = published
        self.published = published
        self.today_spot: Spot | None = None
        self.author: Author | None = None
        self.stranger: Spot | None = None
        self.forwarded_on: Spot | None = None
        self.unread_day: Spot | None = None
        self.heading: Spot | None = None
        self.line = 0
        self.spots = list_lines(text)
        self.talk = Talk(text, self.spots)
        self.interviewee = self.talk.interviewee
        self.names = find_name_lines(text, self.spots, name_kind, published)
        if self.names.heading:
            self._set_owner(self.names.heading, is_quoted=self.names.heading.is_source)

    def read(self) -> Iterator[Paragraph]:
        for at, (start, end) in enumerate(self.spots):
            if at in self.names.numbers:
                self.line += 1
                continue
            if owner := self.names.owners.get(at):
                yield from self._read_owned(start, end, owner)
                continue
            is_row = self._is_row(at)
            if is_row or self._heads_the_next(at):
                self.line += 1
                if is_row:
                    yield from self._read_body(start, end)
                continue
            if not _LETTERS.search(self.text, start, end):
                self._read_stamp(start, end)
                continue
            self.line += 1
            if not self._read_head(start, end):
                yield from self._read_body(start, end)

    def _read_owned(self, start: int, end: int, owner: Owner) -> Iterator[Paragraph]:
        """Read a line that is of whom a line above or below it names, maybe with a day."""
        self.line += 1
        others = self.author, self.stranger, self.unread_day, self.today, self.today_spot
        self._set_owner(owner, is_quoted=True)
        line = self.text[start:end]
        if tells_of_something(line, choose_rules(line, self.rules)) or not self._read_head(
            start, end
        ):
            yield from self._read_body(start, end)
        self.author, self.stranger, self.unread_day, self.today, self.today_spot = others

    def _set_owner(self, owner: Owner, *, is_quoted: bool) -> None:
        """Take who is named on a line, and the day that stands there: on it they said it."""
        author = self._make_author(*owner.name, self.rules)
        author = replace(author, is_quoted=is_quoted and owner.day is None)
        self.author, self.stranger = (author, None) if owner.is_known else (None, owner.name)
        self.unread_day = owner.unread
        if owner.day:
            self.today, self.today_spot = owner.day.day, owner.day.spot

    def _heads_the_next(self, at: int) -> bool:
        """Tell whether a line with an hour is the title of the lines right below it."""
        line = self.text[slice(*self.spots[at])]
        mark = BULLET.match(line)
        hour = HOUR.match(line, mark.end() if mark else 0)
        if hour is None or is_closed(line) or at + 1 == len(self.spots):
            return False
        first, last = self.spots[at + 1]
        below = self.text[first:last]
        is_next = self.text[self.spots[at][1] : first].count("\n") == 1
        return is_next and not (HOUR.match(below) or BULLET.match(below))

    def _is_row(self, at: int) -> bool:
        """Tell whether a line is one of a table, "name — what is there", as one beside it is."""
        return self._is_like_a_row(at) and any(map(self._is_like_a_row, (at - 1, at + 1)))

    def _is_like_a_row(self, at: int) -> bool:
        if not 0 <= at < len(self.spots):
            return False
        line = self.text[slice(*self.spots[at])]
        if not _ROW.match(line) or is_closed(line):
            return False
        rules = choose_rules(line, self.rules)
        return rules.has(Topic.CONTROL, line) or rules.has(Topic.HAPPENING, line)

    def _read_stamp(self, start: int, end: int) -> None:
        """Take a line with a day; in brackets it stands under the name of who posts."""
        self._read_day(start, end)
        if _STAMP.match(self.text, start, end) and self.author is None and self.heading:
            self._set_author(*self.heading, self.rules)
            self.heading = None

    def _read_head(self, start: int, end: int) -> bool:
        """Take what a line says about the text; tell whether it says no more than that."""
        line = self.text[start:end]
        rules = choose_rules(line, self.rules)
        if self._read_forward(start, line, rules):
            return True
        if (post := _POST.match(line)) and _LETTERS.search(post[1]):
            self._read_post(start, post, rules)
            return True
        if _URL.sub("", line).strip() == "":
            return True
        if self._is_byline(line, rules):
            return True
        if (intro := _INTRO.fullmatch(line)) and self._is_introduced(end, line, rules):
            self._set_author(start + intro.start(1), start + intro.end(1), rules)
            return True
        document = rules.first(Topic.HEAD, line)
        opens = document is not None and not _LETTERS.search(line[: document.start])
        is_title = opens and self.line <= _LINES_OF_A_HEAD and not is_closed(line)
        is_title = is_title or (
            self.line <= _LINES_OF_A_HEAD and is_dated_title(line, self.published, rules)
        )
        if not (is_heading(line) or is_title) or self._is_all_there_is(line, rules):
            return False
        self._read_heading(start, end, rules)
        return True

    def _read_forward(self, start: int, line: str, rules: Rules) -> bool:
        """Take from whom a post was passed on, and its day; tell whether a line says that."""
        for each in RULES.values():
            hit = each.first(Topic.HEAD, line)
            if hit and not line[: hit.start].strip("[(> ") and hit.means == "forwarded":
                closed = line.find("]", hit.end)
                stop = closed if closed >= 0 else len(line.rstrip(" )"))
                first = start + stop - len(line[hit.end : stop].lstrip(": "))
                spot = first, start + stop
                if self.today_spot == self.forwarded_on:
                    self.today, self.today_spot = self.published, None
                name, day, self.unread_day = split_name_and_day(self.text, spot, self.published)
                self._set_author(*name, rules)
                self._read_day(*(day.spot if day else (start + stop, start + len(line))))
                is_own = self.today_spot is not None and self.today_spot[0] >= start
                self.forwarded_on = self.today_spot if is_own else None
                return True
        return False

    def _is_all_there_is(self, line: str, rules: Rules) -> bool:
        """Tell whether a line with no full stop heads nothing: it is what the text has to say."""
        rest = self.text.replace(line, "", 1)
        head = rules.first(Topic.HEAD, line)
        is_head = head is not None and not _LETTERS.search(line[: head.start])
        return not (is_head or _LETTERS.search(_TAGS.sub("", rest)))

    def _is_introduced(self, end: int, line: str, rules: Rules) -> bool:
        """Tell whether "N. N., head of an office:" stands above what N. N. is quoted with."""
        is_first = self.author is None and self.line <= _LINES_OF_A_HEAD
        quoted = self.text[end:].lstrip()[:1] in {"“", "«", '"', "„"}
        return is_first and quoted and rules.has(Topic.BODY, line)

    def _is_byline(self, line: str, rules: Rules) -> bool:
        hit = rules.first(Topic.HEAD, line)
        is_byline = hit is not None and hit.start == 0 and hit.means == "byline"
        return is_byline and self.line <= _LINES_OF_A_HEAD and not ENDS.search(line)

    def _read_post(self, start: int, post: re.Match[str], rules: Rules) -> None:
        self._set_author(start + post.start(1), start + post.end(1), rules)
        self._read_day(start + post.start(2), start + post.end(2))
        self.heading = None

    def _read_heading(self, start: int, end: int, rules: Rules) -> None:
        line = self.text[start:end]
        self._read_day(start, end)
        talk = rules.first(Topic.HEAD, line)
        if talk is not None and talk.means == "talk":
            self.interviewee = start + talk.end, end
        elif self.line <= _LINES_OF_A_HEAD and self.author is None:
            document = rules.first(Topic.HEAD, line)
            if body := find_publisher(line, document, rules):
                self._set_author(start + body, end, rules)
                return
            stop = end_of_name(line)
            is_body = rules.first(Topic.BODY, line, 0, stop) or _ACRONYM.search(line[:stop])
            verb = rules.first(Topic.SAYING, line)
            told_from = verb.end if verb else stop if line[stop : stop + 1] == ":" else len(line)
            is_told = tells_of_something(line[told_from:], rules) or _IN.match(line) is not None
            if is_body and not is_told and (document is None or document.start > 0):
                self._set_author(start, start + stop, rules)
                return
        self.heading = start, end

    def _read_day(self, start: int, end: int) -> None:
        piece = self.text[start:end]
        past = find_past_days(piece, self.published)
        days = [day for day in past if day.span.is_day]
        days = days or [day for day in past if day.span.earliest is None]
        if days:
            self.today = days[0].span.latest
            self.today_spot = start + days[0].start, start + days[0].end

    def _set_author(self, start: int, end: int, rules: Rules) -> None:
        self.author = self._make_author(start, end, rules)

    def _make_author(self, start: int, end: int, rules: Rules) -> Author:
        while start < end and self.text[start] in ' \t:«“"':
            start += 1
        end = start + end_of_name(self.text[start:end])
        while end > start and self.text[end - 1] in " \t,|–—-:":
            end -= 1
        if "«" not in self.text[start:end] and self.text[start - 1 : start] in {"«", "“", '"'}:
            end = start + len(self.text[start:end].rstrip('»”"'))
        days = find_days(self.text[start:end], self.published)
        if days and days[0].start > 0:
            end = start + len(self.text[start : start + days[0].start].rstrip(" ,|–—-:"))
            end = start + len(_BEFORE_A_DAY.sub("", self.text[start:end]))
        words = self.text[start:end]
        name = read_handle(words)
        rules = choose_rules(name, rules)
        sides = {hit.means for hit in rules.find(Topic.SIDE, name)} - {"other"}
        side = sides.pop() if len(sides) == 1 else None
        is_party = rules.has(Topic.BODY, name) and side is not None
        if side is None and rules.language == "uk" and rules.has(Topic.BODY, name):
            side = "ukrainian"
        is_judge = rules.has(Topic.JUDGE, name) and not is_party
        return Author(words, (start, end), is_judge, side)

    def _read_body(self, start: int, end: int) -> Iterator[Paragraph]:
        label = None
        asks = self.talk.asks(start, end)
        reply = self.talk.find_reply(start, end)
        if reply:
            start = reply.end()
        today, today_spot, row_day = self.today, self.today_spot, None
        if dated := find_day_of_line(self.text, start, end, self.published):
            row_day = (*dated.spot, dated.day)
            start = dated.end
            if not today_spot or today < dated.day:  # nor is it of the day of an earlier heading
                today, today_spot = dated.day, dated.spot
        dateline = _DATELINE.match(self.text, start, end)
        is_told = dateline and tells_of_something(
            dateline.group(), choose_rules(dateline.group(), self.rules)
        )
        is_dated = dateline and find_days(dateline.group(), self.published)
        if dateline and not is_told and (dateline["agency"] or is_dated):
            self._read_day(start, dateline.end())
            start = dateline.end()
        for pattern in (BULLET, HOUR, BULLET):
            if match := pattern.match(self.text, start, end):
                start = match.end()
        rules = choose_rules(self.text[start:end], self.rules)
        if match := _LABEL.match(self.text, start, end):
            label = match.span(1)
        turn = self.talk.find_turn(start, end)
        if turn:
            label, start = turn.span(1), turn.end()
        setting = Setting(
            self.author,
            today,
            today_spot,
            self.heading,
            rules,
            label,
            reply is not None,
            self.talk.is_talk,
            self.interviewee,
            is_turn=turn is not None,
            row_day=row_day,
            asks=asks,
            stranger=None if self.author else self.stranger,
            unread_day=self.unread_day,
        )
        if start < end:
            yield Paragraph(start, end, setting)


def list_lines(text: str) -> list[Spot]:
    """Return where the lines of a text stand, without empty ones."""
    return [match.span() for match in _LINE.finditer(text)]


def read_layout(
    text: str, published: date, rules: Rules, name_kind: Callable[[str], str]
) -> list[Paragraph]:
    """Return the paragraphs of a text that may state something, in order.

    `name_kind` tells what words on a line of their own name: an office, a person, a place or "".
    """
    return list(_LayoutReader(text, published, rules, name_kind).read())
