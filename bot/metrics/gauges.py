"""How things stand when somebody looks: queues, summaries, copies, the file."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from typing_extensions import override

from bot.notify.scheduler import Schedule
from bot.ops.backups import BackupPlan
from bot.platform import Platform
from store import Store


class Observed(Struct, frozen=True):
    """What is looked at. `answer_ms` is how long an answer stays worth sending.

    `shipped_at` says until when all that was written is at the replica, None where nobody knows.
    """

    store: Store
    file: Path
    schedule: Schedule
    platforms: tuple[Platform, ...]
    clock: Callable[[], datetime]
    backups: BackupPlan | None = None
    answer_ms: int = 0
    shipped_at: Callable[[], datetime | None] = lambda: None


class _Reading(Struct, frozen=True):
    """A figure: by one label, or by none where its only name is ""."""

    name: str
    meaning: str
    values: Mapping[str, float | None]
    label: str = ""


class Readings(Collector):
    """The last look, as Prometheus wants it."""

    def __init__(self, observed: Observed) -> None:
        self._observed = observed
        self._last: list[_Reading] = []

    async def look(self) -> None:
        """Look at all of it anew."""
        observed = self._observed
        now = observed.clock()
        connected = {each.name: float(each.ready) for each in observed.platforms}
        late = await observed.schedule.measure_delay()
        files = {"": _size_of(observed.file)}
        backup_age = await asyncio.to_thread(_age, observed, now)
        self._last = [
            _Reading("platform_connected", "Whether it could answer now", connected, "platform"),
            *await _read_queues(observed, now),
            _Reading("summary_late_seconds", "How late the latest summary is", {"": late}),
            _Reading("store_bytes", "Size of the store with its log", files),
            _Reading("backup_age_seconds", "Age of the newest copy", {"": backup_age}),
            _Reading(
                *("replica_age_seconds", "How far the replica may be behind"),
                {"": _seconds_since(now, observed.shipped_at())},
            ),
        ]

    @override
    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield what the last look saw; what is not known is left out."""
        for reading in self._last:
            labels = (reading.label,) if reading.label else ()
            family = GaugeMetricFamily(f"sitrep_{reading.name}", reading.meaning, labels=labels)
            known = {name: value for name, value in reading.values.items() if value is not None}
            for name, value in known.items():
                family.add_metric((name,) if labels else (), value)
            if known:
                yield family


async def _read_queues(observed: Observed, now: datetime) -> tuple[_Reading, ...]:
    """Return how many wait in each queue, and for how long the first of them has waited."""
    now_ms = now.timestamp() * 1000
    mail = await observed.store.mailbox.backlog()
    lengths: dict[str, float | None] = {"inbox": mail.unanswered, "outbox": mail.unsent}
    waits: dict[str, float | None] = {
        "inbox": _seconds(now_ms, mail.oldest_at),
        "outbox": _seconds(now_ms, mail.first_until, observed.answer_ms),
    }
    notices = [
        await observed.store.notice_queue.overdue(each.name, now) for each in observed.platforms
    ]
    lengths["notices"] = sum(number for number, _ in notices)
    since = [due for _, due in notices if due is not None]
    waits["notices"] = max(0.0, (now - min(since)).total_seconds()) if since else 0.0
    return (
        _Reading("queue_length", "What waits to be answered or sent", lengths, "queue"),
        _Reading("queue_age_seconds", "How long the first has waited", waits, "queue"),
    )


def _seconds(now_ms: float, at_ms: int | None, earlier_ms: int = 0) -> float:
    """Return the seconds since a moment less some milliseconds; nought where there is none."""
    return 0.0 if at_ms is None else max(0.0, (now_ms - at_ms + earlier_ms) / 1000)


def _size_of(store: Path) -> float:
    parts = (store, store.with_name(f"{store.name}-wal"))
    return float(sum(part.stat().st_size for part in parts if part.exists()))


def _age(observed: Observed, now: datetime) -> float | None:
    """Return the seconds since the newest copy; None where there is none."""
    from store.maintenance.backup import backups_of

    if observed.backups is None:
        return None
    copies = backups_of(observed.backups.store, observed.backups.folder)
    return _seconds_since(now, copies[-1][0] if copies else None)


def _seconds_since(now: datetime, at: datetime | None) -> float | None:
    return None if at is None else max(0.0, (now - at).total_seconds())
