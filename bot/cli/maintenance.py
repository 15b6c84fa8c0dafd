"""From a shell: backup, restore, the whole record, and a look at how the store stands."""

import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.transfer import OK, refused, written_whole
from bot.settings import Settings
from store.model.refusals import HasContent

_TROUBLE = 1


def backup(settings: Settings, folder: Path | None, keep: int | None) -> int:
    """Copy the store beside whoever writes to it."""
    from store.maintenance.backup import back_up

    to = folder or (Path(settings.backup_folder) if settings.backup_folder else Path("backups"))
    made = back_up(settings.store, to, keep or settings.backup_keep, datetime.now(UTC))
    print(f"{made.path}: {made.size:,} bytes, checked.")
    for gone in made.rotated:
        print(f"Deleted: {gone}")
    return OK


def restore(settings: Settings, file: Path, *, yes: bool) -> int:
    """Put a copy or a record in the store's place; ask first where something is there."""
    from store.maintenance.restore import restore as put

    now = datetime.now(UTC)
    try:
        done = put(file, settings.store, now, replace=yes)
    except HasContent as error:
        if not (sys.stdin.isatty() and _agreed(f"{error} Replace it? It is kept beside. [y/N] ")):
            return refused(f"{error} To replace it, keeping it beside: --yes.")
        done = put(file, settings.store, now, replace=True)
    seq, digest = done.head
    print(f"{settings.store}: {seq:,} revisions, the last {digest[:12]}.")
    if done.kept:
        print(f"The old one is {done.kept}.")
    return OK


def _agreed(question: str) -> bool:
    return input(question).strip().casefold() in {"y", "yes"}


def export_record(settings: Settings, out: Path | None) -> int:
    """Write the whole record, revisions verbatim."""
    from store.maintenance.raw_connection import open_bare
    from store.maintenance.record_dump import record_lines

    with closing(open_bare(settings.store)) as db:
        if out is None:
            sys.stdout.writelines(record_lines(db))
            return OK
        with written_whole(out) as file:
            file.writelines(record_lines(db))
    return OK


def doctor(settings: Settings, expect: str) -> int:
    """Say how a store stands, a line a thing; return 1 where something is wrong."""
    from store.maintenance.doctor import Finding, Level, examine

    backups = settings.backup_folder or "off"
    said = f"store {settings.store}, zone {settings.zone}, backups {backups}"
    failed = False
    for found in (
        Finding(Level.OK, "settings", said),
        *examine(settings.store, datetime.now(UTC), expect),
    ):
        print(f"{found.level:<5} {found.what}: {found.detail}")
        failed |= found.level is Level.FAIL
    return _TROUBLE if failed else OK
