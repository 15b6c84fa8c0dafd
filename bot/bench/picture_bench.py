"""Times what is drawn: whole answers with their pictures, by the processor; a burst of maps."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, timedelta
from pathlib import Path
from statistics import median
from time import process_time

from bot.bench.cast import LAST_DAY
from bot.bench.questions import Questions
from bot.dispatch import Desk, Dispatch
from bot.i18n.formatter import Voice
from bot.pictures.album import Album
from commands import COMMANDS
from commands.kit.invocation import Caller
from store import open_store

_STALE_DAYS = 7
_READER = Caller("bench", "reader", "Reader")


@dataclass(frozen=True)
class PictureRounds:
    """How often each answer is timed, how many maps make a burst, and what is asked among them."""

    times: int = 5
    maps: int = 200
    others: int = 20


FULL = PictureRounds()


@dataclass(frozen=True)
class DrawnAnswer:
    """What one kind of answer took, at the median: processor seconds; its picture in bytes."""

    name: str
    seconds: float
    size: int


@dataclass(frozen=True)
class Burst:
    """Maps that were all asked for at once, and what was asked for among them.

    Of so many `maps`, `drawn` were there when the last of the others was answered, which had waited
    at most `worst_s` of the time of one processor.
    """

    maps: int
    drawn: int
    others: int
    worst_s: float


class PictureBench:
    """Asks a made store, and draws."""

    def __init__(self, dispatch: Dispatch, questions: Questions, rounds: PictureRounds) -> None:
        self._dispatch, self._questions, self._rounds = dispatch, questions, rounds
        self._voice = Voice(UTC)
        self.album = Album()

    async def show(self, line: str) -> int:
        """Answer a line and draw its picture; return the picture's bytes."""
        answer = await self._dispatch.line(_READER, line)
        files = (await self.album.hang(answer.reply, self._voice)).files
        return sum(len(file.data) for file in files)

    async def time(self, name: str, line: str, *, cold: bool) -> DrawnAnswer:
        """Time a line, each time with nothing kept if it is to be `cold`."""
        seconds: list[float] = []
        size = await self.show(line)  # what is loaded once is loaded
        for _ in range(self._rounds.times):
            self.album = Album() if cold else self.album
            begun = process_time()
            size = await self.show(line)
            seconds.append(process_time() - begun)
        return DrawnAnswer(name, round(median(seconds), 4), size)

    async def burst(self) -> Burst:
        """Ask for many different maps at once, and for entries among them."""
        self.album = Album()
        place = self._questions.busiest_ref
        lines = [f"/map {place} wide:{wide}" for wide in range(50, 50 + self._rounds.maps)]
        maps = [asyncio.create_task(self.show(line)) for line in lines]
        worst = 0.0
        for _ in range(self._rounds.others):
            begun = process_time()
            await self.show(f"/entry E-{self._questions.number()}")
            worst = max(worst, process_time() - begun)
        drawn = sum(each.done() for each in maps)
        await asyncio.gather(*maps)
        return Burst(len(maps), drawn, self._rounds.others, round(worst, 3))


async def bench_pictures(
    file: Path,
    as_json: bool,  # noqa: FBT001 -- as the command line has it
    out: Callable[[str], None],
    rounds: PictureRounds = FULL,
) -> int:
    """Time the pictures of a made store; return the exit code."""
    async with await open_store(file, writing=False) as store:
        desk = Desk(store, COMMANDS, lambda: LAST_DAY, UTC, _STALE_DAYS)
        questions = Questions(file, "pictures")
        bench = PictureBench(Dispatch(desk, _log), questions, rounds)
        place = questions.busiest_ref
        first = (LAST_DAY - timedelta(days=30)).date()
        drawn = [
            await bench.time("map, cold", f"/map {place}", cold=True),
            await bench.time("map, kept", f"/map {place}", cold=False),
            await bench.time("timeline", f"/timeline {place} look:light", cold=True),
            await bench.time("changes at a place", f"/changes {place} from:{first}", cold=True),
            await bench.time("changes anywhere", f"/changes from:{first}", cold=True),
        ]
        burst = await bench.burst()
    out(_as_json(drawn, burst) if as_json else _in_words(drawn, burst, questions.busiest_count))
    return 0


def _log(event: str, /, *, error: BaseException | None = None, **fields: str | float) -> None:
    del event, fields
    if error is not None:
        raise error


def _as_json(drawn: list[DrawnAnswer], burst: Burst) -> str:
    return json.dumps({"pictures": [*map(asdict, drawn)], "burst": asdict(burst)}, indent=1)


def _in_words(drawn: list[DrawnAnswer], burst: Burst, entries: int) -> str:
    lines = [f"{entries:,} entries at the busiest place; seconds of the processor, bytes"]
    lines += [f"{each.name:20} {each.seconds:8.4f} {each.size:8,}" for each in drawn]
    lines.append(
        f"{burst.maps} maps at once: the {burst.others} entries asked for among them waited at"
        f" most {burst.worst_s:.3f} s of the processor, with {burst.drawn} maps drawn by then"
    )
    return "\n".join(lines)
