"""How often a device has started, in its folder and with the account, which nobody puts back.

A folder that counts fewer than the account was put back from a copy: others have moved on since,
and what its ratchets encrypted once they would encrypt again.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from bot.adapters.matrix.client.homeserver_client import HomeserverClient
from bot.adapters.matrix.crypto.lost_keys import KeysPutBack
from bot.adapters.matrix.protocol.session import DeviceSession
from bot.ops.secret_file import write_secret

_FILE = "starts.json"
_KIND = "sitrep.starts"

Starts = dict[str, int]


async def count_start(client: HomeserverClient, folder: Path, session: DeviceSession) -> None:
    """Count a start, in the folder first; KeysPutBack where the account has counted more."""
    counted = await client.account_data(_KIND)
    if _is_behind(folder, session, counted):
        raise KeysPutBack
    number = _read(folder).get(session.device, 0) + 1
    write_secret(folder / _FILE, msgspec.json.encode({session.device: number}))
    await client.keep(_KIND, {**counted, session.device: number})


async def is_put_back(client: HomeserverClient, folder: Path, session: DeviceSession) -> bool:
    """Tell whether the folder is an older copy of itself."""
    return _is_behind(folder, session, await client.account_data(_KIND))


def _is_behind(folder: Path, session: DeviceSession, counted: Mapping[str, Any]) -> bool:
    number = counted.get(session.device)
    return isinstance(number, int) and _read(folder).get(session.device, 0) < number


def _read(folder: Path) -> Starts:
    try:
        return msgspec.json.decode((folder / _FILE).read_bytes(), type=Starts)
    except (FileNotFoundError, msgspec.DecodeError):
        return {}
