"""In which oblast a text says that a place lies: right behind its name, or behind its list."""

import re

from commands.shared.extraction.places.place_shapes import CAPITAL_WORD

_OBLAST = (
    rf"[,(]?\s*(?:[ув]\s+)?(?P<cyrillic>{CAPITAL_WORD}(?:с|ц|з)(?:ь?к)(?:ой|ої|ій|ая|а)\s+(?i:област[иіьяю]\w*|обл\.))"
    rf"|[,(]?\s*(?:[ув]\s+)?(?P<krai>{CAPITAL_WORD}[сц]ь?к(?:ого|ому|ом|ий)\s+(?i:кра[юяей]))"
    r"|[,(]?\s*(?:in\s+)?(?:(?:the|Ukraine[’']s|(?:north|south)?-?(?:ern|east(?:ern)?|west(?:ern)?))\s+){0,2}"
    r"(?P<latin>[A-Z][\w’'-]+\s+(?:[Oo]blast|[Rr]egion|[Pp]rovince|[Kk]rai))"
    r"|[,(]?\s*на\s+(?P<land>[А-ЯІЇЄҐ][\w’'ʼ-]+щин[іуе]|[А-ЯІЇЄҐ][\w’'ʼ-]+чин[іуе]|Запоріжжі)"
)
_BEHIND = re.compile(rf"\s?(?:{_OBLAST})")
_LISTED = re.compile(
    rf"(?:(?:\s*,\s*|,?\s+(?:та|і|й|и|and)\s+){CAPITAL_WORD}(?: {CAPITAL_WORD})?(?=[\s,(]))*?"
    rf"(?={_BEHIND.pattern})"
)
_FAR = 300
"""Characters that a list with its oblast may take: whoever looks farther looks forever."""
_LANDS = {"Донеч": "Донецької", "Донет": "Донецької", "Запоріжжі": "Запорізької"}


def read_oblast_behind(text: str, end: int) -> str | None:
    """Return the oblast that is named behind a name or behind the list that goes on from it."""
    listed = _LISTED.match(text, end, end + _FAR)
    oblast = _BEHIND.match(text, listed.end(), end + _FAR) if listed else None
    if oblast is None:
        return None
    if land := oblast["land"]:
        return _name_oblast(land)
    return oblast["cyrillic"] or oblast["krai"] or oblast["latin"]


def _name_oblast(land: str) -> str:
    """Return "Луганської області" for "Луганщині"."""
    stem = re.sub(r"[щч]ин\w$", "", land)
    return f"{_LANDS.get(stem) or _LANDS.get(land) or stem + 'ської'} області"
