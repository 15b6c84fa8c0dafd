"""Data stays data on Discord: it cannot mention, format, link, make a timestamp or an emoji.

The reader below is the client's, as far as it matters here: simple-markdown's rules and Discord's
own. Where clients differ it takes for alive what any of them might.
"""

import re
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.discord.rendering.markdown import markdown, split_markdown
from bot.adapters.discord.rendering.markdown_escape import escape, link
from commands.kit.inlines import (
    Inline,
    Line,
    Typed,
    WebLink,
)
from store.model.text import visible
from tests.discord.markdown_reader import (
    MEANT,
    VOICE,
    kinds,
    line_words,
    lines,
    links,
    plain,
    read,
    texts,
    visible_words,
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# a", "heading"),
        ("-# a", "small"),
        ("> a", "quote"),
        ("1. a", "list"),
        ("a\n  - b", "list"),
        ("```a```", "block"),
        ("`a`", "code"),
        ("**a**", "bold"),
        ("__a__", "underline"),
        ("_a_", "italic"),
        ("*a*", "italic"),
        ("~~a~~", "strike"),
        ("||a||", "spoiler"),
        ("[a](<https://x.example>)", "link"),
        ("<a@b.example>", "mail"),
        ("a https://x.example", "address"),
        ("<https://x.example>", "address"),
        ("<@1>", "mention"),
        ("<tel:+12>", "mail"),
        ("@here", "mention"),
        ("a:fire:", "emoji"),
        ("</status:1>", "mention"),
        ("<id:browse>", "mention"),
        ("<a:b:1>", "emoji"),
        ("<t:0:R>", "timestamp"),
    ],
)
def test_the_reader_of_these_tests_sees_what_is_alive(text: str, kind: str) -> None:
    assert kind in kinds(read(text))
    assert kinds(read(re.sub(r"([^0-9A-Za-z\s])", r"\\\1", text))) == {"text"}


@given(texts)
def test_escaped_text_is_only_text_and_reads_as_what_can_be_seen_of_it(text: str) -> None:
    nodes = read(escape(text))
    assert kinds(nodes) <= {"text"}, escape(text)
    assert visible(plain(nodes)) == visible(text)


@given(
    texts, st.sampled_from([("-# ", "", "small"), ("### ", "", "heading"), ("**", "**", "bold")])
)
def test_escaped_text_stays_in_the_frame_around_it(text: str, frame: tuple[str, str, str]) -> None:
    before, after, kind = frame
    nodes = read(f"{before}{escape(text)}{after}\nnext")
    if visible(text):
        assert [nodes[0].kind, *kinds(nodes[0].inside)] == [kind, "text"], escape(text)
        assert visible(plain(nodes[0].inside)) == visible(text)
        assert plain(nodes[1:]) == "\nnext"


@given(lines)
def test_a_line_reads_as_its_parts_and_its_links_lead_to_the_host_they_show(line: Line) -> None:
    marked = markdown(line, VOICE)
    nodes = read(marked)
    assert kinds(nodes) <= MEANT, marked
    assert visible_words(marked) == line_words(line), marked
    assert "\n" not in marked
    for node in links(nodes):
        assert kinds(node.inside) == {"text"}
        assert urlsplit(node.text).netloc == plain(node.inside)
        assert re.fullmatch(r"https?://[!-~]+", node.text)


@settings(max_examples=25)
@given(lines, st.integers(1, 99))
def test_a_long_text_is_divided_and_no_part_breaks(line: Line, times: int) -> None:
    marked = markdown((*line, " ") * times, VOICE)
    parts = list(split_markdown(marked, 3500))
    assert all(len(part) <= 3500 for part in parts)
    assert all(before.rstrip("*").endswith("…") for before, _ in pairwise(parts))
    assert all(kinds(read(part)) <= MEANT for part in parts)
    assert "".join(map(visible_words, parts)).replace("…", "") == visible_words(marked).replace(
        "…", ""
    )


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://good@evil.example",
        "https://good.example\\@evil.example",
        "ftp://x",
        "https://президент.рф",
        "https://exa\u200bmple.org",
        "https://",
        "https://x/" + "x" * 9999,
        "",
    ],
)
def test_what_is_no_plain_address_is_no_link(url: str) -> None:
    assert kinds(read(link(url, "label"))) == {"text"}


@pytest.mark.parametrize("after", ["](https://evil.example)", Typed("](https://evil.example)")])
def test_no_text_reaches_back_into_the_link_before_it(after: Inline) -> None:
    marked = markdown((WebLink("https://x.example", ""), after), VOICE)
    assert [link.text for link in links(read(marked))] == ["https://x.example"]


def test_a_link_stands_beside_its_label_and_reads_as_its_host() -> None:
    nodes = read(link("https://example.org/a(b)*_c_?q=«x»", "Page [1]"))
    (linked,) = links(nodes)
    assert plain(nodes) == "Page [1] (example.org)"
    assert linked.text == "https://example.org/a%28b%29%2A_c_?q=%C2%ABx%C2%BB"
