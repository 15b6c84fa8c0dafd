"""The parts of what stands at the replica's place, and which of them are old."""

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

_TERM = re.compile(r"term-(\d+)-[0-9a-f]{8}")
_OWN = re.compile(r"ltx|000\d")
"""Folders of a replica that no term has: Litestream's own, and in a bucket one a level."""


class ReplicaPart(Struct, frozen=True):
    """A folder there: a term's replica, or a part of one that no term has."""

    name: str
    files: int
    size: int

    @property
    def term(self) -> int:
        """The number of its term; 0 if it is of none."""
        match = _TERM.fullmatch(self.name)
        return int(match[1]) if match else 0

    @property
    def is_replica(self) -> bool:
        """Whether a shipper made it. Nothing else that is there is ever touched."""
        return bool(self.term or _OWN.fullmatch(self.name))


def count_parts(files: Iterable[tuple[str, int]]) -> list[ReplicaPart]:
    """Return the parts that files belong to, by their paths from the place on and their sizes."""
    counts, sizes = Counter[str](), Counter[str]()
    for path, size in files:
        name, _, below = path.partition("/")
        if below:
            counts[name] += 1
            sizes[name] += size
    return [ReplicaPart(name, counts[name], sizes[name]) for name in sorted(counts)]


def find_old(parts: Iterable[ReplicaPart], current: str) -> list[ReplicaPart]:
    """Return what may be deleted: of terms what came before the `current`, which stays.

    Without one, it is the replica that no term has.
    """
    if not current:
        return [part for part in parts if part.is_replica and not part.term]
    last = ReplicaPart(current, 0, 0).term
    return [
        part for part in parts if part.is_replica and part.term <= last and part.name != current
    ]
