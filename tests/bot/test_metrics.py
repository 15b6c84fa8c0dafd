"""`/metrics` and `/healthz`: what they show, to whom, and that no label names anything of ours."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.dispatch import Desk, Dispatch
from bot.metrics.gauges import Observed, Readings
from bot.metrics.meter import Meter
from bot.metrics.watch_server import Address, read_address, serve_figures
from bot.ops import heartbeat
from bot.ops.backups import BackupPlan
from bot.settings import SettingsError
from commands import COMMANDS
from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.invocation import Caller
from commands.kit.reply import Reply
from store import open_store
from store.maintenance.backup import back_up
from store.workflow.inbox_outbox import InboxEvent, OutboxMessage
from store.workflow.notices import PendingNotice
from tests.bot.command_line import run
from tests.fakes import ZONE
from tests.summaries.desk import MORNING, Bench, bench

HOSTILE = (
    "/status Pokrovsk",
    '/status Pokrovsk",outcome="Putin',
    "/claims Путін",
    "/Pokrovsk",
    'Kostiantynivka{place="Myrnohrad"} 1\nsitrep_secret 1',
    "/entry E-99999",
    "/explode Pokrovsk",
    "/status\x00\nPokrovsk\u2028",
    "who holds Pokrovsk?",
    "!" * 300,
)


@command()
async def explode(_ctx: Context) -> Reply:
    """Fail with a name in the error."""
    raise KeyError("Pokrovsk")


@dataclass
class IdlePlatform:
    """One that is there or not."""

    name: str
    ready: bool = True

    async def run(self) -> None: ...

    async def aclose(self) -> None: ...


@dataclass
class MetricsStage:
    """What is watched, and what the log was given."""

    desk: Bench
    folder: Path
    meter: Meter
    backups: BackupPlan | None = None
    shipped_at: datetime | None = None
    logged: list[str] = field(default_factory=list)

    @property
    def file(self) -> Path:
        return self.folder / "sitrep.db"

    def note(self, event: str, /, **_: Any) -> None:
        self.logged.append(event)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Serve the figures until left; yields their address."""
        platforms = (IdlePlatform("wall"), IdlePlatform("discord", ready=False))
        observed = Observed(
            *(self.desk.store, self.file, self.desk.schedule, platforms, self.desk.clock),
            backups=self.backups,
            answer_ms=600_000,
            shipped_at=lambda: self.shipped_at,
        )
        beat = heartbeat.path_beside(self.file)
        served = serve_figures(Address("127.0.0.1", 0), self.meter, Readings(observed), beat)
        async with served as port:
            yield f"http://127.0.0.1:{port}"

    async def look(self) -> dict[tuple[str, str], float]:
        """Return each sample by its name and the words of its labels."""
        return {
            (
                sample.name,
                " ".join(value for _, value in sorted(sample.labels.items())),
            ): sample.value
            for family in text_string_to_metric_families(await self.read())
            for sample in family.samples
        }

    async def read(self) -> str:
        async with self.serving() as address:
            status, text = await fetch(f"{address}/metrics")
        assert status == 200
        return text


async def fetch(address: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as web, web.get(address) as answer:
        return answer.status, await answer.text()


@pytest.fixture
async def stage(store_folder: Path) -> AsyncIterator[MetricsStage]:
    async with await open_store(store_folder / "sitrep.db") as store:
        yield MetricsStage(bench(store), store_folder, make_meter())


def make_meter() -> Meter:
    return Meter([*(each.path for each in COMMANDS), "unknown"], ("wall", "discord"))


# What is counted


async def test_no_label_holds_what_somebody_wrote_or_where_or_who(stage: MetricsStage) -> None:
    desk = stage.desk
    log = stage.meter.count_lines(stage.note)
    dispatch = Dispatch(Desk(desk.store, (*COMMANDS, explode), desk.clock, ZONE, 7), log)
    for platform in ("wall", "Pokrovsk", 'x"} 1'):
        for line in HOSTILE:
            await dispatch.line(Caller(platform, "@putin:example.org", "Путін"), line)
    for event in ("not decrypted", "no homeserver", "Pokrovsk", "undelivered"):
        log(event, platform="!Pokrovsk:example.org", room="!r:example.org", why="Myrnohrad")
    await desk.add("!Pokrovsk:example.org")
    letter = InboxEvent("$Putin", "!Pokrovsk:example.org", '{"body": "Myrnohrad"}', 1)
    await desk.store.mailbox.receive("Pokrovsk", "token", (letter,))
    text = await stage.read()
    known = {each.path for each in COMMANDS} | {"unknown", "other"}
    known |= {"wall", "discord", "answered", "refused", "fault", "inbox", "outbox", "notices"}
    labels = [
        (name, value)
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        for name, value in sample.labels.items()
    ]
    assert {name for name, _ in labels} == {
        *("command", "le", "outcome", "platform", "queue", "version")
    }
    assert {value for name, value in labels if name not in {"le", "version"}} <= known
    for word in ("Pokrovsk", "Путін", "Putin", "Myrnohrad", "example.org", "secret"):
        assert word not in text


async def test_questions_are_counted_by_command_and_outcome_and_timed(stage: MetricsStage) -> None:
    dispatch = Dispatch(stage.desk.dispatch.desk, stage.meter.count_lines(stage.note))
    for line in ("/status Pokrovsk", "/status Lviv", "/status Nowhereville", "/nonsense"):
        await dispatch.line(Caller("wall", "9", "Somebody"), line)
    seen = await stage.look()
    assert seen["sitrep_questions_total", "status answered wall"] == 2
    assert seen["sitrep_questions_total", "status refused wall"] == 1
    assert seen["sitrep_questions_total", "unknown refused wall"] == 1
    assert seen["sitrep_question_seconds_count", "status"] == 3
    assert stage.logged == ["invocation"] * 4


async def test_what_goes_wrong_on_the_way_is_counted_by_platform(stage: MetricsStage) -> None:
    log = stage.meter.count_lines(stage.note)
    log("reconnecting", platform="discord", why="ClientError")
    log("no homeserver", platform="wall", why="it answered 502")
    log("not decrypted", platform="wall")
    log("event failed", platform="wall", error=KeyError("x"))
    seen = await stage.look()
    assert seen["sitrep_reconnects_total", "discord"] == 1
    assert seen["sitrep_reconnects_total", "wall"] == 1
    assert seen["sitrep_undecryptable_messages_total", "wall"] == 1
    assert seen["sitrep_undecryptable_messages_total", "discord"] == 0
    assert seen["sitrep_faults_total", ""] == 1


# How things stand


async def test_queues_have_a_length_and_an_age(stage: MetricsStage) -> None:
    desk, now_ms = stage.desk, int(stage.desk.clock().timestamp() * 1000)
    letter = InboxEvent("$1", "!r", "{}", now_ms - 30_000)
    await desk.store.mailbox.receive("place", "token", (letter,))
    for number, age_s in enumerate((5, 90)):
        until = now_ms + 600_000 - age_s * 1000
        post = OutboxMessage(f"r-{number}", "!r", "m.room.message", "{}", until)
        await desk.store.mailbox.answer("", (post,))
    due = desk.clock() - timedelta(seconds=7)
    await desk.store.notice_queue.tell(PendingNotice("n", "wall", "1", "/help"), due)
    seen = await stage.look()
    for queue, length, age_s in (("inbox", 1, 30), ("outbox", 2, 90), ("notices", 1, 7)):
        assert seen["sitrep_queue_length", queue] == length
        assert seen["sitrep_queue_age_seconds", queue] == age_s
    assert seen["sitrep_platform_connected", "wall"] == 1
    assert seen["sitrep_platform_connected", "discord"] == 0


async def test_a_summary_that_is_due_is_late_until_it_is_told(stage: MetricsStage) -> None:
    desk = stage.desk
    await desk.add()
    assert (await stage.look())["sitrep_summary_late_seconds", ""] == 0
    desk.clock.now = MORNING + timedelta(minutes=3)
    later = replace(stage, meter=make_meter())
    assert (await later.look())["sitrep_summary_late_seconds", ""] == 180
    await desk.turn()
    assert desk.wall.keys() == ["T-1-20251108"]
    told = replace(stage, meter=make_meter())
    assert (await told.look())["sitrep_summary_late_seconds", ""] == 0


async def test_copies_and_the_replica_have_an_age_only_where_there_are_any(
    stage: MetricsStage,
) -> None:
    seen = await stage.look()
    assert ("sitrep_backup_age_seconds", "") not in seen
    assert ("sitrep_replica_age_seconds", "") not in seen
    assert seen["sitrep_store_bytes", ""] >= stage.file.stat().st_size
    folder = stage.folder / "copies"
    back_up(stage.file, folder, 7, stage.desk.clock() - timedelta(hours=2))
    plan = BackupPlan(stage.file, folder, timedelta(hours=24), 7)
    shipped = stage.desk.clock() - timedelta(seconds=1.5)
    seen = await replace(stage, meter=make_meter(), backups=plan, shipped_at=shipped).look()
    assert seen["sitrep_backup_age_seconds", ""] == 7200
    assert seen["sitrep_replica_age_seconds", ""] == 1.5


async def test_healthz_says_what_health_says(stage: MetricsStage) -> None:
    async with stage.serving() as address:
        silent = "The bot is not running: it has left no heartbeat.\n"
        assert await fetch(f"{address}/healthz") == (503, silent)
        heartbeat.beat(heartbeat.path_beside(stage.file), {"discord": False})
        assert await fetch(f"{address}/healthz") == (503, "Not connected: discord.\n")
        heartbeat.beat(heartbeat.path_beside(stage.file), {"discord": True})
        assert await fetch(f"{address}/healthz") == (200, "ok\n")
        assert (await fetch(f"{address}/"))[0] == 404


# Where it is served


@pytest.mark.parametrize("text", ["127.0.0.1:9464", "[::1]:9464", "localhost:9464"])
def test_loopback_is_served(text: str) -> None:
    assert read_address(text, beyond_loopback=False).port == 9464


@pytest.mark.parametrize("text", ["0.0.0.0:9464", "192.0.2.7:9464", "[::]:9464"])
def test_what_others_reach_is_refused_unless_said_so(text: str) -> None:
    with pytest.raises(SettingsError, match=r"others can reach .*127\.0\.0\.1:9464"):
        read_address(text, beyond_loopback=False)
    assert read_address(text, beyond_loopback=True).port == 9464


@pytest.mark.parametrize("text", ["127.0.0.1:70000", "999.0.0.1:80"])
def test_what_is_no_address_is_told(text: str) -> None:
    with pytest.raises(SettingsError, match="SITREP_WATCH: "):
        read_address(text, beyond_loopback=False)


def test_a_wrong_address_ends_run_with_one_sentence(tmp_path: Path) -> None:
    result = run(tmp_path, "run", SITREP_DISCORD_TOKEN="x", SITREP_WATCH="0.0.0.0:9464")
    assert result.returncode == 1
    assert result.stderr.startswith("SITREP_WATCH: others can reach 0.0.0.0; write 127.0.0.1:9464")
    result = run(tmp_path, "run", SITREP_DISCORD_TOKEN="x", SITREP_WATCH="9464")
    assert result.stderr == (
        "SITREP_WATCH: “9464” does not suit; write an address and a port, such as 127.0.0.1:9464.\n"
    )


async def test_a_port_that_is_taken_ends_run_with_one_sentence(stage: MetricsStage) -> None:
    async with stage.serving() as address:
        port = address.rpartition(":")[2]
        settings = {"SITREP_WATCH": f"127.0.0.1:{port}", "SITREP_STORE": "other.db"}
        result = run(stage.folder, "run", SITREP_DISCORD_TOKEN="x", **settings)
    assert result.returncode == 1
    assert result.stderr.startswith(f"SITREP_WATCH: 127.0.0.1:{port} cannot be served (")
