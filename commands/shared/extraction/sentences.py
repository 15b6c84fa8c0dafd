"""A paragraph → its sentences, and what stands between quotation marks."""

import re
from collections.abc import Iterator

from msgspec import Struct

from commands.shared.extraction.extracted_draft import Spot

_END = re.compile(r"[.!?…]+[\"”»’)\]]*(?=\s+[\"“«„‘(\[–—-]*\s*[^\W_a-zа-яёіїєґ]|\s*$)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“«\"])(?:[A-ZА-ЯІЇЄҐ]|[MD]rs?|Ms|Lt|Gen|Col|Maj|Capt|Sgt|Brig|Adm|Cmdr|Gov|Sen|Rep|Prof"
    r"|St|Mt|Ft|vs|approx|Inc|e\.g|i\.e|U\.S|U\.N|a\.m|p\.m|м|с|смт|г|пгт|обл|р|рр|им|ім|вул|ул|ст"
    r"|тис|тыс|млн|т\.ч|напр|див|пос|ген|полк|підполк|подполк|бриг)\.$"
)
_BEFORE_A_NUMBER = re.compile(
    r"(?:^|\W)(?:No|Nr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|січ|лют|берез|бер|квіт|трав|черв|лип|серп|верес|вер|жовт|листоп|лист|груд"
    r"|янв|февр?|март?|апр|июн|июл|авг|сент?|окт|нояб?|дек)\.$",
    re.IGNORECASE,
)
"""A month cut short, or "No. 4": only with a number behind it is it no end."""
_QUOTES = (("“", "”"), ("«", "»"), ("„", "“"), ('"', '"'))
_CLOSING = dict(_QUOTES)
_OPENING = re.compile(f"[{''.join(_CLOSING)}]")
_LONGEST_QUOTE = 600
_LETTER = re.compile(r"[^\W\d_]")


class Quote(Struct, frozen=True):
    """What stands between quotation marks, without them."""

    start: int
    end: int
    text: str


def find_quotes(text: str, start: int, end: int) -> list[Quote]:
    """Return the quotations between two characters, the outer ones, in order."""
    quotes: list[Quote] = []
    at = start
    while opening := _OPENING.search(text, at, end):
        first = opening.end()
        stop = text.find(_CLOSING[opening[0]], first, min(end, opening.start() + _LONGEST_QUOTE))
        if stop < 0:
            at = first
            continue
        quotes.append(_trim(text, first, stop))
        at = stop + 1
    return [quote for quote in quotes if quote.text]


def _trim(text: str, start: int, end: int) -> Quote:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1] in ", ;\n":
        end -= 1
    return Quote(start, end, text[start:end])


def split_sentences(text: str, start: int, end: int) -> list[Spot]:
    """Return the sentences between two characters; a quotation is never cut in two."""
    quotes = [(quote.start, quote.end) for quote in find_quotes(text, start, end)]
    spots: list[Spot] = []
    begin = start
    for match in _END.finditer(text, start, end):
        inside = any(first <= match.start() < last - 1 for first, last in quotes)
        if inside or _is_abbreviation(text, begin, match.start() + 1):
            continue
        spots.extend(_strip(text, begin, match.end()))
        begin = match.end()
    spots.extend(_strip(text, begin, end))
    return _join_quotes(text, spots)


def _is_abbreviation(text: str, begin: int, end: int) -> bool:
    """Tell whether the stop before `end` is one of a word cut short."""
    word = text[max(begin, end - 10) : end]
    return bool(
        _ABBREVIATION.search(word)
        or (_BEFORE_A_NUMBER.search(word) and re.match(r"\s+\d", text[end : end + 4]))
    )


def _strip(text: str, start: int, end: int) -> Iterator[Spot]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if _LETTER.search(text, start, end):
        yield start, end


def _join_quotes(text: str, spots: list[Spot]) -> list[Spot]:
    """Join a sentence that is only a quotation to the one before, which tells whose it is."""
    joined: list[Spot] = []
    for start, end in spots:
        quotes = find_quotes(text, start, end)
        outside = end - start - sum(quote.end - quote.start for quote in quotes)
        if joined and quotes and text[start] in '“«"„' and outside <= _MARKS:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


_MARKS = 4
