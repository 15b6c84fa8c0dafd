"""The record, from the replica: fetched beside, checked, and put in an empty place."""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.replica.configuration import write_configuration
from bot.replica.shipper_process import find_litestream, shipper_environment, state_folder
from bot.settings import Settings
from store.maintenance.raw_connection import open_bare
from store.maintenance.restore import (
    RestoreResult,
    count_revisions,
    describe_content,
    restore,
)
from store.model.refusals import HasContent, NoStore, NotAStore
from store.record.revisions import head, holds

_NOTHING_THERE = "no matching backup files available"


class ReplicaUnreachable(NotAStore):
    """The replica could not be read; the text says what the shipper said."""


def restore_replica(
    settings: Settings, now: datetime, at: datetime | None = None, below: str = ""
) -> RestoreResult:
    """Put the replica's record, as it stood `at` a moment, where no record is yet.

    HasContent where there is one, NoStore where the replica has none, NotAStore where it is broken.
    """
    if there := count_revisions(settings.store):
        raise HasContent(describe_content(settings.store, there))
    settings.store.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".replica-", dir=settings.store.parent) as folder:
        copy = fetch_replica(settings, Path(folder), at, below)
        result = restore(copy, settings.store, now, replace=False)
    shutil.rmtree(state_folder(settings.store), ignore_errors=True)
    return result


def fetch_replica(
    settings: Settings, folder: Path, at: datetime | None = None, below: str = ""
) -> Path:
    """Return a file in the folder with the replica's record; NoStore where there is none."""
    written, copy = folder / "litestream.yml", folder / "replica.db"
    write_configuration(settings, written, below)
    moment = ["-timestamp", f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"] if at else []
    told = ["-config", str(written), "-no-expand-env", "-o", str(copy), *moment]
    restoring = subprocess.run(  # noqa: S603 -- its own program, and no shell
        [find_litestream(), "restore", *told, str(settings.store.absolute())],
        env=shipper_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if restoring.returncode == 0 and copy.exists():
        return copy
    output = restoring.stdout + restoring.stderr
    if _NOTHING_THERE in output:
        raise NoStore(f"There is no record at {settings.replica}.")
    last = (output.strip().splitlines() or ["no reason given"])[-1]
    raise ReplicaUnreachable(f"{settings.replica} cannot be read: {last}.")


def require_same_record(settings: Settings) -> None:
    """Refuse to ship over another record: HasContent where the replica's is not in this chain.

    NoStore where there is nothing to ship yet. What was shipped from here before needs no look.
    """
    if not count_revisions(settings.store):
        raise NoStore(f"There is nothing to ship yet at {settings.store}: start the bot first.")
    if not state_folder(settings.store).exists():
        require_in_chain(settings)


def require_in_chain(settings: Settings) -> None:
    """Refuse where the replica has what this store has not: HasContent says so."""
    with TemporaryDirectory(prefix=".replica-", dir=settings.store.parent) as folder:
        try:
            copy = fetch_replica(settings, Path(folder))
        except NoStore:
            return
        with closing(sqlite3.connect(copy)) as db:
            last = head(db)
    with closing(open_bare(settings.store)) as db:
        is_in_chain = holds(db, last)
    if not is_in_chain:
        raise HasContent(
            f"{settings.replica} holds another record: its last revision, {last[0]:,}, is not in"
            f" {settings.store}. Restore it on an empty machine (sitrep restore --replica), or"
            " write another place into SITREP_REPLICA."
        )
