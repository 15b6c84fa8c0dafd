"""Discord's markdown as its client reads it, and lines to try it with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from urllib.parse import urlsplit

from hypothesis import strategies as st

from bot.i18n.formatter import Leaf, Voice
from commands.kit.inlines import (
    Faint,
    Inline,
    Line,
    Moment,
    Phrase,
    Reference,
    Strong,
    T,
    Typed,
    WebLink,
    When,
)
from store.model.span import Span
from store.model.text import visible
from tests.fakes import ZONE

VOICE = Voice(ZONE)


MEANT = {"text", "bold", "code", "link", "timestamp"}


AT_START = {
    "heading": r" *#{1,3}\s+((?!\s*#{1,3}\s)[^\n]+?)#*\s*(?:\n|$)",
    "small": r" *-# +((?!-#)[^\n]+)(?:\n|$)",
    "quote": r" *(?:>>>|>) +",
    "list": r" *(?:[-*+]|\d+[.)]) +",
}


ANYWHERE = {
    "escape": r"\\([^0-9A-Za-z\s])",
    "block": r"```.+?```",
    "code": r"(?P<ticks>`+)(.*?[^`])(?P=ticks)(?!`)",
    "link": r"\[((?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]"
    r"\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?(?:\s+['\"].*?['\"])?\s*\)",
    "address": r"<[^: >]+:/[^ >]+>|(?:https?|steam)://[^\s<]+[^<.,:;\"'\]\s]",
    "mail": r"<[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+>|<(?:(?:tel|sms):\+?|\+)[-0-9() ./]+>",
    "mention": r"<(?:@[!&]?|#)\d+>|@(?:everyone|here|silent)|</[^>]+:\d+>|<id:\w+>|<@\w+:[^>]*>",
    "emoji": r"<a?:\w+:\d+>|<sound:[\d:]+>|:[^\s:]+:(?::skin-tone-\d:)?",
    "timestamp": r"<t:-?\d{1,17}(?::[tTdDfFR])?>",
    "strike": r"~~(.+?)~~(?!_)",
    "spoiler": r"\|\|(.+?)\|\|",
}


EMPHASIS = {
    "bold": r"\*\*((?:\\.|[^\\])+?)\*\*(?!\*)",
    "underline": r"__((?:\\.|[^\\])+?)__(?!_)",
    "italic": r"_((?:__|\\.|[^\\_])+?)_\b"
    r"|\*(?=\S)(?:(?:\*\*|\\.|\s+(?:\\.|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)",
}


PLAIN = re.compile(r"[^\\`*_~|<\[@:hs\n]+|.", re.DOTALL)


_START, _ANY, _EMPHASIS = (
    {kind: re.compile(rule, re.DOTALL) for kind, rule in rules.items()}
    for rules in (AT_START, ANYWHERE, EMPHASIS)
)


@dataclass(frozen=True)
class Node:
    kind: str
    text: str = ""
    inside: tuple["Node", ...] = ()


def read(text: str, *, escapes: bool = True) -> tuple[Node, ...]:
    """Return what the client makes of markdown."""
    nodes, at = [], 0
    while at < len(text):
        kind, match = _first_match(text, at, escapes=escapes)
        nodes.append(_node(kind, match))
        # What ends with its line leaves the line's end, for the next one to start at.
        at = match.end() - (kind in {"heading", "small"} and match[0].endswith("\n"))
    return tuple(nodes)


def _first_match(text: str, at: int, *, escapes: bool) -> tuple[str, re.Match[str]]:
    starts = _START if at == 0 or text[at - 1] == "\n" else {}
    for kind, rule in {**starts, **_ANY}.items():
        if (match := rule.match(text, at)) and (escapes or kind != "escape"):
            return kind, match
    rules = {**_EMPHASIS, "text": PLAIN}
    matches = [(kind, match) for kind, rule in rules.items() if (match := rule.match(text, at))]
    return max(matches, key=lambda pair: (pair[0] != "text", len(pair[1][0])))


def _node(kind: str, match: re.Match[str]) -> Node:
    match kind:
        case "escape":
            return Node("text", match[1])
        case "code":
            return Node(kind, match[2])
        case "link":
            return Node(kind, match[2], read(match[1], escapes=False))
        case "heading" | "small" | "bold":
            return Node(kind, inside=read(match[1]))
        case _:
            return Node(kind, match[0])


def kinds(nodes: tuple[Node, ...]) -> set[str]:
    return {node.kind for node in nodes} | {kind for node in nodes for kind in kinds(node.inside)}


def links(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield from [node] if node.kind == "link" else links(node.inside)


def plain(nodes: tuple[Node, ...]) -> str:
    return "".join(plain(node.inside) if node.inside else node.text for node in nodes)


def squeeze(text: str) -> str:
    """Return text without what nobody sees, and without white space."""
    return visible(text).replace(" ", "")


TAGS = ("<t:0:R>", "</status:1>", "<@1>", "<@&1>", "<#1>", "<:a:1>", "<a:b:1>", "<id:browse>")
WORDS = (":fire:", "@everyone", "@here", "@silent", "¯\\_(ツ)_/¯", "🔥", "ˋ", "word", "1", ".")
ADDRESSES = ("https://x.example/a_b", "steam://run", "http", "://", ":", "/", "[", "]", "](", ")")
LINKS = ("<https://x.example>", "<a@b.example>", "<tel:+123>", "[a](https://x.example)")
MARKS = ("**", "*", "__", "_", "~~", "||", "`", "```", "-", "#", "\\")
STARTS = ("1.", "1) ", "- ", "* ", "+ ", "# ", "### ", "-# ", "> ", ">>> ")
BLANKS = ("\n", "\r\n", "\u2028", "\xa0", " ", "  ")
UNSEEN = ("\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u0301", "\x00")
BITS = (*TAGS, *WORDS, *ADDRESSES, *LINKS, *MARKS, *STARTS, *BLANKS, *UNSEEN)


texts = st.lists(st.sampled_from(BITS) | st.text(max_size=4), max_size=8).map("".join)


urls = st.builds(
    "{}{}{}".format,
    st.sampled_from(("https://", "http://", "HTTPS://", "javascript:", "ftp://", "//", "")),
    st.sampled_from(
        (
            "example.org",
            "good@evil.example",
            "good:80@evil.example",
            "example.org:8080",
            "президент.рф",
            "xn--p1ai.example",
            "a\\@b.example",
            "exa\u200bmple.org",
            "[::1]",
            "ex%61mple.org",
            "_a_.example",
        )
    ),
    st.sampled_from(("", "/", "?q=1", "#x", ":", "/" + "x" * 1600)) | texts.map("/{}".format),
)


spans = st.dates().map(Span.on) | st.sampled_from(
    [Span.parse(edtf) for edtf in ("2025", "2025-10~", "2025-10-08?", "../2025-10-24")]
)


leaves: st.SearchStrategy[Inline] = st.one_of(
    texts,
    spans.map(When),
    st.datetimes(timezones=st.just(UTC)).map(Moment),
    st.integers(1, 99).map(lambda number: Reference(f"E-{number}")),
    texts.map(Typed),
    st.builds(WebLink, urls, texts),
)


inlines: st.SearchStrategy[Inline] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(Strong),
        inner.map(Faint),
        st.lists(inner, max_size=3).map(lambda some: Phrase(tuple(some))),
        st.builds(lambda a, b: T("{a}: {b}. {a} - {b}", a=a, b=b), inner, inner),
    ),
    max_leaves=4,
)


lines: st.SearchStrategy[Line] = st.lists(inlines, max_size=5).map(tuple)


def line_words(line: Line) -> str:
    """Return the words of a line as they should be read, a day or a moment as <t>."""
    return squeeze("".join(_leaf_words(leaf) for leaf in VOICE.leaves(line)))


def _leaf_words(leaf: Leaf) -> str:
    match leaf:
        case Strong() | Faint():
            return line_words((leaf.inline,))
        case When() if leaf.span.is_day:
            return "<t>"
        case Moment():
            return "<t>"
        case WebLink() if _is_linked(leaf.url):
            host = urlsplit(leaf.url).netloc
            return f"{leaf.label}({host})" if visible(leaf.label) else host
        case WebLink():
            return f"{leaf.label} ({leaf.url})"
        case Typed():
            return VOICE.plain(leaf.line).replace("`", "ˋ")
        case _:
            return VOICE.plain(leaf)


def _is_linked(url: str) -> bool:
    match = re.match(r"https?://[a-z0-9.:-]+(?=[/?#]|$)", url)
    path = url[match.end() :] if match else ""
    ends = match is not None and not match[0].endswith(":")
    return ends and len(path) < 1000 and not re.search(r"\s", path)


def visible_words(marked: str) -> str:
    """Return the words that a reader sees of our markdown, a day or a moment as <t>."""
    return squeeze(re.sub(r"<t:-?\d+:[fD]>", "<t>", plain(read(marked))))
