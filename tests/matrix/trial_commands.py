"""Commands of the tests' own, in rooms of Matrix."""

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.invocation import Role
from commands.kit.reply import Reply, Text


@command()
async def whoami(ctx: Context) -> Reply:
    """Say who asks."""
    managed = "managed" if ctx.room.managed else "not managed"
    return Reply((f"{ctx.caller.name} {ctx.caller.role.name} {managed}",))


@command()
async def long(_ctx: Context) -> Reply:
    """Answer at length."""
    return Reply(("Long",), tuple(Text((f"{n} " + "word " * 300,)) for n in range(6)))


@command()
async def broken(_ctx: Context) -> Reply:
    """Fail as no command should."""
    raise ZeroDivisionError("the reason")


@command(role=Role.MODERATOR)
async def secret(_ctx: Context) -> Reply:
    """Answer moderators alone."""
    return Reply(("The secret",))
