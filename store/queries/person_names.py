"""Names of people and bodies as they are written in a sentence: declined, titled, shortened.

"Путіна", "V. Putin" and "President Putin" are Vladimir Putin; "Skelia" is the Skelia Assault
Regiment. What is compared are keys (`name_key`), so any script and romanisation will do.
"""

import re
from enum import IntEnum
from functools import lru_cache

from store.model.short_texts import cache_short
from store.places.name_key import name_key

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`-][^\W\d_]+)*\.?|\d+")
_POSSESSIVE = re.compile(r"(?<=\w)['’ʼ]s\b")
_INITIALS = re.compile(r"(?<!\w)([^\W\d_]\.)(?=[^\W\d_]\.)")  # В.В. has no blank between
_TITLE_WORDS = """
president президент prime minister premier прем'єр премьер міністр министр minister голова
глава head chief general генерал gen colonel полковник col lieutenant лейтенант lt major майор
maj captain капітан капитан capt commander командир cmdr комбат brigadier admiral адмірал
адмирал marshal маршал spokesman spokesperson spokeswoman речник речниця пресс-секретарь
представник представитель mr mrs ms dr sir пан пані господин director директор governor
губернатор mayor мер мэр deputy заступник заместитель the officer офіцер офицер soldier боєць
боец journalist журналіст журналист analyst аналітик аналитик expert експерт эксперт volunteer
волонтер доброволець
"""
_GENERIC_WORDS = """
regiment полк полку brigade бригада бригади battalion батальйон батальон unit підрозділ
division дивізія corps корпус army армія армия forces сили силы force staff штаб headquarters
command командування командование ministry міністерство министерство defence defense оборони
обороны assault штурмовий штурмова штурмовой штурмовая separate окремий окрема отдельный
отдельная mechanized механізована drone ukraine україни украины ukrainian український
української russian російський російської of and the general генеральний генеральный group
група группа project проєкт проект map institute інститут институт for study war війни войны
operator оператор drones дрон дрона дронів дронов безпілотник беспилотник
"""
_MAY = frozenset(["may", "май", "мая", "маю", "має", "мае"])
"""The month, which sounds like a major (maj) and is none: “Putin May” is no Major Putin."""
_CASE_ENDINGS = """
ого ому ою ею ією ові еві ими ами им ім ий ій ой ої ом ем ая ую у ю а я е є и і о ів ов
"""
_HARD = (("z", "h"), ("s", "h"), ("ts", "k"))  # Дейнега, Дейнезі
_SHORTEST_STEM = 3
_SAME_GIVEN = (
    "volodimir vladimir",
    "oleksandr aleksandr alexander alexandr",
    "oleksi aleksei alexei",
    "mikola nikolai",
    "andri andrei andrew",
    "serhi serhei sehei",
    "dmitro dmitri",
    "mihailo mihail",
    "pavlo pavel",
    "petro petr",
    "kirilo kiril",
    "evhen evheni iehor",
    "vasil vasili",
    "vitali vitalii",
    "ilia ilia",
    "olena elena",
    "hana ana",
)
_GIVEN = {name: line.split()[0] for line in _SAME_GIVEN for name in line.split()}


class Likeness(IntEnum):
    """How surely words name somebody; from SURNAME on it is an answer."""

    NONE = 0
    GIVEN_NAME = 1  # "Vladimir": anybody's
    SURNAME = 2  # "Путіна", "V. Putin", "Skelia"
    WHOLE = 3  # every word of the name


def name_likeness(words: str, name: str, *, person: bool = True) -> Likeness:
    """Return how surely `words` name the bearer of `name`, a person's or a body's."""
    return _likeness(_tokens(words, titles=not person), _tokens(name, titles=True), person)


def is_called(words: str, name: str, *, person: bool) -> bool:
    """Tell whether `words` are a name, or a person's surname, as it is: not declined or cut."""
    typed, known = _tokens(words, titles=True), _tokens(name, titles=True)
    return bool(typed) and typed in ((known, known[-1:]) if person else (known,))


def is_begun(words: str, name: str, *, person: bool) -> bool:
    """Tell whether `words`, with which a name begins, reach into the last word that tells apart."""
    known = _tokens(name, titles=True)
    if not (telling := _tell_apart(known, person=person)):
        return False
    before = known[: len(known) - 1 - known[::-1].index(telling[-1])]
    return len(name_key(words)) > len("".join(before))


@lru_cache(8)
def _keys_of(words: str) -> frozenset[str]:
    """Return a table's words as keys, made when first needed: start-up does not pay for it."""
    return frozenset(map(name_key, words.split()))


def _likeness(typed: tuple[str, ...], known: tuple[str, ...], person: bool) -> Likeness:  # noqa: FBT001
    if not typed or not known:
        return Likeness.NONE
    left = list(known)
    whole: list[str] = []
    for token in typed:
        match = next((part for part in left if _fits(token, part)), None)
        if match is None and token.endswith(".") and person and known[0] not in left:
            continue  # a patronymic's, after the given name: В. В. Путин
        if match is None:
            return Likeness.NONE
        left.remove(match)
        if not token.endswith("."):
            whole.append(match)
    if not left and whole:
        return Likeness.WHOLE
    telling = _tell_apart(known, person=person)
    if telling and all(word in whole for word in telling):
        return Likeness.SURNAME
    return Likeness.GIVEN_NAME if whole else Likeness.NONE


def _tell_apart(known: tuple[str, ...], *, person: bool) -> tuple[str, ...]:
    """Return the words by which the bearer is told apart: the surname, or what no role says."""
    if person:
        return known[-1:]
    generic = _keys_of(_GENERIC_WORDS)
    return tuple(word for word in known if word not in generic and not _is_title(word))


@cache_short(20_000)
def _tokens(text: str, *, titles: bool) -> tuple[str, ...]:
    """Return the words as keys, an initial with its point; titles left out unless asked for."""
    bare = _INITIALS.sub(r"\1 ", _POSSESSIVE.sub("", text))
    return tuple(
        token
        for word in _WORD.findall(bare)
        if (token := _token(word)) and (titles or word.lower() in _MAY or not _is_title(token))
    )


def _token(word: str) -> str:
    key = name_key(word)
    initial = word.endswith(".") and len(word.rstrip(".")) == 1
    return f"{key}." if initial else key


@lru_cache(1024)
def _is_title(token: str) -> bool:
    """Tell whether it is a title in any case: президента is президент."""
    titles = _keys_of(_TITLE_WORDS)
    return any(token.removesuffix(ending) in titles for ending in _keys_of(_CASE_ENDINGS))


def _fits(token: str, name: str) -> bool:
    if token.endswith("."):
        return name.startswith(token[:-1])
    if token == name or _GIVEN.get(token, token) == _GIVEN.get(name, name):
        return True
    return bool(_stems(token) & _stems(name))


@lru_cache(4096)
def _stems(key: str) -> frozenset[str]:
    """Return what the word may be without the ending of its case, softened consonants undone."""
    stems = {key} if len(key) >= _SHORTEST_STEM else set()
    for ending in _keys_of(_CASE_ENDINGS):
        stem = key.removesuffix(ending)
        if stem != key and len(stem) >= _SHORTEST_STEM:
            stems.add(stem)
            stems |= {
                stem[:-1] + hard for soft, hard in (("z", "h"), ("s", "h")) if stem[-1] == soft
            }
            if stem.endswith("ts"):
                stems.add(stem[:-2] + "k")
    return frozenset(stems)
