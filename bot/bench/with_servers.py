"""What is timed with a server beside it: benchmarks/, which only a checkout has."""

import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path


async def bench_wire(
    size: int,
    as_json: bool,  # noqa: FBT001 -- as the command line has it
    out: Callable[[str], None],
    keep: Path | None = None,
) -> int:
    """Time answers on the Discord of the tests; return the exit code."""
    if not _is_there("--wire"):
        return 1
    from benchmarks.wire import bench_wire as bench

    return await bench(size, as_json, out, keep=keep)


async def bench_matrix(
    size: int,
    as_json: bool,  # noqa: FBT001 -- as above
    out: Callable[[str], None],
    devices: int = 0,
) -> int:
    """Time answers on a homeserver, or in an encrypted room there; return the exit code."""
    if not _is_there("--matrix"):
        return 1
    if devices:
        return await _bench_sealed_room(devices, as_json, out)
    from benchmarks.matrix import bench_matrix as bench

    return await bench((size,), as_json, out)


async def _bench_sealed_room(
    devices: int,
    as_json: bool,  # noqa: FBT001 -- as above
    out: Callable[[str], None],
) -> int:
    from bot.adapters.matrix.crypto.encryption import explain_absence, is_there

    if not is_there():
        out(explain_absence())
        return 1
    from benchmarks.sealed_room import bench_sealed_room

    return await bench_sealed_room(devices, as_json, out)


async def bench_replica(
    size: int,
    as_json: bool,  # noqa: FBT001 -- as above
    out: Callable[[str], None],
) -> int:
    """Time filings that wait for a replica; return the exit code."""
    if not _is_there("--replica"):
        return 1
    from benchmarks.replica import bench_replica as bench

    return await bench(size, as_json, out)


def _is_there(option: str) -> bool:
    if find_spec("benchmarks") is not None:
        return True
    print(f"bench {option} needs a checkout: there is no benchmarks/ beside bot/.", file=sys.stderr)  # noqa: T201
    return False
