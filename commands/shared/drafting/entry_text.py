"""An entry's content as it could be typed."""

from store.model.filing import Filing


def texts_of(content: Filing) -> dict[str, str]:
    """Return each field of a content as a text that reads as the same value; none if empty."""
    direct = [source for source in content.sources if not source.relayed]
    relayed = [source for source in content.sources if source.relayed]
    texts = {
        "text": content.text,
        "by": f"A-{content.actor_id}" if content.actor_id else "",
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
        "relayed": f"S-{relayed[0].source_id}" if relayed else "",
    }
    for name, source in zip(("source", "source2"), direct, strict=False):
        texts[name] = f"S-{source.source_id}"
    for name, place in zip(("place", "also"), content.places, strict=False):
        texts[name] = f"P-{place.place_id}"
    if content.places:
        first = content.places[0]
        texts |= {"role": first.role.value, "precision": first.precision.value}
        texts["detail"] = first.detail
    return {name: text for name, text in texts.items() if text}
