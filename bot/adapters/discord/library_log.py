"""What the library itself logs, in the program's log: on one line, and with nobody's name.

Left alone it would print to standard error as it likes: whole tracebacks each time a connection is
made again, and the ids of those whose suggestions came too late.
"""

import logging
from contextlib import AbstractContextManager

from typing_extensions import override

from bot.adapters.discord.interactions.delivery import LOST, log_undelivered
from bot.adapters.discord.interactions.identity import PLATFORM
from bot.dispatch import Log
from bot.ops.library_log import capture

_LIBRARY = "discord"
_SHARDS = "discord.shard"
_SMALL = 100_000
"""A larger number could be somebody's id."""


def library_log(log: Log) -> AbstractContextManager[None]:
    """Take what the library logs from warnings on, for as long as this lasts."""
    return capture(_LIBRARY, _Handler(log))


class _Handler(logging.Handler):
    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    @override
    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if record.name == _SHARDS and isinstance(error, Exception):
            self._log("reconnecting", platform=PLATFORM, why=type(error).__name__)
        elif isinstance(error, LOST):
            log_undelivered(self._log, error)
        elif error is not None:
            self._log("library failed", platform=PLATFORM, error=error, said=_said(record))
        else:
            self._log("library warned", platform=PLATFORM, said=_said(record))


def _said(record: logging.LogRecord) -> str:
    """Return a record's text with its figures filled in, and nothing else."""
    given = record.args if isinstance(record.args, tuple) else ()
    shown = tuple(one if _is_figure(one) else "…" for one in given)
    try:
        return str(record.msg) % shown
    except (TypeError, ValueError):  # it wants a figure where there is none to be shown
        return str(record.msg)


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float) and abs(value) < _SMALL
