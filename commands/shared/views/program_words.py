"""What the program itself has put on record, such as a reason, said in the reader's language."""

import re

from commands.kit.inlines import Inline, Reference, T

_WORDS = {
    "You": T("You"),
    "Seeds": T("Seeds"),
    "Loaded from the seeds that ship with Sitrep.": T("Loaded from the seeds."),
    "Asked for by the person.": T("At the person’s own request."),
    "Asked for by who manages the room.": T("A manager here asked for it."),
    "Taken back by who manages the room.": T("A manager here stopped it."),
    "Set by who manages the room.": T("A manager here changed it."),
    "Imported.": T("Imported."),
    "Asked to be told.": T("Asked for news."),
    "Asked to be told no more.": T("Asked for no more news."),
    "Undone by who did it, within the hour.": T("Undone by the same person within an hour."),
    "The room was upgraded.": T("The room was upgraded."),
    "On Matrix answers are for all at first.": T("In a Matrix room, everyone sees answers."),
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
