"""What the program itself has put on record, such as a reason, said in the reader's language."""

import re

from commands.kit.inlines import Inline, Reference, T

_WORDS = {
    "Seeds": T("Seeds"),
    "Loaded from the seeds that ship with Sitrep.": T("Loaded from the seeds."),
    "Asked for by the person.": T("They asked for it."),
    "Asked for by who manages the room.": T("Whoever manages the room asked for it."),
    "Taken back by who manages the room.": T("Whoever manages the room took it back."),
    "Set by who manages the room.": T("Whoever manages the room set it."),
    "Imported.": T("Imported."),
}
_OF_A_DRAFT = (
    (re.compile(r"Filed from (D-[0-9]+)\."), T("Filed from {ref}.")),
    (re.compile(r"Submitted as (D-[0-9]+), and approved\."), T("Submitted as {ref} and approved.")),
    (re.compile(r"Named in (D-[0-9]+)\."), T("Named in {ref}.")),
)


def own_words(text: str) -> Inline:
    """Return the program's own words to be translated; what a person wrote stays as it is."""
    for pattern, words in _OF_A_DRAFT:
        if match := pattern.fullmatch(text):
            return T(words.message, ref=Reference(match[1]))
    return _WORDS.get(text, text)
