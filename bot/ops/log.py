"""The log: readable on a terminal, a JSON object a line otherwise.

Never a token, never an entry's text.
"""

import sys

from bot.dispatch import Log

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
    import structlog

    if not structlog.is_configured():
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
    logger = structlog.get_logger()
    if error or urgent:
        logger.error(event, exc_info=error, **fields)
    else:
        logger.info(event, **fields)
