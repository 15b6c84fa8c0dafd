"""A terminal on a store: opened, filled where it is new, asked. `run` is in bot/serving.py."""

import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, structs

from bot.adapters.console.local_files import open_upload
from bot.dispatch import Answer, Desk, Dispatch, Log
from bot.i18n.catalogues import language_of, translate_into
from bot.i18n.formatter import Voice
from bot.ops.log import make_log
from bot.settings import Settings, default_path, ids, settings_file
from commands import COMMANDS
from commands.kit.errors import Code
from commands.kit.invocation import Caller, Role
from commands.kit.reply import Reply
from store import Store, open_store, open_to_ask
from store.model.aside import run_alone
from store.model.installation import is_checkout
from store.model.refusals import NoStore, OlderStore, StoreBusy

if TYPE_CHECKING:
    from bot.notify.scheduler import Schedule
    from bot.platform import Notifier
    from bot.replica.acknowledge import Acknowledger
    from commands.kit.documents import Documents

R = TypeVar("R")

_PATIENCE_S = 15
_BUSY_S = 5
"""How long a write waits for another program's."""
_DEMO_DAY = datetime(2025, 11, 7, 12, tzinfo=UTC)


class Session(Struct, frozen=True):
    """Who sits at the terminal, and at what time (None: now); `seeds` fill a new store.

    That there is a new one is said, but for a `throw_away` one.
    """

    role: Role = Role.READER
    now: datetime | None = None
    seeds: bool = True
    throw_away: bool = False

    @property
    def caller(self) -> Caller:
        return Caller("console", "local", "You", self.role)


def ask(settings: Settings, session: Session, line: str, *, as_json: bool) -> int:
    """Answer one line on standard output; return the exit code.

    What a reader asks of a record that is there needs neither threads nor an event loop.
    """
    from bot.adapters.console.once import show

    store = _find_record(settings.store, session)
    asking = _ask(settings, session, line, store, whole=as_json)
    answer = run_alone(asking) if store else _run_in_loop(asking)
    return show(answer, voice_of(settings), as_json=as_json)


async def _ask(
    settings: Settings, session: Session, line: str, store: Store | None, *, whole: bool
) -> Answer:
    async with _dispatching(settings, session, store) as dispatch:
        answer = await dispatch.line(session.caller, line, whole=whole)
    if answer.code is not Code.READ_ONLY or session.role is Role.READER:
        return answer
    async with _dispatching(settings, session, patience_s=_BUSY_S) as dispatch:  # another wrote
        return await dispatch.line(session.caller, line, whole=whole)


def _find_record(path: Path, session: Session) -> Store | None:
    """Return the store for a reader's question, opened for reading; None if it is to be filled."""
    if session.role > Role.READER:
        return None
    try:
        store = open_to_ask(path)
    except (NoStore, OlderStore):
        return None
    is_filled = not session.seeds or run_alone(store.history.head())[0]
    return store if is_filled else None


def _run_in_loop(work: Coroutine[Any, Any, R]) -> R:
    import asyncio

    return asyncio.run(work)


async def console(settings: Settings, session: Session) -> int:
    """Take commands in a terminal until it is left."""
    from bot.adapters.console.terminal import Terminal

    async with _dispatching(settings, session) as dispatch, _telling(settings, dispatch):
        return await Terminal(dispatch, session.caller, voice_of(settings)).run()


@asynccontextmanager
async def _telling(settings: Settings, dispatch: Dispatch) -> AsyncIterator[None]:
    """Print the terminal's summaries meanwhile, if this is the process that may write."""
    import asyncio

    from bot.adapters.console.posting import Printer

    if not dispatch.desk.store.writable:
        yield
        return
    printer = Printer(voice_of(settings))
    schedule = make_schedule(
        settings, dispatch.desk, {"console": printer}, make_log(settings.log or "warning")
    )
    task = asyncio.create_task(schedule.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


async def demo(settings: Settings) -> int:
    """Show a short tour on a throw-away store, then take commands if there is a terminal."""
    from tempfile import TemporaryDirectory

    from bot.adapters.console.terminal import Terminal

    session = Session(now=_DEMO_DAY, throw_away=True)
    with TemporaryDirectory(prefix="sitrep-demo-") as folder:
        own = structs.replace(settings, store=Path(folder) / "demo.db", durable="local")
        async with _dispatching(own, session) as dispatch:
            terminal = Terminal(dispatch, session.caller, voice_of(own))
            await terminal.tour(("/status Pokrovsk", "/claims since:2025-10-29"), _DEMO_DAY)
            return await terminal.run() if sys.stdin.isatty() and sys.stdout.isatty() else 0


def voice_of(settings: Settings, tag: str = "") -> Voice:
    """Return the voice of the language of a tag, the desk's where it has none that is spoken."""
    return Voice(settings.tzinfo, translate_into(language_of(tag, settings.language)))


def read_clock() -> datetime:
    """Return the time by the system's clock."""
    return datetime.now(UTC)


def documents_of(settings: Settings) -> "Documents":
    """Return what reads files, and pages where that is switched on."""
    from bot.reading.document_reader import DocumentReader

    if not settings.fetch:
        return DocumentReader(zone=settings.tzinfo)
    from bot.reading.page_fetcher import PageFetcher

    fetcher = PageFetcher(ids(settings.fetch_allow.casefold()), settings.fetch_proxy)
    return DocumentReader(fetcher, settings.tzinfo)


def make_schedule(
    settings: Settings, desk: Desk, platforms: "Mapping[str, Notifier]", log: Log
) -> "Schedule":
    """Return what tells rooms unasked: nobody who asks too fast, so nothing keeps its pace."""
    from bot.notify.scheduler import Schedule

    late = timedelta(hours=settings.catch_up_hours)
    return Schedule(desk.store, Dispatch(desk, log), platforms, desk.clock, log, late)


def invite(application: str) -> str:
    """Return the link that brings the bot into a Discord server."""
    from bot.adapters.discord.invite import invite_link

    return invite_link(application)


def health(settings: Settings) -> int:
    """Return 0 when the running bot could answer, else say what is wrong and return 1."""
    from bot.ops import heartbeat

    if wrong := heartbeat.find_trouble(heartbeat.path_beside(settings.store)):
        print(wrong, file=sys.stderr)
    return 1 if wrong else 0


@asynccontextmanager
async def _dispatching(
    settings: Settings, session: Session, store: Store | None = None, patience_s: float = 0
) -> AsyncIterator[Dispatch]:
    """Dispatch on a store: one that is open, or opened for reading, made and filled if need be.

    Who may write waits `patience_s` seconds for whoever does, and then only reads.
    """
    now = session.now
    if now is not None and now.tzinfo is None:
        now = now.replace(tzinfo=settings.tzinfo)
    clock: Callable[[], datetime] = (lambda: now) if now else read_clock
    log = make_log(settings.log or "warning")
    session = structs.replace(session, now=now)
    async with (
        store or await _open_store(settings.store, session, patience_s) as opened,
        _shipping(settings, opened, log) as acknowledger,
    ):
        desk = Desk(
            *(opened, COMMANDS, clock, settings.tzinfo, settings.stale_days, open_upload),
            documents=documents_of(settings) if session.role > Role.READER else None,
            remembers=settings.remember == "yes",
            map_delay=timedelta(hours=settings.map_delay),
            tells_records=settings.source_records == "yes",
            acknowledger=acknowledger,
        )
        yield Dispatch(desk, log)


async def confirm_written(settings: Settings, store: Store, reply: Reply) -> Reply:
    """Return the answer to what a shell wrote, once that is as safe as the settings want it."""
    async with _shipping(settings, store, make_log(settings.log or "warning")) as acknowledger:
        if acknowledger is None:
            return reply
        from bot.replica.acknowledge import confirm_reply

        return await confirm_reply(acknowledger, reply)


@asynccontextmanager
async def _shipping(
    settings: Settings, store: Store, log: Log
) -> "AsyncIterator[Acknowledger | None]":
    """Return whom a terminal that may write asks before it says filed; None: nobody."""
    if settings.durable != "shipped" or not store.writable:
        yield None
        return
    from bot.replica.shipping import ship_beside

    async with ship_beside(settings, read_clock, log) as replica:
        yield replica.acknowledger


async def _open_store(path: Path, session: Session, patience_s: float) -> Store:
    """Open the store: for writing for who may write, unless another process has it."""
    if session.role > Role.READER:
        with suppress(StoreBusy):
            return await _open_filled(path, session, patience_s)
    return await _open_to_read(path, session)


async def open_for_reading(path: Path, *, seeds: bool = True) -> Store:
    """Open the store for reading, made and filled first where there is none."""
    return await _open_to_read(path, Session(seeds=seeds))


async def _open_to_read(path: Path, session: Session) -> Store:
    try:
        async with AsyncExitStack() as undo:
            store = await undo.enter_async_context(await open_store(path, writing=False))
            if not session.seeds or (await store.history.head())[0]:
                undo.pop_all()
                return store
    except (NoStore, OlderStore):
        pass
    fresh = await _open_filled(path, session, _PATIENCE_S)
    await fresh.aclose()
    return await open_store(path, writing=False)


async def _open_filled(
    path: Path, session: Session, patience_s: float, *, only_new: bool = False
) -> Store:
    """Open the store for writing, and fill it; it is closed again where that fails.

    `only_new` leaves as it is what has something on record.
    """
    is_new = not path.exists()
    async with AsyncExitStack() as undo:
        store = await undo.enter_async_context(await open_store(path, patience_s=patience_s))
        if is_new and not session.throw_away:
            announce_new(path, seeds=session.seeds)
        if not (only_new and (await store.history.head())[0]):
            await fill_store(store, session.now, seeds=session.seeds)
        undo.pop_all()
        return store


async def open_to_import(path: Path, *, writing: bool, seeds: bool, patience_s: float) -> Store:
    """Open the store for a file's entries, made and filled first where it is new."""
    if not writing:
        return await open_for_reading(path, seeds=seeds)
    return await _open_filled(path, Session(seeds=seeds), patience_s, only_new=True)


def announce_new(path: Path, *, seeds: bool = True) -> None:
    """Say where a record is made: of an installed program's own what else is where, once."""
    if path == default_path("store") and not is_checkout():
        where = f"The record is kept in {path}; settings are read from {settings_file()}."
    else:
        where = f"{path} is new and is filled first." if seeds else f"{path} is new."
    print(where, file=sys.stderr)


async def fill_store(store: Store, now: datetime | None, *, seeds: bool) -> None:
    """Load the seeds, or the situation's terms alone; into a new store by the session's clock."""
    if await store.history.freeze_reason():
        return
    is_new = not (await store.history.head())[0]
    at = now if now and is_new else read_clock()
    await (store.load_seeds(at) if seeds else store.load_terms(at))
