"""Names that are spelt much like what was typed: of the few hundred that the desk has itself."""

from collections.abc import Iterable

from store.model.text import fold

LOOKED_AT = 2000
"""Names that are held against what was typed, at most."""
_LIKE_ENOUGH = 70  # of 100, as rapidfuzz scores
_LONG = 4  # characters from which a part of a name is like the name


def closest(text: str, names: Iterable[tuple[int, str]], limit: int) -> list[int]:
    """Return the numbers of those whose folded name is most like `text`, best first."""
    from rapidfuzz.fuzz import WRatio, ratio  # noqa: PLC0415 -- only an unknown name pays for it

    wanted = fold(text)[:60]
    alike = WRatio if len(wanted) >= _LONG else ratio
    best: dict[int, float] = {}
    for number, folded in names:
        likeness = alike(wanted, folded, score_cutoff=_LIKE_ENOUGH)
        if likeness:
            best[number] = max(likeness, best.get(number, 0.0))
    return sorted(best, key=lambda number: (-best[number], number))[:limit]
