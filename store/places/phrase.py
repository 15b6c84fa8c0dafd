"""What a person types for a place, taken apart: the name, what it lies in, the words around it."""

import re
from enum import StrEnum

from msgspec import Struct

from store.model.text import fold, visible

_LONGEST = 200
_EDGES = " \t.,;:!?…\"'«»“”„‘’`[]{}"
# What few names have is compiled where one has it: a question waits for each that is compiled.
_DISTANCE = r"(?i)(?:about|близько|~|≈)?\s*[0-9][0-9  .,]*\s*(km|км)\b.*"
_PARENTHESES = r"^([^()]+)\(([^()]*)\)[\s.,;]*$"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


class AreaKind(StrEnum):
    """A kind of area, where a word beside the name says that one is meant."""

    REGION = "region"
    RAION = "raion"
    HROMADA = "hromada"
    DIRECTION = "direction"


LABELS = {
    AreaKind.REGION: ("oblast", "область"),
    AreaKind.RAION: ("raion", "район", "district"),
    AreaKind.HROMADA: ("hromada", "громада"),
}
"""The word with which a kind of area stands among names, in the nominative."""

_UNIT_WORDS = """
region: oblast region province область області областю областей области обл
raion: raion rayon district район району районі районом района районе рн
hromada: hromada community громада громади громаді громаду громадою громады громаде
direction: direction directions axis sector напрямок напрямку напрямком напрям напряму напрямі
direction: направление направлении направления направлению направлением
"""
_UNITS = {
    fold(word): AreaKind(kind)
    for line in _UNIT_WORDS.strip().splitlines()
    for kind, _, words in [line.partition(": ")]
    for word in words.split()
}

_BEFORE = _words("""
у в во на під підо біля за коло поблизу неподалік недалеко
від од із з зі до над при по через між про
проти щодо стосовно навколо довкола північніше південніше східніше західніше північ південь схід
захід півночі півдня сходу заходу північний південний східний західний
північна північній північної південна південній південної східна східній східної західна
західній західної центр центрі центру центром
околиця околиці околицях околицею околицю район районі районом
под подо близ около возле вблизи от из со к ко о об перед между севернее южнее восточнее западнее
север юг восток запад севера юга востока запада северу югу востоку западу
северная северной северную южная южной южную восточная восточной восточную западная западной
западную центре центра окраина окраине окраину окраины
районе насчет вокруг рядом недалеко неподалеку неподалёку
the near at in around of by outside north south east west northeast northwest southeast southwest
northern southern eastern western outskirts center centre downtown suburbs area from to towards
toward about on regarding concerning between nw ne sw se
""")
_INSIDE = _words("у в во на до the at in of from to із з зі від из со місті")
_KINDS = _words("""
м с сел смт сще
місто міста місті містом містечко село села селі селом селище селища селищі селищем хутір
хутора станція станції
г пгт пос п х ст город города городе городом поселок поселка поселке деревня деревни деревне
city town village settlement hamlet
""")
_AFTER = _words("city town village settlement місто село селище город поселок")
_AFTER_BESIDE = _words("""
area surroundings outskirts vicinity agglomeration salient center centre downtown suburbs
центр околиці агломерація агломерації виступ
окрестности агломерация агломерации выступ
""")
_ABBREVIATED = r"(?i)\b(?:м|с|сел|смт|г|пгт|пос|п|х|ст|обл|рн|р-н)\.(?=\w)"
_SO_FAR_FROM = (
    r"(?i)^(?:(?:в|у|за|на) )?[0-9][0-9.,–-]*\s*"
    r"(?:km|км|kilomet\w+|кілометр\w*|километр\w*)\s+"
)
_DIRECTION_OF = (
    "(?i)^(?:the )?(?:direction of|direction|напрямок|напрямку|напрямі|направление|направлении) "
)
_NEAR = (
    r"(?i)\s*(?:near|close to|around|біля|поблизу|коло|неподалік(?: від)?|недалеко від|довкола"
    r"|навколо|возле|около|вблизи|близ|рядом с|недалеко от|неподалеку от|вокруг)\s+"
)
_IN = _words("in of near у в во біля під коло возле под около")


class NamePhrase(Struct, frozen=True):
    """A name, the areas or towns that it is said to lie in, and the unit that it is said to be.

    `governed` is whether a preposition stood before it, so that it cannot be in the nominative;
    `beside` is whether that one says near it, not in it; `strict` is whether only an exact name
    counts, because words of it may not belong to the name. `listed` are those of `within` that a
    comma parts from it: they may be further places.
    """

    name: str
    within: tuple[str, ...] = ()
    unit: AreaKind | None = None
    governed: bool = False
    beside: bool = False
    strict: bool = False
    listed: tuple[str, ...] = ()


def list_phrases(text: str) -> tuple[NamePhrase, ...]:
    """Return the ways to take a text apart, the one that leaves most together first."""
    spaced = visible(text)[:_LONGEST]
    if "." in spaced:
        spaced = re.sub(_ABBREVIATED, r"\g<0> ", spaced)
    head, within = _part_qualifiers(spaced.strip(_EDGES))
    bare, governed, beside = _strip_before(head)
    parts: list[NamePhrase] = []
    direction = re.sub(_DIRECTION_OF, "", bare) if " " in bare else bare
    if direction != bare:
        parts.append(NamePhrase(direction, within, AreaKind.DIRECTION, governed))
    unit = unit_of(bare)
    if unit:
        parts.append(NamePhrase(bare.rsplit(None, 1)[0], within, unit, governed))
    parts += _part_in_words(bare, within, governed=governed)
    if bare != head and not unit:
        parts.append(NamePhrase(bare, within, governed=governed, beside=beside, listed=within))
    whole = NamePhrase(head, within, strict=bool(parts), listed=within)
    return tuple(phrase for phrase in (whole, *parts) if phrase.name)


def drop_near(text: str) -> str:
    """Return the name that a text says to be near, as the preposition has it; "" of any other."""
    preposition = re.match(_NEAR, text)
    return text[preposition.end() :] if preposition else ""


def unit_word(word: str) -> AreaKind | None:
    """Return the kind of area that a word says, None where it says none."""
    return _UNITS.get(_join_word(word))


def _join_word(word: str) -> str:
    """Return a word as the lists above have it: р-н is рн."""
    return fold(word.strip(_EDGES)).replace(" ", "")


def governs(word: str) -> bool:
    """Tell whether a word before a name puts it in another case than the nominative."""
    return fold(word) in _BEFORE


def unit_of(text: str) -> AreaKind | None:
    """Return the kind of area that the last word of several says, None where it says none."""
    words = text.split()
    return unit_word(words[-1]) if len(words) > 1 else None


def _is_distance(text: str) -> bool:
    return any(map(str.isdigit, text)) and re.fullmatch(_DISTANCE, text) is not None


def _part_qualifiers(text: str) -> tuple[str, tuple[str, ...]]:
    """Take "X (Y)" and "X, Y, 5 km from Z" apart, and "Y oblast, X", which is written too."""
    closed = text + (")" if text.count("(") > text.count(")") else "")
    if "(" in text and (match := re.match(_PARENTHESES, closed)):
        head, qualifier = match.groups()
        name, within = _part_qualifiers(head.strip(_EDGES))
        return name, (*within, qualifier.strip(_EDGES))
    parts = [part.strip(_EDGES) for part in re.split("[,·]", text)]
    head, *rest = [part for part in parts if part and not _is_distance(part)] or [text]
    if rest and unit_of(head) and not unit_of(rest[-1]):
        *rest, head = [head, *rest]
    return head, tuple(rest)


def _strip_before(text: str) -> tuple[str, bool, bool]:
    """Take off what stands before a name, and "city" or "area" after it.

    Tell whether it governs a case, and whether it says near the place and not in it.
    """
    bare = re.sub(_SO_FAR_FROM, "", text) if re.match(r"\w{0,2} ?[0-9]", text) else text
    words, governed, beside = bare.split(), False, bare != text
    while len(words) > 1:
        word = _join_word(words[0])
        if word not in _BEFORE and word not in _KINDS:
            break
        governed = governed or word in _BEFORE
        beside = beside or (word in _BEFORE and word not in _INSIDE)
        del words[0]
    if len(words) > 1 and (last := fold(words[-1])) in _AFTER | _AFTER_BESIDE:
        beside = beside or last in _AFTER_BESIDE
        words.pop()
    return " ".join(words).strip(_EDGES), governed, beside


def _part_in_words(text: str, within: tuple[str, ...], *, governed: bool) -> list[NamePhrase]:
    """Take "Vilne in Donetsk Oblast" and "Вільне Донецької області" apart."""
    words = text.split()
    phrases = [
        NamePhrase(" ".join(words[:at]), (" ".join(words[at + 1 :]), *within), governed=governed)
        for at in range(1, len(words) - 1)
        if fold(words[at]) in _IN
    ]
    if not phrases and words[2:] and unit_of(text):
        phrases.append(NamePhrase(" ".join(words[:-2]), (" ".join(words[-2:]), *within)))
    return phrases
