"""A summary or a piece of news as it was, or is to be, told to its room or person."""

import re
from datetime import date, timedelta

from msgspec.structs import replace

from commands.kit.context import Context
from commands.kit.errors import Code, NotFound
from commands.kit.inlines import Inline, Line, Moment, Phrase, Strong, T, When, join
from commands.kit.reply import Action, Items, Reply, Tone
from commands.kit.vocabulary import place_name, thousands
from commands.shared.rooms import name_subjects
from commands.shared.views.digest_items import news
from commands.shared.views.digest_present import add_present
from commands.shared.views.digest_sections import PAGE, DigestContents, digest_reply, section_page
from commands.shared.views.entry_card import explain_marks
from store.model.digest import DeliveryState, DigestDelivery
from store.model.ref import PLACE, Ref
from store.model.span import Span
from store.queries.digest_window import WindowPart
from store.queries.entry_changes import Section

_DOT = " · "
_PUNCTUAL = timedelta(minutes=10)
_HOURS = 120  # minutes from which on a delay is said in hours
_SUMMARY = re.compile(r"([TU])-([0-9]{1,9})-([0-9]{8})")
_NEWS = re.compile(r"W-([0-9]{1,9})-([0-9]{1,12})-([0-9]{1,12})")
_MOST = 10


async def replay_summary(
    ctx: Context, key: str, section: Section | None, skip: int, *, whole: bool = False
) -> Reply:
    """Return the summary of a key such as T-3-20251107, from the window that it told.

    U-3-20251107 is the same for whoever asked for it, with what kept it from being posted.
    """
    match = _SUMMARY.fullmatch(key)
    telling = await _telling(ctx, match) if match else None
    if telling is None or match is None:
        raise NotFound(T("There is no such summary."), code=Code.UNKNOWN_REFERENCE)
    contents = replace(await _collect(ctx, telling, section, skip), whole=whole)
    wish = telling.digest.settings
    if section is not None:
        return replace(section_page(contents, section, skip), about=wish.about)
    contents = await add_present(contents, ctx, telling.day, wish.places, wish.directions)
    reply = replace(digest_reply(contents), about=wish.about)
    if match[1] == "U" and telling.state in {DeliveryState.CLAIMED, DeliveryState.FOLDED}:
        title = T("This daily summary could not be posted: {why}", why=telling.why)
        return replace(reply, title=(Strong(title),), tone=Tone.REFUSAL)
    return reply


async def _telling(ctx: Context, match: "re.Match[str]") -> DigestDelivery | None:
    try:
        on = date.fromisoformat(match[3])
    except ValueError:
        return None
    return await ctx.store.digest_deliveries.get(int(match[2]), on)


async def _collect(
    ctx: Context, telling: DigestDelivery, section: Section | None, skip: int
) -> DigestContents:
    wish, windows = telling.digest.settings, ctx.store.digest_windows
    every = WindowPart(wish.places, directions=wish.directions)
    part = replace(every, section=section, skip=skip, most=PAGE) if section else every
    window = await windows.between(telling.after, telling.up_to, part)
    earlier = await ctx.store.digest_deliveries.before(telling)
    before = None
    if earlier is not None:
        before = await windows.between(earlier.after, earlier.up_to, replace(every, most=0))
    stale_on = timedelta(days=ctx.stale_days + 1)
    since = (earlier.day if earlier else telling.digest.since.date()) + timedelta(days=1)
    days = since - stale_on, telling.day - stale_on
    stale = await windows.stale(*days, wish.places, wish.directions)
    places = await name_subjects(ctx, wish)
    day = T("Summary of {day}, {time}", day=When(Span.on(telling.day)), time=f"{wish.time:%H:%M}")
    about = join(_DOT, day, Phrase(join(", ", *places)) if places else None)
    notes = tuple(note for note in (_late(ctx, telling), _gap(telling, earlier)) if note)
    again = {"of": telling.key}
    return DigestContents(window, before, stale, about, telling.day, again, notes)


def _late(ctx: Context, telling: DigestDelivery) -> Inline | None:
    """Return how late it comes, when it is being told and was due a while ago."""
    late = ctx.now - telling.due
    if telling.state is not DeliveryState.CLAIMED or late < _PUNCTUAL:
        return None
    minutes = round(late.total_seconds() / 60)
    how = T("{n} minute", "{n} minutes", n=minutes)
    if minutes >= _HOURS:
        how = T("{n} hour", "{n} hours", n=minutes // 60)
    return T("Posted {late} late; it was due {moment}.", late=how, moment=Moment(telling.due))


def _gap(telling: DigestDelivery, earlier: DigestDelivery | None) -> Inline | None:
    """Say so when days between were not told of apart."""
    if earlier is None or telling.day - earlier.day <= timedelta(days=1):
        return None
    return T("It covers everything since the summary of {day}.", day=When(Span.on(earlier.day)))


async def replay_news(ctx: Context, key: str, skip: int) -> Reply:
    """Return the news of a key such as W-3-120-124: of a watch, after a revision, up to another."""
    match = _NEWS.fullmatch(key)
    if match is None:
        raise NotFound(T("There is no such news."), code=Code.UNKNOWN_REFERENCE)
    watch_id, after, up_to = map(int, match.groups())
    watch = await ctx.store.watches.get(watch_id)
    if watch is None:
        raise NotFound(T("That place is no longer watched."), code=Code.UNKNOWN_REFERENCE)
    alone, around = ((), (watch.place_id,)) if watch.around else ((watch.place_id,), ())
    part = WindowPart(alone, None, skip, _MOST, around)
    window = await ctx.store.digest_windows.between(after, up_to, part)
    count = len(window.changed) + window.more + skip
    about = (str(Ref(PLACE, watch.place_id)),)
    known = await ctx.store.places.get(watch.place_id)
    name: Inline = place_name(known) if known else watch.place
    name = T("{place} direction", place=name) if watch.around else name
    if not count:
        nothing = (Strong(name), ": ", T("nothing new"))
        return Reply(nothing, tone=Tone.NOTHING, about=about)
    changes = T("{n} change", "{n} changes", n=count)
    title: Line = (Strong(name), ": ", changes)
    items = Items(tuple(map(news, window.changed)))
    more = Action(
        T("{count} more", count=thousands(window.more)),
        "digest",
        {"of": key, "skip": str(skip + _MOST)},
    )
    here = {} if watch.watcher.person else {"here": "yes"}
    place = {"place": watch.ref}
    actions = (
        *((more,) if window.more else ()),
        Action(T("Status of {place}", place=name), "status", place),
        Action(T("Stop watching"), "watch remove", {**place, **here}),
    )
    marks = explain_marks([change.entry for change in window.changed])
    return Reply(title, (items, *marks), actions, about=about)
