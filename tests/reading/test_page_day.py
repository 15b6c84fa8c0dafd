"""The day of a page is the one on which it says that it was published, or it is unknown."""

import json
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.reading.page_day import read_page_day
from bot.reading.page_marks import find_marks

KYIV = ZoneInfo("Europe/Kyiv")
EVENT = "On 29 October 2025 troops entered the town. 29 жовтня 2025 року вони зайшли до міста."


def day_of_page(body: str = "", head: str = "") -> str:
    """Return the day of a page with an event and a notice in it; empty where it is unknown."""
    trafilatura = pytest.importorskip("trafilatura", reason="pages are read by an extra")
    page = (
        f"<html><head><title>Day</title>{head}</head><body><article>{body}<p>{EVENT}</p></article>"
        "<footer><p class='date'>1 January 2025</p>© 2025</footer></body></html>"
    )
    day = read_page_day(find_marks(trafilatura.load_html(page.encode())), KYIV)
    return day.isoformat() if day else ""


def describe(**thing: object) -> str:
    """Return schema.org's description of a page."""
    text = json.dumps({"@context": "https://schema.org", **thing})
    return f"<script type='application/ld+json'>{text}</script>"


def test_the_day_of_an_event_and_the_year_of_a_notice_are_no_day_of_publication() -> None:
    assert day_of_page() == ""


@pytest.mark.parametrize(
    "line",
    [
        "<p class='date'>7 листопада 2025</p>",
        "<div class='post-date'>П’ятниця, 7 листопада 2025, 14:30</div>",
        "<span class='published'>Опубліковано: 07.11.2025</span>",
        "<span class='entry-date'>7 ноября 2025</span>",
        "<p id='date'>Published on 7 November 2025</p>",
        "<time>07.11.2025</time>",
        "<time datetime='2025-11-07T01:30:00+02:00'>last night</time>",
        "<time datetime='2025-11-06T23:30:00Z'>7 листопада, 01:30</time>",
        "<span itemprop='datePublished' content='x'>7 November 2025</span>",
        "<time datetime='2025-11-07'></time><time class='updated' datetime='2025-11-09'></time>",
    ],
)
def test_a_line_of_the_article_that_is_a_day_and_nothing_else_is_its_day(line: str) -> None:
    assert day_of_page(line) == "2025-11-07"


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:published_time' content='2025-11-06T22:30:00Z'>",
        "<meta name='date' content='2025-11-07'><meta name='last-modified' content='2025-11-09'>",
        "<meta name='pubdate' content='Thu, 06 Nov 2025 23:30:00 GMT'>",
        "<meta name='DC.date.issued' content='2025-11-07'>",
        describe(**{"@type": "NewsArticle"}, dateModified="2025-11-09", datePublished="2025-11-07"),
        describe(**{"@graph": [{"@type": ["WebPage"], "datePublished": "2025-11-07T08:00:00Z"}]}),
    ],
)
def test_what_a_site_writes_for_machines_is_its_day(head: str) -> None:
    assert day_of_page(head=head) == "2025-11-07"


@pytest.mark.parametrize("is_first", [True, False])
def test_the_day_of_a_claim_is_not_the_day_of_its_check(is_first: bool) -> None:  # noqa: FBT001
    """The order of keys in JSON means nothing: it decided which day was taken."""
    claim = {"itemReviewed": {"@type": "Claim", "datePublished": "2025-10-29"}}
    day = {"datePublished": "2025-11-07"}
    parts = claim | day if is_first else day | claim
    assert day_of_page(head=describe(**{"@type": "ClaimReview"}, **parts)) == "2025-11-07"
    assert day_of_page(head=describe(**{"@type": "ClaimReview"}, **claim)) == ""


def test_the_posts_of_a_live_page_are_not_its_day() -> None:
    posts = [{"@type": "BlogPosting", "datePublished": f"2025-11-0{day}"} for day in (3, 8)]
    live = describe(
        **{"@type": "LiveBlogPosting"}, liveBlogUpdate=posts, datePublished="2025-11-01T08:00+02:00"
    )
    assert day_of_page(head=live) == "2025-11-01"


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("<time datetime='2025-11-03'></time><time datetime='2025-11-08'></time>", ""),
        ("<div class='comments'><time datetime='2025-11-08'></time></div>", ""),
        ("<div class='related-posts'><p class='date'>8 November 2025</p></div>", ""),
        ("<p class='date'>Updated 8 November 2025</p>", ""),
        ("<p class='date'>November 2025</p>", ""),
        ("<p class='date'>7 листопада</p>", ""),
        ("", "<meta name='date' content='soon'><script type='application/ld+json'>{[</script>"),
        ("", describe(**{"@type": "Event"}, datePublished="2025-11-07")),
        ("", f"<script type='application/ld+json'>{'[' * 100_000}</script>"),
    ],
)
def test_a_page_that_names_no_day_of_its_own_or_two_has_none(body: str, head: str) -> None:
    assert day_of_page(body, head) == ""


def test_a_page_of_new_years_day_keeps_its_day() -> None:
    head = "<meta property='article:published_time' content='2026-01-01T09:00:00+02:00'>"
    assert day_of_page(head=head) == date(2026, 1, 1).isoformat()
