"""Which place a row's name and point are, on tables as people have them; no guess is filed."""

import csv
import sqlite3
from pathlib import Path

import pytest

from store.places.recognition import Certainty
from store.transfer.import_problems import Refused
from store.transfer.resolver import Known, Near
from tests.places.conftest import Read

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "import"


def read_rows(name: str) -> list[dict[str, str]]:
    path = CASES / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the project")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t" if "gdelt" in name else ","))


@pytest.fixture
def resolver(db: sqlite3.Connection) -> Known:
    known = Known(Near(), create=True)
    known.db = db
    return known


def place_of(known: Known, text: str, spot: tuple[float, float] | None = None) -> str:
    """Return the place that a name is filed at; what is refused is no place."""
    try:
        taken = known.place(text, "", spot)
    except Refused:
        return ""
    return f"P-{taken[0]}" if taken else ""


def test_a_name_is_taken_out_of_what_it_is_wrapped_in(resolver: Known) -> None:
    places = {row["place"]: place_of(resolver, row["place"]) for row in read_rows("18_places.csv")}

    assert places["Mariupol, Donetsk Oblast"] == "P-701822"
    assert places["м. Покровськ"] == places["Pokrovsk city"] == "P-704422"
    assert places["с. Гришине"] == "P-708060"
    assert places["смт Гродівка"] == "P-708047"
    two = ["Pokrovsk; Myrnohrad", "Pokrovsk/Myrnohrad", "Pokrovsk, Myrnohrad", "Pokrovsk direction"]
    assert [places[text] for text in two] == [""] * len(two)


def test_a_name_far_from_its_point_is_refused(resolver: Known) -> None:
    far, other = read_rows("28_conflicting_coordinates.csv")

    for row, place in ((far, ""), (other, "P-14576")):  # Pokrovka, and never Ivanivka near it
        spot = float(row["place_latitude"]), float(row["place_longitude"])
        assert place_of(resolver, row["place"], spot) == place


def test_a_name_with_its_oblast_and_country_is_at_its_point(resolver: Known) -> None:
    (row,) = read_rows("29_gdelt.csv")
    spot = float(row["ActionGeo_Lat"]), float(row["ActionGeo_Long"])

    assert place_of(resolver, row["ActionGeo_FullName"], spot) == "P-704422"


def test_a_village_is_not_its_neighbour(resolver: Known) -> None:
    (row,) = read_rows("41_hrodivka.csv")

    assert place_of(resolver, row["place"]) == "P-708047"


def test_a_shared_name_is_refused(resolver: Known) -> None:
    (row,) = read_rows("43_homonym_second.csv")

    assert place_of(resolver, row["place"]) == ""


def test_every_village_of_the_front_is_known_or_offered(read: Read) -> None:
    for row in read_rows("45_frontline_villages_2025.csv"):
        answer = read(row["place"], writing=True)
        assert answer.outcome is not Certainty.UNKNOWN, row["place"]
