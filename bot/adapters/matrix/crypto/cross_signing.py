"""The account's own keys, which sign its devices, and the recovery key by which they are had again.

The recovery key is in its file before anything hangs on it: the bot may be killed at any step.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.ops.secret_file import write_secret

if TYPE_CHECKING:
    from mautrix.crypto import OlmMachine
    from mautrix.crypto.ssss.key import Key

FILE = "recovery-key"
_OTHER = ".before"
_STORED = "m.cross_signing.master"


class Recovery:
    """The key by which the account signs another device: in its file, or as it was `given`."""

    def __init__(self, folder: Path, given: str = "") -> None:
        self.folder = folder
        self._file, self._given = folder / FILE, given

    def kept(self) -> str:
        return self._file.read_text("utf-8").strip() if self._file.exists() else self._given

    def keep(self, key: str) -> None:
        """Keep a key; one that is there already, and opens nothing, is put beside it."""
        if self._file.exists():
            self._file.rename(self._file.with_suffix(_OTHER))
        write_secret(self._file, key.encode())


async def sign(machine: "OlmMachine", recovery: Recovery) -> str:
    """Have the account's own keys sign the device; return why that cannot be, or "".

    Keys of which there is no recovery key here are left alone: to make others would write over
    those that are stored with the account, before the homeserver says no.
    """
    user = machine.client.mxid
    there = (await machine.client.query_keys([user])).master_keys.get(user)
    key = recovery.kept()
    if there and not key:
        return "the account has keys of its own"
    if there:
        await _find_stored(machine)
        await machine.verify_with_recovery_key(key)
    else:
        await _make(machine, recovery)
    return ""


def opens(key: str, stored: Mapping[str, Any]) -> bool:
    """Tell whether a recovery key is the one that an account describes."""
    from mautrix.crypto.ssss.key import KeyMetadata
    from mautrix.types import SerializerError

    described: Any = dict(stored)
    try:
        KeyMetadata.deserialize(described).verify_recovery_key("", key)
    except (SerializerError, ValueError, AttributeError):  # it may describe nothing
        return False
    return True


async def _make(machine: "OlmMachine", recovery: Recovery) -> None:
    from mautrix.crypto.ssss.machine import Machine
    from typing_extensions import override

    class Kept(Machine):
        @override
        async def generate_and_upload_key(self, passphrase: str | None = None) -> "Key":
            key = await super().generate_and_upload_key(passphrase)
            recovery.keep(key.recovery_key)
            return key

    machine.ssss = Kept(machine.client)
    await machine.generate_recovery_key()


async def _find_stored(machine: "OlmMachine") -> None:
    """Say with the account which key opens what is stored, if the bot was killed before it did."""
    if await machine.ssss.get_default_key_id():
        return
    stored = await machine.client.get_account_data(_STORED)
    under = stored.get("encrypted") if isinstance(stored, dict) else None
    if isinstance(under, dict) and under:
        await machine.ssss.set_default_key_id(next(iter(under)))
