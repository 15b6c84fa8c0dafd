"""python -m bot bench: the store's speed on made entries, against bare SQLite."""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.bench.cast import seed
from bot.bench.filling import fill
from bot.bench.importing import ROUNDS, measure_import
from bot.bench.measuring import CALLS, measure
from bot.bench.store_report import as_data, figures, table

_UNITS = {"k": 1_000, "m": 1_000_000}
_FEWEST = 100


def parse_sizes(text: str) -> tuple[int, ...]:
    """Read "10k,100k,1m" as numbers, smallest first; ValueError says what is wrong."""
    return tuple(sorted({_size(part.strip().lower()) for part in text.split(",")}))


def _size(text: str) -> int:
    unit = _UNITS.get(text[-1:], 1)
    digits = text[:-1] if unit > 1 else text
    if not (digits.isascii() and digits.isdigit() and int(digits) * unit >= _FEWEST):
        raise ValueError(f"{text!r} is no size: write {_FEWEST} or more, such as 10k or 1m")
    return int(digits) * unit


async def bench(
    sizes: Sequence[int],
    as_json: bool,  # noqa: FBT001 -- as the command line has it
    out: Callable[[str], None],
    calls: int = CALLS,
    keep: Path | None = None,
) -> int:
    """Make a store of each size, time it, and tell the figures; return the exit code.

    The stores stand in the folder that is to `keep` them, and those that are there are used; or
    else in the system's folder for temporary files (TMPDIR): 3.1 GB for a million.
    """
    with keep_stores(keep) as folder:
        stores = [await make_store(folder, size) for size in sorted(sizes)]
        results = figures(await measure(stores, calls))
    out(json.dumps(as_data(results), indent=1) if as_json else table(results))
    return 0


async def bench_made(
    size: int,
    as_json: bool,  # noqa: FBT001 -- as the command line has it
    out: Callable[[str], None],
) -> int:
    """Time the pictures of a store of so many made entries; return the exit code."""
    # Only this loads the commands, and Pillow.
    from bot.bench.picture_bench import bench_pictures

    with keep_stores(None) as folder:
        return await bench_pictures(await make_store(folder, size), as_json, out)


async def bench_import(
    rows: int,
    as_json: bool,  # noqa: FBT001 -- as the command line has it
    out: Callable[[str], None],
    rounds: int = ROUNDS,
) -> int:
    """Time an import of so many rows against bare `executemany`; return the exit code."""
    with tempfile.TemporaryDirectory(prefix="sitrep-bench-") as folder:
        seeded = Path(folder, "seeded.db")
        await seed(seeded)
        result = await measure_import(seeded, rows, rounds)
    out(json.dumps({"import": [result.as_data()]}, indent=1) if as_json else result.in_words())
    return 0


async def bench_made_checks(
    size: int,
    as_json: bool,  # noqa: FBT001 -- as the command line has it
    out: Callable[[str], None],
) -> int:
    """Time checks of messages on a store of so many made entries; return the exit code."""
    # Only this loads what checks a message.
    from bot.bench.check_bench import bench_checks

    with keep_stores(None) as folder:
        return await bench_checks(await make_store(folder, size), as_json, out)


@contextmanager
def keep_stores(folder: Path | None) -> Iterator[Path]:
    """Give the folder that keeps stores; without one, another that is gone afterwards."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="sitrep-bench-") as fleeting:
        yield Path(fleeting)


async def make_store(folder: Path, size: int) -> Path:
    """Return the store of so many made entries in a folder, made unless it is there."""
    seeded, file = folder / "seeded.db", folder / f"{size}.db"
    if not seeded.exists():
        await seed(seeded)
    if not file.exists():
        part = file.with_suffix(".part")
        fill(seeded, part, size)
        part.rename(file)
    return file
