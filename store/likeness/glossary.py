"""Words of many languages → what they mean, so that a message meets an entry of another language.

The lines are in glossary.txt; each meaning is called by its first English word.
"""

from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from store.model.text import fold

FILE = Path(__file__).with_name("glossary.txt")
_SHORTEST = 3  # letters of the beginning of a word that tell it


@lru_cache(16384)
def find_meanings(word: str) -> tuple[str, ...]:
    """Return what a folded word means: by its whole form, else by its longest known beginning."""
    whole, beginnings = _load()
    if word in whole:
        return whole[word]
    for length in range(len(word), _SHORTEST - 1, -1):
        if word[:length] in beginnings:
            return beginnings[word[:length]]
    return ()


@lru_cache(1)
def _load() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Return the meanings by whole forms and by beginnings of words."""
    whole: defaultdict[str, dict[str, None]] = defaultdict(dict)
    beginnings: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for line in FILE.read_text(encoding="utf-8").splitlines():
        name, equals, forms = line.partition(" = ")
        if line.startswith("#") or not equals:
            continue
        for form in forms.replace("|", " ").split():
            into = beginnings if form.endswith("*") else whole
            into[fold(form.removesuffix("*"))][name] = None
    return _freeze(whole), _freeze(beginnings)


def _freeze(table: defaultdict[str, dict[str, None]]) -> dict[str, tuple[str, ...]]:
    return {form: tuple(names) for form, names in table.items() if form}
