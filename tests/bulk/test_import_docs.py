"""docs/import.md says what the code does."""

import re

from store.transfer.columns import mapping_file as mappings
from store.transfer.fields import PLACE_FIELDS, SCALARS, SOURCE_FIELDS
from store.transfer.formats import decode as decoding
from tests.fakes import ROOT
from tests.markdown import code_blocks, rows

FILE = ROOT / "docs" / "import.md"


def test_the_table_of_fields_has_them_all() -> None:
    named = [name for field, _ in rows(FILE, "fields") for name in re.findall(r"[\w.]+", field)]
    assert sorted(named) == sorted(SCALARS)


def test_the_fields_of_places_and_sources_are_named() -> None:
    text = FILE.read_text(encoding="utf-8")
    (sentence,) = re.findall(r"Each place has .*?`reliability`\.", text, re.DOTALL)
    assert set(re.findall(r"`(\w+)`", sentence)) == {*PLACE_FIELDS, *SOURCE_FIELDS}


def test_the_example_of_a_mapping_is_one() -> None:
    (example,) = code_blocks(FILE, "toml")
    mapping = mappings.parse("example", example)
    assert mapping.name == "Our old sheet"
    assert mapping.used() == {
        "Id",
        "Kind",
        "What happened",
        "First day",
        "Last day",
        "Where",
        "Lat",
        "Lon",
        "Read in",
    }


def test_the_bounds_are_those_of_the_code() -> None:
    text = FILE.read_text(encoding="utf-8")
    for limits in (decoding.CHAT, decoding.SHELL):
        assert f"{limits.size:,}" in text
        assert f"{limits.rows:,}" in text
