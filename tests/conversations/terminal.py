"""The terminal: `sitrep console`, a process for each role, typed into as somebody does."""

import asyncio
import fcntl
import os
import pty
import re
import struct
import termios
from pathlib import Path
from typing import Self

from commands.kit.invocation import Role
from tests.conversations.forked_console import ForkedConsole
from tests.conversations.saying import PRESS, File, On, PlainAnswer, Who
from tests.conversations.words import of_terminal
from tests.fakes import ROOT
from tests.patience import PATIENCE_S

_PROMPT, _TYPED = b"sitrep> ", b"\r\r\n"
_WIDTH = 100
_OFFERED = re.compile(r"\[(\d+)\] (.+?)(?:  /.*)?")


class Console:
    """One console that is open."""

    def __init__(self, process: ForkedConsole, terminal: int) -> None:
        self._process, self._terminal = process, terminal
        self._shown, self._more = bytearray(), asyncio.Event()
        asyncio.get_running_loop().add_reader(terminal, self._take)
        self.rows: list[str] = []

    @classmethod
    async def opened(cls, store: Path, role: Role) -> Self:
        """Open one, and wait until it asks."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, _WIDTH, 0, 0))
        env = {name: value for name, value in os.environ.items() if not name.startswith("SITREP_")}
        env |= {"PYTHONPATH": str(ROOT), "HOME": str(store.parent), "TERM": "dumb", "NO_COLOR": "1"}
        words = ["--as", role.name.lower(), "--now", "2025-11-07T12:00", "--store", str(store)]
        process = ForkedConsole(words, os.ttyname(theirs), store.parent, env)
        terminal = cls(process, ours)
        await terminal._asks()
        os.close(theirs)
        return terminal

    async def ask(self, line: str) -> list[str]:
        """Type a line; return the rows of its answer."""
        os.write(self._terminal, f"{line}\r".encode())
        _, _, answer = (await self._asks()).partition(_TYPED)
        self.rows = answer.decode().replace("\r", "").rstrip("\n").split("\n")
        return self.rows

    async def leave(self) -> None:
        os.write(self._terminal, b"exit\r")
        await self._process.wait()
        asyncio.get_running_loop().remove_reader(self._terminal)
        os.close(self._terminal)

    async def _asks(self) -> bytes:
        """Wait for the prompt; return what was shown before it."""
        async with asyncio.timeout(PATIENCE_S):
            while not self._shown.endswith(_PROMPT):
                self._more.clear()
                await self._more.wait()
        shown = bytes(self._shown.removesuffix(_PROMPT))
        self._shown.clear()
        return shown

    def _take(self) -> None:
        try:
            self._shown += os.read(self._terminal, 65536)
        except OSError:  # it has been left
            asyncio.get_running_loop().remove_reader(self._terminal)
        self._more.set()


class Terminal:
    """Everybody's terminals on one store. Of those who may write one at a time is open."""

    on = On.TERMINAL

    def __init__(self, store: Path) -> None:
        self._store = store
        self._open: dict[Role, Console] = {}

    def name(self, who: Who) -> str:  # noqa: ARG002 -- as on every platform
        """Return how the desk calls whoever sits there."""
        return "You"

    async def say(self, who: Who, line: str, file: File | None = None) -> PlainAnswer:
        console = await self._console(who.role)
        if file is not None:
            (self._store.parent / file.name).write_text(file.text, encoding="utf-8")
        rows = await console.ask(_number(line, console.rows) if line.startswith(PRESS) else line)
        if line.startswith(PRESS):
            rows = rows[2:]  # a number shows the line that it stands for
        lines = of_terminal(rows, _WIDTH)
        return PlainAnswer(lines[0], "\n".join(lines), None, None)

    async def aclose(self) -> None:
        await asyncio.gather(*(session.leave() for session in self._open.values()))

    async def _console(self, role: Role) -> Console:
        if role not in self._open:
            for other in self._open.keys() - {Role.READER} if role > Role.READER else ():
                await self._open.pop(other).leave()
            self._open[role] = await Console.opened(self._store, role)
        return self._open[role]


def _number(line: str, rows: list[str]) -> str:
    """Return the number that asks for what was offered under a label."""
    matches = [match for row in rows if (match := _OFFERED.fullmatch(row))]
    offered = {match[2]: match[1] for match in matches}
    label = line.removeprefix(PRESS)
    assert label in offered, f"Not offered: {label!r}; there is {list(offered)}"
    return offered[label]
