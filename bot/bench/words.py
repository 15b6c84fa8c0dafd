"""The words of made entries: two scripts, one word in half of them, some words in very few."""

from random import Random

_LATIN = """
    fighting continued along road near rail line assault group moved toward northern outskirts
    artillery struck warehouse overnight after shelling several houses damaged local officials
    said units held trenches while supply vehicles came under fire footage shows soldiers crossing
    field commander reported pressure easing slightly brigade repelled attacks mine entrance
    bridge destroyed evacuation paused winter fog hampered reconnaissance flights infantry entered
    district battalion withdrew from village positions reinforced eastern flank tank burning
    station spokesman denied encirclement counterattack restored control quarter school hospital
    reservoir
"""
_CYRILLIC = """
    бої тривали вздовж дороги біля залізниці штурмова група просунулася до північної околиці
    артилерія вдарила по складу вночі після обстрілу кілька будинків пошкоджено повідомила
    адміністрація підрозділи утримують окопи техніка під вогнем відео показує солдатів у полі
    командир заявив що тиск трохи ослаб бригада відбила атаки шахта міст зруйновано евакуацію
    призупинено туман заважав розвідці піхота увійшла в район батальйон відійшов із села позиції
    посилено східний фланг танк горить станція речник заперечив оточення контратака квартал школа
"""
_WORDS = {"latin": _LATIN.split(), "cyrillic": _CYRILLIC.split()}
_SYLLABLES = ("bar", "vel", "kor", "mun", "sha", "tor", "zel", "rik", "dov", "hal")

COMMON = "drones"
"""The word that stands in half the entries."""

RARE = tuple(f"{a}{b}{a}ite" for a in _SYLLABLES for b in _SYLLABLES[:4] if a != b)
"""Words that stand in one entry in ten thousand each, though in a dozen at least."""

_LATIN_SHARE, _COMMON_SHARE = 0.7, 0.5
_RARELY, _A_DOZEN = 0.0001, 12


def rare_share(size: int) -> float:
    """Return the share of `size` entries that have one given rare word."""
    return max(_RARELY, _A_DOZEN / size)


def sentence(rng: Random, size: int) -> str:
    """Return one made sentence of an entry among `size`."""
    latin = rng.random() < _LATIN_SHARE
    words = rng.choices(_WORDS["latin" if latin else "cyrillic"], k=rng.randrange(8, 17))
    if latin and rng.random() < _COMMON_SHARE / _LATIN_SHARE:
        words.append(COMMON)
    if rng.random() < rare_share(size) * len(RARE):
        words.append(rng.choice(RARE))
    return " ".join(words).capitalize() + "."


def name(rng: Random, number: int) -> str:
    """Return a made name that no other number has."""
    return f"{''.join(rng.choices(_SYLLABLES, k=3)).capitalize()} {number}"
