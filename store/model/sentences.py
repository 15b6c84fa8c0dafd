"""Sentences that the record writes itself, where nobody wrote one. The record has one language."""

from store.model.entry import Encirclement, Share

_SHARES = {Share.ALL: "all of ", Share.MOST: "most of ", Share.PART: "part of "}
_ENCIRCLED = {
    Encirclement.NONE: "not encircled",
    Encirclement.THREATENED: "threatened with encirclement",
    Encirclement.CLAIMED: "encircled",
    Encirclement.ASSESSED: "encircled",
}


def assessed(
    by: str, place: str, label: str, share: Share, encirclement: Encirclement | None
) -> str:
    """Return the sentence of an assessment, such as: Deep State assesses Pokrovsk as contested."""
    states = [label[:1].lower() + label[1:]] if label else []
    states += [_ENCIRCLED[encirclement]] if encirclement else []
    return f"{by} assesses {_SHARES.get(share, '')}{place} as {' and '.join(states)}."
