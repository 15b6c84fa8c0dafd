"""From the settings to a session: the one that was kept, a token's, or a new one by password."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from bot.adapters.matrix.client.homeserver_client import HomeserverClient
from bot.adapters.matrix.client.starts import count_start
from bot.adapters.matrix.crypto import encryption
from bot.adapters.matrix.crypto.cross_signing import Recovery
from bot.adapters.matrix.crypto.lost_keys import KeysLost
from bot.adapters.matrix.crypto.state_store import Rooms
from bot.adapters.matrix.ports import PLATFORM
from bot.adapters.matrix.protocol.homeserver_errors import Denied, LoggedOut, Unavailable
from bot.adapters.matrix.protocol.session import (
    DeviceSession,
    forget_other_keys,
    load_session,
    own_folder,
    save_session,
)
from bot.dispatch import Log
from store.model.backoff import Backoff

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

R = TypeVar("R")
_UNTIL_BACK = Backoff(1.0, 60.0)


class Setup(Struct, frozen=True):
    """What the settings say, and whether a `new_device` is to go on from here."""

    homeserver: str
    user: str
    token: str
    device: str
    password: str
    state: Path
    prefix: str
    invites: "AbstractSet[str]"
    recovery_key: str = ""
    new_device: bool = False

    @property
    def recovery(self) -> Recovery:
        return Recovery(self.state, self.recovery_key)


async def connect(client: HomeserverClient, setup: Setup, rooms: Rooms, log: Log) -> DeviceSession:
    """Give the client a session that holds, and its keys; RuntimeError says what is wrong.

    While the homeserver is away it waits for it.
    """
    await _patiently(client.discover, log)
    session = await _patiently(lambda: _session(client, setup), log)
    if not encryption.is_there():
        log(encryption.explain_absence(), platform=PLATFORM)
        return session
    try:
        await _take_up_keys(client, setup, session, rooms, log)
    except KeysLost as error:
        log("keys lost", urgent=True, platform=PLATFORM, device=session.device, why=str(error))
        if not setup.password:
            return session
        session = await _patiently(lambda: _log_in(client, setup), log)
        log("logged in as a new device", platform=PLATFORM, device=session.device)
        await _take_up_keys(client, setup, session, rooms, log)
    return session


async def _take_up_keys(
    client: HomeserverClient, setup: Setup, session: DeviceSession, rooms: Rooms, log: Log
) -> None:
    """Count the start and open the device's keys; KeysLost where they cannot be trusted."""
    await _patiently(lambda: count_start(client, setup.state, session), log)
    await _patiently(lambda: client.unlock(session, setup.recovery, rooms, log), log)


async def _patiently(work: Callable[[], Awaitable[R]], log: Log) -> R:
    def is_useful(_failures: int, error: Unavailable) -> bool:
        log("no homeserver", platform=PLATFORM, why=str(error))
        return True

    return await _UNTIL_BACK.retry(work, Unavailable, is_useful)


async def _session(client: HomeserverClient, setup: Setup) -> DeviceSession:
    folder = own_folder(setup.state)
    if setup.new_device:
        return await _log_in(client, setup)
    known = load_session(folder)
    if (
        known is not None
        and is_same_user(known.user, setup.user)
        and setup.token in {"", known.token}
    ):
        try:
            return await _verify_session(client, known)
        except LoggedOut:
            if not setup.password:
                raise
    elif setup.token:
        session = await _verify_session(
            client, DeviceSession(setup.user, setup.device, setup.token)
        )
        save_session(folder, session)
        return session
    return await _log_in(client, setup)


async def _log_in(client: HomeserverClient, setup: Setup) -> DeviceSession:
    """Log in anew and keep the session; RuntimeError where that is not possible."""
    if not setup.password:
        raise RuntimeError(
            "Matrix: write SITREP_MATRIX_TOKEN with SITREP_MATRIX_DEVICE,"
            " or SITREP_MATRIX_PASSWORD once."
        )
    try:
        session = await client.log_in(setup.user, setup.password)
    except Denied as error:
        raise RuntimeError(
            f"Matrix refused SITREP_MATRIX_USER with SITREP_MATRIX_PASSWORD ({error.code})."
        ) from None
    folder = own_folder(setup.state)
    save_session(folder, session)
    forget_other_keys(folder, session)
    return session


def is_same_user(user: str, other: str) -> bool:
    """Tell whether two ids are of one account: people write them in any case."""
    return user.casefold() == other.casefold()


async def _verify_session(client: HomeserverClient, session: DeviceSession) -> DeviceSession:
    """Use a session whose token holds; RuntimeError when it is another's than was said."""
    client.use(session)
    user, device = await client.who()
    if not is_same_user(user, session.user):
        raise RuntimeError(f"Matrix: the token is of {user}; write that into SITREP_MATRIX_USER.")
    if session.device and device and device != session.device:
        raise RuntimeError(
            f"Matrix: the token is of the device {device}; write that into SITREP_MATRIX_DEVICE."
        )
    session = DeviceSession(user, session.device or device, session.token)
    client.use(session)
    return session
