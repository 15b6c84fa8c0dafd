"""What some days changed, as an answer: statuses then and now, then each kind of change."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta

from msgspec import Struct

from commands.kit.context import Context
from commands.kit.inlines import Inline, Line, Phrase, Reference, Strong, T, When, join
from commands.kit.reply import Action, Block, Heading, Item, Items, Reply, Small, Text, Tone
from commands.kit.vocabulary import LINKS, kind_count, place_name, speaker_name, thousands
from commands.shared.views import digest_items as items
from commands.shared.views.entry_card import (
    day_of,
    entry_choices,
    entry_item,
    explain_marks,
    link_speaker,
    name_and_ref,
    places_of,
    statement,
)
from commands.shared.views.field_diff import Names, references
from commands.shared.views.field_diff import changes as fields_changed
from commands.shared.views.place_match import about_match
from commands.shared.views.place_status import describe_status
from store.model.entry import Entry, Kind
from store.model.span import Span
from store.queries.digest_window import ChangedEntry
from store.queries.period_changes import ComparedDays, Disagreement, PeriodChanges, StatusTurn
from store.queries.places import PlaceMatch

_DOT = " · "
CLOCKS: Mapping[str, T] = {
    "world": T("what happened in those days"),
    "record": T("what was recorded in those days"),
}
PARTS: Mapping[str, T] = {
    "control": T("Control, then and now"),
    "contradicted": T("Newly contradicted"),
    "new": T("New"),
    "corrected": T("Corrected"),
    "retracted": T("Retracted"),
    "verdicts": T("Verdicts"),
}
"""The parts of the answer, in the order in which they are told."""
PAGE = 20
_BRIEF, _SHOWN = 3, 10
_A_DAY = timedelta(days=1)


class Comparison(Struct, frozen=True):
    """What is compared, by which clock, and what it came to."""

    changes: PeriodChanges
    period: ComparedDays
    clock: str
    place: PlaceMatch | None
    stale_days: int
    whole: bool

    @property
    def days(self) -> Span:
        return Span.between(self.period.first, self.period.last)

    @property
    def given(self) -> dict[str, str]:
        """What asks for it again."""
        place = {"place": self.place.ref} if self.place else {}
        days = {"from": self.period.first.isoformat(), "to": self.period.last.isoformat()}
        return {**place, **days, "clock": self.clock}


class _Part(Struct, frozen=True):
    """One part of the answer: how many it has, and so many of them as blocks, from one on."""

    count: int
    show: Callable[[int, int], Sequence[Block]]


async def answer_period(asked: Comparison, ctx: Context) -> Reply:
    """Return what some days changed."""
    parts = await _collect_parts(asked, ctx)
    changes = asked.changes
    about = about_match(asked.place) if asked.place else ()
    flip = _flip(asked)
    if changes.empty:
        title = join(_DOT, Strong(T("Nothing changed")), *_name_subject(asked))
        return Reply(title, (*about, Small((_clock_words(asked),))), (flip,), Tone.NOTHING)
    most = _SHOWN if asked.whole else _BRIEF
    blocks: list[Block] = [*about, Small((_clock_words(asked),))]
    rest: list[Action] = []
    for name, part in parts.items():
        if part.count:
            blocks += [Heading(PARTS[name]), *part.show(0, most)]
        if part.count > most:
            blocks.append(Small((T("and {count} more", count=thousands(part.count - most)),)))
            all_ = T("All of it: {head}", head=PARTS[name])
            rest.append(Action(all_, "changes", {**asked.given, "only": name}))
    blocks += [*explain_marks([*_entries(changes)]), *_unread(changes)]
    if rest and not asked.whole:
        rest = [Action(T("More"), "changes", {**asked.given, "more": "yes"})]
    return Reply(
        _title(asked),
        tuple(blocks),
        (flip, *rest, *_map(asked)),
        entries=entry_choices(_entries(changes)),
    )


async def part_page(asked: Comparison, name: str, skip: int, ctx: Context) -> Reply:
    """Return one part of the answer, a page of it."""
    part = (await _collect_parts(asked, ctx))[name]
    count = Phrase((PARTS[name], ": ", thousands(part.count)))
    title = join(_DOT, Strong(count), *_name_subject(asked))
    blocks = part.show(skip, PAGE) if skip < part.count else ()
    if not blocks:
        return Reply(title, (Small((_clock_words(asked),)),), tone=Tone.NOTHING)
    actions: tuple[Action, ...] = ()
    if part.count > skip + PAGE:
        given = {**asked.given, "only": name, "skip": str(skip + PAGE)}
        actions = (Action(T("More"), "changes", given),)
    marks = explain_marks([*_entries(asked.changes)])
    body = (Small((_clock_words(asked),)), *blocks, *marks, *_unread(asked.changes))
    return Reply(title, body, actions)


async def _collect_parts(asked: Comparison, ctx: Context) -> dict[str, _Part]:
    changes = asked.changes
    names = await ctx.store.audit_log.names(_names_needed(changes.corrected))
    new = items.weightiest(changes.new, len(changes.new))
    lists: dict[str, list[Item]] = {
        "control": [_status_item(turn, asked) for turn in changes.statuses],
        "contradicted": [_disagreement_item(pair) for pair in changes.contradicted],
        "corrected": [_correction_item(change, names) for change in changes.corrected],
        "retracted": [entry_item(change.entry, source=False) for change in changes.withdrawn],
        "verdicts": [*items.verdicts(changes.judged)],
    }
    parts = {name: _Part(len(listed), _pager(listed)) for name, listed in lists.items()}
    parts["new"] = _Part(
        len(new), lambda skip, most: tuple(items.by_place(new[skip : skip + most]))
    )
    return {name: parts[name] for name in PARTS}


def _pager(listed: Sequence[Item]) -> Callable[[int, int], Sequence[Block]]:
    return lambda skip, most: (Items(tuple(listed[skip : skip + most])),)


def _title(asked: Comparison) -> Line:
    """Return in one line how much of each kind there is, and about what."""
    changes = asked.changes
    turned = sum(turn.differs for turn in changes.statuses)
    counts = (
        *(kind_count(kind, changes.filed[kind]) for kind in Kind if changes.filed[kind].number),
        _count(turned, T("{n} status changed", "{n} statuses changed", n=turned)),
        _count(len(changes.corrected), T("{n} corrected", n=len(changes.corrected))),
        _count(len(changes.withdrawn), T("{n} retracted", n=len(changes.withdrawn))),
        _count(len(changes.judged), T("{n} checked", n=len(changes.judged))),
    )
    return (Strong(Phrase(join(_DOT, *counts))), _DOT, *join(_DOT, *_name_subject(asked)))


def _count(number: int, words: T) -> T | None:
    return words if number else None


def _name_subject(asked: Comparison) -> tuple[Inline, ...]:
    place = T("about {place}", place=place_name(asked.place.place)) if asked.place else None
    return tuple(part for part in (place, When(asked.days)) if part is not None)


def _clock_words(asked: Comparison) -> T:
    days = When(asked.days)
    if asked.clock == "world":
        return T("What happened and was said: {days}, as known now.", days=days)
    return T("What was put on record: {days}.", days=days)


def _flip(asked: Comparison) -> Action:
    """Return what shows the same days by the other clock."""
    if asked.clock == "world":
        return Action(T("What was recorded"), "changes", {**asked.given, "clock": "record"})
    return Action(T("What happened"), "changes", {**asked.given, "clock": "world"})


def _map(asked: Comparison) -> tuple[Action, ...]:
    """Return what draws the place on the eve of those days and at their end."""
    if asked.place is None or asked.period.statuses is False:
        return ()
    eve = asked.period.first - _A_DAY
    days = {"from": eve.isoformat(), "to": asked.period.last.isoformat()}
    return (Action(T("Map"), "map", {"place": asked.place.ref, **days}),)


def _status_item(turn: StatusTurn, asked: Comparison) -> Item:
    eve = asked.period.first - _A_DAY
    place: Line = (Strong(place_name(turn.place)), ": ")
    now = describe_status(turn.after, asked.period.last, asked.stale_days)
    if not turn.differs:
        return Item((*place, *now), ((T("as before, on {day}", day=When(Span.on(eve))),),))
    then = Phrase(describe_status(turn.before, eve, asked.stale_days))
    return Item(
        (*place, *now), ((T("before, {day}: {status}", day=When(Span.on(eve)), status=then),),)
    )


def _disagreement_item(pair: Disagreement) -> Item:
    entry, link = pair.entry, pair.link
    who = name_and_ref(speaker_name(entry.by) if entry.by else "", entry.ref)
    does: Line = (
        who,
        " ",
        LINKS[link.type, link.outward],
        " ",
        name_and_ref(link_speaker(link), link.ref),
    )
    where = places_of(entry)
    return Item((where, ": ", *does) if where else does, (statement(entry),))


def _correction_item(change: ChangedEntry, names: Names) -> Item:
    """Return what a correction changed, old and new, and why."""
    entry, corrected = change.entry, change.changes.corrected
    lead = join(": ", Reference(entry.ref), change.changes.why("correct"))
    fields = fields_changed(*corrected, names) if corrected else ()
    shown = join(_DOT, day_of(entry), places_of(entry), Phrase(statement(entry)))
    return Item(lead, (*((field,) for field in fields), shown))


def _names_needed(corrected: Sequence[ChangedEntry]) -> set[str]:
    return {
        ref
        for change in corrected
        for content in change.changes.corrected or ()
        for ref in references(content)
    }


def _unread(changes: PeriodChanges) -> Iterator[Text]:
    if changes.unread:
        count = thousands(changes.unread)
        yield Text((T("{count} more are not in this answer; ask about fewer days.", count=count),))


def _entries(changes: PeriodChanges) -> Iterator[Entry]:
    """Yield the entries that can be opened, in the order in which they stand."""
    for turn in changes.statuses:
        yield from turn.after
    yield from (pair.entry for pair in changes.contradicted)
    yield from items.weightiest(changes.new, _SHOWN)
    for change in (*changes.corrected, *changes.withdrawn, *changes.judged):
        yield change.entry
