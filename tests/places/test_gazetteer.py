"""The gazetteer that ships: what is in it, and how a store of before comes to it without loss."""

import gzip
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from store import SEEDS, open_store
from store.db import migrate
from store.db.packing import unpack
from store.maintenance.doctor import Level, examine
from store.model.filing import FiledPlace
from store.model.revision import Act, Person
from store.places.build.geonames import keep_written_names
from store.places.build.other_names import keep_names
from store.places.build.romanise import romanise
from store.places.build.rows import Gazetteer, NameRow, PlaceRow
from store.places.name_key import name_key
from store.record.revisions import append, head
from tests.store.conftest import addition, an_act, an_entry

AT = datetime(2025, 11, 7, 12, tzinfo=UTC)
MYRNOHRAD, POKROVSK = 710035, 704422
SETTLED = "kind IN ('city', 'settlement', 'village') AND code <> ''"


def test_every_settlement_of_the_codifier_has_a_code_a_ukrainian_name_and_a_point(
    db: sqlite3.Connection,
) -> None:
    (settlements,) = db.execute(f"SELECT count(*) FROM places WHERE {SETTLED}").fetchone()  # noqa: S608
    assert settlements == 29_703
    (lacking,) = db.execute(
        f"SELECT count(*) FROM places WHERE {SETTLED} AND"  # noqa: S608
        " (local_name = '' OR latitude IS NULL OR oblast = '' OR oblast_id IS NULL)"
    ).fetchone()
    assert lacking == 0


def test_a_point_that_is_not_its_own_says_how_far_off_it_may_be(db: sqlite3.Connection) -> None:
    rows = dict(
        db.execute(f"SELECT approximate, count(*) FROM places WHERE {SETTLED} GROUP BY 1")  # noqa: S608
    )
    assert set(rows) == {0, 20, 40, 100}  # 100: Prypiat, which lies in no raion
    assert rows[0] > 5_000


def test_a_settlement_lies_in_its_hromada_raion_and_oblast(db: sqlite3.Connection) -> None:
    row = db.execute(
        "SELECT p.name, p.raion, p.hromada, p.oblast, r.local_name, h.local_name, o.local_name"
        " FROM places p JOIN places r ON r.id = p.raion_id JOIN places h ON h.id = p.hromada_id"
        " JOIN places o ON o.id = p.oblast_id WHERE p.id = ?",
        (POKROVSK,),
    ).fetchone()
    assert row == (
        "Pokrovsk",
        "Pokrovsk Raion",
        "Pokrovsk hromada",
        "Donetsk Oblast",
        "Покровський район",
        "Покровська громада",
        "Донецька область",
    )


def test_areas_are_places_of_their_own(db: sqlite3.Connection) -> None:
    kinds = dict(db.execute("SELECT kind, count(*) FROM places WHERE country = 'UA' GROUP BY 1"))
    assert (kinds["region"], kinds["raion"], kinds["hromada"]) == (25, 136, 1_772)
    assert kinds["country"] == 1


def test_myrnohrad_no_longer_bears_the_names_of_its_neighbours(db: sqlite3.Connection) -> None:
    keys = {
        k for (k,) in db.execute("SELECT key FROM place_names WHERE place_id = ?", (MYRNOHRAD,))
    }
    assert name_key("Myrnohrad") in keys
    assert not keys & {name_key("Hrodivka"), name_key("Novoekonomichne")}


def test_a_renamed_town_bears_its_former_name(db: sqlite3.Connection) -> None:
    rows = db.execute(
        "SELECT p.local_name, n.name FROM place_names n JOIN places p ON p.id = n.place_id"
        " WHERE n.kind = 'renamed'"
    ).fetchall()
    assert ("Самар", "Новомосковськ") in rows
    assert ("Берестин", "Красноград") in rows
    assert ("Шептицький", "Червоноград") in rows


def test_every_key_is_the_one_that_names_have_today(db: sqlite3.Connection) -> None:
    wrong = [n for n, k in db.execute("SELECT name, key FROM place_names") if name_key(n) != k]
    assert wrong == []


def test_no_number_of_the_list_is_used_by_another_place(db: sqlite3.Connection) -> None:
    codes = (SEEDS / "place_numbers.txt").read_text(encoding="ascii").split()
    assert len(codes) == len(set(codes)) < 100_000
    shipped = dict(db.execute("SELECT id, code FROM places WHERE id < 100000"))
    assert {number: codes[number - 1] for number in shipped} == shipped


def test_a_district_of_a_city_belongs_to_it(db: sqlite3.Connection) -> None:
    rows = db.execute(
        "SELECT d.local_name FROM places d JOIN places c ON c.id = d.city_id"
        " WHERE c.local_name = 'Харків' AND d.kind = 'district'"
    ).fetchall()
    assert ("Салтівський район",) in rows
    assert ("Салтівка",) in rows


@pytest.mark.parametrize(
    ("ukrainian", "latin"),
    [
        ("Згурівка", "Zghurivka"),
        ("Єнакієве", "Yenakiieve"),
        ("Знам’янка", "Znamianka"),
        ("Куп’янськ-Вузловий", "Kupiansk-Vuzlovyi"),
        ("Їжакевичі", "Yizhakevychi"),
        ("Щастя", "Shchastia"),
        ("Нью-Йорк", "Niu-York"),
    ],
)
def test_names_are_romanised_as_the_cabinet_resolved(ukrainian: str, latin: str) -> None:
    assert romanise(ukrainian) == latin


def test_another_name_goes_where_it_would_lead_to_a_neighbour() -> None:
    town = PlaceRow(1, "1", "Myrnohrad", latitude=48.3, longitude=37.27, kind="city")
    village = PlaceRow(2, "2", "Novoekonomichne", latitude=48.26, longitude=37.38, kind="village")
    names = [
        NameRow(1, "Мирноград", "official"),
        NameRow(1, "Novoekonomicheskyi", "other"),
        NameRow(1, "Dymytrov", "other"),
        NameRow(1, "Mirnograd", "other"),
        NameRow(2, "Новоекономічне", "official"),
    ]

    kept = keep_names(Gazetteer([town, village], names)).names

    assert [name.name for name in kept] == ["Мирноград", "Dymytrov", "Новоекономічне"]


def test_an_empty_name_and_an_airport_code_are_no_names() -> None:
    names = ("", "KRQ", "ke la ma tuo", "Краматорск / Kramatorsk")
    assert keep_written_names(names, frozenset({"LATIN", "CYRILLIC"})) == [
        "Kramatorsk",
        "Краматорск",
    ]


# A store of before


def a_store_of_schema_8(path: Path) -> None:
    """Make a store as it stood before: a town with its neighbour's name, and a desk's own."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        migrate.build(db, 8)
        db.executemany(
            "INSERT INTO places (id, key, name, oblast, latitude, longitude, population)"
            " VALUES (?, ?, ?, 'Donetsk Oblast', ?, ?, ?)",
            [
                (MYRNOHRAD, f"gn:{MYRNOHRAD}", "The Town", 48.3099, 37.26513, 46098),
                (1_000_000_001, "desk:1", "Camp North", 48.2, 37.2, 0),
            ],
        )
        db.executemany(
            "INSERT INTO place_names (place_id, name, folded, kind) VALUES (?, ?, ?, ?)",
            [
                (MYRNOHRAD, "The Town", "the town", "preferred"),
                (MYRNOHRAD, "Grey Hill", "grey hill", "alias"),
                (MYRNOHRAD, "Hrodivka", "hrodivka", "gazetteer"),
                (1_000_000_001, "Camp North", "camp north", "preferred"),
            ],
        )


async def test_a_store_of_before_keeps_what_the_desk_wrote_and_gets_the_rest(
    tmp_path: Path,
) -> None:
    path = tmp_path / "old.db"
    a_store_of_schema_8(path)

    async with await open_store(path) as store:
        await store.load_seeds(AT)
        town, camp = await store.places.get(MYRNOHRAD), await store.places.get(1_000_000_001)
        names = dict(await store.places.names(MYRNOHRAD))

    assert town is not None
    assert (town.code, town.raion) == ("UA14160150010065527", "Pokrovsk Raion")
    assert names["Grey Hill"] == "alias"
    assert "Hrodivka" not in names
    assert names["Мирноград"] in {"official", "local"}
    assert camp is not None
    assert camp.name == "Camp North"
    with closing(sqlite3.connect(path)) as db:
        keys = db.execute("SELECT key FROM place_names WHERE name IN ('Grey Hill', 'Camp North')")
        assert set(keys) == {(name_key("Camp North"),), (name_key("Grey Hill"),)}
        assert db.execute("SELECT count(*) FROM place_names WHERE key = ''").fetchone() == (0,)


async def test_what_was_filed_before_stays_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    async with await open_store(path) as store:
        await store.load_seeds(AT)
        done = await store.history.write(an_act("one"), addition(an_entry()))
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("UPDATE seeded SET digest = 'before' WHERE name = 'gazetteer'")

    async with await open_store(path) as store:
        await store.load_seeds(AT)
        entry = await store.entries.get(int(done.target[2:]))

    assert entry is not None
    assert [at.place_id for at in entry.places] == [POKROVSK]


_LACKED = """
ALTER TABLE entries ADD COLUMN translations TEXT NOT NULL DEFAULT '{}';
CREATE VIRTUAL TABLE entry_signals USING fts5 (terms);
CREATE TABLE entry_words (word TEXT PRIMARY KEY) WITHOUT ROWID;
"""
"""What a store of schema 8 lacks for today's program to write to it."""
_LACKED_NO_MORE = """
DROP TABLE entry_words; DROP TABLE entry_signals; ALTER TABLE entries DROP COLUMN translations;
"""


class _WriterOfText(sqlite3.Connection):
    """Writes revisions as a store of schema 8 has them: digests in hex, bodies as text."""

    @override
    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        if "INTO packed_bodies" in sql:
            sql = "INSERT INTO revision_bodies VALUES (?, ?, ?)"
            parameters = [(seq, salt, unpack(body)) for seq, salt, body, _ in parameters]
        rows = [
            [value.hex() if isinstance(value, bytes) else value for value in row]
            for row in parameters
        ]
        return super().executemany(sql, rows)


async def test_doctor_lists_what_was_filed_under_a_name_that_is_a_neighbours(
    tmp_path: Path,
) -> None:
    """An import filed what happened in Hrodivka at Myrnohrad, which GeoNames calls so too."""
    path = tmp_path / "old.db"
    a_store_of_schema_8(path)
    with closing(sqlite3.connect(path, isolation_level=None, factory=_WriterOfText)) as db:
        source = "INSERT INTO sources (key, name, folded, kind) VALUES ('s', 'S', 's', 'outlet')"
        db.execute(source)
        db.executescript(_LACKED)
        at = (FiledPlace(MYRNOHRAD),)
        for key, text in (("one", "Shelling of Hrodivka."), ("two", "Shelling of the town.")):
            change = addition(an_entry(text=text, places=at))(db)
            append(db, an_act(key), change, head(db))
        db.executescript(_LACKED_NO_MORE)

    async with await open_store(path) as store:
        await store.load_seeds(AT)

    (finding,) = [finding for finding in examine(path, AT) if finding.what == "places"]
    assert finding.level is Level.WARN
    assert "E-1 (P-710035, “Hrodivka”)" in finding.detail
    assert "E-2 " not in finding.detail


async def test_a_later_gazetteer_takes_no_name_of_the_desk_and_no_better_point(
    tmp_path: Path,
) -> None:
    path, act = (
        tmp_path / "desk.db",
        Act("n", "alias", Person("console", "d", "D"), AT, "So called."),
    )
    async with await open_store(path) as store:
        await store.load_seeds(AT)
        await store.registry.name_place(act, MYRNOHRAD, "Grey Hill")
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        (number,) = db.execute(
            "SELECT id FROM places WHERE local_name = 'Новоекономічне' AND approximate > 0"
        ).fetchone()
        sql = "UPDATE places SET latitude = 48.31, longitude = 37.32, approximate = 0 WHERE id = ?"
        db.execute(sql, (number,))
        db.execute("DELETE FROM place_names WHERE name = 'Гродівка'")
        db.execute("UPDATE seeded SET digest = 'before' WHERE name = 'gazetteer'")

    async with await open_store(path) as store:
        await store.load_seeds(AT)

    with closing(sqlite3.connect(path)) as db:
        sql = "SELECT latitude, approximate FROM places WHERE id = ?"
        assert db.execute(sql, (number,)).fetchone() == (48.31, 0)
        names = {n for (n,) in db.execute("SELECT name FROM place_names WHERE place_id = 710035")}
        assert "Grey Hill" in names
        (again,) = db.execute("SELECT count(*) FROM place_names WHERE name = 'Гродівка'").fetchone()
        assert again > 0


def test_the_file_is_laid_as_the_store_lays_its_tables() -> None:
    """Only then are its rows copied whole, which is what makes a new store quick."""
    with closing(sqlite3.connect(":memory:")) as file, closing(sqlite3.connect(":memory:")) as new:
        file.deserialize(gzip.decompress((SEEDS / "gazetteer.db.gz").read_bytes()))
        new.isolation_level = None
        migrate.build(new)
        for table in ("places", "place_names"):
            sql = f"SELECT name, type, \"notnull\" FROM pragma_table_info('{table}')"  # noqa: S608
            assert file.execute(sql).fetchall() == new.execute(sql).fetchall()
