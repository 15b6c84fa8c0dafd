"""What doctor says of the replica: how far it is, and whether it is far enough away."""

from collections.abc import AsyncIterator
from pathlib import Path

from bot.replica.control_socket import ControlSocket, ShippingFailed
from bot.settings import Settings
from store.maintenance.doctor import Finding, Level

_LIMIT_S = 5


async def check_replica(settings: Settings) -> AsyncIterator[Finding]:
    """Yield how the replica stands; whatever is committed is shipped on the way."""
    if not settings.replica:
        yield Finding(Level.OK, "replica", "off")
        return
    socket = ControlSocket(settings)
    try:
        shipment = await socket.ship(_LIMIT_S)
    except ShippingFailed as problem:
        yield Finding(Level.FAIL, "replica", f"{settings.replica} is late: {problem}")
    else:
        detail = f"{settings.replica} has everything, up to transaction {shipment.transaction:,}"
        yield Finding(Level.OK, "replica", f"{detail}; answers wait for: {settings.durable}")
    finally:
        await socket.aclose()
    if _is_on_one_disk(settings):
        detail = f"{settings.replica} is on the store's own disk, and dies with it"
        yield Finding(Level.WARN, "replica's place", detail)


def _is_on_one_disk(settings: Settings) -> bool:
    folder, store = Path(settings.replica), settings.store
    if not folder.is_absolute() or not (folder.exists() and store.exists()):
        return False
    return folder.stat().st_dev == store.stat().st_dev
