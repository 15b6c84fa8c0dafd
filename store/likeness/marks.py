"""Of what type an entry may be where words of a meaning stand in a message."""

_MEANINGS = {
    "strike": "strike drone missile bomb shell fire",
    "visit": "visit",
    "encirclement": "surround cutoff corridor",
    "losses": "losses kill wound destroy alive",
    "operation": "landing withdraw assault breakthrough raise",
    "footage": "video flag publish",
    "control": "hold control capture liberate lost grayzone",
    "advance": "advance enter infiltrate",
    "fighting": "fight assault",
    "politics": "politics negotiate exchange symbol",
    "command": "commander report order staff hierarchy",
    "supply": "logistics evacuate vehicle rotation",
    "morale": "morale",
    "tactics": "ambush infiltrate",
}


def types_of(meaning: str) -> tuple[str, ...]:
    """Return the types of entries that a meaning of the glossary speaks of."""
    return _TYPES.get(meaning, ())


_TYPES = {
    meaning: tuple(kind for kind, meanings in _MEANINGS.items() if meaning in meanings.split())
    for meanings in _MEANINGS.values()
    for meaning in meanings.split()
}
