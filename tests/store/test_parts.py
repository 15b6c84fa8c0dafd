"""The parts of a store, each loaded when it is first asked for."""

import ast
from pathlib import Path

import pytest

import store
from store import PARTS, kind_of, open_to_ask
from store.model.aside import run_alone
from tests.fakes import seed_store


def test_each_part_is_declared_with_the_class_that_it_has() -> None:
    tree = ast.parse(Path(store.__file__).read_text(encoding="utf-8"))
    (declared,) = [
        {line.target.id: ast.unparse(line.annotation) for line in block.body}  # type: ignore[attr-defined]
        for each in tree.body
        if isinstance(each, ast.ClassDef)
        for block in each.body
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
    ]
    assert declared == {name: kind_of(name).__name__ for name in PARTS}


def test_a_part_is_made_once_and_what_is_none_is_refused(tmp_path: Path) -> None:
    desk = open_to_ask(seed_store(tmp_path / "sitrep.db"))
    assert desk.actors is desk.actors
    with pytest.raises(AttributeError, match="actor"):
        _ = desk.actor  # type: ignore[attr-defined]
    run_alone(desk.aclose())
