"""From the settings to a session: the one that was kept, a token's, or a new one by password."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from bot.adapters.matrix.client.client import Client
from bot.adapters.matrix.crypto import encryption
from bot.adapters.matrix.crypto.state_store import Rooms
from bot.adapters.matrix.ports import PLATFORM
from bot.adapters.matrix.protocol.errors import Denied, Later, LoggedOut
from bot.adapters.matrix.protocol.session import Session, keep, kept, own_folder
from bot.dispatch import Log

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

R = TypeVar("R")
_FIRST_S, _LONGEST_S = 1.0, 60.0


class Setup(Struct, frozen=True):
    """What the settings say."""

    homeserver: str
    user: str
    token: str
    device: str
    password: str
    state: Path
    prefix: str
    invites: "AbstractSet[str]"


async def connect(client: Client, setup: Setup, rooms: Rooms, log: Log) -> Session:
    """Give the client a session that holds, and its keys; RuntimeError says what is wrong.

    While the homeserver is away it waits for it.
    """
    session = await _patiently(lambda: _session(client, setup), log)
    if encryption.is_there():
        await _patiently(lambda: client.unlock(session, setup.state, rooms, log), log)
    else:
        log(encryption.explain_absence(), platform=PLATFORM)
    return session


async def _patiently(work: Callable[[], Awaitable[R]], log: Log) -> R:
    pause = _FIRST_S
    while True:
        try:
            return await work()
        except Later as error:
            log("no homeserver", platform=PLATFORM, why=str(error))
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_S)


async def _session(client: Client, setup: Setup) -> Session:
    folder = own_folder(setup.state)
    known = kept(folder)
    if known is not None and known.user == setup.user and setup.token in {"", known.token}:
        try:
            return await _held(client, known)
        except LoggedOut:
            if not setup.password:
                raise
    elif setup.token:
        session = await _held(client, Session(setup.user, setup.device, setup.token))
        keep(folder, session)
        return session
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
    keep(folder, session)
    return session


async def _held(client: Client, session: Session) -> Session:
    """Use a session whose token holds; RuntimeError when it is another's than was said."""
    client.use(session)
    user, device = await client.who()
    if user != session.user:
        raise RuntimeError(f"Matrix: the token is of {user}; write that into SITREP_MATRIX_USER.")
    if session.device and device and device != session.device:
        raise RuntimeError(
            f"Matrix: the token is of the device {device}; write that into SITREP_MATRIX_DEVICE."
        )
    session = Session(user, session.device or device, session.token)
    client.use(session)
    return session
