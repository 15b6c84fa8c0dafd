"""Consoles, each a process on a terminal of its own, as `python -m bot console` is."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.forked import ForkedProgram


class ForkedConsole:
    """`sitrep console` on a terminal."""

    def __init__(
        self, words: Sequence[str], terminal: str, folder: Path, environment: Mapping[str, str]
    ) -> None:
        streams = terminal, terminal, terminal
        self._process = ForkedProgram(("console", *words), streams, folder, environment)

    async def wait(self) -> None:
        """Wait until it has ended."""
        await asyncio.to_thread(self._process.wait)
