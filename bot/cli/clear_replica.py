"""From a shell: what the replica keeps of before is deleted; shipping is ended for good."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.cli.transfer import OK, REFUSED, refuse
from bot.replica.configuration import require_replica, socket_path
from bot.replica.fetch_replica import require_in_chain
from bot.replica.parts import find_old
from bot.replica.place import ReplicaPlace, open_place
from bot.replica.rclone_place import RcloneMissing
from bot.replica.shipper_process import configuration_file, is_shipping, state_folder
from bot.settings import Settings
from bot.standby.litestream import beside
from bot.standby.stand_by import open_lease
from store.maintenance.end_shipping import end_shipping
from store.maintenance.restore import count_revisions
from store.model.refusals import NoStore

_PATIENCE_S = 10
_ENDS = (".shipping.yml", ".taking.yml", ".shipper.log", ".following*")
_STOP_FIRST = "The shipper is at work on this store; stop it first."


async def clear_replica(settings: Settings, *, yes: bool) -> int:
    """Delete what came before the current term; without a lease the whole of the replica.

    Never what this store has not, nor while it is shipped to. What is to go is said first.
    """
    require_replica(settings)
    current = await _find_current(settings)
    if settings.lease and not current:
        return refuse("The lease knows of no term that is shipped yet, so that nothing is deleted.")
    if not settings.lease and is_shipping(socket_path(settings)):
        return refuse(_STOP_FIRST)
    try:
        with open_place(settings) as place:
            if not settings.lease:
                _require_held(settings)
            return _clear(settings, place, current, yes=yes)
    except RcloneMissing as error:
        return refuse(f"{error} By hand: {_by_hand(settings, current)}.")


def _by_hand(settings: Settings, current: str) -> str:
    """Say what to delete with other means."""
    if current:
        return f"delete what begins with {settings.replica}/term-, but {current}/"
    return f"delete {settings.replica}/, and {state_folder(settings.store)} here"


def _clear(settings: Settings, place: ReplicaPlace, current: str, *, yes: bool) -> int:
    parts = place.list_parts()
    old = find_old(parts, current)
    for part in parts:
        state = "goes" if part in old else "stays"
        print(f"{state:<5} {part.name}: {part.files:,} files, {part.size:,} bytes")
    if not old:
        print(f"Nothing of {settings.replica} is to be deleted.")
        return OK
    if not yes:
        files, size = sum(part.files for part in old), sum(part.size for part in old)
        print(f"To delete these {files:,} files, {size:,} bytes: --yes.")
        return REFUSED
    for part in old:
        place.delete(part)
    if not current:
        shutil.rmtree(state_folder(settings.store), ignore_errors=True)
        print("Deleted. Start replicate now: it ships the whole store anew.")
        return OK
    print("Deleted.")
    if (kept := beside(settings.store, ".replaced")).exists():
        print(f"{kept} has what was on record before, too; so it may on the other machine.")
    return OK


async def _find_current(settings: Settings) -> str:
    """Return the name of the term that is shipped now; NoStore if no server of the lease says."""
    if not settings.lease:
        return ""
    try:
        async with asyncio.timeout(_PATIENCE_S):
            lease = await open_lease(settings, lambda *_, **__: None)
            try:
                return await lease.find_replica()
            finally:
                await lease.aclose()
    except (TimeoutError, OSError):
        raise NoStore(
            f"No server of {settings.lease} says which term is shipped now; nothing is deleted."
        ) from None


def _require_held(settings: Settings) -> None:
    """Refuse to delete what stands nowhere else."""
    if not count_revisions(settings.store):
        raise NoStore(f"There is no record at {settings.store}: the replica may be the only one.")
    require_in_chain(settings)


def end_replica(settings: Settings, *, yes: bool) -> int:
    """Take out of the store, and from beside it, what is there to ship it."""
    if is_shipping(socket_path(settings)):
        return refuse(_STOP_FIRST)
    beside_it = [path for path in _find_shippers_files(settings) if path.exists()]
    for path in beside_it:
        print(f"goes  {path}")
    print(
        "goes  what Litestream keeps in the store, if anything; SQLite tends its log itself again"
    )
    if not yes:
        print("To do so: --yes.")
        return REFUSED
    end_shipping(settings.store)
    for path in beside_it:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    print("Done. Take SITREP_REPLICA, SITREP_DURABLE and SITREP_LEASE out of the settings.")
    if settings.replica:
        print(f"What is at {settings.replica} stays there until you delete it.")
    return OK


def _find_shippers_files(settings: Settings) -> Iterator[Path]:
    yield state_folder(settings.store)
    yield configuration_file(settings)
    yield socket_path(settings)
    for end in _ENDS:
        yield from settings.store.parent.glob(f"{settings.store.name}{end}")
