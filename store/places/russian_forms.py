"""What a Russian form of a Ukrainian name is in Ukrainian, by the vowels that shift.

Горловка is Горлівка, Северск Сіверськ: of keys, so that Gorlovka and Severskoye go the same way.
"""

import re
from itertools import combinations

_SHIFTS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("[oe]vk(?=[aiue])", "ivk"),
        ("[eo]lk(?=[aiue])", "ilk"),
        ("(?<=[oei]v)o$", "e"),
        ("(?<=in)o$", "e"),
        ("[oe]v$", "iv"),
        ("[oe]v(?=sk)", "iv"),
        ("^aleks", "oleks"),
        ("^ekat", "kat"),
        ("nikol", "mikol"),
        ("sever", "siver"),
        ("^bel", "bil"),
        ("kamen", "kaman"),
        ("^pesk", "pisk"),
        ("^u", "vu"),
        ("icheske$", "ichne"),
        ("^olho", "vilho"),
        ("horod", "hrad"),
        ("ole$", "ila"),
        ("she$", "sha"),
        ("pol$", "pil"),
        ("rech", "rich"),
        ("les", "lis"),
        ("[oe](?=[bdhkrsz]$)", "i"),
        ("^dnepr", "dnipr"),
        ("uzl", "vuzl"),
        ("rovn", "rivn"),
        ("svet", "svit"),
        ("^ablo", "ablu"),
        ("peschan", "pishchan"),
        ("^zare", "zari"),
        ("dvurech", "dvorich"),
        ("orozhsk", "orizk"),
        ("^zapad", "zahid"),
        ("^spor", "spir"),
        ("^mel(?=ov)", "mil"),
        ("^red(?=kod)", "rid"),
        ("solen", "solon"),
        ("vladim", "volodim"),
        ("^rabot", "robot"),
        ("^otr", "vidr"),
        ("radost", "radis"),
        ("kolodez", "kolodaz"),
        ("kamisheva", "komishuva"),
    )
)
_MOST_SHIFTS = 4  # at once


def list_ukrainian_keys(key: str) -> frozenset[str]:
    """Return the keys that a Russian form's key may have in Ukrainian, its own left out."""
    shifts = [shift for shift in _SHIFTS if shift[0].search(key)][:_MOST_SHIFTS]
    keys = set()
    for size in range(1, len(shifts) + 1):
        for chosen in combinations(shifts, size):
            shifted = key
            for pattern, replacement in chosen:
                shifted = pattern.sub(replacement, shifted)
            keys.add(shifted)
    return frozenset(keys - {key})
