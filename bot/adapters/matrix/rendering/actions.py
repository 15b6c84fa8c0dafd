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

    A reply such as “day:6 Nov” goes on with one of the lines in `more`.
    """

    lines: tuple[tuple[str, str], ...] = ()
    confirms: int = 0
    more: tuple[str, ...] = ()

    def meant(self, said: str) -> tuple[int, ...]:
        """Return the numbers that somebody's words can mean: a number, a label or how one begins.

        Several where they do not choose between them.
        """
        words = _plain(said)
        if words.isdecimal():
            number = int(words[:4])
            return (number,) if 0 < number <= len(self.lines) else ()
        labels = [(number, _plain(label)) for number, (label, _) in enumerate(self.lines, 1)]
        same = tuple(number for number, label in labels if label == words)
        begun = (number for number, label in labels if words and label.startswith(f"{words} "))
        return same[:1] or tuple(begun)

    def going_on(self, said: str, takes: Callable[[str, str], bool]) -> str:
        """Return the line that goes on with “key:value”; `takes` tells whether one has the key."""
        found = _KEY.match(said)
        fitting = [line for line in self.more if found and takes(line, found[1].casefold())]
        return f"{fitting[0]} {said}" if fitting else ""


def offers_of(reply: Reply, voice: Voice) -> Offers:
    """Return what an answer offers."""
    lines = tuple(
        (voice.plain(one.label), write_line(one.command, one.given)) for one in reply.actions
    )
    begun: list[Form | Pick] = [*([reply.form] if reply.form else []), *reply.picks]
    more = dict.fromkeys(write_line(one.command, one.given) for one in begun)
    return Offers(lines, _confirming(reply), tuple(more))


def is_brief(reply: Reply, find: Callable[[str], Command | None]) -> bool:
    """Tell whether an answer's offers are to be chosen from rather than copied.

    What is read leads on by lines, which can be passed around. What is being written has many, and
    long ones, and a moderator who is answered in private could not use them there.
    """
    asked = [find(one.command) for one in reply.actions]
    writes = any(one and one.role > Role.READER for one in asked)
    return writes or bool(_confirming(reply) or reply.picks or reply.form)


def brief(reply: Reply) -> Iterator[Line]:
    """Yield a short line for each offer."""
    for number, one in enumerate(reply.actions, 1):
        sign = "✅" if one.confirms else None
        yield join(" ", Strong(f"{number}"), one.label, sign)
    for pick in reply.picks:
        yield join(": ", Strong(pick.param), pick.stands)
    if reply.form:
        missing = [f"{name}:…" for name in reply.form.missing]
        yield join(": ", reply.form.title, Typed(" ".join(missing)) if missing else None)


def hint(reply: Reply, asked: Action | None) -> Line:
    """Say how to choose, and how to get lines that do the same where nobody can reply."""
    said: list[Inline] = []
    if confirms := _confirming(reply):
        said.append(T("Reply with a number or a first word; ✅ is {number}", number=confirms))
    elif reply.actions:
        said.append(T("Reply with a number or a first word"))
    if example := _example(reply):
        line = Typed(example)
        such, also = T("Reply such as {line}", line=line), T("or such as {line}", line=line)
        said.append(also if said else such)
    if asked is not None and len(again := line_of(asked, OfferStyle.ALL_LINES)) <= _LONGEST:
        said.append(T("as lines: {line}", line=Typed(again)))
    return join(" · ", *said)


def line_of(asked: Action, how: OfferStyle) -> str:
    """Return the line that asks for an answer again, in the same form."""
    line = write_line(asked.command, asked.given)
    return f"/{LINES} {line[1:]}" if how is OfferStyle.ALL_LINES else line


def parse_page_request(line: str) -> PageRequest:
    """Return what “page 2 status Pokrovsk” asks, or “lines draft show D-1”."""
    found = PageRequest(line)
    head, _, rest = line.strip().removeprefix("/").partition(" ")
    number, _, asked = rest.strip().partition(" ")
    if head.casefold() == "page" and number.isascii() and number.isdigit() and asked.strip():
        found = PageRequest(asked.strip(), int(number[:3]))
        head, _, rest = found.line.partition(" ")
    if head.casefold() == LINES and rest.strip():
        return PageRequest(rest.strip(), found.part, lines=True)
    return found


def _confirming(reply: Reply) -> int:
    """Return the number of the action that a yes asks; 0 where there is none."""
    return next((number for number, one in enumerate(reply.actions, 1) if one.confirms), 0)


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
