"""/room: how this room wants its answers."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import NotAllowed
from commands.kit.inlines import Strong, T
from commands.kit.invocation import Room
from commands.kit.params.basic import OneOf
from commands.kit.reply import Audience, Facts, Reply
from commands.shared.rooms import LANGUAGES, require_manager
from store.workflow.state import RoomSettings

_ANSWERS = {"private": T("only the person who asks"), "public": T("everyone here")}
_DESK = "desk"
_LANGUAGES = {**LANGUAGES, _DESK: T("the default language")}


@command()
async def room(
    ctx: Context,
    *,
    answers: Annotated[str, OneOf(_ANSWERS, T("Who sees an answer given here"))] = "",
    language: Annotated[
        str, OneOf(_LANGUAGES, T("The language of answers that everyone sees"))
    ] = "",
) -> Reply:
    """Show or change who sees answers here, and in which language."""
    here = ctx.room
    now = await ctx.store.program_state.room(here.platform, here.id)
    title = T("Answers here")
    if answers or language:
        if here.of_server and not here.managed:
            raise NotAllowed(T("Only managers of this server can change that."))
        require_manager(ctx)
        spoken = language or now.language
        now = RoomSettings(
            public=answers == "public" if answers else now.public,
            language="" if spoken == _DESK else spoken,
        )
        act = ctx.act("room", "Set by who manages the room.")
        await ctx.store.program_state.set_room(act, here.platform, here.id, now)
        title = T("Changed: answers here")
    rows = (
        (T("Seen by"), (_ANSWERS["public" if now.public else "private"],)),
        (T("Language"), (_LANGUAGES[now.language] if now.language else _own(here),)),
        (T("Set by"), (_who(here),)),
    )
    return Reply((Strong(title),), (Facts(rows),), audience=Audience.ASKER)


def _own(here: Room) -> T:
    """Return whose language a room speaks that chose none."""
    return T("the server’s or the desk’s") if here.of_server else T("the desk’s")


def _who(here: Room) -> T:
    """Return who may set this: on some platforms a room is its server's."""
    if here.of_server:
        yours, theirs = T("managers of this server, you included"), T("managers of this server")
    else:
        yours, theirs = T("managers here, you included"), T("managers here")
    return yours if here.managed else theirs
