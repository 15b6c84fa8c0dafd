"""Areas that assessors drew, on a map: whose they are and of which day, and what is held back."""

from collections.abc import Iterable, Iterator, Sequence

from commands.kit.inlines import Line, Phrase, Reference, T, When, join
from commands.kit.vocabulary import own_term
from commands.shared.pictures.map_picture import UNSURE, MapHatch
from store.model.span import Span
from store.queries.map_outlines import MapOutline, MapOutlines
from store.queries.situation import ControlStatus

_MOST = 12
"""Hatchings on one map."""


def hatch_areas(
    drawn: MapOutlines, statuses: Sequence[ControlStatus], shades: dict[str, int]
) -> tuple[MapHatch, ...]:
    """Return what is hatched of the areas that assessors drew."""
    known = {control.key: control for control in statuses}
    return tuple(
        MapHatch(
            outline.assessor,
            known[outline.control].symbol,
            shades.get(outline.control, UNSURE),
            _name_drawing(outline, known[outline.control]),
            outline.areas,
        )
        for outline in drawn.shown[:_MOST]
    )


def _name_drawing(outline: MapOutline, control: ControlStatus) -> Line:
    status = own_term(control.label, control.labels)
    return join(
        " · ",
        Phrase((outline.assessor, ": ", status)),
        When(Span.on(outline.day)),
        Phrase(join(", ", *map(Reference, outline.refs))),
        outline.licence or None,
    )


def list_areas(hatches: Iterable[MapHatch]) -> Iterator[Line]:
    """Yield whose the areas are that are hatched, for an answer in words."""
    for hatch in hatches:
        yield (T("Drawn as an area: {drawing}", drawing=Phrase(hatch.words)),)


def list_withheld_areas(drawn: Iterable[MapOutlines]) -> Iterator[Line]:
    """Yield how many assessors drew areas that are too young to be shown."""
    if withheld := max((each.withheld for each in drawn), default=0):
        yield (
            T(
                "A very recent drawing by {n} assessor is left out, so that nobody is put in"
                " danger.",
                "Very recent drawings by {n} assessors are left out, so that nobody is put in"
                " danger.",
                n=withheld,
            ),
        )
