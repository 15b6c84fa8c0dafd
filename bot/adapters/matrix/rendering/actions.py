"""What an answer offers to be asked next: shown so that a short reply can choose. Pure."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from enum import StrEnum

from msgspec import Struct

from bot.adapters.matrix.rendering.html_escape import JOINER
from bot.i18n.formatter import Voice
from commands.kit.command import Command
from commands.kit.inlines import Inline, Line, Strong, T, Typed, join
from commands.kit.invocation import Role
from commands.kit.parser import write_line
from commands.kit.reply import Action, Form, Pick, Reply

LINES = "lines"
"""The word before a question whose answer is to have all its lines to copy."""
_LONGEST = 200
_AND_MORE = re.compile(r"(?P<head>[^:]+?)\s+(?P<more>(?P<key>[^\W\d]\w*):(?!//).*)", re.DOTALL)
_KEY = re.compile(r"([^\W\d]\w*):(?!//)")


class OfferStyle(StrEnum):
    """How what an answer offers is shown: to choose from by a reply, or as lines to copy.

    ALL_LINES: they were asked for.
    """

    BRIEF = "brief"
    LINES = "lines"
    ALL_LINES = "all"


class PageRequest(Struct, frozen=True):
    """A question, which part of its answer is to be shown, and how."""

    line: str
    part: int = 1
    lines: bool = False


class Offers(Struct, frozen=True):
    """Labels with their lines, as they are numbered; ✅ asks the one of the number `confirms`.

    A reply such as “day:6 Nov” goes on with one of the lines in `more`. `confirmed` is the number
    to which yes was said.
    """

    lines: tuple[tuple[str, str], ...] = ()
    confirms: int = 0
    more: tuple[str, ...] = ()
    confirmed: int = 0

    def is_yes(self, number: int) -> bool:
        """Tell whether an offer is the one that a yes asks, or has asked."""
        return number in {self.confirms, self.confirmed} - {0}

    def matching_numbers(self, text: str) -> tuple[int, ...]:
        """Return the numbers that somebody's words can mean: a number, a label or how one begins.

        Several where they do not choose between them.
        """
        words = _plain(text)
        if words.isdecimal():
            number = int(words[:4])
            return (number,) if 0 < number <= len(self.lines) else ()
        labels = [(number, _plain(label)) for number, (label, _) in enumerate(self.lines, 1)]
        same = tuple(number for number, label in labels if label == words)
        begun = (number for number, label in labels if words and label.startswith(f"{words} "))
        return same[:1] or tuple(begun)

    def continuation(self, text: str, takes: Callable[[str, str], bool]) -> str:
        """Return the line that goes on with “key:value”; `takes` tells whether one has the key."""
        match = _KEY.match(text)
        fitting = [line for line in self.more if match and takes(line, match[1].casefold())]
        return f"{fitting[0]} {text}" if fitting else ""

    def continued_offer(self, text: str, takes: Callable[[str, str], bool]) -> str:
        """Return the line of an offer with what follows its number or word: “reject why:spam”.

        Never of the one that a yes asks, which is done as it was shown.
        """
        match = _AND_MORE.fullmatch(text.strip())
        numbers = self.matching_numbers(match["head"]) if match else ()
        if match is None or len(numbers) != 1 or self.is_yes(numbers[0]):
            return ""
        _, line = self.lines[numbers[0] - 1]
        return f"{line} {match['more']}" if takes(line, match["key"].casefold()) else ""


def offers_of(reply: Reply, voice: Voice) -> Offers:
    """Return what an answer offers."""
    lines = tuple(
        (voice.plain(action.label), write_line(action.command, action.given))
        for action in (*reply.actions, *reply.openings)
    )
    begun: list[Form | Pick] = [*([reply.form] if reply.form else []), *reply.picks]
    more = dict.fromkeys(write_line(draft.command, draft.given) for draft in begun)
    return Offers(lines, _confirming(reply), tuple(more))


def is_brief(reply: Reply, find: Callable[[str], Command | None]) -> bool:
    """Tell whether an answer's offers are to be chosen from rather than copied.

    What is read leads on by lines, which can be passed around. What is being written has many, and
    long ones, and a moderator who is answered in private could not use them there.
    """
    asked = [find(action.command) for action in reply.actions]
    writes = any(command and command.role > Role.READER for command in asked)
    return writes or bool(_confirming(reply) or reply.picks or reply.form)


def brief(reply: Reply) -> Iterator[Line]:
    """Yield a short line for each offer."""
    for number, action in enumerate(reply.actions, 1):
        sign = "✅" if action.confirms else None
        yield join(" ", Strong(f"{number}"), action.label, sign)
    if reply.entries:
        yield (explain_openings(reply),)
    for pick in reply.picks:
        yield join(": ", Strong(pick.param), pick.stands)
    if reply.form:
        missing = [f"{name}:…" for name in reply.form.missing]
        yield join(": ", reply.form.title, Typed(" ".join(missing)) if missing else None)


def explain_openings(reply: Reply) -> T:
    """Say how a reply opens an entry; all that can be opened would fill a phone's screen."""
    such = Typed(reply.entries[0].value)
    return T("To open an entry, reply with its reference, such as {such}", such=such)


def hint(reply: Reply, asked: Action | None) -> Line:
    """Say how to choose, and how to get lines that do the same where nobody can reply."""
    hints: list[Inline] = []
    if confirms := _confirming(reply):
        hints.append(T("Reply with a number or a first word; ✅ is {number}", number=confirms))
    elif reply.actions:
        hints.append(T("Reply with a number or a first word"))
    if example := _example(reply):
        line = Typed(example)
        such, also = (
            T("Reply, for example, {line}", line=line),
            T("or, for example, {line}", line=line),
        )
        hints.append(also if hints else such)
    if asked is not None and len(again := line_of(asked, OfferStyle.ALL_LINES)) <= _LONGEST:
        hints.append(T("as lines to copy: {line}", line=Typed(again)))
    return join(" · ", *hints)


def line_of(asked: Action, how: OfferStyle) -> str:
    """Return the line that asks for an answer again, in the same form."""
    line = write_line(asked.command, asked.given)
    return f"/{LINES} {line[1:]}" if how is OfferStyle.ALL_LINES else line


def parse_page_request(line: str) -> PageRequest:
    """Return what “page 2 status Pokrovsk” asks, or “lines draft show D-1”."""
    request = PageRequest(line)
    head, _, rest = line.strip().removeprefix("/").partition(" ")
    number, _, asked = rest.strip().partition(" ")
    if head.casefold() == "page" and number.isascii() and number.isdigit() and asked.strip():
        request = PageRequest(asked.strip(), int(number[:3]))
        head, _, rest = request.line.partition(" ")
    if head.casefold() == LINES and rest.strip():
        return PageRequest(rest.strip(), request.part, lines=True)
    return request


def _confirming(reply: Reply) -> int:
    """Return the number of the action that a yes asks; 0 where there is none."""
    return next((number for number, action in enumerate(reply.actions, 1) if action.confirms), 0)


def _example(reply: Reply) -> str:
    """Return how a reply could go on with what was begun."""
    if reply.form and reply.form.fields:
        names = (*reply.form.missing, reply.form.fields[0].name)
        return f"{names[0]}:…"
    others = (
        f"{pick.param}:{choice.value}"
        for pick in reply.picks
        for choice in pick.choices
        if choice.value != pick.chosen
    )
    return next(others, "")


def _plain(text: str) -> str:
    """Return words as they are compared: in one case, without what surrounds them."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return plain.replace(JOINER, "").strip(" .!…\ufe0f\u20e3")
