"""What stands in a doc: its blocks and its tables."""

import re
from pathlib import Path


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def code_blocks(file: Path, language: str) -> list[str]:
    """Return the blocks of a doc in this language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text_of(file), re.MULTILINE | re.DOTALL)


def rows(file: Path, name: str) -> list[list[str]]:
    """Return the cells of the table between the marks of this name, without its two head lines."""
    match = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", text_of(file), re.DOTALL)
    assert match is not None, f"{file.name} has no table {name}"
    lines = match[1].splitlines()[2:]
    return [[cell.strip().strip("`") for cell in line.split("|")[1:-1]] for line in lines]
