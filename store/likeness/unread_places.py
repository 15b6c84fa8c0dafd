"""Names behind “in”, “near” or “bei” that are of no place known here: Warszawa, Sumy, Paris.

They say that a message is about somewhere else, though nobody can say where.
"""

import re
from collections.abc import Iterable

from store.model.text import fold

_BEFORE = """
in at near outside inside around across
у в на під біля коло над
под около возле близ во
w we na pod koło nad
bei nach aus über
"""
_NAME = r"[^\W\d_a-zа-яёіїєґąćęłńóśźżäöüß][\w’'ʼ-]{2,}"
_PLACED = re.compile(rf"(?<!\w)(?i:{'|'.join(_BEFORE.split())})\s+(?P<name>{_NAME})")
_TIMES = """
january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday winter summer autumn spring
januar februar märz april mai juni juli august september oktober november dezember
"""
_NO_PLACES = frozenset(fold(_TIMES).split())


def find_unread_places(text: str, known: Iterable[str]) -> frozenset[str]:
    """Return the names in a text that stand as those of places do, without the `known` words."""
    names = {match["name"] for match in _PLACED.finditer(text)}
    return frozenset(name for name in names - set(known) if fold(name) not in _NO_PLACES)
