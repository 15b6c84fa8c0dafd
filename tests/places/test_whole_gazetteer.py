"""Every official name leads to its bearer, or asks among those that bear it."""

import random
import sqlite3

import pytest

from store.places.name_key import name_key
from store.places.recognition import Certainty
from store.places.stored import StoredNames
from tests.places.conftest import Read

_SAMPLE = 600


def official_names(db: sqlite3.Connection) -> list[tuple[int, str]]:
    return db.execute(
        "SELECT place_id, name FROM place_names WHERE kind IN ('official', 'romanised')"
        " ORDER BY place_id, folded"
    ).fetchall()


def check(read: Read, names: StoredNames, number: int, name: str) -> None:
    bearers = {
        bearer.place.id
        for bearer in names.find([name_key(name)])
        if bearer.official or bearer.by_desk
    }
    for writing in (False, True):
        answer = read(name, writing=writing)
        candidates = [candidate.place.id for candidate in answer.candidates]
        assert answer.outcome is not Certainty.UNKNOWN, name
        if answer.outcome is Certainty.SETTLED:
            assert candidates[0] in bearers, name
        else:
            assert number in candidates, name


def test_a_sample_of_names_leads_to_their_bearers(
    db: sqlite3.Connection, read: Read, names: StoredNames
) -> None:
    every = official_names(db)
    assert len(every) > 50_000
    for number, name in random.Random(12).sample(every, _SAMPLE):
        check(read, names, number, name)


@pytest.mark.soak
def test_every_name_leads_to_its_bearers(
    db: sqlite3.Connection, read: Read, names: StoredNames
) -> None:
    for number, name in official_names(db):
        check(read, names, number, name)
