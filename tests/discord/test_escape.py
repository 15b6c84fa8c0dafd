"""Data stays data on Discord: it cannot mention, format, link or make a timestamp."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord.escape import escape, link
from store.text import visible

ALIVE = re.compile(
    r"(?<!\\)(?:\\\\)*(?:<[@#:/t]|@everyone|@here|\*|_|~~|`|\|\||\["
    r"|^#{1,3} |^-# |^> |^[-*+] |^\d+[.)] "
    r"|https?://)"
)
bits = st.lists(
    st.one_of(
        st.sampled_from(
            ["<t:0:R>", "</status:1>", "<@1>", "<#1>", "<:a:1>", "@everyone", "https://x.example",
             "**", "__", "~~", "||", "`", "[a](b)", "1. ", "- ", "# ", "-# ", "> ", "\\", "\n"]
        ),
        st.text(max_size=8),
    ),
    max_size=8,
).map("".join)  # fmt: skip


@given(bits)
def test_nothing_in_escaped_text_is_alive(text: str) -> None:
    assert not ALIVE.search(escape(text)), escape(text)


@given(bits)
def test_escaped_text_reads_as_what_can_be_seen_of_it(text: str) -> None:
    assert re.sub(r"\\([^0-9A-Za-z\s])", r"\1", escape(text)).strip() == visible(text)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://good@evil.example", "ftp://x", ""])
def test_what_is_no_plain_address_is_no_link(url: str) -> None:
    assert "](" not in link(url, "label")


def test_a_link_shows_its_host() -> None:
    assert link("https://example.org/a(b)", "A page").endswith("(example.org)")
