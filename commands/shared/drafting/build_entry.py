"""Values of a draft → the content of an entry, and the entry as it will look."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from msgspec.structs import replace

from store.model.entry import (
    AtPlace,
    Attribution,
    Citation,
    Control,
    Encirclement,
    Entry,
    Kind,
    PlaceRole,
    Precision,
    Share,
    Source,
    Stance,
)
from store.model.sentences import assessed
from store.model.span import Basis, Span
from store.record.entries import FiledPlace, FiledSource, Filing

Values = Mapping[str, Any]
_Convert = Callable[[Any], Any]

_PLAIN: Mapping[str, tuple[str, _Convert, Any]] = {
    "text": ("text", str, ""),
    "quote": ("quote", str, ""),
    "label": ("label", str, ""),
    "type": ("type", str, "other"),
    "by": ("actor_id", lambda actor: actor.id, None),
    "happened": ("happened", lambda span: span, None),
    "attribution": ("attribution", Attribution, Attribution.NARRATOR),
    "credibility": ("credibility", int, 6),
    "control": ("control", lambda status: status.key, None),
    "share": ("share", Share, Share.UNSPECIFIED),
    "encirclement": ("encirclement", Encirclement, None),
}
"""Field of a draft → field of an entry, how it is converted, and what it is when emptied."""
_AT = {"role": PlaceRole, "precision": Precision, "detail": str}


def composed(kind: Kind, values: Values) -> Filing:
    """Return a new entry's content; what nobody said is as it is by default."""
    by = values.get("by")
    blank = Filing(
        kind,
        "",
        "",
        Span.on(date.min, Basis.AS_OF if kind is Kind.ASSESSMENT else Basis.EXPLICIT),
        (),
        attribution=Attribution.NAMED if by else Attribution.NARRATOR,
        published=values["source"].published,
    )
    made = applied(blank, values)
    if not made.text and by:
        label = values["control"].label if "control" in values else ""
        place = values["place"].place.name
        made = replace(made, text=assessed(by.name, place, label, made.share, made.encirclement))
    return replace(made, type=made.type or _type(made))


def applied(onto: Filing, values: Values) -> Filing:
    """Return content with these values in place of its own; None empties a field."""
    changed: dict[str, Any] = {}
    for name, (field, convert, empty) in _PLAIN.items():
        if name in values:
            changed[field] = empty if values[name] is None else convert(values[name])
    day = replace(values["day"], basis=onto.day.basis) if values.get("day") else onto.day
    if values.get("basis"):
        day = replace(day, basis=Basis(values["basis"].replace("_", "-")))
    sources, places = _sources(onto.sources, values), _places(onto.places, values)
    return replace(onto, **changed, day=day, places=places, sources=sources)


def _places(at: tuple[FiledPlace, ...], values: Values) -> tuple[FiledPlace, ...]:
    first = at[0] if at else None
    if "place" in values:
        first = _moved(first, values["place"])
    if first is not None:
        own = {name: of(values[name] or "") for name, of in _AT.items() if values.get(name)}
        own |= {"detail": ""} if "detail" in values and values["detail"] is None else {}
        first = replace(first, **own)
    second = at[1] if len(at) > 1 else None
    if "also" in values:
        second = _moved(second, values["also"])
    return tuple(one for one in (first, second, *at[2:]) if one is not None)


def _moved(at: FiledPlace | None, match: Any) -> FiledPlace | None:  # noqa: ANN401 -- a value
    if match is None:
        return None
    return replace(at, place_id=match.place.id) if at else FiledPlace(match.place.id)


def _sources(read: tuple[FiledSource, ...], values: Values) -> tuple[FiledSource, ...]:
    direct = [one for one in read if not one.relayed]
    relayed = [one for one in read if one.relayed]
    for position, name in enumerate(("source", "source2")):
        if name in values:
            here = slice(position, position + 1)
            direct[here] = [_cited(direct[here], values[name])] if values[name] else []
    if "relayed" in values:
        relayed[:1] = [FiledSource(values["relayed"].id, relayed=True)] if values["relayed"] else []
    if values.get("stance") and direct:
        direct[0] = replace(direct[0], stance=Stance(values["stance"]))
    return (*direct, *relayed)


def _cited(instead_of: list[FiledSource], source: Source) -> FiledSource:
    stance = instead_of[0].stance if instead_of else Stance.REPORTS
    return FiledSource(source.id, stance)


def _type(filing: Filing) -> str:
    """Return what an entry is about, as its other fields tell."""
    if filing.kind is Kind.EVENT:
        return "other"
    if filing.control or (filing.kind is Kind.ASSESSMENT and not filing.encirclement):
        return "control"
    return "encirclement" if filing.encirclement else "other"


def pictured(filing: Filing, values: Values, at: datetime) -> Entry:
    """Return a new entry as it will look once it is on record; its number is 0."""
    places = {match.place.id: match.place.name for match in _given(values, "place", "also")}
    sources = {one.id: one for one in _given(values, "source", "source2", "relayed")}
    control = None
    if (held := values.get("control")) is not None:
        certain = filing.kind is Kind.ASSESSMENT
        control = Control(held.key, held.label, held.symbol, filing.share, certain, filing.label)
    return Entry(
        **{name: getattr(filing, name) for name in ("kind", "type", "text", "quote", "day")},
        **{name: getattr(filing, name) for name in ("attribution", "happened", "published")},
        **{name: getattr(filing, name) for name in ("credibility", "encirclement")},
        id=0,
        by=values.get("by"),
        control=control,
        verdict=None,
        filed_at=at,
        changed_at=at,
        version=0,
        retracted_at=None,
        retracted_why="",
        redacted=False,
        places=tuple(
            AtPlace(at_.place_id, places[at_.place_id], at_.role, at_.precision, at_.detail)
            for at_ in filing.places
        ),
        sources=tuple(
            Citation(sources[one.source_id], one.stance, one.relayed) for one in filing.sources
        ),
        links=(),
    )


def _given(values: Values, *names: str) -> list[Any]:
    return [values[name] for name in names if values.get(name)]
