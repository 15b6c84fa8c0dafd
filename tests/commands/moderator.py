"""A moderator who asks a desk."""

from commands.kit.invocation import Role
from tests.fakes import Talk, TerminalAnswer

MOD = Role.MODERATOR


class Moderator:
    """Asks as a moderator, at a terminal of 60 columns."""

    def __init__(self, desk: Talk) -> None:
        self.desk = desk

    async def __call__(self, line: str, who: str = "Moderator One") -> TerminalAnswer:
        return await self.desk(line, MOD, 60, who)

    async def expect_refusal(self, line: str, sentence: str) -> None:
        """Hold that a line is refused, in words that begin so, and changes nothing on record."""
        head, _ = await self.desk.store.history.head()
        answer = await self(line)
        assert answer.refused
        assert answer.flat.startswith(sentence)
        assert (await self.desk.store.history.head())[0] == head
