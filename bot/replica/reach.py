"""Whether the replica's place answers at all: asked while the replica is late, and of nobody else.

Nothing is sent that anybody could misuse, and no answer is believed but that there is one.
"""

import asyncio
from contextlib import closing
from urllib.parse import urlsplit

import aiohttp

from bot.settings import Settings

_LIMIT_S = 1.0
_SSH_PORT = 22
_GREETING = b"SSH-"
_AWAY = 500
"""The first status that says that a server, or what stands before it, cannot serve now."""


async def answers(settings: Settings) -> bool:
    """Tell whether somebody answers there; a refusal is an answer, and a folder always answers."""
    try:
        async with asyncio.timeout(_LIMIT_S):
            if settings.replica.startswith("s3://"):
                return await _web_server_answers(_web_address(settings))
            if settings.replica.startswith("sftp://"):
                parts = urlsplit(settings.replica)
                return await _ssh_server_answers(parts.hostname or "", parts.port or _SSH_PORT)
    except (TimeoutError, OSError, aiohttp.ClientError):
        return False
    return True


def _web_address(settings: Settings) -> str:
    if settings.replica_endpoint:
        return settings.replica_endpoint
    region = f".{settings.replica_region}" if settings.replica_region else ""
    return f"https://s3{region}.amazonaws.com"


async def _web_server_answers(address: str) -> bool:
    """Ask without a name or key, through the proxy if there is one, as the shipper goes."""
    async with (
        aiohttp.ClientSession(trust_env=True) as session,
        session.get(address, ssl=False, allow_redirects=False) as response,
    ):
        return response.status < _AWAY


async def _ssh_server_answers(host: str, port: int) -> bool:
    reader, writer = await asyncio.open_connection(host, port)
    with closing(writer):
        return await reader.readexactly(len(_GREETING)) == _GREETING
