"""/room: how this room wants its answers."""

from typing import Annotated

from commands.kit.context import Context
from commands.kit.errors import NotAllowed
from commands.kit.params import OneOf
from commands.kit.reply import Audience, Facts, Reply, Strong
from commands.kit.spec import command
from commands.kit.words import T
from store.operation import RoomSettings

_WHO = T("who manages this server")
_ANSWERS = {"private": T("to the asker alone"), "public": T("to everyone here")}
_DESK = "desk"
_LANGUAGES = {"en": T("English"), "uk": T("Ukrainian"), _DESK: T("the server’s or the desk’s")}


@command()
async def room(
    ctx: Context,
    *,
    answers: Annotated[str, OneOf(_ANSWERS, T("Who sees an answer given here"))] = "",
    language: Annotated[str, OneOf(_LANGUAGES, T("The language of what everyone here sees"))] = "",
) -> Reply:
    """Show or set who sees the answers given in this room, and in which language."""
    here = ctx.room
    now = await ctx.store.operation.room(here.platform, here.id)
    title = T("Answers in this room")
    if answers or language:
        if not here.managed:
            raise NotAllowed(T("Only who manages this server can set how its rooms answer."))
        spoken = language or now.language
        now = RoomSettings(
            public=answers == "public" if answers else now.public,
            language="" if spoken == _DESK else spoken,
        )
        act = ctx.act("room", "Set by who manages the room.")
        await ctx.store.operation.set_room(act, here.platform, here.id, now)
        title = T("Set: answers in this room")
    rows = (
        (T("Go"), (_ANSWERS["public" if now.public else "private"],)),
        (T("Language"), (_LANGUAGES[now.language or _DESK],)),
        (T("Set by"), (T("who manages this server: you") if here.managed else _WHO,)),
    )
    return Reply((Strong(title),), (Facts(rows),), audience=Audience.ASKER)
