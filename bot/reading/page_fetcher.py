"""Pages of the open internet, and of no other network: looked at when the connection is made.

A name may lead elsewhere each time that it is looked up, so nothing that was checked before counts.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver
from msgspec import Struct

from bot.reading.open_internet import is_global
from commands.kit.errors import BadParam
from commands.kit.inlines import T
from commands.kit.params.basic import echo

MOST_BYTES, SECONDS, MOST_REDIRECTS = 5_000_000, 20.0, 5
_PORTS = {80, 443}
_CHUNK = 65_536
_REDIRECTS = {301, 302, 303, 307, 308}
_FOUND = 200
_NAMES = {
    "text/html": "page.html",
    "application/xhtml+xml": "page.html",
    "text/plain": "page.txt",
    "application/pdf": "page.pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "page.docx",
}
_HEADERS = {"User-Agent": "Sitrep", "Accept": ", ".join(_NAMES)}
_PASTE = T("Paste its text instead.")

AddressInfo = tuple[Any, Any, int, str, tuple[Any, ...]]


class FetchedPage(Struct, frozen=True):
    """The bytes of a page, and a file name that says what they are."""

    name: str
    data: bytes


class PageFetcher:
    """Fetches pages. `allow` are hosts, or hosts with a port, that may be inside a network."""

    def __init__(
        self,
        allow: Collection[str] = (),
        proxy: str = "",
        resolver: Callable[[], AbstractResolver] = aiohttp.ThreadedResolver,
        seconds: float = SECONDS,
    ) -> None:
        self._allow, self._proxy, self._resolver = frozenset(allow), proxy, resolver
        self._seconds = seconds

    def check(self, address: str) -> None:
        """Refuse what cannot be the address of a page, before anything is asked of it."""
        check_address(address, self._allow)

    async def fetch(self, address: str) -> FetchedPage:
        """Return a page; BadParam says in one sentence why there is none."""
        try:
            async with asyncio.timeout(self._seconds):
                return await self._follow(address)
        except TimeoutError:
            raise _refuse(T("That page took too long.")) from None
        except (aiohttp.ClientError, OSError, ValueError):
            raise _refuse(T("That page cannot be fetched.")) from None

    async def _follow(self, address: str) -> FetchedPage:
        for _ in range(MOST_REDIRECTS + 1):
            check_address(address, self._allow)
            page = await self._get(address)
            if isinstance(page, FetchedPage):
                return page
            address = urljoin(address, page)
        raise _refuse(T("That address leads on more than {n} times.", n=MOST_REDIRECTS))

    async def _get(self, address: str) -> FetchedPage | str:
        """Return a page, or the address to which it leads on; each time by a connection anew."""
        guard = _Guard(is_free=bool(self._proxy) or _is_allowed(address, self._allow))
        connector = aiohttp.TCPConnector(
            resolver=self._resolver(),
            use_dns_cache=False,
            force_close=True,
            socket_factory=guard.open_socket,
        )
        try:
            async with (
                aiohttp.ClientSession(
                    connector=connector, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False
                ) as session,
                session.get(
                    address, headers=_HEADERS, allow_redirects=False, proxy=self._proxy or None
                ) as response,
            ):
                return await _read(response)
        except (aiohttp.ClientError, OSError):
            if guard.refused:
                raise _refuse_inside() from None
            raise


class _Guard:
    """Opens sockets to addresses of the open internet; says whether it refused another."""

    def __init__(self, *, is_free: bool) -> None:
        self._is_free, self.refused = is_free, False

    def open_socket(self, info: AddressInfo) -> socket.socket:
        family, kind, protocol, _, target = info
        if not self._is_free and not is_global(str(target[0])):
            self.refused = True
            raise PermissionError("an address inside a network")
        return socket.socket(family, kind, protocol)


async def _read(response: aiohttp.ClientResponse) -> FetchedPage | str:
    if response.status in _REDIRECTS and "Location" in response.headers:
        return response.headers["Location"]
    if response.status != _FOUND:
        raise _refuse(T("That page answers with an error ({n}).", n=response.status))
    name = _NAMES.get(response.content_type)
    if name is None:
        kind = echo(response.content_type)
        raise _refuse(T("That address is no page but {kind}.", kind=kind))
    data = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        data += chunk
        if len(data) > MOST_BYTES:
            raise _refuse(T("That page is larger than 5 MB."))
    return FetchedPage(name, bytes(data))


def check_address(address: str, allow: Collection[str] = ()) -> None:
    """Refuse what is no address of a page: another scheme, another port, a name or a password."""
    try:
        parts = urlsplit(address)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError:
        raise _refuse(T("That is no address of a page.")) from None
    is_plain = parts.scheme in {"http", "https"} and parts.hostname and parts.username is None
    if not is_plain:
        raise _refuse(T("That is no address of a page."))
    if _is_allowed(address, allow):
        return
    if port not in _PORTS:
        raise _refuse(T("Only the ports 80 and 443 are fetched from."))
    if _is_inside(parts.hostname or ""):
        raise _refuse_inside()


def _is_inside(host: str) -> bool:
    """Tell whether a host is written as an address that is not of the open internet."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return not is_global(host)


def _is_allowed(address: str, allow: Collection[str]) -> bool:
    parts = urlsplit(address)
    return parts.netloc.casefold() in allow or (
        (parts.hostname or "") in allow and (parts.port or 443) in _PORTS
    )


def _refuse_inside() -> BadParam:
    return _refuse(T("That address leads inside a network."))


def _refuse(why: T) -> BadParam:
    return BadParam(why, _PASTE)
