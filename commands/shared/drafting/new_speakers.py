"""A speaker who is new here, as a text names them: the name, what they are, and their kind."""

import re
from collections.abc import Mapping

from commands.shared.extraction.wording.languages import choose_rules
from commands.shared.extraction.wording.rule_table import Topic

_CAPITAL = r"[^\W\d_a-zа-яёіїєґ][\w’'ʼ-]*"
_NAME = re.compile(rf"{_CAPITAL}(?:\s+{_CAPITAL}\.?)+")
_LEADS_TO = frozenset({"of", "to", "for", "from", "with", "and", "by", "at", "in"})
_ARTICLE = re.compile(r"the\s+", re.IGNORECASE)


def describe_speaker(words: str) -> Mapping[str, str]:
    """Return the fields of a draft that name a new speaker; nothing where that is no name.

    "regional governor Taras Vyshniak" is "Taras Vyshniak, regional governor".
    """
    rules = choose_rules(words)
    if rules.has(Topic.BODY, words) or _ARTICLE.match(words):
        is_name = any(char.isupper() for char in words)
        return {"by": words, "by_kind": "organisation"} if is_name else {}
    names = list(_NAME.finditer(words))
    if not names:
        return {}
    first, last = names[0], names[-1]
    if first.start() == 0 and first.end() == len(words):
        return {"by": words, "by_kind": "person"}
    title = words[: last.start()].strip()
    if last.end() == len(words) and title and title.split()[-1].casefold() not in _LEADS_TO:
        return {"by": f"{last[0]}, {title}", "by_kind": "person"}
    rest = words[first.end() :]
    if first.start() == 0 and rest.startswith(" of "):
        return {"by": f"{first[0]}, {rest.strip()}", "by_kind": "person"}
    return {}
