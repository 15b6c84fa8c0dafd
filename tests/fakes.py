"""A desk to talk to: the product's own dispatch, on a store that a test can see into."""

import asyncio
import atexit
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.adapters.console.layout import layout
from bot.dispatch import Answer, Desk, Dispatch, Outcome
from bot.i18n.formatter import Voice
from commands import COMMANDS
from commands.kit.command import Command
from commands.kit.invocation import Caller, Role
from commands.kit.parser import write_line
from commands.kit.reply import Reply
from store import Store, open_store

ROOT = Path(__file__).resolve().parents[1]
ZONE = ZoneInfo("Europe/Kyiv")
ONE = "Reader One"
NOON = datetime(2025, 11, 7, 10, tzinfo=UTC)


class TerminalAnswer(Struct, frozen=True):
    """An answer, and how a terminal of 100 columns shows it."""

    answer: Answer
    lines: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def reply(self) -> Reply:
        return self.answer.reply

    @property
    def flat(self) -> str:
        """The text with its line breaks taken out, for sentences that wrap."""
        return " ".join(self.text.split())

    @property
    def first(self) -> str:
        return self.lines[0]

    @property
    def refused(self) -> bool:
        return self.answer.outcome is Outcome.REFUSED

    @property
    def offered(self) -> list[str]:
        """The lines of its actions."""
        return [write_line(action.command, action.given) for action in self.answer.reply.actions]

    def after(self, head: str) -> str:
        """Return the text under a heading, up to the next blank line."""
        at = self.lines.index(head) + 1
        end = self.lines.index("", at) if "" in self.lines[at:] else len(self.lines)
        return " ".join(" ".join(self.lines[at:end]).split())


class Clock:
    """The time, as a test sets it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def ahead(self, **by: float) -> None:
        self.now += timedelta(**by)


class Talk:
    """Asks a desk in a terminal's words."""

    def __init__(self, store: Store, now: datetime = NOON) -> None:
        self.logged: list[dict[str, object]] = []
        desk = Desk(store, COMMANDS, lambda: self.now, ZONE, 7)
        self.store, self.now = store, now
        self.dispatch = Dispatch(desk, self._log)

    async def __call__(
        self,
        line: str,
        as_: Role = Role.READER,
        width: int = 100,
        who: str = ONE,
        *,
        whole: bool = False,
    ) -> TerminalAnswer:
        caller = Caller("console", "1" if who == ONE else who, who, as_)
        answer = await self.dispatch.line(caller, line, whole=whole)
        rows = layout(answer.reply, Voice(ZONE), width)
        return TerminalAnswer(answer, ["".join(text for _, text in row) for row in rows])

    def _log(self, event: str, /, *, error: BaseException | None = None, **fields: object) -> None:
        self.logged.append({"event": event, "error": error, **fields})


_EXAMPLES = {
    "PLACE": "Pokrovsk",
    "PLACES": "Pokrovsk, Myrnohrad",
    "WHO": "Putin",
    "NAME": "Somebody",
    "STATUS": "contested",
    "KIND": "other",
}


def line_of(command: Command) -> str:
    """Return a line that asks a command with what it needs, or with what its form asks for."""
    asked = [param for name in command.form if (param := command.param(name))]
    needed = [param for param in command.params if param.required and param not in asked]
    words = [
        value if param.positional else f"{param.name}:{value}"
        for param in (*needed, *asked)
        for value in [param.type.example or _EXAMPLES[param.type.shape]]
    ]
    return " ".join([f"/{command.path}", *words])


def rows_of(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all that is in a store that is open, table by table, full text aside."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        names = [name for (name,) in db.execute(_TABLES)]
        return {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in names}  # noqa: S608


@contextmanager
def watch_writes(file: Path) -> Iterator[Callable[[], object]]:
    """Give a function whose result changes whenever somebody writes to a store."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        yield lambda: db.execute("PRAGMA data_version").fetchone()


_TABLES = (
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
    " AND name NOT GLOB '*_text_*' AND name NOT GLOB '*_signals_*'"
    " AND name NOT GLOB 'place*' AND name NOT GLOB 'sqlite_*'"
)


def seed_store(path: Path, at: datetime = NOON) -> Path:
    """Make a store at `path`, filled from the seeds and closed, to be copied or read."""
    return copy_store(_seed_once(at), path)


@cache
def _seed_once(at: datetime) -> Path:
    """Fill a store from the seeds, once for each process."""

    async def fill(path: Path) -> Path:
        async with await open_store(path) as store:
            await store.load_seeds(at)
        return path

    return asyncio.run(fill(folder() / "filled.db"))


def folder() -> Path:
    """Make a folder that is there until the process ends."""
    new = TemporaryDirectory(prefix="sitrep-")
    atexit.register(new.cleanup)
    return Path(new.name)


def copy_store(seeds_file: Path, to: Path) -> Path:
    """Copy a closed store to a path of a test's own."""
    return shutil.copyfile(seeds_file, to)
