"""What the gazetteer has of Russia: the regions beside Ukraine, and cities of a million."""

from collections.abc import Iterable, Mapping
from statistics import median

from store.places.build.area_names import region_names
from store.places.build.geonames import City, keep_written_names, script_of, tidy
from store.places.build.regions import MILLION, REGIONS, REGIONS_OF_MILLION_CITIES
from store.places.build.rows import APPROXIMATE_KM, Gazetteer, NameRow, PlaceRow
from store.places.name_key import name_key

_COUNTRY = "RU"
_SCRIPTS = frozenset({"LATIN", "CYRILLIC"})
_CITY = 100_000  # people
_NAMES = (("official", "Росія"), ("romanised", "Rosiia"), ("other", "Russia"), ("other", "Россия"))
_REGIONS = {region.admin1: region for region in REGIONS if region.prefix.startswith(_COUNTRY)}


def build_russia(cities: Iterable[City], numbers: Mapping[str, int]) -> Gazetteer:
    """Return Russia, its regions beside Ukraine with their places, and its cities of a million."""
    kept = [c for c in cities if c.admin1code in _REGIONS or c.population >= MILLION]
    country = PlaceRow(numbers[_COUNTRY], "ru:RU", "Russia", "Росія", code=_COUNTRY, kind="country")
    country.country = _COUNTRY
    places, names = [country], [NameRow(country.id, name, kind) for kind, name in _NAMES]
    regions: dict[str, int] = {}
    for admin1, region in _REGIONS.items():
        here = [city for city in kept if city.admin1code == admin1]
        row = PlaceRow(numbers[region.prefix], f"ru:{region.prefix}", region.name, region.local)
        row.code, row.kind, row.country = region.prefix, "region", _COUNTRY
        row.latitude = median(city.latitude for city in here)
        row.longitude = median(city.longitude for city in here)
        row.oblast, row.approximate = region.name, APPROXIMATE_KM["region"]
        regions[admin1] = row.id
        places.append(row)
        names += [NameRow(row.id, name, kind) for kind, name in region_names(region)]
    for city in kept:
        row = _place(city, regions)
        places.append(row)
        names += _names(row, city)
    return Gazetteer(places, names)


def _place(city: City, regions: Mapping[str, int]) -> PlaceRow:
    region = _REGIONS.get(city.admin1code)
    row = PlaceRow(city.geonameid, f"gn:{city.geonameid}", tidy(city.name), country=_COUNTRY)
    row.kind = "city" if city.population >= _CITY else "locality"
    row.oblast = region.name if region else REGIONS_OF_MILLION_CITIES[city.admin1code]
    row.oblast_id = regions.get(city.admin1code)
    row.latitude, row.longitude, row.population = city.latitude, city.longitude, city.population
    return row


def _names(row: PlaceRow, city: City) -> list[NameRow]:
    others = keep_written_names(city.alternatenames, _SCRIPTS)
    cyrillic = (o for o in others if script_of(o) == "CYRILLIC" and _is_same(o, row.name))
    row.local_name = next(cyrillic, "")
    own = [NameRow(row.id, row.local_name, "official")] if row.local_name else []
    own.append(NameRow(row.id, row.name, "romanised"))
    return own + [NameRow(row.id, name, "other") for name in others]


def _is_same(name: str, other: str) -> bool:
    return name_key(name) == name_key(other)
