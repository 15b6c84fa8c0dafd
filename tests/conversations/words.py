"""A platform's marks, taken off: what is left are the words, which are the same everywhere."""

import html
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise

from bot.adapters.matrix.rendering.html_escape import JOINER
from bot.i18n.formatter import Voice
from tests.fakes import ZONE

ALIVE = "[a mention]"
"""What stands for a mention that somebody would be called by."""
_DISCORD = re.compile(
    r"\\(?P<escaped>[^0-9A-Za-z\s])|`(?P<code>[^`\n]+)`|<t:(?P<at>\d+):(?P<style>[Df])>"
    r"|\[[^\]\n]*\]\(<(?P<address>[^>\n]*)>\)|(?P<alive><[@#:][^>\n]*>|@everyone|@here)"
    r"|\*\*|\u200b|^(?:-# |### )",
    re.MULTILINE,
)
_LINK = re.compile(r'<a href="([^"]*)">[^<]*</a>')
_TYPED = re.compile(r"(?<![\w!])!(?=[a-z])")
_LABELLED = re.compile(r"<(https?://[^>\s]+)>")


def flat(text: str) -> str:
    """Return text on one line, with a plain blank wherever there is any."""
    return " ".join(text.split())


def of_discord(markdown: str) -> str:
    """Return what a reader sees of Discord's markdown, in the desk's zone."""
    return _DISCORD.sub(_read, markdown).replace("\u00a0", " ")


def _read(match: re.Match[str]) -> str:
    if match["at"]:
        voice, at = Voice(ZONE), datetime.fromtimestamp(int(match["at"]), UTC)
        return voice.day(at.date()) if match["style"] == "D" else voice.moment(at)
    if match["alive"]:
        return ALIVE
    return match["escaped"] or match["code"] or match["address"] or ""


def of_matrix(body: str) -> str:
    """Return what a reader sees of a plain body; a command has the prefix that all others have."""
    return _TYPED.sub("/", body.replace("@room", ALIVE).replace(JOINER, ""))


def of_html(formatted: str) -> str:
    """Return the words of a formatted body, an address in the place of its link."""
    return html.unescape(re.sub(r"<[^>]*>", " ", _LINK.sub(r"\1", formatted))).replace(JOINER, "")


def of_terminal(rows: Sequence[str], width: int) -> list[str]:
    """Return the lines of which a terminal has made rows."""
    lines = [*rows[:1]]
    for before, row in pairwise(rows):
        word = row.split(" ", 1)[0]
        if word and len(before) + 1 + len(word) > width:
            lines[-1] += f" {row}"
        else:
            lines.append(row)
    return [_LABELLED.sub(r"(\1)", line) for line in lines]
