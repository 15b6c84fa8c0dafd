"""The kind of value that is a whole text, with its lines."""

import re
import unicodedata

from typing_extensions import override

from commands.kit.context import Context
from commands.kit.errors import BadParam
from commands.kit.inlines import T
from commands.kit.params.basic import AllWords

LONGEST_REPORT = 50_000
"""Characters of a text that can be read at once."""
_BREAK = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")


class ReportText(AllWords, frozen=True):
    """A text of several lines, which stay as they are."""

    help: T
    shape: str = "TEXT"
    example: str = '"Shelling."'
    raw: bool = True
    lines: bool = True
    longest: int = LONGEST_REPORT

    @override
    async def read(self, text: str, ctx: Context) -> str:
        return clean_text(text)


def clean_text(text: str) -> str:
    """Return a text without what cannot be seen in it, its lines kept; BadParam if too long."""
    text = _BREAK.sub("\n", text)
    clean = "".join(
        char for char in text if char in "\n\t" or unicodedata.category(char) not in _UNSEEN
    )
    if len(clean) > LONGEST_REPORT:
        long = T(
            "The text has {n} characters: send parts of at most {most}.",
            n=f"{len(clean):,}",
            most=f"{LONGEST_REPORT:,}",
        )
        raise BadParam(long)
    return clean.strip()


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
