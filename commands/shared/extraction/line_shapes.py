"""How a line looks: closed like a sentence, a heading, with a bullet, or the title of a day."""

import re
from datetime import date

from commands.shared.extraction.past_days import find_past_days
from commands.shared.extraction.wording.rule_table import Rules, Topic

_WORDS_OF_A_HEADING = 14
BULLET = re.compile(r"\s*(?:[•*‣·‼⁉←-⯿🀀-🫿\uFE0F]+|[-–—](?=\s)|\d{1,2}(?:[.)]|/\d{0,2})(?=\s))[\s️]*")
HOUR = re.compile(
    r"\s*(?:\[?\d{1,2}[:.]\d{2}(?![.\d])(?:\s?(?:am|pm|GMT|EET))?\]?)\s*(?:[-–—|:]\s*)?(?=\S)"
)
ENDS = re.compile(r"[.!?…:;,][\"”»’)]*$")
_YEAR = re.compile(r"\d{4}\s?[гр]\.$")
_ASIDE = re.compile(r"\s*\([^()]*\)$")


def is_closed(line: str) -> bool:
    """Tell whether a line ends like a sentence; "2025 г." and "2025 р." end none."""
    plain = line.strip()
    return ENDS.search(plain) is not None and not _YEAR.search(plain)


def is_heading(line: str) -> bool:
    plain = _ASIDE.sub("", line.strip())
    bullet = BULLET.match(plain) or HOUR.match(plain)
    return (
        not is_closed(plain)
        and len(plain.split()) <= _WORDS_OF_A_HEADING
        and not (bullet and bullet.end() > 0)
    )


def tells_of_something(words: str, rules: Rules) -> bool:
    """Tell whether words behind a colon are what somebody says: the title of a piece of news."""
    topics = (Topic.HAPPENING, Topic.CONTROL, Topic.ENCIRCLING)
    return not rules.has(Topic.HEAD, words) and any(rules.has(topic, words) for topic in topics)


def is_dated_title(line: str, published: date, rules: Rules) -> bool:
    """Tell whether "Morning report, 9 May:" tells what stands below, and of which day."""
    says = tells_of_something(line, rules) or rules.has(Topic.SAYING, line)
    is_short = len(line.split()) <= _WORDS_OF_A_HEADING
    is_open = line.rstrip().endswith(":") and is_short
    return is_open and not says and bool(find_past_days(line, published))
