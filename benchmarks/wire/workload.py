"""What the members of a made Discord ask."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.bench.questions import Questions

Question = tuple[str, dict[str, str], str]
"""A command, what is given with it, and the option that is still being typed (or "")."""


@dataclass(frozen=True)
class QuestionKind:
    """Something that members ask; `ask` draws the next question."""

    name: str
    ask: Callable[[Questions], Question]


def _status(questions: Questions) -> Question:
    return "status", {"place": questions.place_ref(), "at": str(questions.day(30))}, ""


TRIVIAL = QuestionKind("/help", lambda _: ("help", {}, ""))
STATUS = QuestionKind("/status", _status)
EARLIER = QuestionKind(
    "/status",
    lambda q: ("status", {"place": q.place_ref(), "at": str(q.day(120) - timedelta(days=30))}, ""),
)
"""Of days about which nothing else here asks: none of their answers is kept already."""
CROWD = QuestionKind(
    "/status as on a bad day", lambda q: ("status", {"place": q.entry_place_ref()}, "")
)
"""Of today, about which nothing else here asks: many ask about the few that most is filed about."""
CLAIMS = QuestionKind("/claims", lambda q: ("claims", {"place": q.place_ref()}, ""))
TYPING = QuestionKind(
    "a place being typed", lambda q: ("status", {"place": q.beginning()}, "place")
)

ALONE = (TRIVIAL, STATUS, CLAIMS, TYPING)
"""Each asked by one member after the other. The first asks nothing of the store."""
MIXED = (STATUS, CLAIMS, TRIVIAL)
"""Asked in turn while memory is looked at."""


def draw_questions(
    questions: Questions, askings: tuple[QuestionKind, ...], count: int
) -> list[Question]:
    """Return so many questions, of each kind in turn."""
    return [askings[number % len(askings)].ask(questions) for number in range(count)]


def draw_distinct(questions: Questions, kind: QuestionKind, most: int) -> list[Question]:
    """Return so many different questions of a kind, fewer where few were drawn."""
    drawn = draw_questions(questions, (kind,), 4 * most)
    return list({str(question): question for question in drawn}.values())[:most]
