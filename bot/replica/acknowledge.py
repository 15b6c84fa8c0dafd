"""Before something is called done: how safe what was written is, asked in one place.

What a command wrote is confirmed before its answer goes out, and what a claim wrote before the
summary, the news or the notice that it claims is posted. Who only reads never waits.
"""

from enum import Enum, auto
from typing import Protocol

from msgspec.structs import replace

from commands.kit.inlines import T
from commands.kit.reply import Reply, Small

_LATE = T("On record here, but not yet copied elsewhere. If this machine fails now, it is lost.")


class Durability(Enum):
    """Where what was written is by now."""

    LOCAL = auto()
    SHIPPED = auto()
    LATE = auto()
    """On record here alone, though it should be elsewhere too: waited for in vain."""


class Acknowledger(Protocol):
    """Says how safe everything is that this process wrote before it was asked."""

    async def confirm(self) -> Durability:
        """Wait, with a limit of its own, until it is safe. Callers at one time share one wait.

        SystemExit, which nothing here catches, where this process may not speak for the record any
        more, as after a lost lease: it ends with that code, and nobody is answered.
        """
        ...


async def confirm_reply(acknowledger: Acknowledger, reply: Reply) -> Reply:
    """Return the answer of a command that wrote, once that is safe; late, it says so."""
    if await acknowledger.confirm() is not Durability.LATE:
        return reply
    return replace(reply, blocks=(Small((_LATE,)), *reply.blocks))
