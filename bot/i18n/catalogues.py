"""The languages in which the program says its own words.

English is in the code and needs nothing loaded; any other has a catalogue beside this, which
scripts/extract_words.py keeps in step with the code.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from commands.kit.i18n import Translate, english

LANGUAGES: Mapping[str, str] = {"en": "English", "uk": "Українська"}
"""Each language by its code, as it calls itself."""

LOCALE = Path(__file__).parent / "locale"


def translate_into(language: str) -> Translate:
    """Return what says a message in a language; KeyError for one that is not in LANGUAGES."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return english if language == "en" else _load_words(language)


def load_translations() -> tuple[Translate, ...]:
    """Return what says a message in each language but English."""
    return tuple(translate_into(language) for language in LANGUAGES if language != "en")


def language_of(tag: str, otherwise: str) -> str:
    """Return the language of a tag such as "uk" or "en-GB"; `otherwise` where none speaks it."""
    language = tag.replace("_", "-").partition("-")[0].casefold()
    return language if language in LANGUAGES else otherwise


def catalogue(language: str) -> Path:
    """Return the file that holds a language's words."""
    return LOCALE / language / "LC_MESSAGES" / "sitrep.po"


@cache
def _load_words(language: str) -> Translate:
    return read_words(catalogue(language), language)


def read_words(file: Path, language: str) -> Translate:
    """Return what says a message in the words of a catalogue.

    It is compiled in memory, so that what was edited is what is said. Compiling leaves out what is
    fuzzy or missing, and that is then said in English.
    """
    from gettext import GNUTranslations
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with file.open("rb") as text:
        write_mo(compiled, read_po(text, locale=language))
    compiled.seek(0)
    compiled_words = GNUTranslations(compiled)

    def translate(message: str, many: str | None, number: int) -> str:
        if not message:  # under the empty message a catalogue keeps its header
            return message
        return (
            compiled_words.gettext(message)
            if many is None
            else compiled_words.ngettext(message, many, number)
        )

    return translate
