"""Which of two files of one record is the newer: asked before one takes the other's place."""

import sqlite3
from contextlib import closing
from pathlib import Path

from store.maintenance.raw_connection import open_bare
from store.model.refusals import NoStore, NotAStore
from store.record.revisions import head, holds

_TERM = "SELECT max(term) FROM tenures"


def is_newer_in_same_term(store: Path, copy: Path) -> bool:
    """Tell whether a store is what a copy was made of, and nobody has written elsewhere since.

    Its last term is the copy's, and the copy's last revision is in its chain. False where there is
    no such store.
    """
    try:
        with closing(open_bare(store)) as there, closing(open_bare(copy)) as here:
            if there.execute(_TERM).fetchone() != here.execute(_TERM).fetchone():
                return False
            return holds(there, head(here))
    except (NoStore, NotAStore, sqlite3.Error):
        return False
