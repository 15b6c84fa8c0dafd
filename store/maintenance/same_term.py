"""Which of two files of one record is the newer: asked before one takes the other's place."""

import sqlite3
from contextlib import closing
from pathlib import Path

from store.maintenance.raw_connection import open_bare
from store.model.refusals import NoStore, NotAStore

_TERM = "SELECT max(term) FROM tenures"
_HEAD = "SELECT seq, digest FROM revisions ORDER BY seq DESC LIMIT 1"


def is_newer_in_same_term(store: Path, copy: Path) -> bool:
    """Tell whether a store is what a copy was made of, and nobody has written elsewhere since.

    Its last term is the copy's, and the copy's last revision is in its chain. False where there is
    no such store.
    """
    try:
        with closing(open_bare(store)) as there, closing(open_bare(copy)) as here:
            if there.execute(_TERM).fetchone() != here.execute(_TERM).fetchone():
                return False
            seq, digest = here.execute(_HEAD).fetchone() or (0, "")
            sql = "SELECT digest FROM revisions WHERE seq = ?"
            return not seq or there.execute(sql, (seq,)).fetchone() == (digest,)
    except (NoStore, NotAStore, sqlite3.Error):
        return False
