"""Which line somebody means by a reply to an answer of the bot's, or by a ✅ on it.

Whoever chooses asks the line themselves, and where the answer was asked: a moderator's draft, shown
in private, is filed with what they may in the room that they come from.
"""

import hashlib

from msgspec import Struct

from bot.adapters.matrix.adapter_context import AdapterContext
from bot.adapters.matrix.ports import Pages
from bot.adapters.matrix.protocol.events import ChoiceReply, Confirmation, LineRequest
from bot.adapters.matrix.protocol.homeserver_errors import Denied
from bot.adapters.matrix.protocol.room import MatrixRoom
from commands.kit.invocation import Role
from commands.kit.parser import write_line
from store.model.ref import ENTRY, Ref


class ChosenLine(Struct, frozen=True):
    """A line, where it is asked, and the key of what it does if not the message's own.

    `numbers` are those between which the words do not choose. `spent` is the new note of the answer
    whose yes this is.
    """

    line: str
    room: MatrixRoom
    thread: str = ""
    key: str = ""
    numbers: tuple[int, ...] = ()
    spent: str = ""


class ChoiceReader:
    """Reads choices."""

    def __init__(self, context: AdapterContext) -> None:
        self._context = context

    async def chosen(
        self, room: MatrixRoom, sender: str, request: LineRequest | ChoiceReply | Confirmation
    ) -> ChosenLine | None:
        """Return what somebody means; None where it is nothing that was offered."""
        pages = Pages.read(await self._context.mail.pages(request.to)) if request.to else None
        if pages is None:
            return None
        there = await self.asked_in(pages.room, room, sender)
        if isinstance(request, Confirmation):
            return self._number(pages.offers.confirms, request.to, pages, there, sender)
        if isinstance(request, LineRequest) and self._is_command(request.line):
            return ChosenLine(request.line, there, pages.thread)
        numbers = pages.offers.matching_numbers(request.line)
        if len(numbers) == 1:
            return self._number(numbers[0], request.to, pages, there, sender)
        line = pages.offers.continued_offer(request.line, self._takes)
        line = line or pages.offers.continuation(request.line, self._takes)
        line = line or self._by_number(request.line) or _open_entry(request.line)
        return ChosenLine(line, there, pages.thread, "", numbers) if line or numbers else None

    def _number(
        self, number: int, message: str, pages: Pages, there: MatrixRoom, sender: str
    ) -> ChosenLine | None:
        """Return an offer by its number; a yes is for who asked, and for moderators.

        However often it is said, and in whatever way, it is done once.
        """
        if number == 0:
            return None
        _, line = pages.offers.lines[number - 1]
        if not pages.offers.is_yes(number):
            return ChosenLine(line, there, pages.thread)
        command = self._context.port.dispatch.of_line(line)
        theirs = command is not None and command.role > Role.READER
        if sender != pages.asker and not (
            theirs and self._context.role(there, sender) > Role.READER
        ):
            return None
        key = f"matrix:{message}:{hashlib.sha256(line.encode()).hexdigest()[:16]}"
        return ChosenLine(line, there, pages.thread, key, spent=pages.without_confirmation().note())

    async def asked_in(self, asked_in: str, room: MatrixRoom, sender: str) -> MatrixRoom:
        """Return the room that counts: where it was asked, while they are still in it."""
        known = self._context.rooms.get(asked_in)
        while known is not None and known.successor in self._context.rooms:
            known = self._context.rooms[known.successor]
        if known is None or known.id == room.id:
            return room
        try:
            member = await self._context.client.state(known.id, "m.room.member", sender)
        except Denied:
            return room
        return known if member.get("membership") == "join" else room

    def _is_command(self, line: str) -> bool:
        return self._context.port.dispatch.of_line(line) is not None

    def _by_number(self, line: str) -> str:
        """Return a line such as “file 1-5 7” that a reply may say without a prefix."""
        words = line.split()
        counts = len(words) > 1 and words[1][0].isdigit()
        return f"/{line.strip()}" if counts and self._is_command(line) else ""

    def _takes(self, line: str, key: str) -> bool:
        command = self._context.port.dispatch.of_line(line)
        return command is not None and command.param(key) is not None


def _open_entry(text: str) -> str:
    """Return the line that opens the entry whose reference somebody says, offered or not."""
    ref = Ref.read(text, ENTRY, lettered=True)
    return write_line("entry", {"ref": str(ref)}) if ref else ""
