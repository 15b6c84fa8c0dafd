"""The library, behind what the bot needs of it: few calls, plain data, three kinds of errors."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout
from mautrix.api import Method, Path, PathBuilder
from mautrix.client import Client as Library
from mautrix.errors import (
    CryptoError,
    MatrixConnectionError,
    MatrixRequestError,
    MatrixResponseError,
    MLimitExceeded,
    MMissingToken,
    MUnknownToken,
    MUserDeactivated,
)
from mautrix.types import EventType, RoomID, UserID

from bot.adapters.matrix.errors import Denied, Later, LoggedOut
from bot.adapters.matrix.events import Event
from bot.adapters.matrix.session import Session

Data = dict[str, Any]

_REQUEST_S = 60.0
_UNAUTHORISED, _BROKEN = 401, 500
_GONE = (
    "Matrix refused the token: it was revoked or its device was logged out."
    " Log in anew (docs/matrix.md, “When something is wrong”)."
)


@contextmanager
def _told() -> Iterator[None]:
    """Turn the library's errors into ours."""
    try:
        yield
    except (MUnknownToken, MMissingToken, MUserDeactivated):
        raise LoggedOut(_GONE) from None
    except MLimitExceeded:
        raise Later("it wants to be asked less") from None
    except MatrixRequestError as error:
        if error.http_status == _UNAUTHORISED:
            raise LoggedOut(_GONE) from None
        if error.http_status >= _BROKEN:
            raise Later(f"it answered {error.http_status}") from None
        raise Denied(error.errcode or str(error.http_status), error.message or "") from None
    except (MatrixConnectionError, MatrixResponseError, CryptoError, ClientError) as error:
        raise Later(str(error)) from None
    except (OSError, TimeoutError) as error:
        raise Later(str(error) or "it did not answer in time") from None


class Client:
    """One session on a homeserver."""

    def __init__(self, homeserver: str, session: Session | None = None) -> None:
        self._homeserver = homeserver
        self._web = ClientSession(
            headers={"User-Agent": "Sitrep"}, timeout=ClientTimeout(total=_REQUEST_S)
        )
        self.library = Library(
            base_url=homeserver, client_session=self._web, state_store=None, sync_store=None
        )
        if session is not None:
            self.use(session)

    def use(self, session: Session) -> None:
        """Ask in the name of a session from now on."""
        self.library.mxid = UserID(session.user)
        self.library.device_id = session.device  # type: ignore[assignment]  # a NewType of str
        self.library.api.token = session.token

    @property
    def id(self) -> str:
        return str(self.library.mxid)

    async def log_in(self, user: str, password: str) -> Session:
        """Log in anew, as a device of its own; Denied when the password is wrong."""
        with _told():
            made = await self.library.login(
                identifier=UserID(user), password=password, device_name="Sitrep"
            )
        session = Session(str(made.user_id), str(made.device_id), made.access_token)
        self.use(session)
        return session

    async def who(self) -> tuple[str, str]:
        """Return whose token it is and of which device."""
        with _told():
            said = await self.library.whoami()
        return str(said.user_id), str(said.device_id or "")

    async def name(self) -> str:
        """Return how the bot is called, where no room calls it otherwise."""
        try:
            profile = await self.get(Path.v3.profile[self.id].displayname)
        except Denied:
            return ""
        return str(profile.get("displayname") or "")

    async def sync(self, since: str | None, looks: Mapping[str, Any], wait_s: float) -> Data:
        """Return what happened since a token, waiting for something to happen."""
        query = {"filter": json.dumps(looks), "timeout": str(int(wait_s * 1000))}
        return await self.get(Path.v3.sync, **query, **({"since": since} if since else {}))

    async def get(self, path: PathBuilder, **query: str) -> Data:
        """Return what stands at a path of the API."""
        with _told():
            found: Data = await self.library.api.request(Method.GET, path, query_params=query)
        return found

    async def before(self, room: str, token: str, until: str) -> Data:
        """Return a page of what happened in a room, newest first, back to a token."""
        query = {"dir": "b", "from": token, "to": until, "limit": "100"}
        return await self.get(Path.v3.rooms[room].messages, **query)

    async def state(self, room: str, kind: str, key: str = "") -> Data:
        """Return the content of a state event; Denied where there is none."""
        return await self.get(Path.v3.rooms[room].state[kind][key])

    async def send(self, room: str, kind: str, content: Data, key: str) -> str:
        """Send a message, encrypted where the room is; a repeat of its key is the same message."""
        with _told():
            event_type = EventType.find(kind, t_class=EventType.Class.MESSAGE)
            sent = await self.library.send_message_event(
                RoomID(room),
                event_type,
                content,  # type: ignore[arg-type]  # as JSON, which it takes
                txn_id=key,
            )
        return str(sent)

    async def put_state(self, room: str, kind: str, key: str, content: Data) -> None:
        """Set a state event."""
        with _told():
            await self.library.api.request(
                Method.PUT, Path.v3.rooms[room].state[kind][key], content
            )

    async def post(self, path: PathBuilder, content: Data | None = None) -> Data:
        """Do what stands at a path of the API."""
        with _told():
            done: Data = await self.library.api.request(Method.POST, path, content or {})
        return done

    async def join(self, room: str, via: str = "") -> None:
        """Join a room, by way of a server that is in it."""
        path = Path.v3.join[room]
        with _told():
            query = {"via": via, "server_name": via} if via else {}
            await self.library.api.request(Method.POST, path, {}, query_params=query)

    async def leave(self, room: str) -> None:
        """Leave a room and forget it; also what one was only invited to."""
        await self.post(Path.v3.rooms[room].leave)
        await self.forget(room)

    async def forget(self, room: str) -> None:
        """Have the homeserver forget a room that was left."""
        await self.post(Path.v3.rooms[room].forget)

    async def write_to(self, user: str, marks: Data) -> str:
        """Make a room for two, marked when it is made, and invite somebody; return its id."""
        made = await self.post(
            Path.v3.createRoom,
            {
                "preset": "trusted_private_chat",
                "is_direct": True,
                "invite": [user],
                "creation_content": marks,
            },
        )
        return str(made["room_id"])

    async def account_data(self, kind: str) -> Data:
        """Return what the account keeps under a name; empty where there is nothing."""
        try:
            return await self.get(Path.v3.user[self.id].account_data[kind])
        except Denied:
            return {}

    async def keep(self, kind: str, content: Data) -> None:
        """Keep something with the account."""
        with _told():
            path = Path.v3.user[self.id].account_data[kind]
            await self.library.api.request(Method.PUT, path, content)

    async def decrypted(self, event: Event) -> Event | None:
        """Return what an encrypted event says; None without its key."""
        return None if event else event

    async def aclose(self) -> None:
        await self._web.close()
