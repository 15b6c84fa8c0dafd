"""The library, behind what the bot needs of it: few calls, plain data, three kinds of errors."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout
from mautrix.api import HTTPAPI, Method, PathBuilder
from mautrix.api import ClientPath as At
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
from yarl import URL

from bot.adapters.matrix.client.discovery import find_homeserver
from bot.adapters.matrix.client.media import Media
from bot.adapters.matrix.crypto.cross_signing import Recovery
from bot.adapters.matrix.crypto.encryption import Encryption
from bot.adapters.matrix.crypto.state_store import Rooms
from bot.adapters.matrix.protocol.events import Event
from bot.adapters.matrix.protocol.homeserver_errors import (
    Denied,
    LoggedOut,
    RateLimited,
    Unavailable,
    Unencryptable,
)
from bot.adapters.matrix.protocol.room import MatrixRoom
from bot.adapters.matrix.protocol.session import DeviceSession
from bot.dispatch import Log

Data = dict[str, Any]

_REQUEST_S = 60.0
_ENCRYPTION = "m.room.encryption"
_REACTION = "m.reaction"  # is never encrypted: the server counts them
_THERE = ("join", "invite")
_KEY = "sitrep.key"
"""What a message carries in the open, so that another device finds it: a digest of its key."""
_PAGES = 20
_UNAUTHORISED, _BROKEN = 401, 500
_GONE = (
    "Matrix refused the token: it was revoked or its device was logged out."
    " Log in anew (docs/matrix.md, “When something is wrong”)."
)


@contextmanager
def _translate_errors() -> Iterator[None]:
    """Turn the library's errors into ours."""
    try:
        yield
    except (MUnknownToken, MMissingToken, MUserDeactivated):
        raise LoggedOut(_GONE) from None
    except MLimitExceeded:
        raise RateLimited("it wants to be asked less") from None
    except MatrixRequestError as error:
        if error.http_status == _UNAUTHORISED:
            raise LoggedOut(_GONE) from None
        if error.http_status >= _BROKEN:
            raise Unavailable(f"it answered {error.http_status}") from None
        raise Denied(error.errcode or str(error.http_status), error.message or "") from None
    except (MatrixConnectionError, MatrixResponseError, CryptoError, ClientError) as error:
        raise Unavailable(str(error)) from None
    except (OSError, TimeoutError) as error:
        raise Unavailable(str(error) or "it did not answer in time") from None


def _mark_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]


class HomeserverClient:
    """One session on a homeserver; `encryption` is set once its keys are there."""

    def __init__(self, homeserver: str) -> None:
        timeout = ClientTimeout(total=_REQUEST_S)
        self._web = ClientSession(headers={"User-Agent": "Sitrep"}, timeout=timeout)
        self.api = HTTPAPI(homeserver, client_session=self._web)
        self.encryption: Encryption | None = None
        self._media = Media(self.api, self._web)
        self._address = homeserver
        self.id = ""

    async def discover(self) -> None:
        """Find the homeserver that the address stands for; WrongAddress where there is none."""
        self.api.base_url = URL(await find_homeserver(self._web, self._address))

    def use(self, session: DeviceSession) -> None:
        """Ask in the name of a session from now on."""
        self.id, self.api.token = session.user, session.token

    async def unlock(
        self, session: DeviceSession, recovery: Recovery, rooms: Rooms, log: Log
    ) -> None:
        """Take up the keys of the session, beside the recovery key."""
        with _translate_errors():
            self.encryption = await Encryption.open(self.api, session, recovery, rooms, log)

    async def log_in(self, user: str, password: str) -> DeviceSession:
        """Log in anew, as a device of its own; Denied when the password is wrong."""
        who = {"type": "m.id.user", "user": user}
        body = {"type": "m.login.password", "identifier": who, "password": password}
        name = {"initial_device_display_name": "Sitrep"}
        login = await self._ask(Method.POST, At.v3.login, {**body, **name}, sensitive=True)
        session = DeviceSession(
            str(login["user_id"]), str(login["device_id"]), str(login["access_token"])
        )
        self.use(session)
        return session

    async def _ask(
        self,
        method: Method,
        path: PathBuilder,
        content: Data | None = None,
        query: Mapping[str, str] | None = None,
        *,
        sensitive: bool = False,
    ) -> Data:
        with _translate_errors():
            response: Data = await self.api.request(
                method, path, content or {}, query_params=dict(query or {}), sensitive=sensitive
            )
        return response

    async def who(self) -> tuple[str, str]:
        """Return whose token it is and of which device."""
        owner = await self.get(At.v3.account.whoami)
        return str(owner.get("user_id")), str(owner.get("device_id") or "")

    async def name(self) -> str:
        """Return how the bot is called, where no room calls it otherwise."""
        try:
            profile = await self.get(At.v3.profile[self.id].displayname)
        except Denied:
            return ""
        return str(profile.get("displayname") or "")

    async def sync(self, since: str | None, looks: Mapping[str, Any], wait_s: float) -> Data:
        """Return what happened since a token, waiting for something to happen."""
        query = {"filter": json.dumps(looks), "timeout": str(int(wait_s * 1000))}
        return await self.get(At.v3.sync, **query, **({"since": since} if since else {}))

    async def get(self, path: PathBuilder, **query: str) -> Data:
        """Return what stands at a path of the API."""
        return await self._ask(Method.GET, path, query=query)

    async def before(self, room: str, token: str, until: str) -> Data:
        """Return a page of what happened in a room, newest first, back to a token."""
        query = {"dir": "b", "from": token, "to": until, "limit": "100"}
        return await self.get(At.v3.rooms[room].messages, **query)

    async def state(self, room: str, kind: str, key: str = "") -> Data:
        """Return the content of a state event; Denied where there is none."""
        return await self.get(At.v3.rooms[room].state[kind][key])

    async def event(self, room: str, event: str) -> Data:
        """Return an event of a room; Denied where there is none that the bot may see."""
        return await self.get(At.v3.rooms[room].event[event])

    async def send(
        self, room: MatrixRoom, kind: str, content: Data, key: str, *, bare: bool = False
    ) -> str:
        """Send a message, encrypted where the room is; a repeat of its key is the same message.

        Where it cannot be encrypted it is not sent, Unsealed, unless it may go `bare` then.
        """
        as_it_is = kind == _REACTION or (bare and self.encryption is None)
        if not as_it_is and await self.must_encrypt(room) and self.encryption is not None:
            with _translate_errors():
                content = await self.encryption.encrypted(
                    room.id, kind, content, lambda: self._people(room.id)
                )
            kind = "m.room.encrypted"
        if kind != _REACTION:
            content = {**content, _KEY: _mark_of(key)}
        sent = await self._ask(Method.PUT, At.v3.rooms[room.id].send[kind][key], content)
        return str(sent["event_id"])

    async def find_sent(self, room: str, key: str, since_ms: int) -> str:
        """Return the message that another device of the bot sent under a key; "" if there is none.

        It is looked for from now back to a moment. The homeserver itself knows a key again only
        from the device that used it.
        """
        page: Data = {}
        for _ in range(_PAGES):
            query = {"from": str(page["end"])} if page else {}
            page = await self.get(At.v3.rooms[room].messages, dir="b", limit="100", **query)
            events = page.get("chunk") or []
            for event in events:
                is_ours = event.get("sender") == self.id
                if is_ours and (event.get("content") or {}).get(_KEY) == _mark_of(key):
                    return str(event["event_id"])
            if not events or not page.get("end") or events[-1]["origin_server_ts"] < since_ms:
                break
        return ""

    async def redact(self, room: str, event: str, key: str) -> str:
        """Take a message of the bot's own back."""
        redacted = await self._ask(Method.PUT, At.v3.rooms[room].redact[event][key])
        return str(redacted["event_id"])

    async def edits_of(self, room: str, event: str) -> list[str]:
        """Return the edits of a message, but for those that somebody else tried."""
        page = await self.get(At.v1.rooms[room].relations[event]["m.replace"])
        edits = [edit for edit in page.get("chunk") or () if edit.get("sender") == self.id]
        return [str(edit["event_id"]) for edit in edits]

    async def must_encrypt(self, room: MatrixRoom) -> bool:
        """Tell whether what is sent to a room is encrypted; Unsealed where that cannot be."""
        sealed = await self.is_encrypted(room)
        if sealed and self.encryption is None:
            raise Unencryptable
        return sealed

    async def upload(self, data: bytes, kind: str, name: str = "") -> str:
        """Put a file on the homeserver, for whoever has its address; Denied if it takes none."""
        with _translate_errors():
            return await self._media.upload(data, kind, name)

    async def download(self, address: str, most: int) -> bytes:
        """Return a file of so many bytes at most; Denied when there is none or it is larger."""
        with _translate_errors():
            return await self._media.download(address, most)

    async def is_encrypted(self, room: MatrixRoom) -> bool:
        """Tell whether a room is encrypted; one of which no sync has told yet is asked for."""
        if room.encrypted or room.told:
            return room.encrypted
        try:
            await self.state(room.id, _ENCRYPTION)
        except Denied as error:
            if error.code != "M_NOT_FOUND":
                raise
            return False
        return True

    async def people(self, room: str) -> list[str]:
        """Return who is in a room."""
        return list((await self.get(At.v3.rooms[room].joined_members)).get("joined", {}))

    async def state_event(self, room: str, kind: str, key: str = "") -> Event:
        """Return a state event whole; Denied where there is none.

        A homeserver that knows no whole events returns its content, which has no `event_id`.
        """
        return await self.get(At.v3.rooms[room].state[kind][key], format="event")

    async def _people(self, room: str) -> list[str]:
        """Return who is in a room or invited into it."""
        members = await self.get(At.v3.rooms[room].members, not_membership="leave")
        there = [
            member for member in members["chunk"] if member["content"].get("membership") in _THERE
        ]
        return [str(member["state_key"]) for member in there]

    async def put_state(self, room: str, kind: str, key: str, content: Data) -> None:
        """Set a state event."""
        await self._ask(Method.PUT, At.v3.rooms[room].state[kind][key], content)

    async def post(self, path: PathBuilder, content: Data | None = None) -> Data:
        """Do what stands at a path of the API."""
        return await self._ask(Method.POST, path, content)

    async def join(self, room: str, via: str = "") -> None:
        """Join a room, by way of a server that is in it."""
        query = {"via": via, "server_name": via} if via else {}
        await self._ask(Method.POST, At.v3.join[room], query=query)

    async def leave(self, room: str) -> None:
        """Leave a room and forget it; also what one was only invited to."""
        await self.post(At.v3.rooms[room].leave)
        await self.forget(room)

    async def forget(self, room: str) -> None:
        """Have the homeserver forget a room that was left."""
        await self.post(At.v3.rooms[room].forget)

    async def write_to(self, user: str, marks: Data, *, sealed: bool) -> tuple[str, list[Event]]:
        """Make a room for two, marked when it is made, and invite somebody.

        Returns its id and its first state.
        """
        content = {"algorithm": "m.megolm.v1.aes-sha2"}
        encryption = {"type": _ENCRYPTION, "state_key": "", "content": content}
        state: list[Event] = [encryption] if sealed else []
        created = await self.post(
            At.v3.createRoom,
            {
                "preset": "trusted_private_chat",
                "is_direct": True,
                "invite": [user],
                "creation_content": marks,
                "initial_state": state,
            },
        )
        new = str(created["room_id"])
        self.renew_key(new)  # one made while the room was being made reached nobody
        return new, state

    async def tell_device(self, user: str, device: str, kind: str, content: Data, key: str) -> None:
        """Send something to one device of somebody."""
        messages = {"messages": {user: {device: content}}}
        await self._ask(Method.PUT, At.v3.sendToDevice[kind][key], messages)

    async def account_data(self, kind: str) -> Data:
        """Return what the account keeps under a name; empty where there is nothing."""
        try:
            return await self.get(At.v3.user[self.id].account_data[kind])
        except Denied:
            return {}

    async def keep(self, kind: str, content: Data) -> None:
        """Keep something with the account."""
        await self._ask(Method.PUT, At.v3.user[self.id].account_data[kind], content)

    async def opened(self, event: Event) -> Event | None:
        """Return what an encrypted event says; None without its key."""
        if self.encryption is None:
            return None
        with _translate_errors():
            return await self.encryption.decrypted(event)

    async def take_keys(self, batch: Mapping[str, Any]) -> None:
        """Take the keys that a sync brings."""
        if self.encryption is not None:
            await self.encryption.take(batch)

    async def follow_keys(self, batch: Mapping[str, Any]) -> list[str]:
        """Look at the devices that a sync says have changed, and hand out keys where they lack.

        Returns the rooms whose key has to be shared with others now.
        """
        if self.encryption is None:
            return []
        with _translate_errors():
            return await self.encryption.follow(batch)

    def renew_key(self, room: str) -> None:
        """Look again at who has the key of a room, as somebody came or went."""
        if self.encryption is not None:
            self.encryption.changed(room)

    async def prepare_key(self, room: MatrixRoom) -> None:
        """Share the key of an encrypted room ahead of the next answer; Unavailable if not now."""
        if self.encryption is not None and room.encrypted:
            with _translate_errors():
                await self.encryption.prepare(room.id, lambda: self._people(room.id))

    def keep_private(self, is_desk: Callable[[str], bool]) -> None:
        """Say in which rooms what is said is never passed on to people who come later."""
        if self.encryption is not None:
            self.encryption.keep_private(is_desk)

    async def aclose(self) -> None:
        if self.encryption is not None:
            await self.encryption.aclose()
        await self._web.close()
