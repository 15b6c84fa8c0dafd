"""Names that are spelt much like what was typed: of the few hundred that the desk has itself."""

from collections.abc import Iterable

from store.text import fold

LOOKED_AT = 2000
"""Names that are held against what was typed, at most."""
_LIKE_ENOUGH = 70  # of 100, as rapidfuzz scores


def closest(text: str, names: Iterable[tuple[int, str]], limit: int) -> list[int]:
    """Return the numbers of those whose folded name is most like `text`, best first."""
    from rapidfuzz.fuzz import WRatio  # noqa: PLC0415 -- only a name that is not known pays for it

    wanted = fold(text)[:60]
    best: dict[int, float] = {}
    for number, folded in names:
        likeness = WRatio(wanted, folded, score_cutoff=_LIKE_ENOUGH)
        if likeness:
            best[number] = max(likeness, best.get(number, 0.0))
    return sorted(best, key=lambda number: (-best[number], number))[:limit]
