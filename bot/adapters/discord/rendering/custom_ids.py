"""What stands behind a button, a menu or a form: a line to ask, in its own id wherever it fits.

A line is short enough as a rule, and then the button works for as long as the message stands.
A longer one is kept in the store for 30 days under its hash, which stands in the button.
"""

import hashlib
import re

from msgspec import Struct

from bot.adapters.discord.rendering import limits
from commands.kit.parser import write_line
from commands.kit.reply import Action

_KEY = 24
_WHAT = r"(?P<how>[=#])(?P<what>.+)"
_VERB = r"do|post|fix|own(?P<asker>\d{1,20})|part(?P<part>\d{1,3})"
BUTTON = re.compile(rf"(?P<verb>{_VERB}):{_WHAT}", re.DOTALL)
MENU = re.compile(rf"(?P<verb>pick)\d{{0,3}}:(?P<param>[a-z][a-z_]{{0,31}}):{_WHAT}", re.DOTALL)
_FORM = re.compile(rf"(?P<verb>form):{_WHAT}", re.DOTALL)


class ComponentTarget(Struct, frozen=True):
    """The id that leads to a line; `kept` is the line to keep under `key` ("": none)."""

    custom_id: str
    key: str = ""
    kept: str = ""


class PressedComponent(Struct, frozen=True):
    """What an id asks for: a line, or the key of one, and what is to be done with it.

    `part` is the part of the answer to show, `param` the parameter that a menu chooses, `asker` the
    only one whom the answer is for ("": whoever presses).
    """

    verb: str
    line: str
    key: str
    part: int = 1
    param: str = ""
    asker: str = ""


class Button(Struct, frozen=True):
    """A button's label, and what stands behind it."""

    label: str
    target: ComponentTarget


def target_of(verb: str, line: str) -> ComponentTarget:
    """Return the id that asks for a line."""
    inline = f"{verb}:={line}"
    return ComponentTarget(inline) if len(inline) <= limits.CUSTOM_ID else key_target(verb, line)


def key_target(verb: str, what: str) -> ComponentTarget:
    """Return the id that leads to what is kept, however short it is."""
    key = hashlib.sha256(what.encode()).hexdigest()[:_KEY]
    return ComponentTarget(f"{verb}:#{key}", key, what)


def button(label: str, action: Action, verb: str = "do") -> Button:
    """Return the button that asks for an action."""
    line = write_line(action.command, action.given)
    return Button(_shorten(label), target_of(verb, line))


def _shorten(label: str) -> str:
    """Return a label that fits a button: rather without its last parts than with half a word."""
    if len(label) <= limits.LABEL:
        return label
    head, comma, _ = label[: limits.LABEL].rpartition(", ")
    return (
        f"{head}…" if comma and len(head) > limits.LABEL // 2 else limits.cut(label, limits.LABEL)
    )


def parse_custom_id(custom_id: str) -> PressedComponent | None:
    """Return what an id of ours asks for; None for any other."""
    match = next(
        filter(None, (pattern.fullmatch(custom_id) for pattern in (BUTTON, MENU, _FORM))), None
    )
    if match is None:
        return None
    named = match.groupdict()
    line, key = (named["what"], "") if named["how"] == "=" else ("", named["what"])
    part, asker = named.get("part") or "", named.get("asker") or ""
    verb = "part" if part else "own" if asker else named["verb"]
    return PressedComponent(verb, line, key, int(part or 1), named.get("param") or "", asker)
