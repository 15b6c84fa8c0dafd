"""/changes: what some days changed, in the world or on the record."""

from datetime import date, datetime, time, timedelta
from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import BadParam, Code
from commands.kit.inlines import T, When
from commands.kit.params.basic import Hidden, OneOf, read_skip
from commands.kit.params.day_values import OnDay
from commands.kit.params.entities import KnownPlace
from commands.kit.reply import Reply
from commands.shared.views.period_answer import (
    CLOCKS,
    PARTS,
    Comparison,
    answer_period,
    part_page,
)
from store.model.span import Span
from store.queries.period_changes import ComparedDays
from store.queries.places import PlaceMatch

_A_DAY, _A_WEEK = timedelta(days=1), timedelta(days=6)


@command(kept=True, one_hop=True)
async def changes(
    ctx: Context,
    place: Annotated[PlaceMatch | None, KnownPlace(T("Town, village or area"))] = None,
    *,
    from_: Annotated[Span | None, OnDay(T("The first day; a week in all by default"))] = None,
    to: Annotated[Span | None, OnDay(T("The last day; today by default"))] = None,
    clock: Annotated[str, OneOf(CLOCKS, T("What happened then, or what was recorded"))] = "world",
    only: Annotated[str, OneOf(PARTS, T("Only this part, all of it"))] = "",
    skip: Annotated[str, Hidden()] = "",
    more: Annotated[str, Hidden()] = "",
) -> Reply:
    """Compare two days: what changed between them, in the world or on the record."""
    first, last = _read_days(ctx, from_, to)
    period = ComparedDays(
        first,
        last,
        datetime.combine(first, time(), ctx.zone),
        datetime.combine(last + _A_DAY, time(), ctx.zone),
        place.place.id if place else None,
        around=bool(place and place.around),
        statuses=only in {"", "control"},
    )
    read = ctx.store.period_changes.learnt
    if clock == "world":
        read = ctx.store.period_changes.happened
    whole = bool(more) or ctx.whole
    asked = Comparison(await read(period), period, clock, place, ctx.stale_days, whole=whole)
    if only:
        start = read_skip(skip)
        return await part_page(asked, only, start, ctx)
    return await answer_period(asked, ctx)


def _read_days(ctx: Context, from_: Span | None, to: Span | None) -> tuple[date, date]:
    """Return the first and the last day; from: alone may have both."""
    last = to.latest if to else ctx.today
    if from_ and not to and "/" in from_.edtf:
        last = from_.latest
    last = min(last, ctx.today)
    first = (from_.earliest if from_ else None) or last - _A_WEEK
    if from_ and from_.earliest is None:
        open_ = T("from: needs a first day, such as from:2025-10-29.")
        raise BadParam(open_, code=Code.BAD_DAY)
    if last < first:
        raise BadParam(
            T(
                "to: {last} is before from: {first}; write the earlier day as from:.",
                last=When(Span.on(last)),
                first=When(Span.on(first)),
            ),
            code=Code.BAD_DAY,
        )
    return first, last
