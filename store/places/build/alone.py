"""A gazetteer of one country alone, as a file to put into the seeds of a desk."""

import sqlite3
from contextlib import closing
from pathlib import Path

from store.db import migrate
from store.places.build.countries import read_country
from store.places.build.pack import pack_tables
from store.places.import_places import AdditionReport, import_records


def write_gazetteer(country: str, out: Path) -> AdditionReport:
    """Write the gazetteer of a country to a file, in the form in which one ships."""
    report = AdditionReport()
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        migrate.build(db)
        import_records(db, lambda: read_country(country), report)
        out.write_bytes(pack_tables(db))
    return report
