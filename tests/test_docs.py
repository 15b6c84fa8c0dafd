"""The docs say what the code does."""

import json
import re
from pathlib import Path

import pytest

from scripts.write_docs import ROOT, written
from store.canonical import canonical

DOCS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "seeds").glob("*.md")]


def test_the_tables_of_commands_and_settings_are_those_of_the_code() -> None:
    """`python scripts/write_docs.py` makes them again."""
    for file, text in written().items():
        assert file.read_text(encoding="utf-8") == text, file.name


@pytest.mark.parametrize("file", DOCS, ids=lambda one: one.name)
def test_every_link_leads_somewhere(file: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", file.read_text(encoding="utf-8")):
        assert (file.parent / target).exists(), target


@pytest.mark.parametrize("file", DOCS, ids=lambda one: one.name)
def test_every_target_of_make_exists(file: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"(?:^ {4}|`)make ([a-z]+)", file.read_text(encoding="utf-8")):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_example_of_canonical_json_is_one() -> None:
    text = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    found = re.search(r"^ {4}(\{.*\}) {2}is written {2}(\{.*\})$", text, re.MULTILINE)
    assert found is not None
    assert canonical(json.loads(found[1])) == found[2]
