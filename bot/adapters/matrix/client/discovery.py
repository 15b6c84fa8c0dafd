"""Where the homeserver is, found out before any password or token goes there.

https://spec.matrix.org/latest/client-server-api/#well-known-uris
"""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout
from msgspec import Struct

from bot.adapters.matrix.protocol.events import text_at
from bot.adapters.matrix.protocol.homeserver_errors import Unavailable

_WELL_KNOWN, _VERSIONS = "/.well-known/matrix/client", "/_matrix/client/versions"
_PATIENCE = ClientTimeout(total=20.0)
_MOST = 65_536
_OK, _TOO_MANY, _BROKEN = 200, 429, 500


class WrongAddress(RuntimeError):
    """The address in the settings is of something else than a homeserver."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(
            f"SITREP_MATRIX_HOMESERVER: {address} is not a Matrix homeserver: {why}."
            " Write the homeserver's address, such as https://matrix.example.org."
        )


class _Page(Struct, frozen=True):
    """What stands at an address: the status, and the JSON object if it is one."""

    status: int
    content: Mapping[str, Any] | None


async def find_homeserver(web: ClientSession, address: str) -> str:
    """Return the base address of the homeserver that an address stands for.

    What the address itself names in `.well-known` comes first; where no homeserver answers there,
    the address is one itself, or WrongAddress says why not. Unavailable while it is away.
    """
    named = await _read_well_known(web, address)
    if named and named != address:
        try:
            if not await _fault(web, named):
                return named
        except Unavailable:  # it may be of use to others only, as one outside of this network
            pass
    if fault := await _fault(web, address):
        elsewhere = f", nor is {named}, which it names" if named and named != address else ""
        raise WrongAddress(address, fault + elsewhere)
    return address


async def _read_well_known(web: ClientSession, address: str) -> str:
    """Return the homeserver that an address names; "" where it names none that is as safe."""
    try:
        page = await _fetch(web, address + _WELL_KNOWN)
    except Unavailable:
        return ""
    known = page.content if page.status == _OK else None
    base = text_at(known or {}, "m.homeserver", "base_url").rstrip("/")
    safe = ("https://",) if address.startswith("https://") else ("https://", "http://")
    return base if base.startswith(safe) else ""


async def _fault(web: ClientSession, base: str) -> str:
    """Return why there is no homeserver at an address; "" where there is one."""
    page = await _fetch(web, base + _VERSIONS)
    if page.status == _TOO_MANY or page.status >= _BROKEN:
        raise Unavailable(f"it answered {page.status}")
    if page.status != _OK:
        return f"it answered {page.status} to {_VERSIONS}"
    if page.content is None or not isinstance(page.content.get("versions"), list):
        return f"what it answered to {_VERSIONS} lists no versions"
    return ""


async def _fetch(web: ClientSession, address: str) -> _Page:
    """Return what stands at an address; Unavailable where nobody answers."""
    try:
        async with web.get(address, timeout=_PATIENCE) as answer:
            text = await answer.content.read(_MOST)
            status = answer.status
    except (ClientError, OSError, TimeoutError) as error:
        raise Unavailable(str(error) or "it did not answer in time") from None
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        content = None
    return _Page(status, content if isinstance(content, Mapping) else None)
