"""Files at the homeserver: put there, and fetched from there, no byte more than was agreed."""

import json
import re
from io import BytesIO

from aiohttp import ClientResponse, ClientSession, ClientTimeout
from mautrix.api import HTTPAPI, Method
from mautrix.errors import MatrixRequestError, make_request_error
from yarl import URL

from bot.adapters.matrix.protocol.events import text_at
from bot.adapters.matrix.protocol.homeserver_errors import Denied

TOO_LARGE = "M_TOO_LARGE"
_MXC = re.compile(r"mxc://([A-Za-z0-9.:\[\]-]{1,255})/([A-Za-z0-9_-]{1,255})")
_NOW, _BEFORE = "_matrix/client/v1/media", "_matrix/media/v3"
"""Where media are since version 1.11, and where they were before."""
_PATIENCE = ClientTimeout(total=540.0, sock_read=60.0)
_PIECE, _SAID = 65_536, 65_536
_NOT_FOUND, _TOO_LARGE = 404, 413


class Media:
    """The media of one homeserver; its errors are the library's, or Denied."""

    def __init__(self, api: HTTPAPI, web: ClientSession) -> None:
        self._api, self._web = api, web

    async def upload(self, data: bytes, kind: str, name: str = "") -> str:
        """Put a file there and return its address; Denied, M_TOO_LARGE, when it takes none of it.

        It is asked first how much it takes: it may hang up on whoever sends more.
        """
        most = await self._most()
        if len(data) > most >= 0:
            raise Denied(TOO_LARGE, f"it takes {most} bytes")
        async with self._web.post(
            self._at(_BEFORE, "upload"),
            data=BytesIO(data),
            params={"filename": name} if name else {},
            headers={**self._headers, "Content-Type": kind},
            timeout=_PATIENCE,
        ) as answer:
            await _check(answer)
            return str((await answer.json())["content_uri"])

    async def _most(self) -> int:
        """Return how many bytes the homeserver takes; -1 where it does not say."""
        for place in (_NOW, _BEFORE):
            try:
                config = await self._api.request(Method.GET, f"{place}/config")
            except MatrixRequestError as error:
                if not _is_unknown(error):
                    raise
            else:
                most = config.get("m.upload.size") if isinstance(config, dict) else None
                return most if isinstance(most, int) else -1
        return -1

    async def download(self, address: str, most: int) -> bytes:
        """Return a file; Denied when there is none, or with M_TOO_LARGE when it is larger."""
        match = _MXC.fullmatch(address)
        if match is None:
            raise Denied("M_INVALID_PARAM", "no address of a file")
        server, id_ = match.groups()
        try:
            return await self._fetched(self._at(_NOW, "download", server, id_), most)
        except MatrixRequestError as error:
            if not _is_unknown(error):
                raise
        return await self._fetched(self._at(_BEFORE, "download", server, id_), most)

    async def _fetched(self, at: URL, most: int) -> bytes:
        headers = {**self._headers, "Accept-Encoding": "identity"}
        async with self._web.get(at, headers=headers, timeout=_PATIENCE) as answer:
            await _check(answer)
            got = bytearray()
            async for piece in answer.content.iter_chunked(_PIECE):
                got += piece
                if len(got) > most:
                    raise Denied(TOO_LARGE, f"it has more than {most} bytes")
            return bytes(got)

    def _at(self, place: str, *path: str) -> URL:
        return self._api.base_url.joinpath(place, *path)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._api.token}"}


def _is_unknown(error: MatrixRequestError) -> bool:
    """Tell whether the homeserver may not know what it was asked for."""
    return error.http_status == _NOT_FOUND or error.errcode == "M_UNRECOGNIZED"


async def _check(answer: ClientResponse) -> None:
    """Raise what the homeserver says where it refuses."""
    if answer.ok:
        return
    text = (await answer.content.read(_SAID)).decode(errors="replace")
    try:
        body = json.loads(text)
    except ValueError:
        body = None
    known = body if isinstance(body, dict) else {}
    code = text_at(known, "errcode") or (TOO_LARGE if answer.status == _TOO_LARGE else None)
    raise make_request_error(answer.status, text, code, text_at(known, "error"))
