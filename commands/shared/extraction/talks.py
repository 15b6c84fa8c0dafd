"""A talk or a transcript: which lines ask, which answer, and who answers."""

import re
from collections import Counter
from collections.abc import Sequence

from commands.shared.extraction.extracted_draft import Spot
from commands.shared.extraction.speaker_names import CAPITAL_NAME
from commands.shared.extraction.wording.languages import RULES
from commands.shared.extraction.wording.rule_table import Topic

_REPLY = re.compile(r"\s*(?:[–—-]|(?:A|Answer|Відповідь|Ответ):)\s+(?=[^\W\d_])")
_QUESTION = re.compile(r"\s*(?:Q|Question|Питання|Запитання|Вопрос):\s+(?=[^\W\d_])")
_CAPITALS = re.compile(r"\s*((?:[^\W\d_a-zа-яёіїєґ]{2,}+[ .]{0,2}){1,4}):\s+(?=\S)")
"""How a turn of a transcript begins: "GENERAL KRUK: …"."""
_NAME = re.compile(
    r"\s*([^\W\d_a-zа-яёіїєґ][\w’'ʼ-]++(?: [^\W\d_a-zа-яёіїєґ][\w’'ʼ-]++){0,2}):\s+(?=\S)"
)
"""The same, written as names are: "Olena Marchuk: …"; it comes again and again."""
_INTRODUCED = re.compile(
    rf"({CAPITAL_NAME.pattern})(?:,\s+(?:\d\d,\s+)?(?=[a-zа-яёіїєґ])"
    r"|\s+(?:[–—-]\s+(?=[a-zа-яёіїєґ])|(?:is an?|commands|heads|leads|serves|командує|очолює"
    r"|командует|возглавляет)\s))"
)
"""How a text tells who answers in it: "Olena Marchuk, 34, commands a company"."""
_TALKED_WITH = re.compile(r"(?:^|[.!?]\s+|\b(?:with|to|з|із|зі|с|со)\s+)$")
_LEAST_TURNS = 3


class Talk:
    """What the lines of a text are in a talk, if it holds one."""

    def __init__(self, text: str, lines: Sequence[Spot]) -> None:
        self.text = text
        self.lines = lines
        names = Counter(turn[1] for line in lines if (turn := _NAME.match(text, *line)))
        again = {name for name, times in names.items() if times > 1}
        self._names = again if len(again) > 1 or any(" " in name for name in again) else set()
        self.is_transcript = sum(map(self._is_turn, lines)) >= _LEAST_TURNS
        asked = [at for at in range(len(lines)) if self._is_question_of_a_talk(at)]
        self.is_talk = bool(asked)
        self.interviewee = self._find_interviewee(asked[0]) if asked else None

    def find_reply(self, start: int, end: int) -> re.Match[str] | None:
        return _REPLY.match(self.text, start, end)

    def asks(self, start: int, end: int) -> bool:
        """Tell whether a line is somebody's question: whoever asks states nothing."""
        if self.is_talk and _QUESTION.match(self.text, start, end):
            return True
        is_reply = self.find_reply(start, end) is not None
        return is_reply and self.text[start:end].rstrip().endswith("?")

    def find_turn(self, start: int, end: int) -> re.Match[str] | None:
        """Return how somebody's turn begins in a transcript."""
        return self._match_turn(start, end) if self.is_transcript else None

    def _is_turn(self, line: Spot) -> bool:
        return self._match_turn(*line) is not None

    def _match_turn(self, start: int, end: int) -> re.Match[str] | None:
        """Return how a turn begins; what a line is, "VERDICT: …", is nobody's name."""
        turn = _CAPITALS.match(self.text, start, end)
        if turn is None and (named := _NAME.match(self.text, start, end)):
            turn = named if named[1] in self._names else None
        return turn if turn and not is_caption(turn[1].rstrip()) else None

    def _is_question_of_a_talk(self, at: int) -> bool:
        """Tell whether a line asks and a dash answers below it, or is itself such a turn."""
        start, end = self.lines[at]
        if _QUESTION.match(self.text, start, end):
            return True
        if not self.text[start:end].rstrip().endswith("?"):
            return False
        below = self.lines[at + 1 : at + 2]
        return any(_REPLY.match(self.text, *spot) for spot in [(start, end), *below])

    def _find_interviewee(self, first_question: int) -> Spot | None:
        """Return whom the lines above the first question introduce, if it is one person."""
        spots: dict[str, Spot] = {}
        for line in self.lines[:first_question]:
            for match in _INTRODUCED.finditer(self.text, *line):
                is_introduced = _TALKED_WITH.search(self.text[line[0] : match.start()])
                if is_introduced and not _is_office_or_author(match[1]):
                    spots.setdefault(match[1], match.span(1))
        return next(iter(spots.values())) if len(spots) == 1 else None


def is_caption(words: str) -> bool:
    """Tell whether words before a colon say what a line is rather than who speaks."""
    hits = (rules.first(Topic.CAPTION, words) for rules in RULES.values())
    return any(hit is not None and (hit.start, hit.end) == (0, len(words)) for hit in hits)


def _is_office_or_author(name: str) -> bool:
    topics = (Topic.BODY, Topic.HEAD)
    return any(rules.has(topic, name) for rules in RULES.values() for topic in topics)
