"""What became of the claims of a source or a speaker, in words: counts and links, never a score."""

from collections.abc import Sequence

from commands.kit.context import Context
from commands.kit.inlines import Line, Phrase, Reference, T, join
from commands.kit.reply import Block, Heading, Item, Items, Small
from commands.kit.vocabulary import VERDICTS
from store.model.entry import VerdictValue
from store.queries.claim_record import ClaimRecord
from store.queries.sources import TrackRecord

FEWEST = 10
"""Claims, checks or shared claims under which nothing can be told."""
_LINKED = 3


async def record_blocks(record: TrackRecord, ctx: Context) -> tuple[Block, ...]:
    """Return what became of the claims; nothing where the desk does not want it told."""
    if not ctx.tells_records:
        return ()
    claims = await ctx.store.claim_records.of(record.of)
    if not claims.claims:
        return ()
    head = Heading(T("Of {n} claim", "Of {n} claims", n=claims.claims))
    if claims.claims < FEWEST:
        return (head, Small((T("too few to tell"),)))
    return (head, Items(tuple(Item(line) for line in _lines(claims))))


def _lines(claims: ClaimRecord) -> list[Line]:
    lines = [
        _count_refs(VERDICTS[value], claims.verdicts[value])
        for value in VerdictValue
        if value in claims.verdicts
    ]
    if None in claims.verdicts:
        lines.append((T("not checked: {n}", n=len(claims.verdicts[None])),))
    if claims.known:
        lines.append(_days(claims))
    if claims.shared:
        lines.append(_first(claims))
    return lines


def _count_refs(label: T, refs: Sequence[str]) -> Line:
    count = T("{label}: {n}", label=label, n=len(refs))
    return (count, " (", Phrase(_links(refs)), ")")


def _links(refs: Sequence[str]) -> Line:
    more = T("{n} more", "{n} more", n=len(refs) - _LINKED) if len(refs) > _LINKED else None
    return join(", ", *map(Reference, refs[:_LINKED]), more)


def _days(claims: ClaimRecord) -> Line:
    if claims.known < FEWEST or claims.days is None:
        few = T("too few to tell")
        return (T("days until it was known: {days} (n = {n})", days=few, n=claims.known),)
    days = f"{claims.days:g}"
    return (T("days until it was known, median: {days} (n = {n})", days=days, n=claims.known),)


def _first(claims: ClaimRecord) -> Line:
    if claims.shared < FEWEST:
        few = T("too few to tell")
        return (T("first to say it: {times} (n = {n})", times=few, n=claims.shared),)
    times = T("{n} of {all}", n=len(claims.first), all=claims.shared)
    links = (" (", Phrase(_links(claims.first)), ")") if claims.first else ()
    return (T("first to say it: {times}", times=times), *links)
