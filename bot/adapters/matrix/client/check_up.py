"""A look at the platform from a shell: homeserver, session, keys, homes. Changes nothing.

It asks with the session that is kept, so no password goes anywhere, and beside a running bot.
"""

import sqlite3
from collections.abc import AsyncIterator
from collections.abc import Set as AbstractSet
from contextlib import closing
from pathlib import Path

from mautrix.api import ClientPath as At

from bot.adapters.matrix.client.discovery import WrongAddress
from bot.adapters.matrix.client.homeserver_client import HomeserverClient
from bot.adapters.matrix.client.login import Setup, is_same_user
from bot.adapters.matrix.client.starts import is_put_back
from bot.adapters.matrix.crypto import encryption
from bot.adapters.matrix.crypto.cross_signing import FILE as RECOVERY_FILE
from bot.adapters.matrix.crypto.cross_signing import opens
from bot.adapters.matrix.crypto.lost_keys import CURE, show_fingerprint
from bot.adapters.matrix.protocol.events import text_at
from bot.adapters.matrix.protocol.homeserver_errors import Denied, LoggedOut, Unavailable
from bot.adapters.matrix.protocol.session import (
    DeviceSession,
    is_open,
    key_file,
    load_session,
    open_files,
)
from store.maintenance.doctor import Finding, Level

_SERVER, _SESSION, _KEYS, _TAKEOVER, _HOMES = (
    f"matrix {what}" for what in ("homeserver", "session", "keys", "takeover", "homes")
)
_DEFAULT_KEY = "m.secret_storage.default_key"


async def check_up(setup: Setup, homes: AbstractSet[str]) -> AsyncIterator[Finding]:
    """Yield how the platform stands, a finding a thing."""
    client = HomeserverClient(setup.homeserver)
    try:
        try:
            await client.discover()
        except (WrongAddress, Unavailable) as error:
            yield Finding(Level.FAIL, _SERVER, str(error))
            return
        yield Finding(Level.OK, _SERVER, f"{client.api.base_url} answers")
        session, finding = await _look_at_session(client, setup)
        yield finding
        if session is not None:
            yield await _look_at_keys(client, setup.state, session)
            if encryption.is_there():
                yield await _look_at_recovery(client, setup)
            async for home in _look_at_homes(client, homes):
                yield home
    except Unavailable as error:
        yield Finding(Level.FAIL, _SERVER, str(error))
    finally:
        await client.aclose()


async def _look_at_session(
    client: HomeserverClient, setup: Setup
) -> tuple[DeviceSession | None, Finding]:
    """Return the session that holds, and how it stands."""
    folder = setup.state
    if folder.exists() and is_open(folder):
        return None, Finding(Level.FAIL, _SESSION, f"others can read {folder}: chmod 700 on it")
    try:
        kept = load_session(folder)
    except RuntimeError as error:
        return None, Finding(Level.FAIL, _SESSION, str(error))
    if kept is None:
        if setup.password or setup.token:
            detail = "none yet; the next start makes one, as a new device"
            return None, Finding(Level.WARN, _SESSION, detail)
        return None, Finding(Level.FAIL, _SESSION, "none, and no password or token to make one")
    if not is_same_user(kept.user, setup.user):
        why = f"it is of {kept.user}, and SITREP_MATRIX_USER says {setup.user}"
        return None, Finding(Level.FAIL, _SESSION, why)
    client.use(kept)
    try:
        user, device = await client.who()
    except LoggedOut as error:
        return None, Finding(Level.FAIL, _SESSION, str(error))
    readable = ", ".join(file.name for file in open_files(folder))
    if readable:
        return kept, Finding(Level.WARN, _SESSION, f"others may read {readable}: chmod 600 on it")
    return kept, Finding(Level.OK, _SESSION, f"{user}, device {device}")


async def _look_at_keys(client: HomeserverClient, folder: Path, session: DeviceSession) -> Finding:
    """Compare the keys that are here with those that others use for this device."""
    if not encryption.is_there():
        return Finding(Level.WARN, _KEYS, encryption.explain_absence())
    answer = await client.post(At.v3.keys.query, {"device_keys": {session.user: [session.device]}})
    published = answer.get("device_keys", {}).get(session.user, {}).get(session.device, {})
    theirs = text_at(published, "keys", f"ed25519:{session.device}")
    ours = _own_fingerprint(key_file(folder, session), session)
    if theirs and ours != theirs:
        return Finding(Level.FAIL, _KEYS, f"lost: encrypted rooms stay unread; {CURE}")
    if theirs and await is_put_back(client, folder, session):
        return Finding(Level.FAIL, _KEYS, f"put back from a copy, and of no use any more; {CURE}")
    if not theirs:
        return Finding(Level.WARN, _KEYS, "none yet; the next start makes them")
    return Finding(Level.OK, _KEYS, f"fingerprint {show_fingerprint(theirs)}")


async def _look_at_recovery(client: HomeserverClient, setup: Setup) -> Finding:
    """Say whether a machine without this folder could go on, as a device that others trust."""
    key = setup.recovery.kept()
    if not key:
        detail = (
            "no recovery key: another machine's device stays unsigned; write the account's into"
            f" {RECOVERY_FILE} here, or SITREP_MATRIX_RECOVERY_KEY_FILE"
        )
        return Finding(Level.WARN, _TAKEOVER, detail)
    stored = text_at(await client.account_data(_DEFAULT_KEY), "key")
    if not stored:
        return Finding(Level.WARN, _TAKEOVER, "the account has no keys yet; the next start looks")
    if not opens(key, await client.account_data(f"m.secret_storage.key.{stored}")):
        detail = "the recovery key opens nothing of this account; write the right one"
        return Finding(Level.WARN, _TAKEOVER, detail)
    needs = "" if setup.password else ", once it has SITREP_MATRIX_PASSWORD_FILE"
    detail = f"with the recovery key another machine goes on as a new device{needs}"
    return Finding(Level.OK, _TAKEOVER, detail)


def _own_fingerprint(file: Path, session: DeviceSession) -> str:
    """Return the signing key of the keys that are here; "" where there are none."""
    from mautrix.crypto.account import OlmAccount
    from olm.account import OlmAccountError

    if not file.exists():
        return ""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
            row = db.execute(
                "SELECT account FROM crypto_account WHERE account_id = ?", (session.device,)
            ).fetchone()
        account = OlmAccount.from_pickle(row[0], session.device, shared=True) if row else None
    except (sqlite3.Error, OlmAccountError):
        return ""
    return str(account.signing_key) if account else ""


async def _look_at_homes(
    client: HomeserverClient, homes: AbstractSet[str]
) -> AsyncIterator[Finding]:
    """Yield of each home whether the bot is there."""
    joined = set((await client.get(At.v3.joined_rooms)).get("joined_rooms", ()))
    if not homes:
        yield Finding(Level.OK, _HOMES, "none in SITREP_MATRIX_HOME: nobody moderates from Matrix")
    for home in sorted(homes):
        if home in joined:
            yield Finding(Level.OK, _HOMES, f"in {home}")
        else:
            yield Finding(Level.WARN, _HOMES, f"not in {home}: {await _why_not(client, home)}")


async def _why_not(client: HomeserverClient, home: str) -> str:
    if not home.startswith("!"):
        return "write the room's id, which begins with “!”"
    try:
        moved = await client.state(home, "m.room.tombstone")
    except Denied:
        return "invite the bot there"
    return f"it was replaced by {text_at(moved, 'replacement_room')}; write that one"
