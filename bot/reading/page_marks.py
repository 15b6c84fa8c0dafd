"""What a page writes for its day of publication: a task's half of reading it, words alone.

Only what names itself a day of publication counts: schema.org's `datePublished` of the article,
the `meta` elements that sites write for the same, the `time` of its head, a line of a date's class.
A day in the running text is the day of an event, the year of a notice is no day, and what a fact
check or a live page holds inside (the claim, the single posts) has days of its own.
"""

import json
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

_ARTICLES = re.compile(r"(Article|Posting|Report|Review|WebPage)$")
_META = frozenset(
    {
        "article:published_time",
        "citation_publication_date",
        "date",
        "datepublished",
        "dc.date",
        "dc.date.issued",
        "dcterms.date",
        "dcterms.issued",
        "og:published_time",
        "parsely-pub-date",
        "pubdate",
        "publish-date",
        "publication_date",
    }
)
_BESIDE = frozenset({"aside", "footer", "nav", "form"})
_OF_OTHERS = re.compile(
    r"comment|related|sidebar|footer|updat|modif|recommend|latest", re.IGNORECASE
)
_DATED = re.compile(
    r"(^|[\W_])(date|published|posted|pubdate|entry-date|dateline)([\W_]|$)", re.IGNORECASE
)
_LONGEST, _MOST = 60, 50  # characters of a day in words; such words of one kind


def find_marks(tree: Any) -> list[list[str]]:  # noqa: ANN401 -- lxml has no types
    """Return a page's (an lxml tree's) words for its day, kind by kind, the surest first."""
    kinds = chain(_of_json(tree), _of_meta(tree)), _of_times(tree), _of_lines(tree)
    return [
        list(islice((words for words in kind if 0 < len(words) <= _LONGEST), _MOST))
        for kind in kinds
    ]


def _of_json(tree: Any) -> Iterator[str]:  # noqa: ANN401 -- as above
    for script in tree.iter("script"):
        if script.get("type", "").strip().casefold() == "application/ld+json":
            try:
                data = json.loads(script.text or "")
            except (ValueError, RecursionError):
                continue
            yield from _days_of(data)


def _days_of(data: object) -> Iterator[str]:
    """Yield `datePublished` of the articles that stand at the top, not of what they hold."""
    things = data if isinstance(data, list) else [data]
    for thing in things:
        if not isinstance(thing, dict):
            continue
        yield from _days_of(thing["@graph"]) if isinstance(thing.get("@graph"), list) else ()
        kinds = thing.get("@type")
        published = thing.get("datePublished")
        if isinstance(published, str) and any(
            isinstance(kind, str) and _ARTICLES.search(kind)
            for kind in (kinds if isinstance(kinds, list) else [kinds])
        ):
            yield published


def _of_meta(tree: Any) -> Iterator[str]:  # noqa: ANN401 -- as above
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or ""
        if name.casefold() in _META or (_is_published(meta) and _is_own(meta)):
            yield meta.get("content", "")


def _of_times(tree: Any) -> Iterator[str]:  # noqa: ANN401 -- as above
    own = [time for time in tree.iter("time") if _is_own(time)]
    marked = [time for time in own if _is_published(time) or time.get("pubdate") is not None]
    for time in marked or own:
        yield time.get("datetime") or _words(time)


def _of_lines(tree: Any) -> Iterator[str]:  # noqa: ANN401 -- as above
    for element in tree.iter("p", "span", "div", "li", "b", "em"):
        marks = f"{element.get('class', '')} {element.get('id', '')}"
        if (_DATED.search(marks) or _is_published(element)) and _is_own(element):
            yield _words(element)


def _is_published(element: Any) -> bool:  # noqa: ANN401 -- as above
    return "datepublished" in element.get("itemprop", "").casefold().split()


def _is_own(element: Any) -> bool:  # noqa: ANN401 -- as above
    """Tell whether an element belongs to the article, not to what stands beside or inside it."""
    for around in (element, *element.iterancestors()):
        marks = f"{around.get('class', '')} {around.get('id', '')}"
        if around.tag in _BESIDE or (
            around.tag not in {"body", "html"} and _OF_OTHERS.search(marks)
        ):
            return False
        kind = around.get("itemtype")
        if kind is not None:
            return bool(_ARTICLES.search(kind))
    return True


def _words(element: Any) -> str:  # noqa: ANN401 -- as above
    return " ".join("".join(element.itertext()).split())
