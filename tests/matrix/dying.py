"""A process that dies as it begins a statement of SQL, once a file says which."""

import functools
import os
import signal
import sqlite3
from pathlib import Path
from typing import Any

WHERE = "DIES_AT"


class TracingConnection(sqlite3.Connection):
    """Tells what it begins."""

    def __init__(self, *how: Any, **more: Any) -> None:
        super().__init__(*how, **more)
        self.set_trace_callback(begins)


def begins(statement: str) -> None:
    """Die if it is said to be the moment, as by a power cut, and only once."""
    path = Path(os.environ[WHERE])
    if path.exists() and path.read_text() in statement:
        path.unlink()
        os.kill(os.getpid(), signal.SIGKILL)


def watch_statements() -> None:
    """Have every connection that is opened from now on tell what it begins."""
    sqlite3.connect = functools.partial(  # type: ignore[assignment]
        sqlite3.connect, factory=TracingConnection
    )
