"""What stands beside a place's name in a table: the areas that it lies in."""

import re

_IS_RAION = re.compile(r"raion|rayon|district|район|р-н", re.IGNORECASE)
_IS_OBLAST = re.compile(
    r"oblast|region|область|обл\.?$|crimea|крим|крым|республ|city", re.IGNORECASE
)


def name_within(text: str, raion: str, oblast: str) -> str:
    """Return a place's name with what it lies in, as one would write it."""
    kinds = ((raion, "raion", _IS_RAION), (oblast, "oblast", _IS_OBLAST))
    more = [
        name if is_kind.search(name) else f"{name} {kind}" for name, kind, is_kind in kinds if name
    ]
    return ", ".join((text, *more))
