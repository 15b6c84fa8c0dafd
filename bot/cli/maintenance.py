"""From a shell: backup, restore, and a look at how the store stands."""

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.transfer import OK, refuse
from bot.settings import Settings, ids
from store.model.installation import name_install_line
from store.model.refusals import HasContent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.maintenance.doctor import Finding

_TROUBLE = 1


def backup(settings: Settings, folder: Path | None, keep: int | None) -> int:
    """Copy the store beside whoever writes to it."""
    from store.maintenance.backup import back_up

    to = folder or (Path(settings.backup_folder) if settings.backup_folder else Path("backups"))
    copy = back_up(settings.store, to, keep or settings.backup_keep, datetime.now(UTC))
    print(f"{copy.path}: {copy.size:,} bytes, checked.")
    for old in copy.rotated:
        print(f"Deleted: {old}")
    return OK


def restore(settings: Settings, file: Path, *, yes: bool) -> int:
    """Put a copy or a record in the store's place; ask first where something is there."""
    from bot.replica.configuration import socket_path
    from bot.replica.shipper_process import is_shipping, state_folder
    from store.maintenance.restore import restore as replace_store

    if settings.replica and is_shipping(socket_path(settings)):
        return refuse("The shipper is at work on this store; stop it first.")
    now = datetime.now(UTC)
    try:
        restored = replace_store(file, settings.store, now, replace=yes)
    except HasContent as error:
        if not (sys.stdin.isatty() and _confirm(f"{error} Replace it? It is kept beside. [y/N] ")):
            return refuse(f"{error} To replace it, keeping it beside: --yes.")
        restored = replace_store(file, settings.store, now, replace=True)
    shutil.rmtree(state_folder(settings.store), ignore_errors=True)
    seq, digest = restored.head
    print(f"{settings.store}: {seq:,} revisions, the last {digest[:12]}.")
    if restored.kept:
        print(f"The old one is {restored.kept}.")
    return OK


def _confirm(question: str) -> bool:
    return input(question).strip().casefold() in {"y", "yes"}


async def doctor(settings: Settings, expect: str) -> int:
    """Say how the store and Matrix stand, a line a thing; return 1 where something is wrong."""
    from bot.ops.time_zones import zones_release
    from bot.replica.check_replica import check_replica
    from store.likeness.sentence_model import explain_absence
    from store.maintenance.doctor import Finding, Level, examine

    backups = settings.backup_folder or "off"
    summary = f"store {settings.store}, zone {settings.zone}, backups {backups}"
    findings = [Finding(Level.OK, "settings", summary)]
    findings.append(Finding(Level.OK, "time zones", f"release {zones_release() or 'unknown'}"))
    findings.append(Finding(Level.OK, "likeness", _describe_likeness(explain_absence())))
    findings += examine(settings.store, datetime.now(UTC), expect)
    findings += [finding async for finding in check_replica(settings)]
    if settings.matrix_homeserver:
        from bot.adapters.matrix.client.check_up import check_up
        from bot.serving import matrix_setup

        homes = ids(settings.matrix_home)
        findings += [finding async for finding in check_up(matrix_setup(settings), homes)]
    return print_findings(findings)


def _describe_likeness(absence: str) -> str:
    """Return by what /check compares, from why there is no language model, if there is none."""
    if not absence:
        return "/check compares words, names and, with a language model, meaning"
    line = name_install_line("likeness")
    return f"/check compares words and names alone ({absence}); for meaning too: {line}"


def examine_store(settings: Settings, expect: str) -> int:
    """Say how the store alone stands; return 1 where something is wrong."""
    from store.maintenance.doctor import examine

    return print_findings(list(examine(settings.store, datetime.now(UTC), expect)))


def print_findings(findings: "Sequence[Finding]") -> int:
    """Print a line a finding; return 1 where something is wrong."""
    from store.maintenance.doctor import Level

    for finding in findings:
        print(f"{finding.level:<5} {finding.what}: {finding.detail}")
    return _TROUBLE if any(finding.level is Level.FAIL for finding in findings) else OK
