"""Which language a piece of a text is in, and its rules."""

import re

from commands.shared.extraction.wording import (
    english_places,
    english_speech,
    english_states,
    russian_places,
    russian_speech,
    russian_states,
    ukrainian_places,
    ukrainian_speech,
    ukrainian_states,
)
from commands.shared.extraction.wording.rule_table import Rules

ENGLISH = Rules("en", (*english_speech.SPEECH, *english_places.PLACES, *english_states.STATES))
UKRAINIAN = Rules(
    "uk", (*ukrainian_speech.SPEECH, *ukrainian_places.PLACES, *ukrainian_states.STATES)
)
RUSSIAN = Rules("ru", (*russian_speech.SPEECH, *russian_places.PLACES, *russian_states.STATES))
RULES = {rules.language: rules for rules in (ENGLISH, UKRAINIAN, RUSSIAN)}
_LATIN, _CYRILLIC = re.compile("[a-z]", re.IGNORECASE), re.compile("[а-яёіїєґ]", re.IGNORECASE)
_ONLY_UKRAINIAN = re.compile(
    "[іїєґ]|['’ʼ](?=[яюєї])|[сц]ьк|(?:ють|увати|ння)\\b|\\b(?:та|що|від|під|як|це|або|вони|із)\\b",
    re.IGNORECASE,
)
_ONLY_RUSSIAN = re.compile(
    "[ыэёъ]|\\b(?:и|что|от|под|из|как|это|они|или|во)\\b|(?:[кхц]ие|ая|л[аио]?сь)\\b|\\bнаши\\b",
    re.IGNORECASE,
)


def choose_rules(text: str, otherwise: Rules = ENGLISH) -> Rules:
    """Return the rules of the language in which most of a text is, `otherwise` where none shows."""
    latin, cyrillic = len(_LATIN.findall(text)), len(_CYRILLIC.findall(text))
    if latin > cyrillic:
        return ENGLISH
    ukrainian, russian = len(_ONLY_UKRAINIAN.findall(text)), len(_ONLY_RUSSIAN.findall(text))
    if ukrainian != russian:
        return UKRAINIAN if ukrainian > russian else RUSSIAN
    # Hardly a Ukrainian sentence is without an і; a Russian one easily is without its own letters.
    return RUSSIAN if otherwise is ENGLISH and cyrillic else otherwise
