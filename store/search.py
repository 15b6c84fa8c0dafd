"""What a person types to find words, as a full-text query.

Only words, "phrases" and word* mean anything; all other punctuation is text.
"""

import re
from collections.abc import Sequence

from store.text import fold

_PIECE = re.compile(r'"([^"]*)"|(\S+)')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_WORD = re.compile(r"\w+")
_LONG, _MOST = 5, 8


def query(text: str) -> str:
    """Return the full-text query for `text`; empty when it has no word in it."""
    pieces = []
    for phrase, word in _PIECE.findall(text.translate(_QUOTES)):
        words = _WORD.findall(fold(phrase or word))
        if words:
            star = "*" if word.rstrip(".,;:!?").endswith("*") else ""
            pieces.append(f'{{words}} : "{" ".join(words)}"{star}')
    return " AND ".join(pieces)


def any_of(text: str, besides: Sequence[str] = ()) -> str:
    """Return the query that finds any of the longer words of a text; empty when it has none."""
    left_out = set(fold(" ".join(besides)).split())
    words = dict.fromkeys(_WORD.findall(fold(text)))
    long = [word for word in words if len(word) >= _LONG and word not in left_out]
    chosen = sorted(long, key=len, reverse=True)[:_MOST]
    return " OR ".join(f'{{words}} : "{word}"' for word in chosen)
