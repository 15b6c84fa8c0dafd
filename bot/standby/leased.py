"""What answers under a lease: nobody hears anything unless the lease is held at the end."""

from collections.abc import Sequence
from typing import Any, Protocol

from msgspec import Struct
from typing_extensions import override

from bot.dispatch import Answer, Dispatch
from bot.replica.acknowledge import Acknowledger, Confirmation
from commands.kit.command import Command
from commands.kit.invocation import Caller
from commands.kit.reply import Choice


class EndCheck(Protocol):
    """Asked last, when all that an answer needs is done."""

    async def require(self) -> None:
        """Return if this process may still speak for the record; else it ends, here."""
        ...


class LeasedAcknowledger(Struct, frozen=True):
    """Confirms what was written once it is shipped, and the lease is still held after that."""

    inner: Acknowledger
    check: EndCheck

    async def confirm(self) -> Confirmation:
        """Wait until what was written is safe, and this process may say so."""
        confirmation = await self.inner.confirm()
        await self.check.require()
        return confirmation


class LeasedDispatch(Dispatch):
    """Answers, and suggests, as long as the lease is held: not from a record that may be old."""

    check: EndCheck

    @override
    async def _answer(self, *args: Any) -> Answer:
        answer = await super()._answer(*args)
        await self.check.require()
        return answer

    @override
    async def suggest(
        self, caller: Caller, command: Command, name: str, text: str
    ) -> Sequence[Choice]:
        """Return values for a parameter as the dispatch does."""
        choices = await super().suggest(caller, command, name, text)
        await self.check.require()
        return choices
