"""From a declined Ukrainian or Russian place name to the names it may be a form of.

By endings alone, the longest that fits. It gives candidates, not answers: who calls it looks up
which of them a place bears, and that is what makes it exact without a dictionary.
"""

import re
from functools import cache
from itertools import islice, product

from store.model.short_texts import cache_short
from store.model.text import fold
from store.places.name_key import join_keys, name_key

_SHORTEST_STEM = 2
_MOST_WORDS, _MOST_FORMS = 4, 200

# A line: endings, what may stand there in the nominative ("-" for nothing).
_TABLE = """
ого ому его ему       | е ий ой
ього ьому             | є ій е
им ым                 | е ий ой и
ім                    | е ий
нім                   | не ний нє ній
ої ой                 | а ой
ій ою ую              | а
ьої ьою юю            | я
их ых ими ыми ые ие   | и
ая яя                 | а
а                     | - о
у                     | - а о
ом                    | - о е ий
ові                   | -
еві                   | - ь
і                     | - ь а я о
е                     | - а о
и ы                   | а я
я                     | ь й
ю                     | ь й я
ем                    | - ь е
єм                    | й
ї                     | й я
ею єю ей              | я а
ям                    | я и
ам ами ах ях ями      | и
ів їв ов ев           | и
ова ову овом ове      | ів ове ов ово
ові                   | ів ове ов -
ового овому овим овым | ів ове ов овий овый
ової                  | ова
єва єву євом          | їв єве
єві                   | їв єве й
ева еву евом еве      | ів ев еве
еві                   | ів ев еве - ь
ина ину ином          | ине ин ино
ині                   | ине ин ина
иного иному           | ине ний
иним иным             | ине ин иний
ка                    | к ок ек
ку                    | к ок ек ка
ком                   | к ок ек ко ке
ьком                  | ьк
ки ке                 | ка к
ці                    | ка ця ць ець к
зі                    | га за г
сі                    | ха са
ця                    | ець ць
цю                    | ець ць ця
цем                   | ець ць
ца                    | ец ц
цу                    | ец ц ца
цом                   | ец ц
це                    | ец ц ца
ців цев цов           | ці
ок                    | ки
лі                    | ль ля ле л ла
лю                    | ль ля ле
ля                    | ль ле
лем                   | ль ле
ья ью ьем             | ье
"""
_PLURAL = ("i",)  # Сум: the plural's genitive has no ending
_O_OR_E = "[oe](?=(?:[bvhdzklmnprstf]|zh|ts|ch|sh)$)"  # Рогу: Ріг; Ямполя: Ямпіль
_VOWELS = frozenset("аеєиіїоуюяыэё")


def _read_table(table: str) -> dict[str, tuple[str, ...]]:
    rules: dict[str, tuple[str, ...]] = {}
    for line in table.strip().splitlines():
        endings, _, nominatives = line.partition("|")
        for ending in endings.split():
            rules[ending] = tuple(dict.fromkeys(map(name_key, nominatives.split())))
    return rules


@cache
def _rules() -> tuple[dict[str, tuple[str, ...]], int]:
    """Return the rules by ending, and how long the longest ending is."""
    rules = _read_table(_TABLE)
    return rules, max(map(len, rules))


def list_nominative_keys(name: str, most: int = _MOST_FORMS) -> tuple[str, ...]:
    """Return the keys of the names that a name may be a form of; its own key stands first.

    Each word of it may be declined or not: у Часовому Яру, біля Нью-Йорка. A name in other letters,
    or of more than four words, has its own alone. Of several words, `most` forms are tried.
    """
    words = fold(name).split()
    if not 1 <= len(words) <= _MOST_WORDS or not any(map(_is_cyrillic, words)):
        return (name_key(name),)
    if len(words) == 1:
        return _list_keys(words[0])
    forms = islice(product(*map(_list_keys, words)), most)
    return tuple(dict.fromkeys(join_keys(*form) for form in forms))


@cache_short(4096)
def _list_keys(word: str) -> tuple[str, ...]:
    """Return the key of a folded word, then those of the words that it may be a form of."""
    key = name_key(word)
    if not _is_cyrillic(word):
        return (key,)
    rules, longest = _rules()
    for size in range(min(longest, len(word) - _SHORTEST_STEM), 0, -1):
        if endings := rules.get(word[-size:]):
            stem = name_key(word[:-size])
            break
    else:
        endings, stem = () if word[-1:] in _VOWELS else _PLURAL, key
    forms = [join_keys(stem, ending) for ending in endings]
    forms += [re.sub(_O_OR_E, "i", form) for form in forms]
    return tuple(dict.fromkeys((key, *forms)))


def _is_cyrillic(word: str) -> bool:
    return "а" <= word[0] <= "ї"
