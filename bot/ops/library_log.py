"""What a library logs itself, in the program's log: on one line, and with nobody's name.

Left alone it would print to standard error as it likes: whole tracebacks each time a connection is
made again, and the ids of people and rooms.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from typing_extensions import override

from bot.dispatch import Log

_SMALL = 100_000
"""A larger number could be somebody's id."""

Describe = Callable[[logging.LogRecord], Mapping[str, Any]]
"""Returns what may be shown of a record, as fields of our line."""


@contextmanager
def capture_library_log(
    library: str,
    log: Log,
    platform: str,
    describe: Describe,
    is_logged: Callable[[logging.LogRecord], bool] = lambda _: False,
) -> Iterator[None]:
    """Take what a library logs from warnings on, for as long as this lasts.

    `is_logged` may log a record in words of its own; it says whether it has.
    """
    logger = logging.getLogger(library)
    handler = _Handler(log, platform, describe, is_logged)
    before, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = before


class _Handler(logging.Handler):
    def __init__(
        self,
        log: Log,
        platform: str,
        describe: Describe,
        is_logged: Callable[[logging.LogRecord], bool],
    ) -> None:
        super().__init__(logging.WARNING)
        self._log, self._platform = log, platform
        self._describe, self._is_logged = describe, is_logged

    @override
    def emit(self, record: logging.LogRecord) -> None:
        if self._is_logged(record):
            return
        fields = self._describe(record)
        if (error := error_of(record)) is not None:
            self._log("library failed", platform=self._platform, error=error, **fields)
        else:
            self._log("library warned", platform=self._platform, **fields)


def error_of(record: logging.LogRecord) -> BaseException | None:
    """Return the error that a record is about, if any."""
    return record.exc_info[1] if record.exc_info else None


def place_of(record: logging.LogRecord) -> Mapping[str, Any]:
    """Return where a record was written alone: its words name people and rooms."""
    return {"where": f"{record.module}:{record.lineno}"}


def words_of(record: logging.LogRecord) -> Mapping[str, Any]:
    """Return a record's text with its figures filled in, and nothing else."""
    given = record.args if isinstance(record.args, tuple) else ()
    shown = tuple(value if _is_figure(value) else "…" for value in given)
    try:
        return {"said": str(record.msg) % shown}
    except (TypeError, ValueError):  # it wants a figure where there is none to be shown
        return {"said": str(record.msg)}


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float) and abs(value) < _SMALL
