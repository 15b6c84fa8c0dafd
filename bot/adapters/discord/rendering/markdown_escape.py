"""Text that Discord shows as it is: no formatting, no mention, no link, no timestamp, no emoji.

The client's own rules decide what has to go (a backslash before any sign takes its meaning away);
discord.py's escaping leaves timestamps, commands, channels, lists and bare links alive.
"""

import re
from urllib.parse import quote

from bot.i18n.formatter import visible_line

_ANYWHERE = re.compile(r"[\\`*_~|<\[\]@#]|:(?!\s)|(?<![^\]])\(")
"""A colon may be part of an address or of an emoji's name. A link before the text would reach as
far as to the last "](", escaped or not. What stands beside the text may be more data."""
_AT_START = re.compile(r"^\s*(?:(?=[-+>])|\d*(?=[.)](?:\s|$)))")
_AT_END = re.compile(r"#(?=\s*$)")
_PLAIN = re.compile(r"(?!\s*[-+>.)\d])[^\\`*_~|<\[\]@#:(]*")
"""Text in which none of the above finds anything: most of what an answer is made of."""
_UNSEEN = "\u200b"
_ADDRESS = re.compile(r"https?://((?:[A-Za-z0-9-]+\.)*[A-Za-z0-9-]+(?::[0-9]{1,5})?)(?:[/?#]\S*)?")
_OF_ADDRESSES = "%/:?#@!$&'+,;=~-._"
_LONGEST = 1500


def escape(text: str) -> str:
    """Return data as markdown that reads as the data, on one line, whatever stands beside it."""
    shown = visible_line(text)
    if _PLAIN.fullmatch(shown):
        return shown
    shown = _ANYWHERE.sub(r"\\\g<0>", shown)
    shown = _AT_START.sub(r"\g<0>\\", shown)
    # The client drops the #s in which a heading ends, escaped or not.
    return _AT_END.sub(f"#{_UNSEEN}", shown)


def link(url: str, label: str) -> str:
    """Return a label and a link that reads as its own host; an address that is none stays text.

    The label is not part of the link: the client knows no escaping there.
    """
    match = _ADDRESS.fullmatch(url)
    target = quote(url, safe=_OF_ADDRESSES, errors="replace")
    if match is None or len(target) > _LONGEST:
        return escape(f"{label} ({url})")
    shown = f"[{match[1]}](<{target}>)"
    return f"{escape(label)} ({shown})" if visible_line(label).strip() else shown
