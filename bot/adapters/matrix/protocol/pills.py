"""How somebody calls the bot in a message: by its name, or by a pill, wherever that stands. Pure.

https://spec.matrix.org/latest/client-server-api/#user-room-and-group-mentions
"""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

from msgspec import Struct
from typing_extensions import override

_LINK = re.compile(r"\[[^\]]*\]\(<?([^)\s>]+)>?\)|((?:https://matrix\.to/#/|matrix:u/)\S+)")
_MATRIX_TO, _URI = "https://matrix.to/#/", "matrix:u/"
_QUOTES = {"mx-reply", "blockquote"}
_GREETING_WORDS = 2


class Me(Struct, frozen=True):
    """The bot as others call it, and the prefix of its commands."""

    id: str
    name: str
    prefix: str


class _Pills(HTMLParser):
    """Collects the words of links to somebody, but for those in what is quoted."""

    def __init__(self, me: Me) -> None:
        super().__init__()
        self.labels: list[str] = []
        self._me, self._quotes, self._inside = me, 0, False

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._quotes += tag in _QUOTES
        if tag == "a" and not self._quotes and _is_me(dict(attrs).get("href") or "", self._me):
            self._inside = True
            self.labels.append("")

    @override
    def handle_endtag(self, tag: str) -> None:
        self._quotes -= tag in _QUOTES and self._quotes > 0
        if tag == "a":
            self._inside = False

    @override
    def handle_data(self, data: str) -> None:
        if self._inside:
            self.labels[-1] += data


def line_called(
    content: Mapping[str, Any], body: str, me: Me, *, mentioned: bool, replying: bool
) -> str | None:
    """Return what a message says to the bot, without its name; None where it is not called.

    `body` is one line of plain text. Before what is said the name may stand alone, set apart as in
    “Sitrep: status”. Elsewhere it has to be a pill or a mention, and not one that a client adds to
    a reply by itself.
    """
    marked, pilled = _mark_pills(content, body, me)
    line = _after_name(marked, me, mentioned=mentioned)
    if line is not None:
        return line
    if not pilled and not (mentioned and not replying):
        return None
    names = [me.id] if pilled else _names(me)
    match = re.search(rf"(?<![\w@])(?:{_any_of(names)})(?!\w)", marked, re.IGNORECASE)
    return _without(marked, match) if match else None


def _mark_pills(content: Mapping[str, Any], body: str, me: Me) -> tuple[str, bool]:
    """Return a body with the bot's id in the place of each link to it; tell if there was one."""
    marked = _LINK.sub(
        lambda link: me.id if _is_me(link[1] or link[2], me) else link[0],
        body,
    )
    html, pilled = content.get("formatted_body"), marked != body
    if not isinstance(html, str) or pilled:
        return marked, pilled
    pills = _Pills(me)
    pills.feed(html)
    pills.close()
    for label in {" ".join(label.split()) for label in pills.labels}:
        whole = rf"(?<!\w){re.escape(label)}(?!\w)"
        if label and re.search(whole, marked):
            marked, pilled = re.sub(whole, lambda _: me.id, marked, count=1), True
    return marked, pilled


def _is_me(address: str, me: Me) -> bool:
    """Tell whether a link is to the bot, percent-encoded or not."""
    target = unquote(address).partition("?")[0]
    if target.startswith(_MATRIX_TO):
        target = target.removeprefix(_MATRIX_TO)
    elif target.startswith(_URI):
        target = f"@{target.removeprefix(_URI)}"
    else:
        return False
    return target.rstrip("/").casefold() == me.id.casefold()


def _names(me: Me) -> list[str]:
    local = me.id[1:].partition(":")[0]
    named = [f"@{me.name}", me.name] if me.name.strip("@") else []
    return [me.id, f"@{local}", *named, local]


def _any_of(names: list[str]) -> str:
    return "|".join(re.escape(name) for name in names)


def _after_name(body: str, me: Me, *, mentioned: bool) -> str | None:
    """Return what follows the bot's name at the start of a message; None if it stands not there.

    Without a mention the name has to be set apart, as in “Sitrep: status”.
    """
    apart = r"(?:[:,]\s*|\s+|$)" if mentioned else r"[:,]\s*"
    names = _any_of(_names(me)[1:])
    pattern = rf"(?:{re.escape(me.id)}(?:[:,]?\s*)|(?:{names}){apart})"
    match = re.match(pattern, body, re.IGNORECASE)
    return body[match.end() :] if match else None


def _without(body: str, name: re.Match[str]) -> str:
    """Return a message without the bot's name in its midst; after a greeting, what follows it."""
    before, after = body[: name.start()].strip(" ,:"), body[name.end() :]
    rest = after.strip(" ,:")
    is_greeting = len(before.split()) <= _GREETING_WORDS and after.lstrip().startswith((",", ":"))
    if rest and is_greeting:
        return rest
    return f"{before}{rest}" if rest[:1] in {"?", "!", "."} else f"{before} {rest}".strip()
