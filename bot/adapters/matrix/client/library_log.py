"""What the library itself logs, in the program's log: where it was said, and with nobody's name."""

import logging
from contextlib import AbstractContextManager

from typing_extensions import override

from bot.adapters.matrix.ports import PLATFORM
from bot.dispatch import Log
from bot.ops.library_log import capture

_LIBRARY = "mau"


def library_log(log: Log) -> AbstractContextManager[None]:
    """Take what the library logs from warnings on, for as long as this lasts."""
    return capture(_LIBRARY, _Handler(log))


class _Handler(logging.Handler):
    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    @override
    def emit(self, record: logging.LogRecord) -> None:
        """Log a failure whole, and of a warning, which names people and rooms, only its place."""
        where = f"{record.module}:{record.lineno}"
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            self._log("library failed", platform=PLATFORM, error=error, where=where)
        else:
            self._log("library warned", platform=PLATFORM, where=where)
