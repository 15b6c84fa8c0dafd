"""Where labels stand: none over another, over a mark or outside the frame; small ones give way."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from bot.pictures.canvas import Box, Point

_GAP, _APART = 6.0, 3.0


class Label(Struct, frozen=True):
    """Something to be written beside a point: its size in pixels, how far it keeps off."""

    at: Point
    wide: float
    high: float
    off: float


def overlap(box: Box, other: Box) -> bool:
    """Tell whether two boxes have any point in common."""
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def is_inside(box: Box, frame: Box) -> bool:
    """Tell whether a box lies in a frame."""
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


def set_label(
    label: Label, taken: Iterable[Box], frame: Box, reaches: Sequence[float] = (0.0,)
) -> Box | None:
    """Return where a label stands, clear of what is taken and in the frame; None without room.

    It is tried at each of the reaches farther from its point, in pixels.
    """
    taken = list(taken)
    for box in (box for reach in reaches for box in _around(label, reach)):
        wider = (box[0] - _APART, box[1], box[2] + _APART, box[3])
        if is_inside(box, frame) and not any(overlap(wider, other) for other in taken):
            return box
    return None


def nearest_point(box: Box, point: Point) -> Point:
    """Return the point of a box that is nearest to another."""
    return min(max(point[0], box[0]), box[2]), min(max(point[1], box[1]), box[3])


def _around(label: Label, reach: float) -> Iterator[Box]:
    """Yield the boxes beside a point, the one that reads best first."""
    (x, y), wide, high = label.at, label.wide, label.high
    off = label.off + _GAP + reach
    right, left, middle = x + off, x - off - wide, x - wide / 2
    above, below, level = y - off - high, y + off, y - high / 2
    slant = off * 0.7
    for corner in (
        (right, level),
        (left, level),
        (middle, above),
        (middle, below),
        (x + slant, y - slant - high),
        (x + slant, y + slant),
        (x - slant - wide, y - slant - high),
        (x - slant - wide, y + slant),
    ):
        yield corner[0], corner[1], corner[0] + wide, corner[1] + high
