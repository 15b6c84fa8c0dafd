"""What was typed with the keyboard set to another language: Gjrhjdcmr is Покровськ."""

import re
from collections.abc import Iterator

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_CYRILLIC = ("йцукенгшщзхїфівапролджєячсмитьбю'", "йцукенгшщзхъфывапролджэячсмитьбюё")
"""The same keys in Ukrainian and in Russian."""
_SHIFTED = str.maketrans("[];',.`", '{}:"<>~')
_LONGEST, _FEWEST = 100, 5  # characters, and letters among them


def list_other_layouts(text: str) -> Iterator[str]:
    """Yield what the keys of a text write in Ukrainian, in Russian, or in Latin letters."""
    letters = re.findall(r"[^\W\d_]", text)
    latin = sum(letter.isascii() for letter in letters)
    is_mixed = latin not in {0, len(letters)} or re.search(r"\d[.,]\d", text)
    if len(letters) < _FEWEST or len(text) > _LONGEST or is_mixed:
        return
    for cyrillic in _CYRILLIC:
        keys = (_LATIN, cyrillic) if latin else (cyrillic, _LATIN)
        shifted = (row.upper().translate(_SHIFTED) for row in keys)
        typed = text.translate(str.maketrans(*shifted) | str.maketrans(*keys))
        if all(letter.isascii() is not bool(latin) for letter in re.findall(r"[^\W\d_]", typed)):
            yield typed
