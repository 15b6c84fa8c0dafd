"""Who is told of a place: a person, or the room in which they ask."""

from commands.kit.context import Context
from commands.kit.inlines import T
from commands.shared.permissions import require_manager
from store.workflow.watches import Watcher

HERE = {"yes": T("yes")}


def watcher(ctx: Context, *, here: bool) -> Watcher:
    """Return who is meant; a room's news is set by who manages it."""
    if here:
        require_manager(ctx)
        return Watcher(ctx.room.platform, ctx.room.id)
    return Watcher(ctx.caller.platform, "", ctx.caller.id)
