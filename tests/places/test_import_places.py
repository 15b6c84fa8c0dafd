"""Files of places: a country as GeoNames packs it, and a table of one's own."""

import gzip
import shutil
import sqlite3
import zipfile
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from store import open_store
from store.model.refusals import StoreError
from store.model.revision import Act, Person
from store.places.import_places import AdditionReport

AT = datetime(2025, 11, 7, 12, tzinfo=UTC)
ACT = Act("", "places", Person("console", "operator", "Operator"), AT, "More places.")
SUDAN, KHARTOUM, BAHRI = 366755, 379252, 379290


def geonames(number: int, name: str, others: str, at: tuple[float, float], **more: Any) -> str:
    """Return a line as GeoNames' files have them."""
    feature, country = more.get("feature", "P.PPL"), more.get("country", "UA")
    cells = [
        number,
        name,
        name,
        others,
        *at,
        *feature.split("."),
        country,
        "",
        more.get("admin1", "05"),
        more.get("admin2", ""),
        "",
        "",
        more.get("people", 0),
        "",
        100,
        "Europe/Kyiv",
        "2024-01-01",
    ]
    return "\t".join(map(str, cells)) + "\n"


UKRAINE = (
    geonames(709716, "Donetsk Oblast", "", (48.0, 38.0), feature="A.ADM1"),
    geonames(9999001, "Pokrovskyi Raion", "", (48.2, 37.2), feature="A.ADM2", admin2="1416"),
    geonames(9999002, "Novoekonomichne", "Новоекономічне", (48.31, 37.32), admin2="1416"),
    geonames(704422, "Pokrovsk", "Покровськ", (48.28, 37.18), people=60127),
    geonames(9999003, "Nadvydumane", "Надвидумане", (48.5, 37.5)),
    geonames(9999004, "Long Gone", "", (48.5, 37.5), feature="P.PPLH"),
    geonames(9999005, "A Farm", "", (48.5, 37.5), feature="S.FRM"),
)
SUDANESE = (
    geonames(SUDAN, "Sudan", "السودان", (16, 30), feature="A.PCLI", country="SD", admin1="00"),
    geonames(
        379253, "Khartoum", "ولاية الخرطوم", (15, 32), feature="A.ADM1", country="SD", admin1="29"
    ),
    geonames(
        KHARTOUM,
        "Khartoum",
        "الخرطوم,Al Kharţūm,خارطوم‌پ",
        (15.55, 32.53),
        feature="P.PPLC",
        country="SD",
        admin1="29",
        people=1974647,
    ),
    geonames(BAHRI, "Bahri", "بحري", (15.6, 32.54), feature="P.PPLX", country="SD", admin1="29"),
    geonames(17, "Low Number", "", (15.7, 33.5), country="SD", admin1="29"),
)


class PlaceStore:
    """A store to which files are brought, and what its places are then."""

    def __init__(self, path: Path) -> None:
        self.path = path

    async def bring(self, name: str, lines: Iterable[str]) -> AdditionReport:
        file = self.path.with_name(name)
        file.write_text("".join(lines), encoding="utf-8")
        return await self.bring_file(file)

    async def bring_file(self, file: Path) -> AdditionReport:
        async with await open_store(self.path) as store:
            return await store.gazetteer.add_file(ACT, file)

    def rows(self, sql: str, *values: Any) -> list[Any]:
        with closing(sqlite3.connect(self.path)) as db:
            return db.execute(sql, values).fetchall()

    def everything(self) -> list[Any]:
        return [self.rows(f"SELECT * FROM {t} ORDER BY 1, 2") for t in ("places", "place_names")]  # noqa: S608


@pytest.fixture
def desk(seeds_path: Path, tmp_path: Path) -> PlaceStore:
    return PlaceStore(shutil.copyfile(seeds_path, tmp_path / "desk.db"))


async def test_a_country_file_refines_what_was_approximate_and_adds_what_is_missing(
    desk: PlaceStore,
) -> None:
    report = await desk.bring("UA.txt", UKRAINE)

    assert report == AdditionReport(read=3, added=1, refined=1, known=1)
    sql = "SELECT latitude, approximate, local_name FROM places WHERE name = 'Novoekonomichne'"
    assert desk.rows(sql) == [(48.31, 0, "Новоекономічне")]
    sql = "SELECT id, kind, oblast FROM places WHERE name = 'Nadvydumane'"
    assert desk.rows(sql) == [(9999003, "locality", "Donetsk Oblast")]
    assert desk.rows("SELECT 1 FROM places WHERE name IN ('Long Gone', 'A Farm')") == []


async def test_a_file_read_again_changes_nothing(desk: PlaceStore) -> None:
    await desk.bring("UA.txt", UKRAINE)
    before = desk.everything()

    same = await desk.bring("UA.txt", UKRAINE)
    touched = await desk.bring("UA.txt", [*UKRAINE, "\n"])

    assert same.repeated
    assert (touched.added, touched.refined, touched.known) == (0, 0, 3)
    assert desk.everything() == before


async def test_it_is_on_record_who_brought_a_file(desk: PlaceStore) -> None:
    await desk.bring("UA.txt", UKRAINE)

    async with await open_store(desk.path) as store:
        (revision,) = await store.history.of("places")
    assert revision.by == "Operator"
    assert isinstance(revision.after, dict)
    assert (revision.after["file"], revision.after["added"]) == ("UA.txt", 1)


async def test_a_bad_line_is_named_and_nothing_of_the_file_stays(desk: PlaceStore) -> None:
    before = desk.everything()
    bad = UKRAINE[2].replace("48.31", "north")

    with pytest.raises(StoreError, match="line 8, latitude: “north” was read; write degrees"):
        await desk.bring("UA.txt", [*UKRAINE, bad])

    assert desk.everything() == before


async def test_of_two_villages_of_a_name_neither_gets_a_point_that_may_be_the_others(
    desk: PlaceStore,
) -> None:
    """Петрівка twice in one raion, and one record half-way between their hromadas' middles."""
    pairs = desk.rows(
        "SELECT a.local_name, a.latitude, a.longitude, b.latitude, b.longitude, a.id, b.id"
        " FROM places a JOIN places b ON b.local_name = a.local_name AND b.raion_id = a.raion_id"
        " AND a.id < b.id WHERE a.approximate = 20 AND b.approximate = 20"
        " AND a.hromada_id <> b.hromada_id AND a.oblast = 'Donetsk Oblast'"
        " AND abs(a.latitude - b.latitude) + abs(a.longitude - b.longitude) BETWEEN 0.1 AND 0.4"
    )
    name, *points, last, other = pairs[0]
    half = (points[0] + points[2]) / 2, (points[1] + points[3]) / 2

    report = await desk.bring("UA.txt", [geonames(9999009, name, name, half)])

    assert (report.refined, report.unclear) == (0, 1)
    sql = "SELECT min(approximate) FROM places WHERE id IN (?, ?)"
    assert desk.rows(sql, last, other) == [(20,)]


async def test_another_country_comes_with_its_regions_and_its_own_script(desk: PlaceStore) -> None:
    report = await desk.bring("SD.txt", SUDANESE)

    assert report.added == 3
    sql = "SELECT name, local_name, oblast, kind, oblast_id, city_id FROM places WHERE id = ?"
    assert desk.rows(sql, KHARTOUM) == [("Khartoum", "الخرطوم", "Khartoum", "city", 379253, None)]
    assert desk.rows(sql, BAHRI)[0][-1] == KHARTOUM
    kinds = dict(desk.rows("SELECT name, kind FROM place_names WHERE place_id = ?", KHARTOUM))
    assert kinds["الخرطوم"] == "official"
    assert kinds["Khartoum"] == "romanised"
    assert desk.rows("SELECT kind FROM places WHERE id = ?", SUDAN) == [("country",)]


async def test_a_number_that_codes_have_taken_is_shifted(desk: PlaceStore) -> None:
    before = desk.rows("SELECT * FROM places WHERE id = 17")
    await desk.bring("SD.txt", SUDANESE)

    assert desk.rows("SELECT * FROM places WHERE id = 17") == before
    assert desk.rows("SELECT id FROM places WHERE name = 'Low Number'") == [(900_000_017,)]


async def test_another_name_that_is_an_official_one_elsewhere_does_not_come_in(
    desk: PlaceStore,
) -> None:
    lines = [geonames(5000001, "Somewhere", "Pokrovsk,Elsewhere", (55, 60), country="RU")]

    await desk.bring("RU.txt", lines)

    names = desk.rows("SELECT name FROM place_names WHERE place_id = 5000001 ORDER BY 1")
    assert names == [("Elsewhere",), ("Somewhere",)]


async def test_a_name_of_the_desk_stays_as_it_is(desk: PlaceStore) -> None:
    sql = (
        "SELECT name, kind FROM place_names WHERE kind IN ('preferred', 'local', 'former', 'alias')"
    )
    before = desk.rows(sql)
    await desk.bring("UA.txt", UKRAINE)
    assert desk.rows(sql) == before


async def test_files_may_be_packed(desk: PlaceStore, tmp_path: Path) -> None:
    packed, squeezed = tmp_path / "UA.zip", tmp_path / "SD.txt.gz"
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("readme.txt", "What the columns are.")
        file.writestr("UA.txt", "".join(UKRAINE))
    squeezed.write_bytes(gzip.compress("".join(SUDANESE).encode()))

    assert (await desk.bring_file(packed)).read == 3
    assert (await desk.bring_file(squeezed)).read == 3


async def test_a_table_of_ones_own_adds_places_once(desk: PlaceStore) -> None:
    table = (
        "name\tlatitude\tlongitude\tregion\tnames\n"
        "Position Zebra\t48.1\t37.1\tDonetsk Oblast\tZ-1\n"
    )
    first = await desk.bring("own.tsv", [table])
    again = await desk.bring("own.tsv", [table, "\n"])

    assert (first.added, again.added, again.known) == (1, 0, 1)
    ((number, oblast),) = desk.rows("SELECT id, oblast FROM places WHERE name = 'Position Zebra'")
    assert number > 1_000_000_000
    assert oblast == "Donetsk Oblast"


async def test_a_table_gives_a_village_its_point_by_code(desk: PlaceStore) -> None:
    ((code,),) = desk.rows("SELECT code FROM places WHERE name = 'Novoekonomichne'")
    table = f"name\tcode\tlatitude\tlongitude\nNovoekonomichne\t{code}\t48.3\t37.3\n"

    report = await desk.bring("own.tsv", [table])

    assert report.refined == 1
    sql = "SELECT latitude, longitude, approximate FROM places WHERE code = ?"
    assert desk.rows(sql, code) == [(48.3, 37.3, 0)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "heading"),
        ("name\tplanet\nA\tMars\n", "heading: “planet”"),
        ("name\tlatitude\tlongitude\nA\t91\t3\n", "line 2, latitude: “91”"),
        ("name\tlatitude\tlongitude\nA\t9\n", "line 2, columns: “2 columns”"),
        ("name\tpopulation\nA\tmany\n", "line 2, population: “many”"),
        ("name\n\tA\n", "line 2, columns"),
    ],
)
async def test_what_cannot_be_read_is_named_by_line_and_field(
    desk: PlaceStore, text: str, says: str
) -> None:
    with pytest.raises(StoreError, match=says):
        await desk.bring("own.tsv", [text])


async def test_a_file_that_is_no_text_is_refused(desk: PlaceStore, tmp_path: Path) -> None:
    file = tmp_path / "UA.txt"
    file.write_bytes(b"\xff\xfe\x00name\n")
    with pytest.raises(StoreError, match="UTF-8"):
        await desk.bring_file(file)
    with pytest.raises(StoreError, match="cannot be read"):
        await desk.bring_file(tmp_path / "nothing.txt")
