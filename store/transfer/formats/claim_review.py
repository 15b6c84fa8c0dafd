"""Reviews of claims as fact-checkers publish them (schema.org's ClaimReview in JSON-LD)."""

from typing import Any

_FALSE, _TRUE = 1.0, 5.0
"""Where a rating has no bounds of its own, schema.org's."""


def list_reviews(whole: Any) -> list[dict[str, Any]]:  # noqa: ANN401 -- whatever JSON has there
    """Return the reviews of a document: itself, those of its graph, or a list of nothing else."""
    reviews = find_reviews(whole)
    return [] if isinstance(whole, list) and len(reviews) < len(whole) else reviews


def find_reviews(whole: Any) -> list[dict[str, Any]]:  # noqa: ANN401 -- as above
    """Return the reviews among what a block of JSON-LD holds."""
    graph = whole.get("@graph") if isinstance(whole, dict) else whole
    candidates = graph if isinstance(graph, list) else [whole]
    return [item for item in candidates if isinstance(item, dict) and _is_review(item)]


def _is_review(item: dict[str, Any]) -> bool:
    kinds = item.get("@type")
    return "ClaimReview" in (kinds if isinstance(kinds, list) else [kinds])


def read_review(review: dict[str, Any]) -> dict[str, Any]:
    """Return a review as a row of ours: the claim, who said it when, the verdict and by whom."""
    claim = _object(review.get("itemReviewed"))
    speaker = _name(claim.get("author")) or _name(review.get("itemReviewed"))
    checker, address = _name(review.get("author")), _text(review.get("url"))
    said_at = [_text(_object(seen).get("url")) for seen in _as_list(claim.get("appearance"))]
    first = [_text(_object(claim.get("firstAppearance")).get("url"))]
    places = [url for url in dict.fromkeys([*first, *said_at]) if url]
    day = _text(claim.get("datePublished")) or _text(review.get("datePublished"))
    sources: list[dict[str, str]] = [{"source": url} for url in places]
    check = {"source": checker or address, "url": address, "kind": "factcheck", "relayed": "yes"}
    return {
        "key": f"claimreview:{address}" if address else "",
        "kind": "claim",
        "type": "other",
        "text": _text(review.get("claimReviewed")),
        "by": speaker,
        "by_kind": "organisation" if claim_kind(claim) == "Organization" else "",
        "day": day,
        "basis": "" if claim.get("datePublished") else "publication",
        "sources": [*sources, {name: value for name, value in check.items() if value}],
        "verdict": read_rating(_object(review.get("reviewRating"))),
        "verdict_source": address or checker,
    }


def claim_kind(claim: dict[str, Any]) -> str:
    """Return the schema.org type of who made a claim."""
    return _text(_object(claim.get("author")).get("@type"))


def read_rating(rating: dict[str, Any]) -> str:
    """Return the verdict that a rating plainly is, else nothing: one in between is disputed."""
    words = _text(rating.get("alternateName")).casefold()
    for verdict, starts in _WORDS.items():
        if words in starts:
            return verdict
    try:
        value = float(rating["ratingValue"])
        worst = float(rating.get("worstRating", _FALSE))
        best = float(rating.get("bestRating", _TRUE))
    except (KeyError, TypeError, ValueError):
        return ""
    if words or worst >= best or not worst <= value <= best:
        return ""
    if value in {worst, best}:
        return "refuted" if value == worst else "confirmed"
    return "disputed"


_WORDS = {
    "refuted": {
        *("false", "fake", "pants on fire", "incorrect", "wrong", "fabricated", "хибно"),
        *("неправда", "фейк", "брехня", "ложь", "неверно"),
    },
    "confirmed": {"true", "correct", "accurate", "правда", "верно"},
    "disputed": {
        *("half true", "half-true", "mixture", "misleading", "partly false", "missing context"),
        *("маніпуляція", "напівправда", "манипуляция", "полуправда", "mostly false"),
    },
}


def _object(value: Any) -> dict[str, Any]:  # noqa: ANN401
    return value if isinstance(value, dict) else {}


def _as_list(value: Any) -> list[Any]:  # noqa: ANN401
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:  # noqa: ANN401
    return value.strip() if isinstance(value, str) else ""


def _name(value: Any) -> str:  # noqa: ANN401
    """Return who is meant: of several the first."""
    first = next(iter(_as_list(value)), None)
    return _text(_object(first).get("name")) if isinstance(first, dict) else ""
