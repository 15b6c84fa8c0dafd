"""What Discord does not take is logged, once, without a word of it, and ends there."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable
from contextlib import AbstractContextManager, asynccontextmanager

import aiohttp
import discord

from bot.adapters.discord.interactions.identity import PLATFORM
from bot.dispatch import Log
from bot.ops.library_log import capture_library_log, error_of, words_of

LOST = (discord.HTTPException, aiohttp.ClientError, OSError)
"""Discord refused it, or the connection failed; a timeout is an OSError."""
FIRST_S = 2.9
"""Seconds for the first response: Discord waits three, the library would try again for 25."""
_TAKEN = 40060
"""Discord's code for an interaction that has had its first response."""
_LIBRARY, _SHARDS = "discord", "discord.shard"


def reason(error: BaseException) -> str:
    """Return what an error says; some say nothing."""
    return str(error) or type(error).__name__


def log_undelivered(log: Log, error: BaseException) -> None:
    """Say that something did not arrive, and why."""
    if isinstance(error, discord.HTTPException):
        log("undelivered", platform=PLATFORM, status=error.status, code=error.code)
    else:
        log("undelivered", platform=PLATFORM, why=type(error).__name__)


def library_log(log: Log) -> AbstractContextManager[None]:
    """Have what discord.py logs in the program's log; a lost answer or shard is no bug."""

    def is_logged(record: logging.LogRecord) -> bool:
        error = error_of(record)
        if record.name == _SHARDS and isinstance(error, Exception):
            log("reconnecting", platform=PLATFORM, why=type(error).__name__)
        elif isinstance(error, LOST):
            log_undelivered(log, error)
        else:
            return False
        return True

    return capture_library_log(_LIBRARY, log, PLATFORM, words_of, is_logged)


@asynccontextmanager
async def log_what_is_lost(log: Log) -> AsyncIterator[None]:
    """Do what is sent to Discord; if it does not get there, it is logged and given up."""
    try:
        yield
    except LOST as error:
        log_undelivered(log, error)


async def send_first_response(log: Log, response: Awaitable[object], due: float) -> None:
    """Give an interaction its first response, until `due` by the loop's clock.

    One that Discord has already is no failure: it was taken, and only the receipt was lost.
    """
    try:
        async with asyncio.timeout_at(due):
            await response
    except discord.HTTPException as error:
        if error.code != _TAKEN:
            raise
        log("answered before", platform=PLATFORM, code=error.code)


def response_deadline() -> float:
    """Return until when an interaction that came just now can have its first response."""
    return asyncio.get_running_loop().time() + FIRST_S
