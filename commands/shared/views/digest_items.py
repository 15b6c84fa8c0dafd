"""Single changes of the record, as items of a summary."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from commands.kit.inlines import Inline, Line, Phrase, Reference, Strong, T, When, join
from commands.kit.reply import Block, Item, Items, Text
from commands.kit.vocabulary import LINKS, VERDICTS, place_name, speaker_name
from commands.shared.views.entry_card import (
    age,
    brief_item,
    code_of,
    control_with_share,
    day_of,
    entry_item,
    link_speaker,
    name_and_ref,
    places_of,
    statement,
)
from store.model.entry import AtPlace, Entry, Kind, PlaceRole
from store.model.ref import ENTRY, Ref
from store.queries.digest_window import ChangedEntry, Turn
from store.queries.entry_changes import Section
from store.queries.prominence import Prominence, weigh_entry

_DOT = " · "
_LATE = timedelta(days=2)
_MENDED = {
    "redact": T("{ref} was redacted"),
    "retract": T("{ref} was retracted"),
    "restore": T("{ref} was restored"),
    "correct": T("{ref} was corrected"),
}


def turn(judgement: Turn) -> Item:
    """Return a new judgement of who holds a place, and what the same assessor said before."""
    entry = judgement.entry
    assert entry.control is not None  # noqa: S101 -- a turn is about control
    assert entry.by is not None  # noqa: S101 -- and has its assessor
    lead = (
        place_name(_at(judgement)),
        ": ",
        *control_with_share(entry.control),
        _DOT,
        speaker_name(entry.by),
    )
    day = T("as of {day}", day=When(entry.day))
    late = T("filed late") if is_late(entry) else None
    over = T("there is a newer one") if judgement.overtaken else None
    return Item(
        lead,
        (join(_DOT, day, _earlier(judgement), late, over, code_of(entry), Reference(entry.ref)),),
    )


def place_of(judgement: Turn) -> str:
    """Return the name by which the places that were judged are sorted."""
    return _at(judgement).name


def _at(judgement: Turn) -> AtPlace:
    return next(at for at in judgement.entry.places if at.place_id == judgement.place_id)


def differs(judgement: Turn) -> bool:
    """Tell whether a judgement is another than the one before."""
    before = judgement.before.control if judgement.before else None
    return before is None or before.status != (
        judgement.entry.control and judgement.entry.control.status
    )


def _earlier(judgement: Turn) -> Inline:
    if judgement.before is None or judgement.before.control is None:
        return T("their first")
    if not differs(judgement):
        return T("as before")
    return T(
        "before: {status} ({day}, {ref})",
        status=Phrase(control_with_share(judgement.before.control)),
        day=When(judgement.before.day),
        ref=Reference(judgement.before.ref),
    )


def disagreements(changed: Iterable[ChangedEntry]) -> Iterator[Item]:
    """Yield what now contradicts what, denies it or is in tension with it."""
    for change in changed:
        entry = change.entry
        for link in entry.links if entry.retracted_at is None else ():
            if link.outward and link.disputes and link.entry_id in change.changes.disputes:
                where = places_of(entry)
                who = name_and_ref(speaker_name(entry.by) if entry.by else "", entry.ref)
                does: Line = (
                    who,
                    " ",
                    LINKS[link.type, True],
                    " ",
                    name_and_ref(link_speaker(link), link.ref),
                )
                yield Item((where, ": ", *does) if where else does, (statement(entry),))


def withdrawn_since(changed: Iterable[ChangedEntry]) -> Iterator[Item]:
    """Yield new judgements that were taken back after the window."""
    for change in changed:
        if change.changes.new and change.entry.control and change.entry.retracted_at is not None:
            yield entry_item(change.entry, source=False)


def weightiest(entries: Iterable[Entry], most: int, told: Collection[int] = ()) -> list[Entry]:
    """Return the entries of most weight, so many at most; those `told` before come last."""
    return sorted(entries, key=lambda entry: (entry.id in told, _weight(entry)))[:most]


def _weight(entry: Entry) -> tuple[Prominence, bool, bool, int]:
    return weigh_entry(entry), entry.control is None, is_late(entry), -entry.id


def by_place(entries: Iterable[Entry]) -> Iterator[Block]:
    """Yield entries under their places; what has none comes last."""
    for places, some in groupby(sorted(entries, key=_place), key=lambda entry: _place(entry)[:2]):
        these = list(some)
        where = T("No place") if places[0] else places_of(these[0]) or ""
        yield Text((Strong(where),))
        yield Items(tuple(map(new, these)))


def _place(entry: Entry) -> tuple[bool, str, int]:
    beside = {PlaceRole.NEAR, PlaceRole.TOWARD}
    names = ", ".join(f"{at.name} {at.role if at.role in beside else ''}" for at in entry.places)
    return not names, names, -entry.day.latest.toordinal()


def new(entry: Entry) -> Item:
    """Return a new entry; one that was filed late says so."""
    item = entry_item(entry, source=False, place=False)
    if not is_late(entry):
        return item
    meta, *more = item.under
    return Item(item.lead, ((*meta, _DOT, T("filed late")), *more))


def new_in_brief(entry: Entry) -> Item:
    """Return a new entry as a sentence with one line under it; one filed late says so."""
    late = T("filed late") if is_late(entry) else None
    return brief_item(entry, late)


def is_late(entry: Entry) -> bool:
    """Tell whether an entry was filed some days after its day."""
    return entry.filed_at.date() - entry.day.latest > _LATE


def most_telling(changed: Iterable[ChangedEntry]) -> list[Item]:
    """Return what the most telling new entry says, if there is one that still stands."""
    live = [
        change.entry
        for change in changed
        if change.changes.sections & {Section.CLAIMS, Section.EVENTS}
        and not change.entry.retracted_at
    ]
    live.sort(key=lambda entry: (entry.control is None, entry.kind is Kind.EVENT, *_weight(entry)))
    return [Item((*statement(entry), " ", Reference(entry.ref))) for entry in live[:1]]


def corrections(changed: Iterable[ChangedEntry]) -> Iterator[Item]:
    """Yield what was told before and is so no longer, with the reason."""
    for change in changed:
        entry, act = change.entry, change.changes.mended
        if act:
            what = T(_MENDED[act].message, ref=Reference(entry.ref))
            why = change.changes.why(act)
            shown = join(_DOT, day_of(entry), places_of(entry), Phrase(statement(entry)))
            yield Item(join(": ", what, why), () if entry.redacted else (shown,))
        for other in sorted(change.changes.settled):
            no_more = T(
                "{ref} no longer disputes {other}",
                ref=Reference(entry.ref),
                other=Reference(str(Ref(ENTRY, other))),
            )
            yield Item(join(": ", no_more, change.changes.why("unlink")), (statement(entry),))


def verdicts(changed: Iterable[ChangedEntry]) -> Iterator[Item]:
    """Yield what checks came to, or that it was withdrawn."""
    for change in changed:
        entry = change.entry
        if change.changes.judged and entry.retracted_at is None:
            value: Inline = T("verdict withdrawn")
            if entry.verdict is not None:
                value = VERDICTS[entry.verdict]
            lead: Line = (Reference(entry.ref), ": ", Strong(value))
            yield Item(join(_DOT, Phrase(lead), change.changes.why("verdict")), (statement(entry),))


def stale(entry: Entry, today: date) -> Item:
    """Return an assessment that nothing newer has followed, and how old it is."""
    assert entry.control is not None  # noqa: S101 -- the store hands out no other assessments
    who = speaker_name(entry.by) if entry.by else ""
    lead: Line = (places_of(entry) or "", ": ", *control_with_share(entry.control), _DOT, who)
    return Item(lead, (join(_DOT, When(entry.day), age(entry, today), Reference(entry.ref)),))


_DONE = {
    "file": T("new"),
    "correct": T("corrected"),
    "retract": T("retracted"),
    "restore": T("restored"),
    "redact": T("redacted"),
    "link": T("linked"),
    "unlink": T("no longer linked"),
    "verdict": T("checked"),
}


def news(change: ChangedEntry) -> Item:
    """Return what was done to an entry of a place that somebody watches."""
    item = entry_item(change.entry, source=False)
    act = "file" if change.changes.new else change.changes.act_names[-1]
    why = "" if change.changes.new else change.changes.why(act)
    return Item((*join(": ", Strong(_DONE[act]), why), _DOT, *item.lead), item.under)
