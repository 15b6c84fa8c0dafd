"""`run`: the platforms on one store, wired by hand, alone or under a lease."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from bot.app import documents_of, fill_store, make_schedule, read_clock, voice_of
from bot.dispatch import Desk, Log
from bot.ops.log import make_log
from bot.settings import Settings, SettingsError, ids
from commands import COMMANDS
from commands.kit.inlines import T, When
from store import Store, open_store
from store.model.refusals import StoreError
from store.model.span import Span

if TYPE_CHECKING:
    from bot.adapters.discord.discord_platform import DiscordPlatform
    from bot.adapters.matrix.client.login import Setup
    from bot.adapters.matrix.matrix_platform import MatrixPlatform
    from bot.kept_answers import KeptAnswers
    from bot.metrics.meter import Meter
    from bot.notify.scheduler import Schedule
    from bot.ops.backups import BackupPlan
    from bot.platform import Notifier, Platform, Port
    from bot.replica.acknowledge import Acknowledger
    from bot.replica.shipping import Replica
    from bot.standby.leased import Leased
    from bot.standby.stand_by import Standby
    from bot.standby.unleased import Alone

_KEPT_BYTES = 16_000_000


class RunOptions(Struct, frozen=True):
    """How `run` goes about it: `seeds` are loaded first; with `standby` it waits for its turn.

    On Matrix a `new_device` goes on from here, whatever session is kept.
    """

    seeds: bool = True
    new_device: bool = False
    standby: "Standby | None" = None


async def run(settings: Settings, options: RunOptions) -> int:
    """Run every platform that has its settings, until told to stop."""
    meter = _meter(settings)
    log = make_log(settings.log or "info")
    log = meter.count_lines(log) if meter else log
    if settings.discord_token is None and not settings.matrix_homeserver:
        raise SettingsError(
            "Nothing to run: write SITREP_DISCORD_TOKEN (docs/discord.md)"
            " or SITREP_MATRIX_HOMESERVER (docs/matrix.md)."
        )
    if options.standby is None:
        from bot.standby.unleased import Alone

        return await _serve(settings, log, Alone(), options, meter)
    from bot.standby.stand_by import stand_by

    _load_platforms(settings)
    async with stand_by(options.standby, settings, log) as leased:
        return await _serve(settings, log, leased, options, meter)


def _tell_upgrade(store: Path, log: Log) -> None:
    """Say that a store is brought up to date first: a large one takes minutes."""
    from store.maintenance.upgrade_plan import plan_upgrade

    with suppress(StoreError):
        plan = plan_upgrade(store)
        if plan.steps:
            log(
                "store upgrading",
                schema=plan.schema,
                to=plan.latest,
                bytes=plan.size,
                copy=str(plan.copy),
            )


def _load_platforms(settings: Settings) -> None:
    """Load the platforms' libraries, so that a takeover need not wait for that."""
    if settings.discord_token is not None:
        import bot.adapters.discord.discord_platform
    if settings.matrix_homeserver:
        import bot.adapters.matrix.matrix_platform  # noqa: F401


async def _serve(
    settings: Settings,
    log: Log,
    service: "Alone | Leased",
    options: RunOptions,
    meter: "Meter | None",
) -> int:
    """Run the platforms on the store, alone or as the one of two that holds the lease."""
    from bot.notify.notice_delivery import NoticeDelivery
    from bot.ops import heartbeat
    from bot.ops.backups import backing_up
    from bot.ops.entry_reading import read_entries
    from bot.replica.shipping import ship_beside
    from bot.runner import run_all

    _tell_upgrade(settings.store, log)
    async with (
        await open_store(
            settings.store,
            patience_s=service.patience_s,
            tell=lambda words: log("store preparing", now=words),
        ) as store,
        service.serve(store, settings, read_clock, log),
        ship_beside(settings, read_clock, log, store) as replica,
    ):
        await fill_store(store, None, seeds=options.seeds)
        if settings.remember != "yes":
            await store.inquiries.clear()
            await store.gaps.clear()
        desk = _desk(settings, store, service.acknowledger(replica))
        port = _port(settings, desk, log, service)
        platforms: list[Platform] = []
        notifiers: dict[str, Notifier] = {}
        if settings.discord_token is not None:
            discord = _discord(settings, port)
            platforms.append(discord)
            notifiers[discord.name] = discord.posting
        if settings.matrix_homeserver:
            matrix = _matrix(settings, port, store, new_device=options.new_device)
            platforms.append(matrix)
            notifiers[matrix.name] = matrix.posting
        posting = service.notifiers(notifiers, desk, replica)
        telling = NoticeDelivery(store.notice_queue, port.dispatch, posting, read_clock, log)
        schedule = make_schedule(settings, desk, posting, log)
        file = heartbeat.path_beside(settings.store)
        also = [telling.run(), schedule.run(), read_entries(store, log)]
        watching = _watching(settings, meter, schedule, tuple(platforms), replica)
        async with backing_up(_backups(settings), log, read_clock), watching:
            return await run_all(platforms, file, log, also, replica.trouble)


def _desk(settings: Settings, store: Store, acknowledger: "Acknowledger | None") -> Desk:
    from bot.gap_tally import GapTally

    remembers = settings.remember == "yes"
    return Desk(
        *(store, COMMANDS, read_clock, settings.tzinfo, settings.stale_days),
        documents=documents_of(settings),
        remembers=remembers,
        map_delay=timedelta(hours=settings.map_delay),
        tells_records=settings.source_records == "yes",
        tally=GapTally() if remembers else None,
        kept=_keep_answers(store) if settings.keep_answers == "yes" else None,
        acknowledger=acknowledger,
    )


def _keep_answers(store: Store) -> "KeptAnswers":
    from bot.kept_answers import KeptAnswers

    kept = KeptAnswers(_KEPT_BYTES)
    store.on_change(kept.forget)
    return kept


def _backups(settings: Settings) -> "BackupPlan | None":
    from bot.ops.backups import BackupPlan

    if not settings.backup_folder:
        return None
    every, folder = timedelta(hours=settings.backup_hours), Path(settings.backup_folder)
    return BackupPlan(settings.store, folder, every, settings.backup_keep)


def _meter(settings: Settings) -> "Meter | None":
    """Return what counts, where somebody watches."""
    if not settings.watch:
        return None
    from bot.metrics.meter import Meter

    names = [command.path for command in COMMANDS]
    return Meter([*names, "unknown"], ("discord", "matrix"))


@asynccontextmanager
async def _watching(
    settings: Settings,
    meter: "Meter | None",
    schedule: "Schedule",
    platforms: "tuple[Platform, ...]",
    replica: "Replica",
) -> AsyncIterator[None]:
    """Serve figures to whoever watches, where the settings say so."""
    if meter is None:
        yield
        return
    from bot.metrics.gauges import Observed, Readings
    from bot.metrics.watch_server import read_address, serve_figures
    from bot.ops import heartbeat

    address = read_address(settings.watch, beyond_loopback=settings.watch_open)
    observed = Observed(
        *(schedule.store, settings.store, schedule, platforms, read_clock, _backups(settings)),
        shipped_at=replica.shipped_at,
    )
    if settings.matrix_homeserver:
        from bot.adapters.matrix.delivery.outbox import TOO_OLD_MS

        observed = structs.replace(observed, answer_ms=TOO_OLD_MS)
    beat = heartbeat.path_beside(settings.store)
    async with serve_figures(address, meter, Readings(observed), beat):
        yield


def _port(settings: Settings, desk: Desk, log: Log, service: "Alone | Leased") -> "Port":
    from bot.notify.end_room import end_deleted_room
    from bot.permissions import Homes
    from bot.platform import Port
    from bot.rate_limit import RateLimiter

    store = desk.store
    speak = partial(voice_of, settings)

    async def presence() -> str:
        today = read_clock().astimezone(settings.tzinfo).date()
        newest = (await store.situation.now(today)).newest_day
        if newest is None:
            return speak().plain(T("Nothing on record yet"))
        day, days = When(Span.on(newest)), (today - newest).days
        old = T("Data as of {day}, {n} day old", "Data as of {day}, {n} days old", day=day, n=days)
        return speak().plain(old)

    homes = Homes(ids(settings.discord_home), ids(settings.discord_moderator_roles))
    dispatch = service.dispatch(desk, log, RateLimiter(time.monotonic))
    ending = partial(end_deleted_room, store, log, read_clock)
    return Port(dispatch, store.program_state, homes, log, speak, presence, room_deleted=ending)


def _discord(settings: Settings, port: "Port") -> "DiscordPlatform":
    from bot.adapters.discord.discord_platform import DiscordPlatform

    assert settings.discord_token is not None  # noqa: S101 -- run() has looked
    token = settings.discord_token.reveal()
    return DiscordPlatform(port, token, settings.discord_api, settings.discord_gateway)


def _matrix(
    settings: Settings, port: "Port", store: Store, *, new_device: bool
) -> "MatrixPlatform":
    from bot.adapters.matrix.matrix_platform import MatrixPlatform
    from bot.permissions import MODERATES, Homes

    homes = Homes(ids(settings.matrix_home), {MODERATES})
    port = structs.replace(port, homes=homes)
    setup = structs.replace(matrix_setup(settings), new_device=new_device)
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
        settings.matrix_recovery_key.reveal() if settings.matrix_recovery_key else "",
    )
