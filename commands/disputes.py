"""/disputes: where sources disagree by now, since when, and what each side says."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import Faint, Inline, Line, Phrase, Strong, T, join
from commands.kit.params.basic import Hidden, read_skip
from commands.kit.params.day_values import OnDay
from commands.kit.params.entities import KnownPlace
from commands.kit.reply import Action, Block, Heading, Item, Items, Reply, Small, Tone
from commands.kit.vocabulary import thousands
from commands.shared.views.entry_card import (
    brief_item,
    common_source,
    entry_choices,
    explain_marks,
    read_in,
)
from commands.shared.views.entry_list import EntryQuery
from commands.shared.views.open_disputes import (
    Dispute,
    find_disputes,
    since_when,
    who_against_whom,
)
from commands.shared.views.place_match import about_match
from store.model.entry import Entry
from store.model.span import Span
from store.queries.disputed_entries import DisputedEntries
from store.queries.places import PlaceMatch

_DOT = " · "
_PAGE, _WHOLE_PAGE = 2, 8
"""Disputes of a page: as many as a phone shows, or for whoever reads it as data."""
_SIDES = 4


@command(kept=True, one_hop=True)
async def disputes(
    ctx: Context,
    place: Annotated[PlaceMatch | None, KnownPlace(T("What it is about; all by default"))] = None,
    *,
    since: Annotated[Span | None, OnDay(T("The last word is of this day or later"))] = None,
    until: Annotated[Span | None, OnDay(T("The last word is of this day or earlier"))] = None,
    skip: Annotated[str, Hidden()] = "",
) -> Reply:
    """Show where sources disagree by now, and who says what."""
    start = read_skip(skip)
    return await _list(ctx, EntryQuery(None, place, since=since, until=until), start)


async def _list(ctx: Context, asked: EntryQuery, start: int) -> Reply:
    """Return a page of disputes from that at `start`; where none is open, what to ask instead."""
    disputed = await _read(ctx, asked)
    disputes = _choose(disputed, ctx, asked)
    notes: tuple[Block, ...] = about_match(asked.place) if asked.place else ()
    if not disputes:
        title = _title(T("No open disputes"), asked)
        return Reply(title, notes, _wider(asked), tone=Tone.NOTHING)
    page = disputes[start : start + (_WHOLE_PAGE if ctx.whole else _PAGE)]
    entries = {entry.id: entry for entry in disputed.every}
    sides = [_find_sides(dispute, entries) for dispute in page]
    shown = [entry for side in sides for entry in side]
    source = common_source(shown)
    told: list[Block] = [*notes]
    for dispute, side in zip(page, sides, strict=True):
        told += _tell(dispute, side, with_source=source is None)
    told += [read_in(source)] if source else []
    told += explain_marks(shown)
    if disputed.more:
        told.append(Small((T("Read from the newest links alone: there may be older disputes."),)))
    n, rest = len(disputes), start + len(page)
    more = Action(T("More"), "disputes", {**asked.given(), "skip": str(rest)})
    return Reply(
        _title(T("{count} open dispute", "{count} open disputes", n=n, count=thousands(n)), asked),
        tuple(told),
        (more,) if rest < n else (),
        entries=entry_choices(shown),
    )


def _find_sides(dispute: Dispute, entries: Mapping[int, Entry]) -> list[Entry]:
    numbers = [word.number for word in dispute.words if word.number in entries]
    return [entries[number] for number in numbers[:_SIDES]]


def _tell(dispute: Dispute, sides: Sequence[Entry], *, with_source: bool) -> Iterator[Block]:
    """Yield who is against whom since when, and what each side says, the oldest first."""
    yield Heading(Phrase(join(_DOT, who_against_whom(dispute), since_when(dispute))))
    items = [brief_item(entry, source=with_source, names=False) for entry in sides]
    if rest := len(dispute.words) - len(sides):
        items.append(Item((Faint(T("and {n} more", "and {n} more", n=rest)),)))
    yield Items(tuple(items))


async def _read(ctx: Context, asked: EntryQuery) -> DisputedEntries:
    """Return what is disputed by now, at a place and in it, around a town, or anywhere."""
    within = (asked.place.place.id,) if asked.place else ()
    around = asked.place is not None and asked.place.around
    places, directions = ((), within) if around else (within, ())
    windows = ctx.store.digest_windows
    return await windows.disputed(ctx.today, ctx.stale_days, places, directions)


def _choose(disputed: DisputedEntries, ctx: Context, asked: EntryQuery) -> list[Dispute]:
    """Return the disputes whose last word is of the days asked for, the newest first."""
    first, last = asked.window()
    return [
        dispute
        for dispute in find_disputes(disputed.linked, disputed.assessed, ctx.today, ctx.stale_days)
        if (first is None or first <= dispute.last.day)
        and (last is None or dispute.last.day <= last)
    ]


def _title(how_many: Inline, asked: EntryQuery) -> Line:
    return join(_DOT, Strong(how_many), *asked.words()[::2])


def _wider(asked: EntryQuery) -> tuple[Action, ...]:
    """Return what would show more: any day, anywhere, all that is claimed there."""
    actions = []
    here = {"place": asked.place.ref} if asked.place else {}
    if asked.since or asked.until:
        actions.append(Action(T("Without the days"), "disputes", here))
    if asked.place:
        actions.append(Action(T("Anywhere"), "disputes", {}))
        actions.append(Action(T("All claims"), "claims", here))
    return tuple(actions)
