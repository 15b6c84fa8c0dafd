"""/claims: who says what."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.params.basic import FreeText, Hidden, OneOf
from commands.kit.params.day_values import OnDay
from commands.kit.params.entities import KnownActor, KnownPlace
from commands.kit.reply import Reply
from commands.kit.vocabulary import VERDICTS
from commands.shared.views.entry_list import EntryQuery, list_entries
from store.model.entry import Actor, Kind
from store.model.span import Span
from store.queries.places import PlaceMatch


@command(kept=True, one_hop=True)
async def claims(
    ctx: Context,
    place: Annotated[PlaceMatch | None, KnownPlace(T("What the claim is about"))] = None,
    *,
    by: Annotated[Actor | None, KnownActor(T("Who said it"))] = None,
    since: Annotated[Span | None, OnDay(T("Said on this day or after it"))] = None,
    until: Annotated[Span | None, OnDay(T("Said on this day or before it"))] = None,
    verdict: Annotated[str | None, OneOf(VERDICTS, T("The fact-check verdict"))] = None,
    text: Annotated[str, FreeText(T("Words, a “phrase” or the start of a word*"))] = "",
    retracted: Annotated[str, OneOf({"only": T("only")}, T("Retracted ones"))] = "",
    after: Annotated[str, Hidden()] = "",
) -> Reply:
    """List who said what: contested claims first, the narrator's last."""
    asked = EntryQuery(Kind.CLAIM, place, by, since, until, verdict, None, text, bool(retracted))
    return await list_entries(ctx, asked, "claims", after)
