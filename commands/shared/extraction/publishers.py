"""Who gives out a text, in a line that heads it: where the name begins, and where it ends."""

import re

from commands.shared.extraction.wording.languages import RULES
from commands.shared.extraction.wording.rule_table import Hit, Rules, Topic

_NAME_ENDS = re.compile(r"\s+[|–—-]\s+|\||:(?!\d)|(?<=[^\W\d_]{4})\.\s+(?=[^\W\d_])")
_OF = re.compile(r"\s+(?:(?:of|by|from)\s+(?:the\s+)?|від\s+|от\s+)?", re.IGNORECASE)
_PUBLISHER = 40  # characters in which the office is called what it is

_WORDS_BEFORE = 1  # "Morning report of"
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def find_publisher(line: str, document: Hit | None, rules: Rules) -> int | None:
    """Return where in "Briefing of the ministry" the name of the office begins that gives it."""
    if document is None or document.means != "document":
        return None
    if len(_LETTERS.findall(line[: document.start])) > _WORDS_BEFORE:
        return None
    link = _OF.match(line, document.end)
    start = link.end() if link else document.end
    body = rules.first(Topic.BODY, line, start, start + _PUBLISHER)
    is_near = body is not None and len(line[start : body.start].split()) <= 1
    return start if is_near and line[start : start + 1] not in {",", ":"} else None


def _without_aside(line: str, end: int) -> int:
    """Return where a name ends before "(evening update, 9 May)": what the text is, and its day."""
    bracket = line.find(" (", 0, end)
    aside = line[bracket:end] if bracket > 0 else ""
    tells = any(rules.has(Topic.HEAD, aside, "document") for rules in RULES.values())
    return bracket if tells or _DIGIT.search(aside) else end


def end_of_name(line: str) -> int:
    """Return where the name of who publishes ends in a heading: before a bar, a dash, a colon.

    So it does before a second sentence; "22:00" has no colon of that kind, "Gen." ends none. What
    the text is, "X, morning report of 5 May", and that it speaks, "X informs", is no name.
    """
    match = _NAME_ENDS.search(line)
    end = match.start() if match else len(line)
    end = _without_aside(line, end)
    comma = line.find(", ", 0, end)
    for rules in RULES.values():  # a short heading does not always show its language
        verb = rules.before(Topic.SAYING, line, end)
        if verb and verb.start > 0:
            end = verb.start
        if 0 < comma < end and rules.has(Topic.HEAD, line[comma:end], "document"):
            end = comma
    return end
