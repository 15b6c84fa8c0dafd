"""The content of an entry: from the values of a draft, as the entry will look, as typed texts."""

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
from store.model.filing import FiledPlace, FiledSource, Filing
from store.model.ref import ACTOR, PLACE, SOURCE, Ref
from store.model.span import Basis, Span

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
_SHARES = {Share.ALL: "all of ", Share.MOST: "most of ", Share.PART: "part of "}
_ENCIRCLED = {
    Encirclement.NONE: "not encircled",
    Encirclement.THREATENED: "threatened with encirclement",
    Encirclement.CLAIMED: "encircled",
    Encirclement.ASSESSED: "encircled",
}


def compose_content(kind: Kind, values: Values) -> Filing:
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
    content = apply_values(blank, values)
    if not content.text and by:
        label = values["control"].label if "control" in values else ""
        place = values["place"].place.name
        content = replace(
            content, text=_assess(by.name, place, label, content.share, content.encirclement)
        )
    return replace(content, type=content.type or _type(content))


def _assess(
    by: str, place: str, label: str, share: Share, encirclement: Encirclement | None
) -> str:
    """Return the sentence of an assessment, such as: Deep State assesses Pokrovsk as contested.

    It goes on record where nobody wrote a text, and the record has one language.
    """
    states = [label[:1].lower() + label[1:]] if label else []
    states += [_ENCIRCLED[encirclement]] if encirclement else []
    return f"{by} assesses {_SHARES.get(share, '')}{place} as {' and '.join(states)}."


def apply_values(onto: Filing, values: Values) -> Filing:
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
        first = _replace_place(first, values["place"])
    if first is not None:
        own = {name: of(values[name] or "") for name, of in _AT.items() if values.get(name)}
        own |= {"detail": ""} if "detail" in values and values["detail"] is None else {}
        first = replace(first, **own)
    second = at[1] if len(at) > 1 else None
    if "also" in values:
        second = _replace_place(second, values["also"])
    return tuple(place for place in (first, second, *at[2:]) if place is not None)


def _replace_place(at: FiledPlace | None, match: Any) -> FiledPlace | None:  # noqa: ANN401 -- a value
    if match is None:
        return None
    return replace(at, place_id=match.place.id) if at else FiledPlace(match.place.id)


def _sources(read: tuple[FiledSource, ...], values: Values) -> tuple[FiledSource, ...]:
    direct = [source for source in read if not source.relayed]
    relayed = [source for source in read if source.relayed]
    for position, name in enumerate(("source", "source2")):
        if name in values:
            here = slice(position, position + 1)
            direct[here] = [_replace_source(direct[here], values[name])] if values[name] else []
    if "relayed" in values:
        relayed[:1] = [FiledSource(values["relayed"].id, relayed=True)] if values["relayed"] else []
    if values.get("stance") and direct:
        direct[0] = replace(direct[0], stance=Stance(values["stance"]))
    return (*direct, *relayed)


def _replace_source(instead_of: list[FiledSource], source: Source) -> FiledSource:
    stance = instead_of[0].stance if instead_of else Stance.REPORTS
    return FiledSource(source.id, stance)


def _type(filing: Filing) -> str:
    """Return what an entry is about, as its other fields tell."""
    if filing.kind is Kind.EVENT:
        return "other"
    if filing.control or (filing.kind is Kind.ASSESSMENT and not filing.encirclement):
        return "control"
    return "encirclement" if filing.encirclement else "other"


def preview_entry(filing: Filing, values: Values, at: datetime) -> Entry:
    """Return a new entry as it will look once it is on record; its number is 0."""
    places = {match.place.id: match.place.name for match in _present(values, "place", "also")}
    sources = {source.id: source for source in _present(values, "source", "source2", "relayed")}
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
            Citation(sources[citation.source_id], citation.stance, citation.relayed)
            for citation in filing.sources
        ),
        links=(),
    )


def _present(values: Values, *names: str) -> list[Any]:
    return [values[name] for name in names if values.get(name)]


def texts_of(content: Filing) -> dict[str, str]:
    """Return each field of a content as a text that reads as the same value; none if empty."""
    direct = [source for source in content.sources if not source.relayed]
    relayed = [source for source in content.sources if source.relayed]
    texts = {
        "text": content.text,
        "by": str(Ref(ACTOR, content.actor_id)) if content.actor_id else "",
        "day": content.day.edtf,
        "basis": content.day.basis.replace("-", "_"),
        "happened": content.happened.edtf if content.happened else "",
        "type": content.type,
        "quote": content.quote,
        "attribution": content.attribution.value,
        "credibility": f"{content.credibility}",
        "control": content.control or "",
        "share": content.share.value,
        "label": content.label,
        "encirclement": content.encirclement.value if content.encirclement else "",
        "stance": direct[0].stance.value if direct else "",
        "relayed": str(Ref(SOURCE, relayed[0].source_id)) if relayed else "",
    }
    for name, source in zip(("source", "source2"), direct, strict=False):
        texts[name] = str(Ref(SOURCE, source.source_id))
    for name, place in zip(("place", "also"), content.places, strict=False):
        texts[name] = str(Ref(PLACE, place.place_id))
    if content.places:
        first = content.places[0]
        texts |= {"role": first.role.value, "precision": first.precision.value}
        texts["detail"] = first.detail
    return {name: text for name, text in texts.items() if text}
