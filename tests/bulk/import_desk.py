"""Somebody at a desk who sends files and answers what is asked."""

from bot.adapters.console.layout import layout
from bot.dispatch import Answer, Desk, Dispatch
from bot.i18n.formatter import Voice
from commands import COMMANDS
from commands.kit.invocation import Caller, Role, Room, Upload
from store import Store
from tests.fakes import NOON, ZONE


class Desktop:
    """Somebody at a desk who sends one file and answers what is asked."""

    def __init__(self, store: Store) -> None:
        self._dispatch = Dispatch(
            Desk(store, COMMANDS, lambda: NOON, ZONE, 7), lambda *_, **__: None
        )
        self._asked = 0

    async def __call__(self, command: str, person: str = "7", **given: str) -> Answer:
        self._asked += 1
        who = Caller("chat", person, "Member One", Role.MODERATOR)
        key = f"chat:{self._asked}"
        return await self._dispatch.call(who, command, given, Room("chat", "1"), key, self.uploads)

    uploads: tuple[Upload, ...] = ()

    def send(self, data: bytes, name: str = "log.xlsx") -> None:
        async def read() -> bytes:
            return data

        self.uploads = (Upload(name, len(data), read),)


def title(answer: Answer) -> str:
    return Voice(ZONE).plain(*answer.reply.title)


def text_of(answer: Answer) -> str:
    """Return an answer as a terminal shows it, a line each."""
    rows = layout(answer.reply, Voice(ZONE), 200)
    return "\n".join("".join(text for _, text in row) for row in rows)
