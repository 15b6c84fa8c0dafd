"""Places that an operator brings in: each time one act, on record, whole or not at all."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec.structs import asdict, replace

from store.db.database import Database
from store.model.revision import Act, Change
from store.places.geonames_file import Record, read_records
from store.places.import_places import AdditionReport, file_digest, import_records
from store.record.revisions import by_key, record


class Additions:
    """More places than ship with the program."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def add_file(self, act: Act, file: Path) -> AdditionReport:
        """Bring in a country's file of GeoNames or a table; PlaceFileFault names a fault."""
        digest = await asyncio.to_thread(file_digest, file)
        content = {"file": file.name, "sha256": digest}
        return await self._db.write(_add, act, digest, content, lambda: read_records(file))

    async def add_country(self, act: Act, country: str) -> AdditionReport:
        """Bring in a country out of the installed packages; NoPackages says what is missing."""
        from store.places.build.countries import read_country  # noqa: PLC0415 -- an extra

        content = {"country": country}
        return await self._db.write(_add, act, country, content, lambda: read_country(country))


def _add(
    db: sqlite3.Connection,
    act: Act,
    what: str,
    content: dict[str, str],
    read: Callable[[], Iterable[Record]],
) -> AdditionReport:
    report = AdditionReport()

    def change(db: sqlite3.Connection) -> Change:
        import_records(db, read, report)
        return Change("places", None, {**content, **asdict(report)})

    key = f"places:{what}"
    if by_key(db, key) is not None:
        return AdditionReport(repeated=True)
    record(db, replace(act, key=key), change)
    return report
