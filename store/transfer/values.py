"""One value each: a text → a day, a word, a member of a closed list."""

from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from store.model.span import Basis, Span
from store.model.text import visible
from store.transfer.import_problems import Fault, Refused

E = TypeVar("E", bound=StrEnum)

TEXT = 2000
"""Characters of an entry's text."""
_WORD = 40


def one_of(text: str, kind: type[E], field: str = "") -> E:
    """Return the member of an enum that a text names."""
    members = kind._value2member_map_  # asking the enum itself takes five times as long
    member = members.get(text) or members.get(text.strip().casefold().replace(" ", "_"))
    if isinstance(member, kind):
        return member
    fault = Fault.NOT_ONE_OF if text else Fault.MISSING
    raise Refused(fault, field, text, ", ".join(kind))


@lru_cache(maxsize=4000)
def _span(text: str, basis: Basis) -> Span:
    return Span.parse(text, basis)


def day(text: str, basis: str) -> Span:
    if not text:
        raise Refused(Fault.MISSING)
    try:
        return _span(text.strip(), one_of(basis or "explicit", Basis, "basis"))
    except ValueError:
        raise Refused(Fault.NOT_A_DAY, "", text) from None


def parse_published(text: str) -> str:
    if text:
        day(text, "")
    return text


def word(text: str) -> str:
    if not text:
        raise Refused(Fault.MISSING)
    if len(text) > _WORD or visible(text) != text:
        raise Refused(Fault.NOT_A_WORD, "", text)
    return text


def text_of_entry(text: str) -> str:
    if not visible(text):
        raise Refused(Fault.MISSING)
    return at_most(text)


def at_most(text: str, most: int = TEXT) -> str:
    if len(text) > most:
        raise Refused(Fault.TOO_LONG, "", f"{len(text):,}", f"{most:,}")
    return text


def credibility(text: str) -> int:
    if text not in tuple("123456"):
        raise Refused(Fault.NOT_CREDIBILITY, "", text)
    return int(text)
