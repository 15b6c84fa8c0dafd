"""Rows → a terminal, with colour where there is one to see it."""

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from bot.adapters.console.layout import Row, Style

_COLOURS = {
    Style.PLAIN: "",
    Style.TITLE: "bold",
    Style.HEADING: "bold cyan",
    Style.STRONG: "bold",
    Style.FAINT: "dim",
    Style.REF: "cyan",
    Style.TYPED: "green",
}
_WIDEST, _NARROWEST = 100, 20


def width_of(stream: TextIO) -> int:
    """Return how many columns to fill: those of the terminal, up to what reads well."""
    columns = os.get_terminal_size(stream.fileno()).columns if stream.isatty() else _WIDEST
    return max(min(columns, _WIDEST), _NARROWEST)


def paint(rows: Sequence[Row], stream: TextIO = sys.stdout) -> None:
    """Write rows, in colour on a terminal that has it (NO_COLOR is heeded)."""
    if not stream.isatty() or os.environ.get("NO_COLOR"):
        stream.writelines("".join(text for _, text in row) + "\n" for row in rows)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False, soft_wrap=True)
    for row in rows:
        console.print(Text.assemble(*((text, _COLOURS[style]) for style, text in row)))
