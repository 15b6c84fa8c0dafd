"""What SQLite or the system says of a store's file, as a refusal that names the file."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.model.refusals import NotAStore, StoreError

NO_SQLITE = "it is not a file of SQLite."


def refuse_folder(path: Path) -> None:
    """Refuse a folder where a store's file belongs."""
    if path.is_dir():
        raise StoreError(f"{path} is a folder: write a file in it, such as {path / 'sitrep.db'}.")


@contextmanager
def explain(path: Path) -> Iterator[None]:
    """Refuse in one sentence what cannot be opened: StoreError, NotAStore where it is no store."""
    refuse_folder(path)
    try:
        yield
    except OSError as error:
        raise StoreError(f"{error.filename or path}: {error.strerror}.") from None
    except sqlite3.OperationalError as error:
        needed = "who starts Sitrep has to be able to read it, and to write beside it"
        raise StoreError(f"{path} cannot be opened, {error}: {needed}.") from None
    except sqlite3.DatabaseError as error:
        raise NotAStore(f"{path} is no store of Sitrep: {error}.") from None
