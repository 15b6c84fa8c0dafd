"""What opening a store with this program would do to it, before anybody does it."""

import shutil
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from store.db.migrate import copy_before, latest, list_steps, readable_version
from store.maintenance.raw_connection import check_integrity, open_bare
from store.model.refusals import NotAStore

_SPARE = 100_000_000  # bytes


class UpgradePlan(Struct, frozen=True):
    """The schema of the file and of the program, the steps between, and the copy made before.

    `size` and `free` are bytes: of the file, and on its disk.
    """

    schema: int
    latest: int
    steps: tuple[str, ...]
    copy: Path
    size: int
    free: int

    @property
    def has_room(self) -> bool:
        """Whether the copy fits beside the store, what the steps write, and the file anew."""
        return self.free > 3 * self.size + _SPARE


def plan_upgrade(store: Path) -> UpgradePlan:
    """Return what opening a store would do to it; NewerStore, NoStore or NotAStore if it cannot."""
    with closing(open_bare(store)) as db:
        schema = readable_version(db, store)
    if not schema:
        raise NotAStore(f"{store} is no store of Sitrep: it has no schema.")
    steps = tuple(name for number, name in list_steps() if number > schema)
    size, free = store.stat().st_size, shutil.disk_usage(store.absolute().parent).free
    return UpgradePlan(schema, latest(), steps, copy_before(store, latest()), size, free)


def copy_for_trial(store: Path, folder: Path) -> Path:
    """Copy a store, also while a bot writes to it, so that an upgrade can be tried on the copy."""
    copy = folder / "trial.db"
    with closing(open_bare(store)) as db:
        check_integrity(db, store, quick=True)
        db.execute("VACUUM INTO ?", (str(copy),))
    return copy
