"""/digests: the daily summaries of a room."""

from commands.digests.add import add
from commands.digests.list import list_
from commands.digests.remove import remove

__all__ = ["add", "list_", "remove"]
