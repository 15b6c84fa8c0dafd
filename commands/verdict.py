"""/verdict: what a check of a claim came to."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import BadParam
from commands.kit.inlines import Reference, T, Typed
from commands.kit.invocation import Role
from commands.kit.params.basic import KnownEntry, OneOf
from commands.kit.params.entities import KnownSource
from commands.kit.reply import Reply
from commands.kit.vocabulary import KINDS, VERDICTS
from commands.shared.record_changes import change_reply, reason
from store.model.entry import Entry, Kind, Source, VerdictValue

_VALUES = {**VERDICTS, "none": T("none; the verdict is withdrawn")}


@command(role=Role.MODERATOR)
async def verdict(
    ctx: Context,
    ref: Annotated[Entry, KnownEntry(T("The claim that was checked, such as E-28"), "E-28")],
    value: Annotated[str, OneOf(_VALUES, T("The verdict"))],
    why: Annotated[str, reason(T("How it was checked"), example="geolocated")],
    *,
    source: Annotated[Source | None, KnownSource(T("The source of the verdict"))] = None,
) -> Reply:
    """Set or withdraw the fact-check verdict of a claim."""
    # Whether words are true can be checked. An event that was not is corrected or retracted, and
    # an assessment is a judgement: others disagree with it by a link, and are shown beside it.
    if ref.kind is not Kind.CLAIM:
        kind = KINDS[ref.kind]
        raise BadParam(
            T(
                "{ref} is an {kind}, and only claims are checked: use {link} or {retract}.",
                ref=ref.ref,
                kind=kind,
                link=Typed("/link"),
                retract=Typed("/retract"),
            )
        )
    to = None if value == "none" else VerdictValue(value)
    act = ctx.act("verdict", why)
    revision = await ctx.store.moderation.check(
        act, ref.id, to, source.id if source and to else None
    )
    if to is None:
        title = T(
            "{ref}: verdict withdrawn: {why}", ref=Reference(revision.target), why=revision.why
        )
    else:
        word = VERDICTS[to]
        title = T(
            "{ref} {verdict}: {why}", ref=Reference(revision.target), verdict=word, why=revision.why
        )
    return await change_reply(ctx, title, revision)
