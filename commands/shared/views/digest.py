"""What a stretch of the record did, as an answer: the most important of it in the first line."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from commands.kit.i18n import T
from commands.kit.reply import (
    Action,
    Block,
    Facts,
    Heading,
    Inline,
    Item,
    Items,
    Line,
    Phrase,
    Reply,
    Small,
    Strong,
    Text,
    Tone,
    When,
    joined,
)
from commands.kit.vocabulary import counted, thousands
from commands.shared.views import digest_items as told
from store.model.entry import Entry, Kind, Total
from store.model.span import Span
from store.queries.digest_window import Changed, Window
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
_ENTRIES = {Section.CLAIMS, Section.EVENTS}
_MOST_STALE = 5
HEADS: Mapping[Section, T] = {
    Section.CONTROL: T("Control and disagreements"),
    Section.CLAIMS: T("New claims"),
    Section.EVENTS: T("New events"),
    Section.MENDED: T("Corrections of what was told before"),
    Section.VERDICTS: T("Verdicts"),
}
"""The sections in the order in which they are told."""


class Summed(Struct, frozen=True):
    """All that a summary tells: a window, the one before it, what went stale; `about` heads it.

    `again` is what asks /digest for it again; `notes` are said before all else.
    """

    window: Window
    before: Window | None
    stale: tuple[Entry, ...]
    about: Line
    today: date
    again: Mapping[str, str]
    notes: tuple[Inline, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to tell."""
        return self.window.empty and not self.stale


def summary(summed: Summed, actions: tuple[Action, ...] = ()) -> Reply:
    """Return a summary in the order in which it is to be read."""
    notes = tuple(Text((note,)) for note in summed.notes)
    if summed.nothing:
        title = joined(_DOT, Strong(T("Nothing new")), Phrase(summed.about), _age(summed))
        return Reply(title, notes, actions, Tone.NOTHING)
    blocks: list[Block] = [Small(summed.about), *notes]
    rest: list[Action] = []
    for section in HEADS:
        for part in _section(section, summed):
            if isinstance(part, Action):
                rest.append(part)
            else:
                blocks.append(part)
    blocks += _overdue(summed)
    if not summed.window.empty:
        blocks.append(_counts(summed))
    blocks += _unread(summed.window)
    blocks.append(_foot(summed))
    return Reply(_headline(summed), tuple(blocks), (*rest, *actions))


def page(summed: Summed, section: Section, skip: int) -> Reply:
    """Return one section of a summary, a page of it; the window holds no more than that."""
    window = summed.window
    blocks = _listed(window, section, PAGE)
    count = Phrase((HEADS[section], ": ", thousands(window.sections[section])))
    title = joined(_DOT, Strong(count), *summed.about)
    if not blocks:
        return Reply(title, tone=Tone.NOTHING)
    actions: tuple[Action, ...] = ()
    if window.more:
        given = {**summed.again, "only": section.value, "skip": str(skip + PAGE)}
        actions = (Action(T("More"), "digest", given),)
    return Reply(title, (*blocks, *_unread(window)), actions)


def _listed(window: Window, section: Section, most: int) -> tuple[Block, ...]:
    """Return what a window tells under a head; of entries, those of one place together."""
    here = [one for one in window.changed if section in one.deeds.sections]
    if section in _ENTRIES:
        return tuple(told.by_place(told.weightiest([one.entry for one in here], most)))
    items = _items(window, section, here)
    return (Items(tuple(items[:most])),) if items else ()


def _items(window: Window, section: Section, here: Sequence[Changed]) -> list[Item]:
    """Return what a window tells under a head that is not about new entries alone."""
    match section:
        case Section.CONTROL:
            turns = sorted(window.turns, key=lambda one: (one.overtaken, told.place_of(one)))
            return [*map(told.turn, turns), *told.disagreements(here), *told.withdrawn_since(here)]
        case Section.MENDED:
            return [*told.corrections(here)]
        case _:
            return [*told.verdicts(here)]


def _section(section: Section, summed: Summed) -> Iterator[Block | Action]:
    """Yield a section, and what leads to all of it if not all is shown."""
    window, most = summed.window, _SHOWN[section]
    here = [one for one in window.changed if section in one.deeds.sections]
    known = len(here) if section in _ENTRIES else len(_items(window, section, here))
    blocks = _listed(window, section, most)
    if blocks:
        yield Heading(HEADS[section])
        yield from blocks
    missing = window.sections[section] - len(here) + max(known - most, 0)
    if missing > 0:
        yield _more(missing)
        given = {**summed.again, "only": section.value}
        yield Action(T("All of it: {head}", head=HEADS[section]), "digest", given)


def _more(count: int) -> Small:
    return Small((T("and {count} more", count=thousands(count)),))


def _headline(summed: Summed) -> Line:
    """Return the most important change in one line."""
    window = summed.window
    turns = [turn for turn in window.turns if not turn.overtaken]
    changes = [turn for turn in turns if turn.before and told.differs(turn)]
    firsts = [turn for turn in turns if not turn.before]
    found = (
        *map(told.turn, changes),
        *told.disagreements(window.changed),
        *map(told.turn, firsts),
        *told.corrections(window.changed),
        *told.verdicts(window.changed),
        *told.most_telling(window.changed),
        *map(told.turn, turns),
    )
    if found:
        return (Strong(Phrase(found[0].lead)),)
    if window.empty:
        return (Strong(T("Nothing new, but some of it is overdue")),)
    return (Strong(T("Only small changes of the record")),)


def _overdue(summed: Summed) -> Iterator[Block]:
    if summed.stale:
        yield Heading(T("Overdue: nothing newer from these assessors"))
        shown = summed.stale[:_MOST_STALE]
        yield Items(tuple(told.stale(entry, summed.today) for entry in shown))
        if rest := len(summed.stale) - len(shown):
            yield _more(rest)


def _counts(summed: Summed) -> Facts:
    rows: list[tuple[Inline, Line]] = [(T("Written"), _count(summed.window))]
    if summed.before is not None:
        rows.append((T("Before that"), _count(summed.before)))
    return Facts(tuple(rows))


def _count(window: Window) -> Line:
    filed = window.filed
    counts = {counted(kind, Total(filed[kind])): filed[kind] for kind in Kind} | {
        T("{n} correction", "{n} corrections", n=window.corrected): window.corrected,
        T("{n} retraction", "{n} retractions", n=window.withdrawn): window.withdrawn,
    }
    return joined(_DOT, *(words for words, n in counts.items() if n)) or (T("nothing new"),)


def _unread(window: Window) -> Iterator[Block]:
    if window.unread:
        yield Small(
            (
                T(
                    "{count} earlier revisions are too many to tell; /claims and /events list all.",
                    count=thousands(window.unread),
                ),
            )
        )


def _foot(summed: Summed) -> Small:
    window = summed.window
    stretch = None
    if window.up_to > window.after:
        stretch = T(
            "revisions {first} to {last}",
            first=thousands(window.after + 1),
            last=thousands(window.up_to),
        )
    head = T("chain {head}", head=window.head[:12]) if window.head else None
    return Small(joined(_DOT, stretch, _age(summed), head, T("not real time")))


def _age(summed: Summed) -> Inline | None:
    """Return how old the newest of all data is."""
    newest = summed.window.newest
    if newest is None:
        return None
    days = max((summed.today - newest).days, 0)
    old = T("today") if days == 0 else T("{n} day old", "{n} days old", n=days)
    return T("newest entry {day}, {age}", day=When(Span.on(newest)), age=old)
