"""Count what `tests/test_house.py` holds, and print it as a table.

Names that say nothing, words with two meanings, rooms too full to look through.

    .venv/bin/python scripts/measure_house.py           the table
    .venv/bin/python scripts/measure_house.py --list    every place behind a figure
"""

import ast
import io
import sys
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("benchmarks", "bot", "commands", "store", "scripts")
TESTS = ("tests",)

VAGUE = {"one", "found", "made", "said"}
"""Names that say that a thing is, not what it is."""
IRREGULAR = {
    *("brought", "built", "chosen", "done", "drawn", "found", "given", "gone", "had"),
    *("held", "kept", "known", "left", "made", "meant", "said", "seen", "sent", "shown", "spelt"),
    *("spoken", "spread", "taken", "thought", "told", "understood", "written"),
}
NO_PARTICIPLE = {"embed", "feed", "need", "seed", "speed"}


@dataclass(frozen=True)
class Module:
    """One Python file of ours: its path from the root, its text and its tree."""

    path: str
    text: str
    tree: ast.Module


def load_modules(folders: Sequence[str] = FOLDERS) -> list[Module]:
    """Return every module of the program, or of other `folders`, by path."""
    files = sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    ours = [file.relative_to(ROOT) for file in files if "node_modules" not in file.parts]
    texts = [(file.as_posix(), (ROOT / file).read_text("utf-8")) for file in ours]
    return [Module(path, text, ast.parse(text)) for path, text in texts]


def participle_functions(modules: list[Module]) -> list[str]:
    """Return the module-level functions whose name begins with a past participle."""
    return [
        f"{module.path}:{node.lineno} {node.name}"
        for module in modules
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if _is_participle(node.name.lstrip("_").split("_")[0])
    ]


def vague_names(modules: list[Module]) -> list[str]:
    """Return every binding of a vague name: assignments, parameters, loops, patterns, fields."""
    return [
        f"{module.path}:{line} {name}"
        for module in modules
        for name, line in _bindings(module.tree)
        if name in VAGUE
    ]


def ambiguous_classes(modules: list[Module]) -> list[str]:
    """Return the class names that two or more modules define."""
    places = defaultdict(list)
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{module.path}:{node.lineno}")
    return [f"{name}: {', '.join(at)}" for name, at in sorted(places.items()) if len(at) > 1]


def files_named_alike(modules: list[Module]) -> list[str]:
    """Return the file names that stand in two or more folders, commands and packages aside."""
    places = defaultdict(list)
    for module in modules:
        folder, _, name = module.path.rpartition("/")
        if name not in {"__init__.py", "__main__.py"} and not _is_command(module.path):
            places[name].append(folder)
    return [f"{name}: {', '.join(at)}" for name, at in sorted(places.items()) if len(at) > 1]


def full_rooms(modules: list[Module], most: int = 24) -> list[str]:
    """Return the folders with more modules than one can look through; commands/ is a list."""
    rooms = Counter(module.path.rpartition("/")[0] for module in modules)
    return [f"{room}: {n} files" for room, n in rooms.items() if n > most and room != "commands"]


def formatter_escapes(modules: list[Module]) -> list[str]:
    """Return every comment that keeps the formatter away."""
    return [
        f"{module.path}:{token.start[0]}"
        for module in modules
        for token in tokenize.generate_tokens(io.StringIO(module.text).readline)
        if token.type == tokenize.COMMENT and token.string.startswith(("# fmt:", "# yapf:"))
    ]


def long_files(modules: list[Module], most: int = 400) -> list[str]:
    """Return the files that do more than one thing."""
    lengths = [(module.path, len(module.text.splitlines())) for module in modules]
    return [f"{path}: {lines} lines" for path, lines in lengths if lines > most]


def import_circles(modules: list[Module]) -> list[str]:
    """Return the modules that import each other, in functions and for types alone included."""
    imports = _imports(modules)
    reached: dict[str, set[str]] = {}
    for name in imports:
        seen: set[str] = set()
        ahead = list(imports[name])
        while ahead:
            following = ahead.pop()
            if following not in seen:
                seen.add(following)
                ahead += imports[following]
        reached[name] = seen
    circles = {
        tuple(sorted({name, *(other for other in reached[name] if name in reached[other])}))
        for name in imports
        if name in reached[name]
    }
    return [" ↔ ".join(circle) for circle in sorted(circles)]


MEASURES = {
    "module-level functions named by a past participle": participle_functions,
    "names that are one, found, made or said": vague_names,
    "class names with two or more meanings": ambiguous_classes,
    "file names in two or more folders": files_named_alike,
    "folders of more than 24 files": full_rooms,
    "files over 400 lines": long_files,
    "fmt: skip": formatter_escapes,
    "import circles": import_circles,
}
OF_TESTS = (
    "module-level functions named by a past participle",
    "names that are one, found, made or said",
    "class names with two or more meanings",
    "files over 400 lines",
    "fmt: skip",
    "import circles",
)
"""The measures that count the tests as well: all but of rooms.

A folder of tests is a list, and a file of it is named after what it tests.
"""


def find_places(what: str, program: list[Module], tests: list[Module]) -> list[str]:
    """Return what a measure sees in the program and, if it is for both, in the tests.

    Each is looked at by itself. The tests speak of Discord and Matrix as these do, so that a Role
    or a Message of their servers is not that of the program.
    """
    measure = MEASURES[what]
    return measure(program) + (measure(tests) if what in OF_TESTS else [])


def _is_participle(word: str) -> bool:
    return word in IRREGULAR or (word.endswith("ed") and word not in NO_PARTICIPLE)


def _is_command(path: str) -> bool:
    rest = path.removeprefix("commands/")
    return rest != path and not rest.startswith(("kit/", "shared/"))


def _imports(modules: list[Module]) -> dict[str, set[str]]:
    """Return which modules of ours each imports, wherever in it."""
    dotted = {
        module.path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): module
        for module in modules
    }
    return {
        name: {target for target in _find_imports(module.tree, set(dotted)) if target != name}
        for name, module in dotted.items()
    }


def _find_imports(node: ast.AST, known: set[str]) -> Iterator[str]:
    for child in ast.walk(node):
        match child:
            case ast.Import(names=names):
                yield from (alias.name for alias in names if alias.name in known)
            case ast.ImportFrom(module=str(module), names=names):
                targets = (f"{module}.{alias.name}" for alias in names)
                homes = {target if target in known else module for target in targets}
                yield from homes & known
            case _:
                pass


def _bindings(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                yield name, node.lineno
            case ast.arg(arg=name):
                yield name, node.lineno
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name, node.lineno
            case _:
                pass


def main() -> None:
    """Print the table, or every place behind it."""
    program, tests = load_modules(), load_modules(TESTS)
    for what in MEASURES:
        places = find_places(what, program, tests)
        print(f"{len(places):5}  {what}")
        if "--list" in sys.argv[1:]:
            print(*(f"         {place}" for place in places), sep="\n")


if __name__ == "__main__":
    main()
