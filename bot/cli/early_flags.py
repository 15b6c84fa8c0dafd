"""Flags that stand before the command, where none is read."""

import argparse
import shlex
from collections.abc import Sequence

_USAGE = 2
_OWN = frozenset({"-h", "--help", "--version"})


def refuse_early_flags(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:
    """End with the line to type, where what flags stand before is a command after all."""
    (commands,) = (
        action.choices
        for action in parser._actions  # noqa: SLF001 -- the library tells them nowhere else
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001 -- its only name
    )
    at = next((at for at, word in enumerate(words) if word in commands), None)
    if at is None or _OWN & set(words[:at]):
        return
    line = shlex.join([*words[at:], *words[:at]])
    parser.exit(_USAGE, f"Flags come after the command: {parser.prog} {line}\n")
