"""From a shell: shipping the store to a replica, and the record back from there."""

from datetime import UTC, datetime
from pathlib import Path

from bot.cli.transfer import OK, refuse
from bot.replica.configuration import is_configuration, write_configuration
from bot.replica.fetch_replica import require_same_record, restore_replica
from bot.replica.shipper_process import become_shipper, configuration_file
from bot.settings import Settings
from store.model.refusals import HasContent


def replicate(settings: Settings, file: Path | None) -> int:
    """Write the shipper's configuration into a file; without one, ship until told to stop."""
    if file is not None:
        if not is_configuration(file):
            return refuse(f"--config: {file} is something else's; write another file.")
        write_configuration(settings, file)
        print(f"{file}: for litestream replicate -config {file} -no-expand-env")
        return OK
    written = configuration_file(settings)
    write_configuration(settings, written)
    require_same_record(settings)
    become_shipper(written)
    return OK


def restore_from_replica(settings: Settings, at: datetime | None, expect: str) -> int:
    """Put the replica's record where there is none yet, then check it as doctor does."""
    from bot.cli.maintenance import examine_store

    try:
        restored = restore_replica(settings, datetime.now(UTC), at)
    except HasContent as error:
        return refuse(f"{error} A replica is restored only where there is no record yet.")
    seq, digest = restored.head
    print(f"{settings.store}: {seq:,} revisions, the last {digest[:12]}.")
    return examine_store(settings, expect)
