"""The log: readable on a terminal, a JSON object a line otherwise.

Never a token, never an entry's text.
"""

import sys
from functools import cache
from typing import TYPE_CHECKING

from bot.dispatch import Log

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger

_LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}
_INFO, _ERROR = 20, 40


def make_log(level: str) -> Log:
    """Return the log for this level; the library behind it loads with its first line."""
    least = _LEVELS[level]

    def log(
        event: str,
        /,
        *,
        error: BaseException | None = None,
        urgent: bool = False,
        **fields: str | float,
    ) -> None:
        if (_ERROR if error or urgent else _INFO) >= least:
            _write(event, error, fields, urgent=urgent)

    return log


def _write(
    event: str, error: BaseException | None, fields: dict[str, str | float], *, urgent: bool
) -> None:
    logger = _logger()
    if error or urgent:
        logger.error(event, exc_info=error, **fields)
    else:
        logger.info(event, **fields)


@cache
def _logger() -> "FilteringBoundLogger":
    """Return the library's logger, bound once: an unbound one is put together for each line."""
    import structlog

    dev = structlog.dev
    shown = (  # a plain traceback: a rich one would show what the variables hold
        [dev.ConsoleRenderer(colors=True, exception_formatter=dev.plain_traceback)]
        if sys.stderr.isatty()
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *shown,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logger: FilteringBoundLogger = structlog.get_logger().bind()
    return logger
