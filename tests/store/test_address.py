"""One page, however its address is spelt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model.address import is_address, normal_address, original_address


@pytest.mark.parametrize(
    ("spelling", "other"),
    [
        ("https://example.org/news/12", "http://www.example.org/news/12/"),
        ("https://example.org/news/12", "https://EXAMPLE.org:443/news/12#comments"),
        ("https://example.org/news/12", "https://m.example.org/news/12?utm_source=x&fbclid=abc"),
        ("https://example.org/a?id=1&page=2", "https://example.org/a?page=2&id=1&utm_medium=y"),
        ("https://t.me/examplechannel/345", "https://t.me/s/examplechannel/345"),
        ("https://t.me/examplechannel/345", "https://telegram.me/ExampleChannel/345?single"),
        ("https://x.com/somebody/status/1", "https://twitter.com/Somebody/status/1?s=20&t=abc"),
        ("https://x.com/somebody/status/1", "https://mobile.twitter.com/somebody/status/1/photo/1"),
        ("https://www.youtube.com/watch?v=abc", "https://youtu.be/abc?si=xyz"),
        ("https://example.org/news/12", "https://example.org/news/12/amp/"),
    ],
)
def test_two_spellings_of_an_address_are_one_page(spelling: str, other: str) -> None:
    assert normal_address(spelling) == normal_address(other) != ""


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("https://example.org/news/12", "https://example.org/news/13"),
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://example.org/News", "https://example.org/news"),
        ("https://t.me/one/345", "https://t.me/two/345"),
        ("https://www.youtube.com/watch?v=abc", "https://www.youtube.com/watch?v=ABC"),
        ("https://example.org/a?ref=main", "https://example.org/a?ref=next"),
    ],
)
def test_two_pages_stay_two(address: str, other: str) -> None:
    assert normal_address(address) != normal_address(other)


@pytest.mark.parametrize(
    ("copy", "page"),
    [
        (
            "https://web.archive.org/web/20251107120000/https://example.org/news/12",
            "https://example.org/news/12",
        ),
        ("https://archive.ph/2025.11.07-120000/https://example.org/a", ""),
        ("https://archive.ph/20251107120000/https://example.org/a", "https://example.org/a"),
        ("https://www.google.com/amp/s/example.org/a", "https://example.org/a"),
        ("https://example.org/web/1/https://example.com", ""),
    ],
)
def test_an_archive_says_whose_page_it_keeps(copy: str, page: str) -> None:
    assert original_address(copy) == page


@pytest.mark.parametrize(
    "text", ["", "Reuters", "https://", "ftp://example.org/a", "https://[", "x.com/a"]
)
def test_what_is_no_address_has_no_normal_form(text: str) -> None:
    assert not is_address(text)
    assert normal_address(text) == ""


@given(st.text(max_size=60), st.text("abcdefgh0123/?&=#%.", max_size=40))
def test_any_text_has_one_normal_form_or_none(text: str, rest: str) -> None:
    for url in (text, f"https://{text}", f"https://example.org/{rest}"):
        normal = normal_address(url)
        assert normal == "" or normal_address(f"https://{normal}") == normal, url
