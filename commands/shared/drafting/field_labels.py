"""What the fields of a draft are called on its card; to type one, its key stands in the form."""

from collections.abc import Mapping

from commands.kit.inlines import T

LABELS: Mapping[str, T] = {
    "text": T("text"),
    "by": T("speaker"),
    "by_kind": T("kind of speaker"),
    "day": T("day"),
    "happened": T("day spoken of"),
    "place": T("place"),
    "role": T("relation to the place"),
    "precision": T("precision"),
    "detail": T("place in their words"),
    "also": T("second place"),
    "source": T("source"),
    "source_kind": T("kind of source"),
    "source2": T("second source"),
    "relayed": T("relayed source"),
    "stance": T("stance"),
    "credibility": T("credibility"),
    "attribution": T("attribution"),
    "quote": T("quote"),
    "basis": T("basis of the day"),
    "link": T("link"),
    "why": T("reason"),
    "control": T("control"),
    "share": T("share"),
    "label": T("status in their words"),
    "encirclement": T("encirclement"),
    "type": T("type"),
}


def label_of(field: str) -> T | str:
    """Return what a field is called; one that has no words of its own by its key."""
    return LABELS.get(field, field)
