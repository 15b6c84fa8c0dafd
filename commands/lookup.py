"""/lookup: another name of /check."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.params.basic import FreeText
from commands.kit.reply import Reply
from commands.shared.checking.read_message import check_message
from commands.shared.views.check_answer import answer_check
from store.likeness.check_text import MOST_CHARACTERS


@command(fills_from_reply=True)
async def lookup(
    ctx: Context,
    text: Annotated[str, FreeText(T("A message, as you got it"), longest=MOST_CHARACTERS)],
) -> Reply:
    """Check a message, as /check does."""
    checked = await check_message(text, ctx.store)
    return answer_check(checked, whole=ctx.whole, remembers=ctx.remembers)
