"""Who may set what is a room's own."""

from commands.kit.context import Context
from commands.kit.errors import NotAllowed
from commands.kit.inlines import T


def require_manager(ctx: Context) -> None:
    """Refuse whoever does not manage this room."""
    if not ctx.room.managed:
        raise NotAllowed(T("Only who manages this room can set that."))
