"""What a Russian form of a Ukrainian name is in Ukrainian, by the vowels that shift.

Горловка is Горлівка, Северск Сіверськ: of keys, so that Gorlovka and Severskoye go the same way.
"""

import re
from itertools import combinations

_SHIFTS = (
    ("vk", "[oe]vk(?=[aiue])", "ivk"),
    ("lk", "[eo]lk(?=[aiue])", "ilk"),
    ("vo", "(?<=[oei]v)o$", "e"),
    ("ino", "(?<=in)o$", "e"),
    ("v", "[oe]v$", "iv"),
    ("vsk", "[oe]v(?=sk)", "iv"),
    ("aleks", "^aleks", "oleks"),
    ("ekat", "^ekat", "kat"),
    ("nikol", "nikol", "mikol"),
    ("sever", "sever", "siver"),
    ("bel", "^bel", "bil"),
    ("kamen", "kamen", "kaman"),
    ("pesk", "^pesk", "pisk"),
    ("u", "^u", "vu"),
    ("icheske", "icheske$", "ichne"),
    ("olho", "^olho", "vilho"),
    ("horod", "horod", "hrad"),
    ("ole", "ole$", "ila"),
    ("she", "she$", "sha"),
    ("pol", "pol$", "pil"),
    ("rech", "rech", "rich"),
    ("les", "les", "lis"),
    ("", "[oe](?=[bdhkrsz]$)", "i"),
    ("dnepr", "^dnepr", "dnipr"),
    ("uzl", "uzl", "vuzl"),
    ("rovn", "rovn", "rivn"),
    ("svet", "svet", "svit"),
    ("ablo", "^ablo", "ablu"),
    ("peschan", "peschan", "pishchan"),
    ("zare", "^zare", "zari"),
    ("dvurech", "dvurech", "dvorich"),
    ("orozhsk", "orozhsk", "orizk"),
    ("zapad", "^zapad", "zahid"),
    ("spor", "^spor", "spir"),
    ("melov", "^mel(?=ov)", "mil"),
    ("redkod", "^red(?=kod)", "rid"),
    ("solen", "solen", "solon"),
    ("vladim", "vladim", "volodim"),
    ("rabot", "^rabot", "robot"),
    ("otr", "^otr", "vidr"),
    ("radost", "radost", "radis"),
    ("kolodez", "kolodez", "kolodaz"),
    ("kamisheva", "kamisheva", "komishuva"),
)
"""What stands in a key, what of it is replaced, and by what: few keys have any of these."""
_MOST_SHIFTS = 4  # at once


def list_ukrainian_keys(key: str) -> frozenset[str]:
    """Return the keys that a Russian form's key may have in Ukrainian, its own left out."""
    shifts = [
        (pattern, replacement)
        for part, pattern, replacement in _SHIFTS
        if part in key and re.search(pattern, key)
    ][:_MOST_SHIFTS]
    keys = set()
    for size in range(1, len(shifts) + 1):
        for chosen in combinations(shifts, size):
            shifted = key
            for pattern, replacement in chosen:
                shifted = re.sub(pattern, replacement, shifted)
            keys.add(shifted)
    return frozenset(keys - {key})
