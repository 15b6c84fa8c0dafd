"""The composition root: the only place that names both a platform and the store."""

import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, structs

from bot.adapters.console.local_files import open_upload
from bot.dispatch import Answer, Desk, Dispatch, Log
from bot.i18n.catalogues import language_of, translate_into
from bot.i18n.formatter import Voice
from bot.ops.log import make_log
from bot.settings import Settings, SettingsError, ids
from commands import COMMANDS
from commands.kit.inlines import T, When
from commands.kit.invocation import Caller, Role
from store import Store, open_store, open_to_ask
from store.model.aside import run_alone
from store.model.refusals import NoStore, OlderStore, StoreBusy
from store.model.span import Span

if TYPE_CHECKING:
    from bot.adapters.discord.discord_platform import DiscordPlatform
    from bot.adapters.matrix.client.login import Setup
    from bot.adapters.matrix.matrix_platform import MatrixPlatform
    from bot.kept_answers import KeptAnswers
    from bot.notify.scheduler import Schedule
    from bot.ops.backups import BackupPlan
    from bot.platform import Notifier, Platform, Port
    from commands.kit.documents import Documents

R = TypeVar("R")

_PATIENCE_S = 15
_KEPT_BYTES = 16_000_000
_DEMO_DAY = datetime(2025, 11, 7, 12, tzinfo=UTC)


class Session(Struct, frozen=True):
    """Who sits at the terminal, and at what time (None: now); `seeds` fill a new store."""

    role: Role = Role.READER
    now: datetime | None = None
    seeds: bool = True

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
    schedule = _schedule(
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

    session = Session(now=_DEMO_DAY)
    with TemporaryDirectory(prefix="sitrep-demo-") as folder:
        own = replace(settings, store=Path(folder) / "demo.db")
        async with _dispatching(own, session) as dispatch:
            terminal = Terminal(dispatch, session.caller, voice_of(own))
            await terminal.tour(("/status Pokrovsk", "/claims since:2025-10-29"), _DEMO_DAY)
            return await terminal.run() if sys.stdin.isatty() and sys.stdout.isatty() else 0


def voice_of(settings: Settings, tag: str = "") -> Voice:
    """Return the voice of the language of a tag, the desk's where it has none that is spoken."""
    return Voice(settings.tzinfo, translate_into(language_of(tag, settings.language)))


async def run(settings: Settings, *, seeds: bool = True) -> int:
    """Run every platform that has its settings, until told to stop; `seeds` are loaded first."""
    from bot.gap_tally import GapTally
    from bot.notify.notice_delivery import NoticeDelivery
    from bot.ops import heartbeat
    from bot.ops.backups import backing_up
    from bot.ops.entry_reading import read_entries
    from bot.runner import run_all

    log = make_log(settings.log or "info")
    if settings.discord_token is None and not settings.matrix_homeserver:
        raise SettingsError(
            "Nothing to run: write SITREP_DISCORD_TOKEN (docs/discord.md)"
            " or SITREP_MATRIX_HOMESERVER (docs/matrix.md)."
        )
    async with await open_store(settings.store) as store:
        await _fill(store, None, seeds=seeds)
        remembers = settings.remember == "yes"
        if not remembers:
            await store.inquiries.clear()
            await store.gaps.clear()
        desk = Desk(
            *(store, COMMANDS, _now, settings.tzinfo, settings.stale_days),
            documents=_documents(settings),
            remembers=remembers,
            map_delay=timedelta(hours=settings.map_delay),
            tells_records=settings.source_records == "yes",
            tally=GapTally() if remembers else None,
            kept=_keep_answers(store) if settings.keep_answers == "yes" else None,
        )
        port = _port(settings, desk, log)
        platforms: list[Platform] = []
        posting: dict[str, Notifier] = {}
        if settings.discord_token is not None:
            discord = _discord(settings, port)
            platforms.append(discord)
            posting[discord.name] = discord.posting
        if settings.matrix_homeserver:
            matrix = _matrix(settings, port, store)
            platforms.append(matrix)
            posting[matrix.name] = matrix.posting
        telling = NoticeDelivery(store.notice_queue, port.dispatch, posting, _now, log)
        schedule = _schedule(settings, desk, posting, log)
        file = heartbeat.path_beside(settings.store)
        also = [telling.run(), schedule.run(), read_entries(store, log)]
        async with backing_up(_backups(settings), log, _now):
            return await run_all(platforms, file, log, also)


def _keep_answers(store: Store) -> "KeptAnswers":
    from bot.kept_answers import KeptAnswers

    kept = KeptAnswers(_KEPT_BYTES)
    store.on_change(kept.forget)
    return kept


def _documents(settings: Settings) -> "Documents":
    """Return what reads files, and pages where that is switched on."""
    from bot.reading.document_reader import DocumentReader

    if not settings.fetch:
        return DocumentReader(zone=settings.tzinfo)
    from bot.reading.page_fetcher import PageFetcher

    fetcher = PageFetcher(ids(settings.fetch_allow.casefold()), settings.fetch_proxy)
    return DocumentReader(fetcher, settings.tzinfo)


def _backups(settings: Settings) -> "BackupPlan | None":
    from bot.ops.backups import BackupPlan

    if not settings.backup_folder:
        return None
    every, folder = timedelta(hours=settings.backup_hours), Path(settings.backup_folder)
    return BackupPlan(settings.store, folder, every, settings.backup_keep)


def _now() -> datetime:
    return datetime.now(UTC)


def _schedule(
    settings: Settings, desk: Desk, platforms: "Mapping[str, Notifier]", log: Log
) -> "Schedule":
    """Return what tells rooms unasked: nobody who asks too fast, so nothing keeps its pace."""
    from bot.notify.scheduler import Schedule

    late = timedelta(hours=settings.catch_up_hours)
    return Schedule(desk.store, Dispatch(desk, log), platforms, desk.clock, log, late)


def _port(settings: Settings, desk: Desk, log: Log) -> "Port":
    from bot.notify.end_room import end_deleted_room
    from bot.permissions import Homes
    from bot.platform import Port
    from bot.rate_limit import RateLimiter

    store = desk.store
    speak = partial(voice_of, settings)

    async def presence() -> str:
        today = _now().astimezone(settings.tzinfo).date()
        newest = (await store.situation.now(today)).newest_day
        if newest is None:
            return speak().plain(T("Nothing on record yet"))
        day, days = When(Span.on(newest)), (today - newest).days
        old = T("Data as of {day}, {n} day old", "Data as of {day}, {n} days old", day=day, n=days)
        return speak().plain(old)

    homes = Homes(ids(settings.discord_home), ids(settings.discord_moderator_roles))
    dispatch = Dispatch(desk, log, paces=RateLimiter(time.monotonic))
    ending = partial(end_deleted_room, store, log, _now)
    return Port(dispatch, store.program_state, homes, log, speak, presence, room_deleted=ending)


def _discord(settings: Settings, port: "Port") -> "DiscordPlatform":
    from bot.adapters.discord.discord_platform import DiscordPlatform

    assert settings.discord_token is not None  # noqa: S101 -- run() has looked
    token = settings.discord_token.reveal()
    return DiscordPlatform(port, token, settings.discord_api, settings.discord_gateway)


def _matrix(settings: Settings, port: "Port", store: Store) -> "MatrixPlatform":
    from bot.adapters.matrix.matrix_platform import MatrixPlatform
    from bot.permissions import MODERATES, Homes

    homes = Homes(ids(settings.matrix_home), {MODERATES})
    port, setup = structs.replace(port, homes=homes), matrix_setup(settings)
    return MatrixPlatform(port, store.mailbox, store.program_state, store.digests, setup)


def matrix_setup(settings: Settings) -> "Setup":
    """Return how the settings have the bot log in on Matrix; SettingsError says what is missing."""
    from bot.adapters.matrix.client.login import Setup

    if not settings.matrix_user:
        raise SettingsError("SITREP_MATRIX_USER: write the bot's id, such as @sitrep:example.org.")
    return Setup(
        settings.matrix_homeserver.rstrip("/"),
        settings.matrix_user,
        settings.matrix_token.reveal() if settings.matrix_token else "",
        settings.matrix_device,
        settings.matrix_password.reveal() if settings.matrix_password else "",
        settings.matrix_state,
        settings.matrix_prefix,
        ids(settings.matrix_invites),
    )


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
    settings: Settings, session: Session, store: Store | None = None
) -> AsyncIterator[Dispatch]:
    """Dispatch on a store: one that is open, or opened for reading, made and filled if need be."""
    now = session.now
    if now is not None and now.tzinfo is None:
        now = now.replace(tzinfo=settings.tzinfo)
    clock: Callable[[], datetime] = (lambda: now) if now else (lambda: datetime.now(UTC))
    session = structs.replace(session, now=now)
    async with store or await _open_store(settings.store, session) as opened:
        desk = Desk(
            *(opened, COMMANDS, clock, settings.tzinfo, settings.stale_days, open_upload),
            documents=_documents(settings) if session.role > Role.READER else None,
            remembers=settings.remember == "yes",
            map_delay=timedelta(hours=settings.map_delay),
            tells_records=settings.source_records == "yes",
        )
        yield Dispatch(desk, make_log(settings.log or "warning"))


async def _open_store(path: Path, session: Session) -> Store:
    """Open the store: for writing for who may write, unless another process has it."""
    if session.role > Role.READER:
        with suppress(StoreBusy):
            store = await open_store(path)
            await _fill(store, session.now, seeds=session.seeds)
            return store
    return await open_for_reading(path, session.now, seeds=session.seeds)


async def open_for_reading(path: Path, now: datetime | None, *, seeds: bool) -> Store:
    """Open the store for reading, made and filled first where there is none."""
    try:
        store = await open_store(path, writing=False)
        if not seeds or (await store.history.head())[0]:
            return store
        await store.aclose()
    except (NoStore, OlderStore):
        pass
    async with await open_store(path, patience_s=_PATIENCE_S) as fresh:
        await _fill(fresh, now, seeds=seeds)
    return await open_store(path, writing=False)


async def _fill(store: Store, now: datetime | None, *, seeds: bool) -> None:
    """Load the seeds, or the situation's terms alone; into a new store by the session's clock."""
    if await store.history.freeze_reason():
        return
    is_new = not (await store.history.head())[0]
    at = now if now and is_new else datetime.now(UTC)
    await (store.load_seeds(at) if seeds else store.load_terms(at))
