"""A library's own log, taken over by the program's for a while."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def capture(library: str, handler: logging.Handler) -> Iterator[None]:
    """Hand what a library logs to `handler` alone, for as long as this lasts."""
    logger = logging.getLogger(library)
    before, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = before
