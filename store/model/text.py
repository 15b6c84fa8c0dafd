"""One normal form for every name and every search word."""

import re
import unicodedata

ENCIRCLEMENT = "xencirclement"
"""The word among the tags of whatever is marked with an encirclement."""

_FOLDED = str.maketrans(
    dict.fromkeys("'’ʼ‘`´′＇", "") | dict.fromkeys("-‐‑‒–—_", " ") | {"ё": "е", "ґ": "г"}
)
_PLAIN = re.compile(r"[ -&(-,.-^a-~а-ѐђ-џ]*")  # neither is there anything to be folded in it
_SIMPLE = re.compile(r"[ -~а-џ]*")  # nothing invisible in it, and no accent that could come apart
_ACCENTS = r"(?<=[a-z])[\u0300-\u036f]+|(?<=е)\u0308+"


def visible(text: str) -> str:
    """Return text without control and invisible format characters, white space folded."""
    if not text.isprintable():
        text = "".join(
            " " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char
            for char in text
            if unicodedata.category(char) not in {"Cf", "Cs", "Co"}
        )
    return " ".join(text.split())


def fold(text: str) -> str:
    """Return the form under which names are compared: «Slov’iansk» and «sloviansk» are one.

    Case, apostrophes, hyphens and the accents of Latin letters do not count, nor does the
    difference of ё and е, ґ and г. Cyrillic й and ї stay letters of their own. Folding twice
    changes nothing.
    """
    plain = text.casefold()
    if _PLAIN.fullmatch(plain):
        return " ".join(plain.split())
    plain = plain.translate(_FOLDED)
    if not _SIMPLE.fullmatch(plain):
        apart = unicodedata.normalize("NFD", visible(text)).casefold().translate(_FOLDED)
        plain = re.sub(_ACCENTS, "", unicodedata.normalize("NFD", apart))
        plain = unicodedata.normalize("NFC", plain)
    return " ".join(plain.split())
