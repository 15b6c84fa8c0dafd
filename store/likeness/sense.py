"""What an entry says of a matter of which others may say the contrary.

It is read from its status or its mark of an encirclement, else from the meanings of its words, in
every language of the glossary; a sentence that says neither has no sense.
"""

import re

from msgspec import Struct

from store.likeness.marks import types_of
from store.likeness.signals import MEANING, read_tokens
from store.model.entry import Encirclement, Entry, Share

_DENIED = frozenset({"deny", "lies", "premature"})
_TAKEN = frozenset({"capture", "enter", "advance", "infiltrate"})
_HELD = frozenset({"hold", "control", "remain", "dugin", "defend", "liberate"})
_RINGED = frozenset({"surround", "cutoff"})
_SIDES = frozenset({"enemy", "ukrainian", "troops", "ministry", "intelligence", "defend"})
_RUSSIAN = frozenset({"enemy", "kremlin"})
_UKRAINIAN = frozenset({"ukrainian"})
_RUSSIANS = re.compile(r"\bросіян\w*", re.IGNORECASE)
"""No meaning of the glossary has them, as it would make entries alike that only name them."""
_NOT_WORDS = """
not no never without isnt arent wasnt werent doesnt didnt hasnt havent не ні нема немає нет без
nicht kein keine keinen nie nikt żaden
"""
_NOT = frozenset(_NOT_WORDS.split())
_HOLDERS = {"russian_held": True, "ukrainian_held": False}
_ENCIRCLEMENT, _CONTROL = "encirclement", "control"
_LOST = frozenset({"losses", "operation"})
_TAKES = frozenset({_CONTROL, "advance"})


class Sense(Struct, frozen=True):
    """A matter, and whether it is said to be so: Russians hold it, it is ringed, they were lost."""

    matter: str
    is_so: bool


def read_sense(entry: Entry) -> Sense | None:
    """Return what an entry says of control, of an encirclement or of losses; None if nothing."""
    if entry.encirclement is Encirclement.THREATENED:
        return None
    if entry.encirclement is not None:
        return Sense(_ENCIRCLEMENT, entry.encirclement is not Encirclement.NONE)
    held = entry.control
    if held is not None:
        is_whole = held.share is not Share.PART and held.status in _HOLDERS
        return Sense(_CONTROL, _HOLDERS[held.status]) if is_whole else None
    return read_sense_of_words(f"{entry.text} {entry.quote}", entry.type)


def read_sense_of_words(text: str, kind: str) -> Sense | None:
    """Return the sense of a sentence of a type of entries, from its words alone."""
    meanings = _read_sides(text)
    denied = bool(meanings & _DENIED) or is_negated(text)
    if kind == _ENCIRCLEMENT:
        return Sense(kind, not denied) if denied or meanings & _RINGED else None
    if kind in _LOST:
        return Sense(kind, not meanings & _DENIED)
    if kind not in _TAKES:
        return None
    if meanings & _TAKEN or (meanings & _HELD and meanings & _RUSSIAN):
        return Sense(_CONTROL, not denied)
    return Sense(_CONTROL, denied) if meanings & _HELD else None


def _read_sides(text: str) -> frozenset[str]:
    meanings = read_meanings(text)
    return meanings | _RUSSIAN if _RUSSIANS.search(text) else meanings


def _is_between_sides(text: str) -> bool:
    """Tell whether a sentence names both sides, of which either may be the one that holds."""
    meanings = _read_sides(text)
    holds = bool(meanings & _HELD) and not meanings & _TAKEN
    return holds and bool(meanings & _RUSSIAN) and bool(meanings & _UKRAINIAN)


def read_meanings(text: str) -> frozenset[str]:
    """Return the meanings of the words of a text."""
    terms = {term for token in read_tokens(text) for term in token.terms}
    return frozenset(term[1:] for term in terms if term[0] == MEANING)


def is_negated(text: str) -> bool:
    """Tell whether a sentence has a word of denial in it."""
    plain = text.casefold().replace("’", "").replace("'", "")
    return any(word.strip('.,;:!?«»“”"') in _NOT for word in plain.split())


def denies(text: str) -> bool:
    """Tell whether a sentence says of something that it is not so, in whatever words."""
    return is_negated(text) or bool(read_meanings(text) & _DENIED)


def is_contrary(entry: Entry, other: Entry) -> bool:
    """Tell whether two entries say the contrary of one place, or are linked as such."""
    if any(link.entry_id == other.id and link.disputes for link in entry.links):
        return True
    mine, theirs = read_sense(entry), read_sense(other)
    if not (_places(entry) & _places(other) and mine and theirs):
        return False
    if mine.matter != theirs.matter or mine.is_so == theirs.is_so:
        return False
    return mine.matter not in _LOST or bool(_name_matters(entry) & _name_matters(other))


def gives_to_other_side(text: str, entry: Entry) -> bool:
    """Tell whether a sentence has, or may have, one side hold a place, and an entry the other."""
    told, on_record = read_sense_of_words(text, _CONTROL), read_sense(entry)
    if told is None or on_record is None or on_record.matter != _CONTROL:
        return False
    if _is_between_sides(text):
        return True
    return told.is_so is not on_record.is_so


def is_of_other_matter(text: str, entry: Entry) -> bool:
    """Tell whether a sentence speaks of a capture and an entry of a ring, or the other way."""
    on_record = read_sense(entry)
    if on_record is None or on_record.matter in _LOST:
        return False
    meanings = read_meanings(text)
    rings, holds = bool(meanings & _RINGED), bool(meanings & (_TAKEN | _HELD))
    return rings is not holds and rings is (on_record.matter == _CONTROL)


def _name_matters(entry: Entry) -> frozenset[str]:
    """Return what an entry speaks of beside sides and losses: who it is that was lost."""
    matters = read_meanings(f"{entry.text} {entry.quote}") - _SIDES - _DENIED
    return frozenset(meaning for meaning in matters if "losses" not in types_of(meaning))


def _places(entry: Entry) -> frozenset[int]:
    return frozenset(place.place_id for place in entry.places)
