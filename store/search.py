"""What a person types to find words, as a full-text query.

Only words, "phrases" and word* mean anything; all other punctuation is text.
"""

import re

from store.text import fold

_PIECE = re.compile(r'"([^"]*)"|(\S+)')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_WORD = re.compile(r"\w+")


def query(text: str) -> str:
    """Return the full-text query for `text`; empty when it has no word in it."""
    pieces = []
    for phrase, word in _PIECE.findall(text.translate(_QUOTES)):
        words = _WORD.findall(fold(phrase or word))
        if words:
            star = "*" if word.rstrip(".,;:!?").endswith("*") else ""
            pieces.append(f'{{words}} : "{" ".join(words)}"{star}')
    return " AND ".join(pieces)
