"""What stands behind a button: a line to ask, in the button itself wherever it fits.

A line is short enough as a rule, and then the button works for as long as the message stands.
A longer one is kept in the store for 30 days under its hash, which stands in the button.
"""

import hashlib
import re

from msgspec import Struct

from bot.adapters.discord import limits
from commands.kit.line import write_line
from commands.kit.reply import Action

_KEY = 24
_ID = re.compile(r"(?P<verb>do|post|part(?P<part>\d{1,3})):(?P<how>[=#])(?P<what>.+)", re.DOTALL)
TEMPLATE = _ID


class Pressed(Struct, frozen=True):
    """What a button asks for: a line, or the key of one; which part; whether to show it to all."""

    line: str
    key: str
    part: int = 1
    post: bool = False


class Button(Struct, frozen=True):
    """A button's label and id; `kept` is the line to keep under `key` ("": none)."""

    label: str
    custom_id: str
    key: str = ""
    kept: str = ""


def button(label: str, action: Action, verb: str = "do") -> Button:
    """Return the button that asks for an action."""
    line = write_line(action.command, action.given)
    label = limits.cut(label, limits.LABEL)
    inline = f"{verb}:={line}"
    if len(inline) <= limits.CUSTOM_ID:
        return Button(label, inline)
    key = hashlib.sha256(line.encode()).hexdigest()[:_KEY]
    return Button(label, f"{verb}:#{key}", key, line)


def pressed(custom_id: str) -> Pressed | None:
    """Return what a button of ours asks for; None for any other."""
    found = _ID.fullmatch(custom_id)
    if found is None:
        return None
    line, key = (found["what"], "") if found["how"] == "=" else ("", found["what"])
    return Pressed(line, key, int(found["part"] or 1), post=found["verb"] == "post")
