"""The journeys through the code that docs/architecture.md describes."""

import ast
import re

from scripts.write_docs import ROOT
from tests.markdown import text_of

ARCHITECTURE = ROOT / "docs" / "architecture.md"
JOURNEY_STEP = re.compile(r"^\d+\. `([\w/]+\.py):([\w.]+)`", re.MULTILINE)


def journeys() -> dict[str, list[tuple[str, str]]]:
    """Return the steps of each journey through the code: a file, and a name in it."""
    (part,) = re.findall(
        r"^## Six journeys\n(.*?)^## ", text_of(ARCHITECTURE), re.MULTILINE | re.DOTALL
    )
    titles_and_steps = re.split(r"^### (.+)$", part, flags=re.MULTILINE)[1:]
    pairs = zip(titles_and_steps[::2], titles_and_steps[1::2], strict=True)
    return {title: JOURNEY_STEP.findall(steps) for title, steps in pairs}


def is_defined(node: ast.AST, name: str) -> bool:
    """Tell whether a module or a class defines a name, dotted if it is inside a class."""
    head, _, rest = name.partition(".")
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.ClassDef(name=defined) | ast.FunctionDef(name=defined) if defined == head:
                return not rest or is_defined(child, rest)
            case ast.AsyncFunctionDef(name=defined) if defined == head:
                return not rest
            case ast.Assign(targets=[ast.Name(id=defined)]) if defined == head:
                return not rest
            case _:
                continue
    return False


def test_each_step_of_the_six_journeys_is_in_the_code() -> None:
    told = journeys()
    assert len(told) == 6
    for title, steps in told.items():
        assert len(steps) >= 8, title
        assert len({file for file, _ in steps}) == len(steps), f"{title} comes back to a file"
        missing = [
            f"{file}:{name}"
            for file, name in steps
            if not (ROOT / file).is_file() or not is_defined(ast.parse(text_of(ROOT / file)), name)
        ]
        assert not missing, title


def test_the_words_of_a_claim_pass_at_most_twelve_modules() -> None:
    (steps,) = (steps for title, steps in journeys().items() if "/add claim" in title)
    assert len(steps) <= 12
