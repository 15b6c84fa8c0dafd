"""Commands of the tests' own: a slow one, one that fails, a long one, one from a menu."""

import asyncio
from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import NotAllowed
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.params.basic import FreeText
from commands.kit.params.day_values import OnDay
from commands.kit.reply import Audience, Item, Items, Reply
from store.model.span import Span


@command()
async def broken(_ctx: Context) -> Reply:
    """Fail as no command should."""
    raise ZeroDivisionError("the reason")


@command()
async def slow(ctx: Context) -> Reply:
    """Answer later than Discord waits."""
    await asyncio.sleep(1.6)
    return Reply((f"At last, {ctx.caller.name}",))


@command()
async def slow_refusal(_ctx: Context) -> Reply:
    """Refuse later than Discord waits."""
    await asyncio.sleep(1.6)
    raise NotAllowed(T("Not you."))


LONG = "Pokrovsk " * 12


@command()
async def long(ctx: Context) -> Reply:
    """Answer with more than one message holds."""
    lines = (f"Line {n} of the answer to {ctx.caller.name}, and of some length" for n in range(160))
    return Reply(("A long answer",), (Items(tuple(Item((line,)) for line in lines)),))


FILE = "File as entry"


@command(role=Role.MODERATOR, menu=FILE, form=("text", "day", "by", "source"))
async def note(
    ctx: Context,
    text: Annotated[str, FreeText(T("What it says"), longest=4000)],
    *,
    day: Annotated[Span, OnDay(T("On which day"))],
    by: Annotated[str, FreeText(T("Who says so"))] = "",
    source: Annotated[str, FreeText(T("Where it can be read"))] = "",
) -> Reply:
    """File what a message says, with a form that has a rather long title."""
    words = f"{ctx.caller.name} filed: {text}, {day.edtf}, {by}, {source}"
    return Reply((words,), audience=Audience.ASKER)
