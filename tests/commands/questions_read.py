"""What a plain line was read as: the command that the answer says above."""

from tests.fakes import Talk


async def line_as_read(ask: Talk, line: str) -> str:
    """Return the line as it was read: under the title, with its names as they were written."""
    rows = (await ask(line)).lines
    return next((row.removeprefix("Read as ") for row in rows if row.startswith("Read as /")), "")
