"""The words of a sentence that tell what is on record about it."""

import re

from store.likeness.find import Statement
from store.likeness.signals import MEANING, Token, read_tokens
from store.likeness.who_says import drop_who_says

_WORD = re.compile(r"[\w’'ʼ]+")
_WORDS_OF_A_SEARCH = 2
_KIND = {MEANING + "city"}
_ASIDE = {MEANING + name for name in ("enemy", "ukrainian", "deny", "lies", "report")}
"""Sides and denials: an entry of the same matter may name the other side, or say the contrary."""
_RUSSIANS = "росіян"  # of no meaning in the glossary


def is_search(text: str) -> bool:
    """Tell whether a message is but a word or two, sooner looked for than checked."""
    return len(_WORD.findall(text)) <= _WORDS_OF_A_SEARCH


def list_telling_words(statement: Statement, *, with_kinds: bool) -> set[str]:
    """Return the words of a statement that say something, places apart.

    What a place is stays in only `with_kinds`: nobody asks whether Pokrovsk is a city. Nor does it
    count who is said to say it: on record it may be somebody else's words. Sides and denials count
    where nothing else is said.
    """
    every = [
        token
        for token in read_tokens(drop_who_says(statement.text))
        if (with_kinds or not _KIND & token.terms.keys())
        and token.word not in statement.place_words
    ]
    told = [token for token in every if not _is_aside(token)]
    return {token.word for token in told or every}


def _is_aside(token: Token) -> bool:
    return bool(_ASIDE & token.terms.keys()) or token.word.casefold().startswith(_RUSSIANS)
