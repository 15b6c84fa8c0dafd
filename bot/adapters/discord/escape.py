"""Text that Discord shows as it is: no formatting, no mention, no link, no timestamp, no emoji.

The client's own rules decide what has to go (a backslash before any sign takes its meaning away);
discord.py's escaping leaves timestamps, commands, channels, lists and bare links alive.
"""

import re

from store.text import visible

_ANYWHERE = re.compile(r"([\\`*_~|<\[\]@#])")
_ADDRESS = re.compile(r"(?<=[a-z]):(?=//)", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\s*\d+)([.)])")


def escape(text: str) -> str:
    """Return data as markdown that reads as the data; on one line."""
    shown = f"{' ' * text.startswith(' ')}{visible(text)}{' ' * text.endswith(' ')}"
    shown = shown if shown.strip() else " " * bool(text)
    shown = _ANYWHERE.sub(r"\\\1", shown)
    shown = _ADDRESS.sub(r"\\:", shown)
    shown = _NUMBERED.sub(r"\1\\\2", shown)
    return re.sub(r"^(\s*)([->+])", r"\1\\\2", shown)


def link(url: str, label: str) -> str:
    """Return a link whose host is shown; an address that is none stays text."""
    found = re.fullmatch(r"https?://([\w.-]+(?::\d+)?)([/?#][!-~]*)?", url)
    if found is None:
        return escape(f"{label} ({url})")
    safe = url.replace("(", "%28").replace(")", "%29").replace("\\", "%5C").replace("<", "%3C")
    return f"[{escape(label)}](<{safe.replace('>', '%3E')}>) ({escape(found[1])})"
