"""One value each: a text → a word, a sentence, a member of a closed list."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from store.model.text import visible
from store.transfer.formats.html_text import read_html
from store.transfer.import_problems import Fault, Refused

E = TypeVar("E", bound=StrEnum)

TEXT = 2000
"""Characters of an entry's text."""
_WORD = 40
_TYPE = re.compile(r"(?=.*[^\W\d_])[\w /,&().'’+-]+")
_LONGEST_PLACEHOLDER = 20  # characters
_NO_SOURCE = {
    *("hidden", "unknown", "undisclosed", "not available", "n/a", "na", "none", "null", "nan"),
    *("-", "—", "–", "?", "невідомо", "немає", "неизвестно", "нет"),
}


def one_of(text: str, kind: type[E], field: str = "") -> E:
    """Return the member of an enum that a text names."""
    members = kind._value2member_map_  # asking the enum itself takes five times as long
    member = members.get(text) or members.get(text.strip().casefold().replace(" ", "_"))
    if isinstance(member, kind):
        return member
    fault = Fault.NOT_ONE_OF if text else Fault.MISSING
    raise Refused(fault, field, text, ", ".join(kind))


@lru_cache(maxsize=1000)
def word(text: str, *, exported: bool) -> str:
    """Return a type of entry: a few words in lower case; as it was from an export."""
    if not text:
        raise Refused(Fault.MISSING)
    if len(text) > _WORD or visible(text) != text or not (exported or _TYPE.fullmatch(text)):
        raise Refused(Fault.NOT_A_WORD, "", text)
    return text if exported else text.casefold()


def text_of_entry(text: str, exported: bool) -> str:  # noqa: FBT001 -- as `try_` hands it on
    """Return a text with words in it, HTML as its words; as it was from an export."""
    if not exported:
        text = read_html(text)
    if not any(map(str.isalpha, text)):
        if not visible(text):
            raise Refused(Fault.MISSING)
        if not exported:
            raise Refused(Fault.NO_WORDS, "", text)
    return at_most(text)


def is_no_source(text: str) -> bool:
    """Tell whether a text only says that there is no source to name."""
    return len(text) <= _LONGEST_PLACEHOLDER and text.strip().casefold() in _NO_SOURCE


def at_most(text: str, most: int = TEXT) -> str:
    if len(text) > most:
        raise Refused(Fault.TOO_LONG, "", f"{len(text):,}", f"{most:,}")
    return text


def credibility(text: str) -> int:
    if text not in tuple("123456"):
        raise Refused(Fault.NOT_CREDIBILITY, "", text)
    return int(text)
