"""File the seeds day by day and print each morning's summary: ``make replay``.

In the end it prints what those days changed, by either clock.

Under a virtual clock, from 24 October to 8 November 2025, as a desk would have: each entry on the
latest day on which it may have happened or been said, each link once both its ends are there. The
summaries are those of a room that is told at eight in the morning.
"""

import asyncio
import shutil
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import Struct

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that it runs from anywhere

from bot.adapters.console.layout import layout  # noqa: E402 -- the root has to be on the path
from bot.adapters.console.paint import paint, width_of  # noqa: E402
from bot.adapters.console.posting import Printer  # noqa: E402
from bot.dispatch import Desk, Dispatch  # noqa: E402
from bot.i18n.formatter import Voice  # noqa: E402
from bot.notify.scheduler import Schedule  # noqa: E402
from commands import COMMANDS  # noqa: E402
from commands.kit.invocation import Caller, Role  # noqa: E402
from store import SEEDS, Store, open_store  # noqa: E402
from store.model.digest import DigestSettings  # noqa: E402
from store.model.entry import LinkType  # noqa: E402
from store.model.filing import Filing  # noqa: E402
from store.model.revision import Act, Person  # noqa: E402
from store.record import entry_rows  # noqa: E402
from store.record.entry_rows import parse_snapshot  # noqa: E402
from tests.fakes import ZONE  # noqa: E402

FIRST, LAST = date(2025, 10, 24), date(2025, 11, 8)
MORNING, NOON = time(8), time(12)
DESK = Person("console", "desk", "The desk")
STALE_DAYS = 7


class Link(Struct, frozen=True):
    """One link of the seeds, by the numbers that they give to its ends."""

    from_id: int
    kind: LinkType
    to_id: int
    why: str


class Seeds(Struct, frozen=True):
    """What the seeds hold: entries by the number that they give, and the links between them."""

    entries: dict[int, Filing]
    links: tuple[Link, ...]


class Clock:
    """The virtual time."""

    def __init__(self) -> None:
        self.now = at(FIRST, time())

    def __call__(self) -> datetime:
        return self.now


def at(day: date, hour: time) -> datetime:
    """Return a moment of the desk's zone."""
    return datetime.combine(day, hour, ZONE)


async def read_seeds(path: Path) -> Seeds:
    """Return what the seeds put on record, read from a store that holds them."""
    entries: dict[int, Filing] = {}
    links: list[Link] = []
    async with await open_store(path) as store:
        await store.load_seeds(at(LAST, NOON))
        for number in range(1, 1000):
            for revision in await store.history.of(f"E-{number}"):
                after: Any = revision.after
                if "link" in after:
                    kind = LinkType(after["link"])
                    links.append(Link(number, kind, int(after["to"][2:]), after["why"]))
                else:
                    entries[number] = parse_snapshot(after)
            if number not in entries:
                break
    return Seeds(entries, tuple(links))


class Filer:
    """Puts the seeds on record, day by day."""

    def __init__(self, store: Store, seeds: Seeds) -> None:
        self.store, self.seeds = store, seeds
        self.ids: dict[int, int] = {}
        self.linked: set[Link] = set()

    async def file(self, now: datetime) -> None:
        """File what is of that day, and link it with what is there."""
        for number, entry in self._of(now.date()):
            act = Act(f"replay:{number}", "file", DESK, now, "Filed as it was read.")
            work = partial(entry_rows.file, filing=entry, at=now)
            self.ids[number] = int((await self.store.history.write(act, work)).target[2:])
        for link in self.seeds.links:
            if {link.from_id, link.to_id} <= set(self.ids) and link not in self.linked:
                self.linked.add(link)
                key = f"replay:{link.from_id}:{link.kind}:{link.to_id}"
                act = Act(key, "link", DESK, now, link.why)
                ends = self.ids[link.from_id], link.kind, self.ids[link.to_id]
                await self.store.moderation.link(act, *ends)

    def _of(self, day: date) -> Iterator[tuple[int, Filing]]:
        for number, entry in self.seeds.entries.items():
            latest = max(entry.day.latest, FIRST)
            if latest == day:
                yield number, entry


def _log(event: str, /, *, error: BaseException | None = None, **fields: str | float) -> None:
    if error is not None:
        raise error
    if event not in {"invocation", "summary told"}:
        print(event, fields, file=sys.stderr)


async def replay(folder: Path) -> None:
    """Live through the days, and print what a room is told each morning."""
    seeds = await read_seeds(folder / "seeds.db")
    bare = folder / "bare"
    shutil.copytree(SEEDS, bare, ignore=shutil.ignore_patterns("pokrovsk-*.toml"))
    clock = Clock()
    async with await open_store(folder / "replay.db") as store:
        await store.load_seeds(clock(), bare)
        act = Act("replay", "digest", DESK, clock(), "To be told each morning.")
        await store.digests.add(act, "console", "local", DigestSettings(MORNING, str(ZONE)))
        dispatch = Dispatch(Desk(store, COMMANDS, clock, ZONE, STALE_DAYS), _log)
        printer = Printer(Voice(ZONE))
        schedule = Schedule(store, dispatch, {"console": printer}, clock, _log)
        filer = Filer(store, seeds)
        for number in range((LAST - FIRST).days + 1):
            day = FIRST + timedelta(days=number)
            clock.now = at(day, MORNING)
            print(f"── {day:%A %-d %B %Y}, 08:00 ──\n")
            await schedule.turn()
            clock.now = at(day, NOON)
            await filer.file(clock())
        for clock_name in ("world", "record"):
            line = f"/changes from:{FIRST} to:{LAST} clock:{clock_name}"
            print(f"── {line} ──\n")
            answer = await dispatch.line(Caller("console", "reader", "A reader", Role.READER), line)
            paint(layout(answer.reply, Voice(ZONE), width_of(sys.stdout)), sys.stdout)
            print()


def main() -> None:
    with TemporaryDirectory(prefix="sitrep-replay-") as folder:
        asyncio.run(replay(Path(folder)))


if __name__ == "__main__":
    main()
