"""Files of areas around Pokrovsk and Myrnohrad, and their import."""

import json
from typing import Any

from store import Store
from store.transfer.areas.area_rows import AreaPlan
from store.transfer.importer import ImportReport
from tests.bulk.conftest import read

DAY = "2025-11-05"
PLAN = AreaPlan("Deep State", DAY, "russian_held", "S-1", "CC BY 4.0")
POKROVSK = (48.28014, 37.17706)


def box(south: float, west: float, north: float, east: float) -> list[list[float]]:
    """Return a ring of GeoJSON, which has east first."""
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def area(*rings: list[list[float]], **properties: Any) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": list(rings)}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def areas(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


BOTH = box(48.22, 37.1, 48.34, 37.32)
"""Around Pokrovsk and Myrnohrad."""
EAST = box(48.22, 37.23, 48.34, 37.32)
"""Around Myrnohrad alone."""


async def draw(store: Store, data: bytes, name: str = "map.geojson", **plan: Any) -> ImportReport:
    return await read(store, data, name, **{"area": PLAN, "create": True, **plan})
