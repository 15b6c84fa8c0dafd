"""While the bot runs: each entry gets its vector, where the extra for that is installed."""

import asyncio

from bot.dispatch import Log
from store import Store
from store.likeness.sentence_model import explain_absence

_EVERY_S = 60.0


async def read_entries(store: Store, log: Log) -> None:
    """Make what vectors are missing, again and again, until cancelled; nothing without a model."""
    if await asyncio.to_thread(explain_absence):
        return  # `doctor` says so
    while True:
        count = await store.vectors.make_missing()
        if count:
            log("entries read", entries=count)
        await asyncio.sleep(_EVERY_S)
