"""What a moderator says who files an entry: the line, its draft, the click that files it."""

from commands.kit.invocation import Role
from tests.fakes import Talk, TerminalAnswer

MODERATOR = Role.MODERATOR
CLAIM = '/add claim "The road out is cut." by:Putin place:Pokrovsk day:2025-11-05 source:S-1'


async def add(desk: Talk, line: str) -> TerminalAnswer:
    """Say a line as a moderator."""
    return await desk(line, as_=MODERATOR)


async def file_entry(desk: Talk, line: str) -> str:
    """File what a line says; return its reference."""
    draft = await add(desk, line)
    answer = await add(desk, file_line(draft))
    assert answer.first.startswith("Filed as E-"), answer.text
    return answer.first.removeprefix("Filed as ")


def file_line(answer: TerminalAnswer) -> str:
    """Return the line that files the draft of an answer."""
    return next(line for line in answer.offered if line.startswith("/draft file"))
