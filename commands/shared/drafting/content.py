"""The content of an entry in other shapes: as the entry will look, as texts, as a sentence."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from store.model.entry import (
    TRANSLATIONS,
    AtPlace,
    Citation,
    Control,
    Encirclement,
    Entry,
    Kind,
    Share,
)
from store.model.filing import Filing
from store.model.ref import ACTOR, PLACE, SOURCE, Ref

Values = Mapping[str, Any]
"""What was read of a draft's texts, by field."""
_SHARES = {Share.ALL: "all of ", Share.MOST: "most of ", Share.PART: "part of "}
_ENCIRCLED = {
    Encirclement.NONE: "not encircled",
    Encirclement.THREATENED: "threatened with encirclement",
    Encirclement.CLAIMED: "encircled",
    Encirclement.ASSESSED: "encircled",
}


def assess(by: str, place: str, label: str, share: Share, encirclement: Encirclement | None) -> str:
    """Return the sentence of an assessment, such as: Deep State assesses Pokrovsk as contested.

    It goes on record where nobody wrote a text, and the record has one language.
    """
    states = [label[:1].lower() + label[1:]] if label else []
    states += [_ENCIRCLED[encirclement]] if encirclement else []
    return f"{by} assesses {_SHARES.get(share, '')}{place} as {' and '.join(states)}."


def preview_entry(filing: Filing, values: Values, at: datetime) -> Entry:
    """Return a new entry as it will look once it is on record; its number is 0."""
    places = {match.place.id: match.place for match in _present(values, "place", "also")}
    sources = {source.id: source for source in _present(values, "source", "source2", "relayed")}
    control = None
    if (held := values.get("control")) is not None:
        certain = filing.kind is Kind.ASSESSMENT
        own = (held.key, held.label, held.symbol, filing.share)
        control = Control(*own, certain, filing.label, held.labels)
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
            AtPlace(
                at_.place_id,
                places[at_.place_id].name,
                at_.role,
                at_.precision,
                at_.detail,
                places[at_.place_id].local_name,
            )
            for at_ in filing.places
        ),
        sources=tuple(
            Citation(sources[citation.source_id], citation.stance, citation.relayed)
            for citation in filing.sources
        ),
        links=(),
        translations=filing.translations,
    )


def _present(values: Values, *names: str) -> list[Any]:
    return [values[name] for name in names if values.get(name)]


def texts_of(content: Filing) -> dict[str, str]:
    """Return each field of a content as a text that reads as the same value; none if empty."""
    direct = [source for source in content.sources if not source.relayed]
    relayed = [source for source in content.sources if source.relayed]
    texts = {
        "text": content.text,
        **{name: content.translations.get(code, "") for name, code in TRANSLATIONS.items()},
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
