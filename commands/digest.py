"""/digest: what changed on a day, or in one of a room's summaries."""

from datetime import date, datetime, time, timedelta
from typing import Annotated

from msgspec.structs import replace

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import BadParam, Code
from commands.kit.inlines import T, When
from commands.kit.params.basic import Hidden, OneOf, read_skip
from commands.kit.params.day_values import OnDay
from commands.kit.reply import Action, Reply
from commands.shared.views.digest_present import add_present
from commands.shared.views.digest_replay import replay_news, replay_summary
from commands.shared.views.digest_sections import (
    HEADS,
    PAGE,
    DigestContents,
    digest_reply,
    section_page,
)
from store.model.span import Span
from store.queries.digest_window import WindowPart
from store.queries.entry_changes import Section

_A_DAY = timedelta(days=1)
_LONGEST = timedelta(days=31)


@command()
async def digest(
    ctx: Context,
    day: Annotated[Span | None, OnDay(T("A day; today by default"))] = None,
    *,
    only: Annotated[str, OneOf(HEADS, T("Only this part, all of it"))] = "",
    of: Annotated[str, Hidden()] = "",
    skip: Annotated[str, Hidden()] = "",
    more: Annotated[str, Hidden()] = "",
) -> Reply:
    """Show what changed on the record today, or on a past day."""
    section = Section(only) if only else None
    start = read_skip(skip)
    if of.startswith("W-"):
        return await replay_news(ctx, of, start)
    if of:
        return await replay_summary(ctx, of, section, start, whole=bool(more) or ctx.whole)
    first, last = _days(ctx, day)
    contents = await _collect(
        ctx, first, last, WindowPart((), section, start, PAGE) if only else WindowPart()
    )
    if section is not None:
        return section_page(contents, section, start)
    contents = replace(contents, whole=bool(more) or ctx.whole)
    contents = await add_present(contents, ctx, last)
    return digest_reply(contents, _around(last, ctx))


def _days(ctx: Context, day: Span | None) -> tuple[date, date]:
    last = day.latest if day else ctx.today
    first = day.earliest if day and day.earliest else last
    if day and last > ctx.today:
        to_come = T("{day} is in the future. Write a day up to today.", day=When(day))
        raise BadParam(to_come, code=Code.BAD_DAY)
    if last - first > _LONGEST:
        raise BadParam(T("Write a day, or at most a month."), code=Code.BAD_DAY)
    return first, last


async def _collect(ctx: Context, first: date, last: date, part: WindowPart) -> DigestContents:
    begins, ends = (datetime.combine(day, time(), ctx.zone) for day in (first, last + _A_DAY))
    windows, span = ctx.store.digest_windows, Span.between(first, last)
    window = await windows.between(*await windows.ends(begins, ends), part)
    earlier = datetime.combine(first - (last - first) - _A_DAY, time(), ctx.zone)
    before = await windows.between(*await windows.ends(earlier, begins), WindowPart(most=0))
    stale_on = timedelta(days=ctx.stale_days + 1)
    stale = await windows.stale(first - stale_on, last - stale_on)
    about = (T("recorded {day}", day=When(span)),)
    return DigestContents(window, before, stale, about, ctx.today, {"day": span.edtf})


def _around(last: date, ctx: Context) -> tuple[Action, ...]:
    """Return the day before and, if there is one, the day after, to ask about next."""
    days = [last - _A_DAY, *([last + _A_DAY] if last < ctx.today else [])]
    return tuple(Action(When(Span.on(day)), "digest", {"day": day.isoformat()}) for day in days)
