"""Text that Matrix clients show as it is: no HTML, no mention, no link that they make themselves.

Clients turn what looks like an address, a user, a room or @room into a link or a mention, in HTML
and in a plain body alike. An unseen joiner inside keeps them from it; the text reads the same.
"""

import re
from html import escape
from urllib.parse import quote

from msgspec import Struct

from bot.i18n.formatter import visible_line

JOINER = "\u2060"
_ALIVE = re.compile(r"(?<=[@#!+$])|(?=:(?!\s))(?!(?<=\d):\d)|(?<=\.)(?!\s)(?!(?<=\d\.)\d)")
"""After what starts the name of a user, a room or an event, before what ends a scheme, and inside a
domain, also with what comes after this text. Times and decimals are left whole."""
_ADDRESS = re.compile(r"https?://((?:[A-Za-z0-9-]+\.)*[A-Za-z0-9-]+(?::[0-9]{1,5})?)(?:[/?#]\S*)?")
_OF_ADDRESSES = "%/:?#@!$&'+,;=~-._()*"
_LONGEST = 1500


class RichText(Struct, frozen=True):
    """The same words twice: as plain text and as HTML."""

    plain: str = ""
    html: str = ""

    def __add__(self, other: "RichText") -> "RichText":
        return RichText(self.plain + other.plain, self.html + other.html)


def words(text: str) -> RichText:
    """Return data as it reads, on one line."""
    plain = _ALIVE.sub(JOINER, visible_line(text))
    return RichText(plain, escape(plain))


def code(text: str) -> RichText:
    """Return something to type, as it is to be typed; clients leave what is code alone."""
    plain = visible_line(text)
    return RichText(plain, f"<code>{escape(plain)}</code>") if plain.strip() else words(text)


def link(url: str, label: str) -> RichText:
    """Return a label and a link that reads as its own host; an address that is none stays text."""
    match = _ADDRESS.fullmatch(url)
    target = quote(url, safe=_OF_ADDRESSES, errors="replace")
    if match is None or len(target) > _LONGEST:
        return words(f"{label} ({url})")
    shown = RichText(target, f'<a href="{escape(target)}">{escape(match[1])}</a>')
    if not visible_line(label).strip():
        return shown
    return words(label) + RichText(" (", " (") + shown + RichText(")", ")")
