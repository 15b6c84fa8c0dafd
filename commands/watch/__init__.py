"""/watch: to be told when something about a place is written."""

from commands.watch.add import add
from commands.watch.list import list_
from commands.watch.remove import remove

__all__ = ["add", "list_", "remove"]
