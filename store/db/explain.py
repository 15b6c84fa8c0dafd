"""What SQLite or the system says of a store's file, as a refusal that names the file."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from store.model.refusals import NotAStore, StoreError

NO_SQLITE = "it is not a file of SQLite."
_HEADER = b"SQLite format 3\0"
_SHORTEST = 100  # bytes of SQLite's header; of a file of one byte it thinks that it is empty
_DENIED = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}
_OF_THE_SYSTEM = _DENIED | {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PROTOCOL,
}


def refuse_special(path: Path) -> None:
    """Refuse what can be no file of ours: a folder, a device, a pipe, a link that leads nowhere."""
    _find_size(path)


def refuse_other_file(path: Path) -> None:
    """Refuse what can be no store, nor become one: what is special, or no file of SQLite."""
    size = _find_size(path)
    if size and (size < _SHORTEST or _read_header(path) != _HEADER):
        raise NotAStore(f"{path} is no store: {NO_SQLITE}")


def _read_header(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(_HEADER))
    except OSError:
        return _HEADER  # whoever opens it hears why it cannot be read


def _find_size(path: Path) -> int:
    """Return how many bytes an ordinary file has, 0 where there is none yet."""
    try:
        path.name.encode()
        status = path.stat()
    except UnicodeEncodeError:
        raise StoreError(f"{str(path)!a} is no name in UTF-8.") from None
    except (FileNotFoundError, NotADirectoryError):
        if path.is_symlink() and not (there := path.resolve()).parent.is_dir():
            raise StoreError(f"{path} leads to {there}, and its folder is not there.") from None
        return 0
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}.") from None
    if S_ISDIR(status.st_mode):
        raise StoreError(f"{path} is a folder: write a file in it, such as {path / 'sitrep.db'}.")
    if not S_ISREG(status.st_mode):
        raise StoreError(f"{path} is no file, but a device or a pipe.")
    return status.st_size


@contextmanager
def explain(path: Path) -> Iterator[None]:
    """Refuse in one sentence what cannot be opened: StoreError, NotAStore where it is no store."""
    refuse_other_file(path)
    try:
        yield
    except OSError as error:
        raise StoreError(f"{error.filename or path}: {error.strerror}.") from None
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _DENIED:
            raise StoreError(f"{path} cannot be opened: {error}.") from None
        needed = "who starts Sitrep has to be able to read it, and to write beside it"
        raise StoreError(f"{path} cannot be opened, {error}: {needed}.") from None
    except sqlite3.DatabaseError as error:
        raise NotAStore(f"{path} is no store of Sitrep: {error}.") from None


def find_cause(error: sqlite3.Error) -> str:
    """Return what is wrong with the file or its disk; "" where the fault is in what was asked."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF  # an extended one has more
    return str(error) if code in _OF_THE_SYSTEM else ""
