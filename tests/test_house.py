"""The measures of the house: names, sizes, the one place that catches everything, no mocks.

Every Python file in the folders counts, committed or not.
"""

import ast
import importlib.util
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent

ALLOWED = {
    "module-level functions named by a past participle": 0,
    "names that are one, found, made or said": 0,
    "class names with two or more meanings": 0,
    "file names in two or more folders": 0,
    "folders of more than 24 files": 0,
    "files over 400 lines": 0,
    "fmt: skip": 0,
    "import circles": 0,
}
"""How many of each measure of scripts/measure_house.py there may be."""

FUNCTION_LINES = 50
FUNCTION_LINES_USUAL = 30
USUAL_SHARE = 0.9

# Where `except Exception` and its like may stand, and why.
CATCHES_ALL = {"bot/dispatch.py": "turns any bug into an id for the caller and a line in the log"}
# Where they may stand if the handler ends in a bare `raise`, and why.
CATCHES_AND_RAISES = {
    "store/db/database.py": "rolls back, whatever it was that failed",
    "store/open.py": "closes what it had opened so far",
}

MOCK_MODULES = {"mock", "pytest_mock", "unittest.mock"}
MOCK_ARGUMENTS = {"mocker", "class_mocker", "module_mocker", "session_mocker"}
LEFTOVER = re.compile(r"\b(TODO|FIXME|XXX)\b")
POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{[\d,]+\})\+|\(\?>")


@dataclass(frozen=True)
class Source:
    """One Python file."""

    name: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    def functions(self) -> Iterator[tuple[str, int]]:
        """Each function as `file:line name`, with its length in lines, without decorators."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                yield f"{self.name}:{node.lineno} {node.name}", length


def load_measures() -> Any:
    """Return scripts/measure_house.py, which is a program and in no package."""
    file = ROOT / "scripts" / "measure_house.py"
    spec = importlib.util.spec_from_file_location("measure_house", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look up what they are of
    spec.loader.exec_module(module)
    return module


HOUSE = load_measures()


@cache
def modules() -> Any:
    """Return every module of the program; read when a test asks, not by every worker."""
    return HOUSE.load_modules()


@cache
def program() -> list[Source]:
    return [Source(module.path, module.text, module.tree) for module in modules()]


@cache
def suite_modules() -> Any:
    """Return every module of the tests."""
    return HOUSE.load_modules(HOUSE.TESTS)


@cache
def suite() -> list[Source]:
    return [Source(module.path, module.text, module.tree) for module in suite_modules()]


def list_places(what: str, places: list[str]) -> str:
    return f"{what}:\n  " + "\n  ".join(places)


def names_in(node: ast.expr | None) -> set[str]:
    """Every plain or dotted name in an expression, by its last part."""
    if node is None:
        return set()
    parts = list(ast.walk(node))
    plain = {part.id for part in parts if isinstance(part, ast.Name)}
    return plain | {part.attr for part in parts if isinstance(part, ast.Attribute)}


def catches_all(node: ast.AST) -> bool:
    """Whether it is `except:`, `except (Base)Exception` or `suppress` of one of them."""
    every = {"Exception", "BaseException"}
    match node:
        case ast.ExceptHandler(type=None):
            return True
        case ast.ExceptHandler(type=caught):
            return bool(names_in(caught) & every)
        case ast.Call(func=called, args=args) if "suppress" in names_in(called):
            return any(names_in(arg) & every for arg in args)
        case _:
            return False


def raises_again(node: ast.AST) -> bool:
    match node:
        case ast.ExceptHandler(body=[*_, ast.Raise(exc=None)]):
            return True
        case _:
            return False


def mocks(node: ast.AST) -> bool:
    """Whether it imports a mock, asks for one as a fixture, or replaces an attribute."""
    match node:
        case ast.Import(names=names):
            return any(name.name in MOCK_MODULES for name in names)
        case ast.ImportFrom(module=str(module), names=names):
            imported = {module} | {f"{module}.{name.name}" for name in names}
            return bool(imported & MOCK_MODULES)
        case ast.arg(arg=name):
            return name in MOCK_ARGUMENTS
        case ast.Attribute(value=ast.Name(id="monkeypatch"), attr="setattr"):
            return True
        case _:
            return False


def comments(text: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


@pytest.mark.parametrize("what", HOUSE.MEASURES)
def test_the_house_is_in_order(what: str) -> None:
    """Names say what a thing is and mean one thing; nobody loses the way in a room or a file."""
    places = HOUSE.find_places(what, modules(), suite_modules())
    assert len(places) <= ALLOWED[what], list_places(what, places)


def module_of(text: str, path: str = "bot/example.py") -> Any:
    return HOUSE.Module(path, text, ast.parse(text))


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("module-level functions named by a past participle", "def found_place(): ..."),
        ("module-level functions named by a past participle", "async def _opened(): ..."),
        ("names that are one, found, made or said", "[one for one in range(3)]"),
        ("names that are one, found, made or said", "def ask(said): ..."),
        ("names that are one, found, made or said", "match 1:\n    case found: ..."),
        ("fmt: skip", "x = 1  # fmt: skip"),
        ("files over 400 lines", "x = 1\n" * 401),
    ],
)
def test_each_measure_sees_what_it_is_for(what: str, text: str) -> None:
    assert HOUSE.MEASURES[what]([module_of(text)])


@pytest.mark.parametrize(
    ("what", "texts"),
    [
        (
            "class names with two or more meanings",
            {"bot/a.py": "class Post: ...", "store/b.py": "class Post: ..."},
        ),
        ("file names in two or more folders", {"bot/a.py": "", "store/a.py": ""}),
        (
            "import circles",
            {"bot/a.py": "from bot.b import B", "bot/b.py": "if 1:\n    from bot import a"},
        ),
        (
            "import circles",
            {"bot/a.py": "from bot.b import B", "bot/b.py": "def run():\n    from bot import a"},
        ),
    ],
)
def test_each_measure_sees_two_modules_together(what: str, texts: dict[str, str]) -> None:
    assert HOUSE.MEASURES[what]([module_of(text, path) for path, text in texts.items()])


def test_no_test_imports_from_another() -> None:
    """What tests share stands in a module of its own; a test can be changed alone."""
    places = [
        f"{file.name}:{node.lineno} {node.module}"
        for file in suite()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.ImportFrom) and node.module
        if any(
            name.startswith("test_")
            for name in (node.module.rpartition(".")[2], *(alias.name for alias in node.names))
        )
        and node.module.startswith("tests")
    ]
    assert not places, list_places("Imports from tests", places)


def test_no_function_is_long() -> None:
    """A function over the limit is several."""
    places = [
        f"{name}: {length} lines"
        for file in program()
        for name, length in file.functions()
        if length > FUNCTION_LINES
    ]
    assert not places, list_places(f"Functions over {FUNCTION_LINES} lines; split them", places)


def test_most_functions_are_short() -> None:
    """Nine functions in ten can be read at a glance."""
    every = [each for file in program() for each in file.functions()]
    longer = [f"{name}: {n} lines" for name, n in every if n > FUNCTION_LINES_USUAL]
    allowed = int(len(every) * (1 - USUAL_SHARE))
    message = f"{len(longer)} functions over {FUNCTION_LINES_USUAL} lines, {allowed} allowed"
    assert len(longer) <= allowed, list_places(message, longer)


def test_only_dispatch_catches_everything() -> None:
    """An error nobody expected reaches dispatch, which logs it and answers with its id."""
    places = [
        f"{file.name}:{node.lineno}"
        for file in program()
        if file.name not in CATCHES_ALL
        for node in ast.walk(file.tree)
        if isinstance(node, ast.ExceptHandler | ast.Call) and catches_all(node)
        if not (file.name in CATCHES_AND_RAISES and raises_again(node))
    ]
    assert not places, list_places("Catches everything; name the error instead", places)


def test_no_mocks() -> None:
    """Tests use real stores, real servers and fakes that have the whole shape."""
    places = [
        f"{file.name}:{node.lineno}"
        for file in suite()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.stmt | ast.expr | ast.arg) and mocks(node)
    ]
    assert not places, list_places("Mocks or patches; use a fake", places)


def test_nothing_is_left_over() -> None:
    """What is still to do is an issue, not a comment."""
    places = [
        f"{file.name}:{line} {text}"
        for file in program() + suite()
        if LEFTOVER.search(file.text)
        for line, text in comments(file.text)
        if LEFTOVER.search(text)
    ]
    assert not places, list_places("Leftovers", places)


def test_no_pattern_keeps_a_group_for_good() -> None:
    """Python before 3.11.5 matches those wrongly, and Debian 12 has 3.11.2 (gh-106052)."""
    places = [
        f"{file.name}:{node.lineno} {node.value}"
        for file in program()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if POSSESSIVE_GROUP.search(node.value)
    ]
    assert not places, list_places("Possessive or atomic groups", places)
