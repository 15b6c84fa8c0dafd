"""What somebody surely meant: of the words that are known, the closest to the one they typed."""

from collections.abc import Iterable
from enum import IntEnum


class Closeness(IntEnum):
    """How close a word has to come, of 100 as rapidfuzz's `ratio` scores, by what a guess costs."""

    COMMAND = (
        65  # it is refused anyhow, and the guess only spares them /help; “thanks” is no /changes
    )
    SETTING = 60  # as a command, and nobody chats there
    FOREIGN_COMMAND = 70  # in a room where other bots listen, theirs stay theirs
    KEY = 75  # else `word:` is part of free text, and stays there


def find_closest(word: str, known: Iterable[str], least: Closeness) -> str | None:
    """Return the known word that comes closest to `word`; None where none is close enough."""
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 -- only what looks odd pays for it
    from rapidfuzz.process import extractOne  # noqa: PLC0415

    closest = extractOne(word, list(known), scorer=ratio, score_cutoff=least)
    return closest[0] if closest else None
