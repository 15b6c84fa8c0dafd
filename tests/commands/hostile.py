"""Texts that a hostile person would try, and what no answer may show."""

import unicodedata

NASTY = [
    "x" * 10_000,
    "🙂",
    "\u200b",
    "\u202epokrovsk",
    "'; DROP TABLE entries; --",
    '" OR "',
    "*",
    "-" * 50,
    "NEAR(a b)",
    "\x1b[31mred",
    "\x00",
    "{words} : x",
    "P-99999999999999999999",
    "E-99999999999",
    "²",
    "٣",
    "/",
    "!",
    ":",
    "at:",
    "place:",
    '"',
    "<t:0:R> @everyone",
    "%s%n",
    "a AND",
    "col:x",
    "(",
    "…",
]


def fits(text: str) -> bool:
    """Tell whether a terminal can show a text: nothing invisible, no control characters."""
    return not any(unicodedata.category(c) in {"Cc", "Cf"} for c in text.replace("\n", ""))
