"""What a stretch of the record did, as an answer: the most important of it in the first line."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from commands.kit.inlines import Inline, Line, Phrase, Strong, T, When, join
from commands.kit.reply import (
    Action,
    Block,
    Facts,
    Heading,
    Item,
    Items,
    Picture,
    Reply,
    Small,
    Text,
    Tone,
)
from commands.kit.vocabulary import kind_count, thousands
from commands.shared.views import digest_items as items
from commands.shared.views.entry_card import begin_note, entry_choices, explain_marks
from commands.shared.views.open_disputes import Dispute, dispute_items
from store.model.entry import Entry, Kind, Total
from store.model.ref import PLACE, Ref
from store.model.span import Span
from store.queries.digest_window import ChangedEntry, DigestWindow, Turn
from store.queries.entry_changes import Section

_DOT = " · "
PAGE = 20
_SHOWN = {
    Section.CONTROL: 8,
    Section.CLAIMS: 8,
    Section.EVENTS: 8,
    Section.MENDED: 8,
    Section.VERDICTS: 5,
}
_BRIEF = {
    Section.CONTROL: 1,
    Section.CLAIMS: 2,
    Section.EVENTS: 1,
    Section.MENDED: 1,
    Section.VERDICTS: 1,
}
"""As many of each as fit a screen with all the others."""
_SCREEN = 4
"""As many in all as fit a screen, where fewer have anything to say."""
_ENTRIES = {Section.CLAIMS, Section.EVENTS}
_MOST_STALE = 5
_MOST_DISPUTES = 8
HEADS: Mapping[Section, T] = {
    Section.CONTROL: T("Control and disagreements"),
    Section.CLAIMS: T("New claims"),
    Section.EVENTS: T("New events"),
    Section.MENDED: T("Corrections to earlier summaries"),
    Section.VERDICTS: T("Verdicts"),
}
"""The sections in the order in which they are told."""


class DigestContents(Struct, frozen=True):
    """All that a summary tells: a window, the one before it, what went stale; `about` heads it.

    `again` is what asks /digest for it again; `notes` are said before all else. One that is not
    `whole` fits a screen. `disputes` are open, whatever the window; the `illustration` is a map.
    """

    window: DigestWindow
    before: DigestWindow | None
    stale: tuple[Entry, ...]
    about: Line
    today: date
    again: Mapping[str, str]
    notes: tuple[Inline, ...] = ()
    whole: bool = False
    disputes: tuple[Dispute, ...] = ()
    illustration: Picture | None = None

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to tell."""
        return self.window.empty and not self.stale


def digest_reply(contents: DigestContents, actions: tuple[Action, ...] = ()) -> Reply:
    """Return a summary in the order in which it is to be read."""
    notes = tuple(Text((note,)) for note in contents.notes)
    if contents.nothing:
        title = join(_DOT, Strong(T("Nothing new")), Phrase(contents.about), _age(contents))
        return Reply(title, notes, actions, Tone.NOTHING)
    counted = None if contents.whole or contents.window.empty else Phrase(_count(contents.window))
    blocks: list[Block] = [Small(join(_DOT, Phrase(contents.about), counted)), *notes]
    rest: list[Action] = []
    for section in HEADS:
        for part in _section(section, contents):
            if isinstance(part, Action):
                rest.append(part)
            else:
                blocks.append(part)
    blocks += _disputes(contents)
    blocks += _overdue(contents)
    changed = [change.entry for change in contents.window.changed]
    if contents.whole and not contents.window.empty:
        blocks.append(_counts(contents))
    blocks += _unread(contents.window)
    foot = _foot(contents) if contents.whole else join(_DOT, _age(contents), T("not live"))
    blocks.append(Small((*begin_note(changed), *foot)))
    if rest and not contents.whole:
        rest = [Action(T("More"), "digest", {**contents.again, "more": "yes"})]
    every = (*rest, *_map(contents), *actions)
    return Reply(
        _headline(contents),
        tuple(blocks),
        every,
        entries=entry_choices(changed),
        illustration=None if contents.whole else contents.illustration,
        posted=Action(T("Post here"), "digest", contents.again),
    )


def find_turned_place(window: DigestWindow) -> int | None:
    """Return the number of the place whose status changed, where one did."""
    turns = (turn for turn in window.turns if not turn.overtaken and items.differs(turn))
    return next((turn.place_id for turn in sorted(turns, key=_turn_weight)), None)


def _map(contents: DigestContents) -> tuple[Action, ...]:
    """Return what draws the place whose status changed, where one did."""
    place_id = find_turned_place(contents.window)
    return () if place_id is None else (_draw(place_id),)


def _draw(place_id: int) -> Action:
    return Action(T("Map"), "map", {"place": str(Ref(PLACE, place_id))})


def _disputes(contents: DigestContents) -> Iterator[Block]:
    """Yield what is disputed: all of it, or as much as fits, first what the window does not say."""
    disputes = contents.disputes
    if contents.whole and disputes:
        yield Heading(_open_count(disputes))
        yield Items(tuple(dispute_items(disputes[:_MOST_DISPUTES])))
        if len(disputes) > _MOST_DISPUTES:
            yield _more(len(disputes) - _MOST_DISPUTES)
        return
    told = _list_disputing(contents.window)
    others = [it for it in disputes if not {word.number for word in it.words} <= told]
    for shown in dispute_items((others or disputes)[:1]):
        yield Heading(_open_count(disputes))
        yield Items((Item(shown.lead),))


def _open_count(disputes: Sequence[Dispute]) -> Inline:
    return Phrase((T("Open disputes"), ": ", thousands(len(disputes))))


def section_page(contents: DigestContents, section: Section, skip: int) -> Reply:
    """Return one section of a summary, a page of it; the window holds no more than that."""
    window = contents.window
    blocks = _section_blocks(window, section, PAGE)
    count = Phrase((HEADS[section], ": ", thousands(window.sections[section])))
    title = join(_DOT, Strong(count), *contents.about)
    if not blocks:
        return Reply(title, tone=Tone.NOTHING)
    actions: tuple[Action, ...] = ()
    if window.more:
        given = {**contents.again, "only": section.value, "skip": str(skip + PAGE)}
        actions = (Action(T("More"), "digest", given),)
    marks = explain_marks([change.entry for change in window.changed])
    return Reply(title, (*blocks, *marks, *_unread(window)), actions)


def _section_blocks(window: DigestWindow, section: Section, most: int) -> tuple[Block, ...]:
    """Return what a window tells under a head; of entries, those of one place together."""
    here = [change for change in window.changed if section in change.changes.sections]
    if section in _ENTRIES:
        return tuple(items.by_place(items.weightiest([change.entry for change in here], most)))
    shown = _items(window, section, here)[:most]
    return (Items(tuple(shown)),) if shown else ()


def _items(window: DigestWindow, section: Section, here: Sequence[ChangedEntry]) -> list[Item]:
    """Return what a window tells under a head that is not about new entries alone."""
    match section:
        case Section.CONTROL:
            turns = sorted(
                window.turns, key=lambda judgement: (judgement.overtaken, items.place_of(judgement))
            )
            return [
                *map(items.turn, turns),
                *items.disagreements(here),
                *items.withdrawn_since(here),
            ]
        case Section.MENDED:
            return [*items.corrections(here)]
        case _:
            return [*items.verdicts(here)]


def _section(section: Section, contents: DigestContents) -> Iterator[Block | Action]:
    """Yield a section, and what leads to all of it if not all is shown."""
    if not contents.whole:
        yield from _section_in_brief(section, contents)
        return
    window, most = contents.window, _SHOWN[section]
    here = [change for change in window.changed if section in change.changes.sections]
    known = len(here) if section in _ENTRIES else len(_items(window, section, here))
    blocks = _section_blocks(window, section, most)
    if blocks:
        yield Heading(HEADS[section])
        yield from blocks
    missing = window.sections[section] - len(here) + max(known - most, 0)
    if missing > 0:
        yield _more(missing)
        given = {**contents.again, "only": section.value}
        yield Action(T("All of it: {head}", head=HEADS[section]), "digest", given)


def _section_in_brief(section: Section, contents: DigestContents) -> Iterator[Block | Action]:
    """Yield what of a section fits a screen: first what the headline and others do not say."""
    window = contents.window
    fewest = 1 if contents.illustration else _BRIEF[section]  # a map takes its room
    most = max(_SCREEN // max(sum(map(bool, window.sections.values())), 1), fewest)
    here = [change for change in window.changed if section in change.changes.sections]
    if section in _ENTRIES:
        entries = items.weightiest([change.entry for change in here], most, _list_disputing(window))
        every, shown = len(here), [*map(items.new_in_brief, entries)]
    else:
        listed = _items(window, section, here)
        every, shown = len(listed), list(_fit(listed, section, window, most))
    if not shown:
        return
    count = window.sections[section] - len(here) + every
    if count == len(shown):
        yield Heading(HEADS[section])
    else:
        yield Heading(Phrase((HEADS[section], ": ", thousands(count))))
        given = {**contents.again, "only": section.value}
        yield Action(T("All of it: {head}", head=HEADS[section]), "digest", given)
    yield Items(tuple(shown))


def _list_disputing(window: DigestWindow) -> set[int]:
    """Return the numbers of the entries that the section on control and disagreements names."""
    told = {change.entry.id: change for change in window.changed if change.changes.disputes}
    return {*told, *(other for change in told.values() for other in change.changes.disputes)}


def _fit(
    listed: Sequence[Item], section: Section, window: DigestWindow, most: int
) -> Sequence[Item]:
    """Return what fits of a section: judgements first, of anything else its first line alone."""
    if len(listed) <= most:
        return listed
    if section is Section.CONTROL:
        turns = [items.turn(turn) for turn in sorted(window.turns, key=_turn_weight)]
        others = listed[len(turns) or 1 :]  # without a turn, the headline has the first of them
        listed = [*turns, *(Item(item.lead) for item in others)]
        return listed[:most]
    return [Item(item.lead) for item in listed[:most]]


def _turn_weight(turn: Turn) -> tuple[bool, bool, bool]:
    """Return what puts a change of mind before a first judgement and one that only repeats."""
    return turn.overtaken, not items.differs(turn), turn.before is None


def _more(count: int) -> Small:
    return Small((T("and {count} more", count=thousands(count)),))


def _weighty(window: DigestWindow) -> list[Item]:
    """Return what changed in who holds what and who disputes it, the most important first."""
    turns = [turn for turn in window.turns if not turn.overtaken]
    changes = [turn for turn in turns if turn.before and items.differs(turn)]
    firsts = [turn for turn in turns if turn.before is None]
    return [
        *map(items.turn, changes),
        *items.disagreements(window.changed),
        *map(items.turn, firsts),
    ]


def _headline(contents: DigestContents) -> Line:
    """Return the most important change in one line."""
    window = contents.window
    candidates = (
        *_weighty(window),
        *items.corrections(window.changed),
        *items.verdicts(window.changed),
        *items.most_telling(window.changed),
        *(items.turn(turn) for turn in window.turns if not turn.overtaken),
    )
    if candidates:
        return (Strong(Phrase(candidates[0].lead)),)
    if window.empty:
        return (Strong(T("Nothing new, but some assessments are overdue")),)
    return (Strong(T("Only small changes of the record")),)


def _overdue(contents: DigestContents) -> Iterator[Block]:
    if contents.stale:
        yield Heading(T("Overdue: nothing newer from these assessors"))
        shown = contents.stale[:_MOST_STALE]
        yield Items(tuple(items.stale(entry, contents.today) for entry in shown))
        if rest := len(contents.stale) - len(shown):
            yield _more(rest)


def _counts(contents: DigestContents) -> Facts:
    rows: list[tuple[Inline, Line]] = [(T("Recorded"), _count(contents.window))]
    if contents.before is not None:
        rows.append((T("Before that"), _count(contents.before)))
    return Facts(tuple(rows))


def _count(window: DigestWindow) -> Line:
    filed = window.filed
    counts = {kind_count(kind, Total(filed[kind])): filed[kind] for kind in Kind} | {
        T("{n} correction", "{n} corrections", n=window.corrected): window.corrected,
        T("{n} retraction", "{n} retractions", n=window.withdrawn): window.withdrawn,
    }
    return join(_DOT, *(words for words, n in counts.items() if n)) or (T("nothing new"),)


def _unread(window: DigestWindow) -> Iterator[Block]:
    if window.unread:
        yield Small(
            (
                T(
                    "{count} earlier revisions are too many to "
                    "list; /claims and /events have them all.",
                    count=thousands(window.unread),
                ),
            )
        )


def _foot(contents: DigestContents) -> Line:
    window = contents.window
    stretch = None
    if window.up_to > window.after:
        stretch = T(
            "revisions {first} to {last}",
            first=thousands(window.after + 1),
            last=thousands(window.up_to),
        )
    head = T("chain {head}", head=window.head[:12]) if window.head else None
    return join(_DOT, stretch, _age(contents), head, T("not live"))


def _age(contents: DigestContents) -> Inline | None:
    """Return how old the newest of all data is."""
    newest = contents.window.newest
    if newest is None:
        return None
    days = max((contents.today - newest).days, 0)
    old = T("today") if days == 0 else T("{n} day old", "{n} days old", n=days)
    return T("latest entry {day}, {age}", day=When(Span.on(newest)), age=old)
