"""Whether words may be the name of somebody who is not on record: a channel, a person."""

import re

_MOST_WORDS, _LOWER_WORDS = 3, 2
_NAME = re.compile(r"[^\W\d_][\w’'ʼ.-]*(?: [^\W\d_][\w’'ʼ.-]*)*")


def may_be_name(words: str) -> bool:
    """Tell whether words are as few as those of a name, and written as one: “Два майора”."""
    each = words.split()
    is_capital = all(word[0].isupper() for word in each)
    most = _MOST_WORDS if is_capital else _LOWER_WORDS
    return len(each) <= most and words[0].isupper() and _NAME.fullmatch(words) is not None
