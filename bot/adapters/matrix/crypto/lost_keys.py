"""Whether the keys of a device are still here: without them others encrypt for nobody."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mautrix.crypto import OlmMachine

CURE = "set SITREP_MATRIX_PASSWORD and start once with run --new-device"


def show_fingerprint(key: str) -> str:
    """Return a device's signing key as clients show it: in groups of four."""
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))


class KeysLost(RuntimeError):
    """The homeserver knows other keys for this device than the ones that are here."""

    def __init__(self, why: str = "they are not those that others use") -> None:
        super().__init__(f"{why}; encrypted rooms stay unread; {CURE}")


class KeysPutBack(KeysLost):
    """The keys that are here are an older copy of themselves, and must not be used."""

    def __init__(self) -> None:
        super().__init__("the folder was put back from a copy")


async def require_keys(machine: "OlmMachine") -> None:
    """Raise KeysLost when the device had other keys, of which nothing is here.

    Keys that were never handed out are new, or made anew where the old ones are gone.
    """
    account, client = machine.account, machine.client
    if account is None or account.shared:
        return
    published = (await client.query_keys([client.mxid])).device_keys.get(client.mxid, {})
    device = published.get(client.device_id)
    if device is not None and device.curve25519 != account.identity_key:
        raise KeysLost
