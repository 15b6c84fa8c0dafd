"""Clip Natural Earth's lines to what maps show: ``python scripts/make_borders.py FOLDER``.

The folder holds the .shp files of Natural Earth 1:10m: ne_10m_admin_1_states_provinces_lines,
ne_10m_admin_0_boundary_lines_land and ne_10m_coastline (naturalearthdata.com, public domain).
Natural Earth draws what is held, not what is recognised: its line across Perekop
is a region's here.
"""

import struct
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "bot" / "pictures" / "borders.txt"
LAYERS = {
    "region": "ne_10m_admin_1_states_provinces_lines",
    "country": "ne_10m_admin_0_boundary_lines_land",
    "coast": "ne_10m_coastline",
}
WEST, SOUTH, EAST, NORTH = 21.0, 43.5, 41.5, 53.5
PEREKOP = 33.3, 45.5, 35.3, 46.3
"""Where a line between two regions of Ukraine is drawn as one between countries."""
FINE = 0.004
"""Degrees by which a line may be off: about 400 metres."""
_HEAD = """\
# Borders for maps: region, country, coast; east,north in thousandths of a degree (WGS 84).
# From Natural Earth 1:10m (naturalearthdata.com, public domain), clipped to 21-41.5 E, 43.5-53.5 N
# and simplified by 0.004 degrees by scripts/make_borders.py. The line across Perekop, which Natural
# Earth draws between countries, is here what it is in law: between two regions of Ukraine.
"""
Point = tuple[float, float]
_POLYLINES = {3, 5}


def read_lines(file: Path) -> Iterator[list[Point]]:
    """Yield the lines of a shapefile, as points (east, north) in degrees."""
    data, at = file.read_bytes(), 100
    while at < len(data):
        _, words = struct.unpack(">ii", data[at : at + 8])
        record = data[at + 8 : at + 8 + words * 2]
        at += 8 + words * 2
        if struct.unpack("<i", record[:4])[0] in _POLYLINES:
            yield from _parts(record)


def _parts(record: bytes) -> Iterator[list[Point]]:
    parts, points = struct.unpack("<ii", record[36:44])
    starts = [*struct.unpack(f"<{parts}i", record[44 : 44 + 4 * parts]), points]
    flat = struct.unpack(f"<{2 * points}d", record[44 + 4 * parts : 44 + 4 * parts + 16 * points])
    every = list(zip(flat[::2], flat[1::2], strict=True))
    for first, last in pairwise(starts):
        yield every[first:last]


def clip(line: list[Point]) -> Iterator[list[Point]]:
    """Yield the stretches of a line that lie within the frame."""
    stretch: list[Point] = []
    for east, north in line:
        if WEST <= east <= EAST and SOUTH <= north <= NORTH:
            stretch.append((east, north))
        elif len(stretch) > 1:
            yield stretch
            stretch = []
        else:
            stretch = []
    if len(stretch) > 1:
        yield stretch


def simplify(line: list[Point]) -> list[Point]:
    """Return a line without the points that lie within `FINE` of what is left (Douglas-Peucker)."""
    (ax, ay), (bx, by) = line[0], line[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
    far, where = 0.0, 0
    for number, (x, y) in enumerate(line[1:-1], 1):
        if length:
            off = abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
        else:
            off = ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
        if off > far:
            far, where = off, number
    if far <= FINE:
        return [line[0], line[-1]]
    return simplify(line[: where + 1])[:-1] + simplify(line[where:])


def _is_at_perekop(line: list[Point]) -> bool:
    west, south, east, north = PEREKOP
    return all(west <= x <= east and south <= y <= north for x, y in line)


def main(folder: Path) -> None:
    """Write the clip."""
    rows = []
    for kind, name in LAYERS.items():
        for line in read_lines(folder / f"{name}.shp"):
            for stretch in clip(line):
                drawn = "region" if kind == "country" and _is_at_perekop(stretch) else kind
                points = " ".join(f"{x * 1000:.0f},{y * 1000:.0f}" for x, y in simplify(stretch))
                rows.append(f"{drawn} {points}\n")
    OUT.write_text(_HEAD + "".join(sorted(rows)))
    print(f"{OUT.name}: {OUT.stat().st_size // 1000} kB, {len(rows)} lines")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
