"""A term from its first write to its last: noted in the record, shipped to a replica of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from bot.dispatch import Log
from bot.settings import Settings
from bot.standby.lease import LeaseLost
from bot.standby.tenure import Tenure
from bot.standby.term_shipper import TermShipper
from store import Store

_LAST_S = 4.0
"""Seconds that the last shipment of a term may take, when the program is told to stop."""


@asynccontextmanager
async def serve_term(
    tenure: Tenure, store: Store, settings: Settings, at: datetime, log: Log
) -> AsyncIterator[None]:
    """Open the term in the record; ship it, where there is a lease to do it for, until the end.

    What was written is shipped before the lease is given back.
    """
    grant = tenure.grant
    term = await store.tenures.open(grant.term, grant.holder, at)
    if not settings.lease:
        tenure.is_open.set()
        yield
        return
    shipper = TermShipper(settings, term.number, log)
    tenure.on_loss = shipper.kill
    async with shipper.running():
        opening = asyncio.create_task(_open(tenure, shipper))
        try:
            yield
        finally:
            opening.cancel()
            with suppress(LeaseLost, OSError, TimeoutError):
                async with asyncio.timeout(_LAST_S):
                    if tenure.is_open.is_set():
                        await shipper.ship()
                        await tenure.give_back()


async def _open(tenure: Tenure, shipper: TermShipper) -> None:
    """Let whoever takes over know of this term's record as soon as it is whole elsewhere."""
    await shipper.ship()
    await tenure.open_at(shipper.replica)
