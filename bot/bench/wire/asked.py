"""What the members of a made Discord ask."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.bench.questions import Questions

Asked = tuple[str, dict[str, str], str]
"""A command, what is given with it, and the option that is still being typed (or "")."""


@dataclass(frozen=True)
class Asking:
    """Something that members ask; `ask` draws the next question."""

    name: str
    ask: Callable[[Questions], Asked]


def _status(questions: Questions) -> Asked:
    return "status", {"place": questions.place_ref(), "at": str(questions.day(30))}, ""


TRIVIAL = Asking("/help", lambda _: ("help", {}, ""))
STATUS = Asking("/status", _status)
CLAIMS = Asking("/claims", lambda q: ("claims", {"place": q.place_ref()}, ""))
TYPING = Asking("a place being typed", lambda q: ("status", {"place": q.beginning()}, "place"))

ALONE = (TRIVIAL, STATUS, CLAIMS, TYPING)
"""Each asked by one member after the other. The first asks nothing of the store."""
MIXED = (STATUS, CLAIMS, TRIVIAL)
"""Asked in turn while memory is looked at."""


def drawn(questions: Questions, askings: tuple[Asking, ...], count: int) -> list[Asked]:
    """Return so many questions, of each kind in turn."""
    return [askings[number % len(askings)].ask(questions) for number in range(count)]
