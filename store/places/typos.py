"""Every key that a slip of one letter leads to.

The slip is undone before looking, not measured after: a name of ten letters has some six hundred
neighbours, and an index finds those that are names in a millisecond, however many names there are.
"""

import re
from functools import lru_cache

from store.model.text import fold
from store.places.name_key import name_key, spell_out

SHORTEST = 6
"""Letters from which a name may be misspelt; a shorter one is too like others."""
_LONGEST = 40
_KEPT = 8  # names whose slips are kept: several ways to read one ask for them in turn
_LETTERS = tuple("abcvhdeziklmnoprstuf")
_SOUNDS = (*_LETTERS, "zh", "ts", "ch", "sh", "shch")
_HARD_C = re.compile("c(?!h)")
_UNIT = re.compile("shch|zh|ts|ch|sh|.", re.DOTALL)


def list_slips(name: str, shortest: int = SHORTEST) -> frozenset[str]:
    """Return the keys one slip away: a letter left out, added, changed, or two swapped.

    The first letter is taken as it stands. Its own key is not among them; a name of fewer letters
    than `shortest` has none.
    """
    letters = fold(name).replace(" ", "")
    return _slips_of_name(letters, name_key(name)) if len(letters) >= shortest else frozenset()


@lru_cache(_KEPT)
def _slips_of_name(letters: str, key: str) -> frozenset[str]:
    if not (len(letters) <= _LONGEST and key):
        return frozenset()
    slips = _slips_of(list(key), _LETTERS)
    if letters.isascii():
        slips |= _slips_as_typed(letters)
        slips.add(name_key(_HARD_C.sub("ch", letters)))  # a caron left out: Novoekonomicne
    return frozenset(slip for slip in slips if slip != key and slip[:1] == key[0])


def list_slips_of_sounds(name: str) -> frozenset[str]:
    """Return the keys one slip of a sound away that two letters stand for: Вованськ, Вовчанськ."""
    letters, key = fold(name).replace(" ", ""), name_key(name)
    if not (SHORTEST <= len(letters) <= _LONGEST and key):
        return frozenset()
    slips = _slips_of(_UNIT.findall(key), _SOUNDS)
    return frozenset(slip for slip in slips if slip[:1] == key[0]) - list_slips(name) - {key}


def is_one_slip(typed: str, name: str) -> bool:
    """Tell whether a name is at most one slip from what was typed, letter by letter.

    A slip between keys may be more: they leave out what scribes differ in.
    """
    return _is_one_edit(fold(typed), fold(name)) or _is_one_edit(spell_out(typed), spell_out(name))


def _is_one_edit(text: str, other: str) -> bool:
    """Tell whether one letter left out, added or changed, or two swapped, makes the two one."""
    while text and other and text[0] == other[0]:
        text, other = text[1:], other[1:]
    while text and other and text[-1] == other[-1]:
        text, other = text[:-1], other[:-1]
    is_swapped = len(text) == len(other) == len("ab") and text == other[::-1]
    return is_swapped or max(len(text), len(other)) <= 1


def _slips_of(units: list[str], sounds: tuple[str, ...]) -> set[str]:
    slips: set[str] = set()
    for at in range(1, len(units) + 1):
        before, after = "".join(units[:at]), units[at:]
        rest, behind = "".join(after), "".join(after[1:])
        slips.update(before + sound + rest for sound in sounds)
        if after:
            slips.add(before + behind)
            slips.update(before + sound + behind for sound in sounds)
            slips.add(before + "".join(after[1:2] + after[:1] + after[2:]))
    return slips


def _slips_as_typed(letters: str) -> set[str]:
    """Return what swaps and additions among the letters typed hide: Vovcahnsk."""
    swapped = (
        letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
        for at in range(1, len(letters) - 1)
    )
    without = (letters[:at] + letters[at + 1 :] for at in range(1, len(letters)))
    return {name_key(slip) for slip in (*swapped, *without)}
