"""Marks that every client reads."""

from bot.adapters.discord.rendering.markdown import markdown
from commands.kit.inlines import Strong
from tests.discord.markdown_reader import VOICE


def test_the_mark_of_what_is_bold_never_stands_beside_a_space() -> None:
    """Where it did, as in "by: " before a problem, some clients showed the asterisks."""
    line = (Strong("by: "), "No such speaker", Strong(" here"), Strong(" "))
    assert markdown(line, VOICE) == "**by:** No such speaker **here** "
