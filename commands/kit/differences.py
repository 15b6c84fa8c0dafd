"""An entry's content as it could be typed, and what differs between two of them, in words."""

from commands.kit.context import Context
from commands.kit.reply import Faint, Inline, Line, Strong, When
from commands.kit.words import T
from store.filing import Filing
from store.span import Span

_NOTHING = T("nothing")


def texts_of(content: Filing) -> dict[str, str]:
    """Return each field of a content as a text that reads as the same value; none if empty."""
    direct = [one for one in content.sources if not one.relayed]
    relayed = [one for one in content.sources if one.relayed]
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


async def differences(before: Filing, after: Filing, ctx: Context) -> tuple[Line, ...]:
    """Return a line for each field that differs: its name, what it was, what it is."""
    old, new = texts_of(before), texts_of(after)
    return tuple(
        [
            (Strong(f"{name}: "), Faint(await _named(name, old, ctx)), " → ",
             await _named(name, new, ctx))
            for name in {**old, **new}
            if old.get(name) != new.get(name)
        ]
    )  # fmt: skip


async def _named(name: str, texts: dict[str, str], ctx: Context) -> Inline:
    """Return a field's text with the name behind a reference."""
    text = texts.get(name, "")
    if not text:
        return _NOTHING
    number = text.partition("-")[2]
    match name:
        case "day" | "happened":
            return When(Span.parse(text))
        case "by":
            actor = await ctx.store.actors.get(int(number))
            return actor.name if actor else text
        case "place" | "also":
            place = await ctx.store.places.get(int(number))
            return place.name if place else text
        case "source" | "source2" | "relayed":
            source = await ctx.store.sources.get(int(number))
            return source.name if source else text
        case _:
            return text
