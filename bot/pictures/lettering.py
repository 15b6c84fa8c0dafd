"""The one font of pictures: Latin and Cyrillic, with no signs beyond letters and marks."""

import unicodedata
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

_FONT = Path(__file__).parent / "font" / "PTSans-Regular.ttf"
_SPELT = str.maketrans({"→": "–", "\u02bc": "’", "\u2212": "–", "\u00a0": " "})
"""What the font lacks or draws too wide, and what is drawn instead."""
_BOX = "\u25a1"


@lru_cache(maxsize=16)
def font(size: int) -> ImageFont.FreeTypeFont:
    """Return the font in a size, in pixels."""
    return ImageFont.truetype(str(_FONT), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=2048)
def _has(letter: str) -> bool:
    return letter.isspace() or bytes(font(20).getmask(letter)) != bytes(font(20).getmask(_BOX))


def spell(text: str) -> str:
    """Return text as the font can draw it: what it lacks becomes a question mark."""
    plain = unicodedata.normalize("NFC", text).translate(_SPELT)
    return "".join(letter if _has(letter) else "?" for letter in plain)


def width_of(text: str, size: int) -> float:
    """Return how wide text is that was spelt, in pixels."""
    return font(size).getlength(text)


def cut(text: str, size: int, width: float) -> str:
    """Return text of at most so many pixels, cut with an ellipsis where it is longer."""
    if width_of(text, size) <= width:
        return text
    while text and width_of(f"{text}…", size) > width:
        text = text[:-1].rstrip()
    return f"{text}…" if text else ""


def wrap(text: str, size: int, width: float, most: int) -> list[str]:
    """Return text in lines of at most so many pixels; the last of `most` lines is cut."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        count = len(words)
        while count > 1 and width_of(" ".join(words[:count]), size) > width:
            count -= 1
        lines.append(cut(" ".join(words[:count]), size, width))
        words = words[count:]
    return [*lines, cut(" ".join(words), size, width)] if words else lines
