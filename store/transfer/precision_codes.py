"""Our days and places in the codes of two datasets: ACLED's and UCDP GED's.

| ours | ACLED time_precision | UCDP date_prec |
|---|---|---|
| one day, unmarked | 1 | 1 |
| up to 6 days, or one day marked ~ or ? | 2 | 2 |
| 7 days | 2 | 3 |
| up to 31 days | 3 | 4 |
| longer, or open at its start | 3 | 5 |

| ours | ACLED geo_precision | UCDP where_prec |
|---|---|---|
| at a place, to the spot, part or town | 1 | 1 |
| near or toward it, or about it | 2 | 2 |
| an area | 2 | 3 |
| no place | 3 | 6 |
"""

from store.model.entry import AtPlace, PlaceRole, Precision
from store.model.span import Span

_FEW, _WEEK, _MONTH = 6, 7, 31  # days


def days_of(span: Span) -> tuple[int, int]:
    """Return ACLED's time_precision and UCDP's date_prec of a span."""
    if span.is_day:
        return 1, 1
    if span.earliest is None:
        return 3, 5
    length = (span.latest - span.earliest).days + 1
    if length <= _FEW:
        return 2, 2
    if length == _WEEK:
        return 2, 3
    return 3, 4 if length <= _MONTH else 5


def place_of(places: tuple[AtPlace, ...]) -> tuple[int, int]:
    """Return ACLED's geo_precision and UCDP's where_prec of an entry's first place."""
    if not places:
        return 3, 6
    first = places[0]
    if first.precision is Precision.AREA:
        return 2, 3
    return (1, 1) if first.role is PlaceRole.AT else (2, 2)
