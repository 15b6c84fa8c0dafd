"""From a plain line to what it asks: a question, references, names, or words to search for."""

from datetime import date, tzinfo

from bot.name_line import read_name_line, search_words
from bot.reference_line import read_references
from commands.kit.invocation import Role
from commands.kit.keyboard_layout import list_other_layouts
from commands.shared.questions import Question, read_question
from store import Store


async def find_question(
    store: Store, line: str, role: Role, today: date, zone: tzinfo
) -> Question | None:
    """Return what a line asks in so many words, or by names and days alone; None where nothing."""
    return (
        read_question(line, today, zone)
        or await read_references(store, line, role)
        or await read_name_line(store, line, today, zone)
    )


async def find_unlikely_question(
    store: Store, line: str, role: Role, today: date, zone: tzinfo
) -> Question | None:
    """Return the search for a few words, or what is asked in another layout of the keyboard."""
    if asked := await search_words(store, line):
        return asked
    for other in list_other_layouts(line):
        if asked := await find_question(store, other, role, today, zone):
            return asked
    return None
