"""/room: how this room wants its answers."""

from typing import Annotated

from commands.kit.context import Context
from commands.kit.errors import NotAllowed
from commands.kit.params import OneOf
from commands.kit.reply import Audience, Facts, Reply, Strong
from commands.kit.spec import command
from commands.kit.words import T
from store.history import Act, Person
from store.operation import RoomSettings

_ANSWERS = {"private": T("to the asker alone"), "public": T("to everyone here")}
_LANGUAGES = {"en": T("English"), "uk": T("Ukrainian"), "default": T("the desk’s language")}


@command()
async def room(
    ctx: Context,
    *,
    answers: Annotated[str, OneOf(_ANSWERS, T("Who sees an answer given here"))] = "",
    language: Annotated[str, OneOf(_LANGUAGES, T("The language of public answers"))] = "",
) -> Reply:
    """Show or set who sees answers in this room, and their language."""
    here = ctx.room
    now = await ctx.store.operation.room(here.platform, here.id)
    title = T("Answers in this room")
    if answers or language:
        if not here.managed:
            raise NotAllowed(T("Only who manages this server can set how its rooms answer."))
        now = RoomSettings(
            public=answers == "public" if answers else now.public,
            language=language.replace("default", "") if language else now.language,
        )
        who = Person(ctx.caller.platform, ctx.caller.id, ctx.caller.name)
        act = Act(ctx.key, "room", who, ctx.now, "Set by who manages the room.")
        await ctx.store.operation.set_room(act, here.platform, here.id, now)
        title = T("Set: answers in this room")
    rows = (
        (T("Go"), (_ANSWERS["public" if now.public else "private"],)),
        (T("In"), (_LANGUAGES[now.language or "default"],)),
    )
    return Reply((Strong(title),), (Facts(rows),), audience=Audience.ASKER)
