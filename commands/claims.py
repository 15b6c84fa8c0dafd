"""/claims: who says what."""

from typing import Annotated

from commands.kit.context import Context
from commands.kit.listing import Asked, listed
from commands.kit.names import KnownActor, KnownPlace
from commands.kit.params import Hidden, OnDay, OneOf, Words
from commands.kit.reply import Reply
from commands.kit.spec import command
from commands.kit.terms import VERDICTS
from commands.kit.words import T
from store.models import Actor, Kind
from store.places import PlaceMatch
from store.span import Span


@command()
async def claims(
    ctx: Context,
    place: Annotated[PlaceMatch | None, KnownPlace(T("What the claim is about"))] = None,
    *,
    by: Annotated[Actor | None, KnownActor(T("Who said it"))] = None,
    since: Annotated[Span | None, OnDay(T("Said on this day or after it"))] = None,
    until: Annotated[Span | None, OnDay(T("Said on this day or before it"))] = None,
    verdict: Annotated[str | None, OneOf(VERDICTS, T("What a check came to"))] = None,
    text: Annotated[str, Words(T("Words, a “phrase” or the start of a word*"))] = "",
    retracted: Annotated[str, OneOf({"only": T("only")}, T("Retracted ones"))] = "",
    after: Annotated[str, Hidden()] = "",
) -> Reply:
    """List who said what, newest first, and who contradicts it."""
    asked = Asked(Kind.CLAIM, place, by, since, until, verdict, None, text, bool(retracted))
    return await listed(ctx, asked, "claims", after)
