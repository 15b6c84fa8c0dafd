"""Single changes of the record, as items of a summary."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from commands.kit.i18n import T
from commands.kit.reply import (
    Block,
    Inline,
    Item,
    Items,
    Line,
    Phrase,
    Ref,
    Strong,
    Text,
    When,
    joined,
)
from commands.kit.vocabulary import LINKS, VERDICTS
from commands.shared.views.entry_card import age, day_of, entry_item, held, places_of, said
from store.model.entry import Entry, Kind, PlaceRole
from store.queries.digest_window import Changed, Turn
from store.queries.entry_changes import Section

_DOT = " · "
_LATE = timedelta(days=2)
_MENDED = {
    "redact": T("{ref} was redacted"),
    "retract": T("{ref} was retracted"),
    "restore": T("{ref} was restored"),
    "correct": T("{ref} was corrected"),
}


def turn(one: Turn) -> Item:
    """Return a new judgement of who holds a place, and what the same assessor said before."""
    entry = one.entry
    assert entry.control is not None  # noqa: S101 -- a turn is about control
    assert entry.by is not None  # noqa: S101 -- and has its assessor
    lead = (f"{place_of(one)}: ", *held(entry.control), _DOT, entry.by.name)
    day = T("as of {day}", day=When(entry.day))
    late = T("filed late") if is_late(entry) else None
    over = T("there is a newer one") if one.overtaken else None
    return Item(lead, (joined(_DOT, day, _was(one), late, over, entry.code, Ref(entry.ref)),))


def place_of(one: Turn) -> str:
    """Return the name of the place that was judged."""
    return next(at.name for at in one.entry.places if at.place_id == one.place_id)


def differs(one: Turn) -> bool:
    """Tell whether a judgement is another than the one before."""
    before = one.before.control if one.before else None
    return before is None or before.status != (one.entry.control and one.entry.control.status)


def _was(one: Turn) -> Inline:
    if one.before is None or one.before.control is None:
        return T("their first")
    if not differs(one):
        return T("as before")
    return T(
        "before: {status} ({day}, {ref})",
        status=Phrase(held(one.before.control)),
        day=When(one.before.day),
        ref=Ref(one.before.ref),
    )


def disagreements(changed: Iterable[Changed]) -> Iterator[Item]:
    """Yield what now contradicts what, denies it or is in tension with it."""
    for one in changed:
        entry = one.entry
        for link in entry.links if entry.retracted_at is None else ():
            if link.outward and link.disputes and link.entry_id in one.deeds.disputes:
                where = places_of(entry)
                who = _named(entry.by.name if entry.by else "", entry.ref)
                does: Line = (who, " ", LINKS[link.type, True], " ", _named(link.by, link.ref))
                yield Item((where, ": ", *does) if where else does, (said(entry),))


def _named(name: str, ref: str) -> Inline:
    return T("{name} ({ref})", name=name, ref=Ref(ref)) if name else Ref(ref)


def withdrawn_since(changed: Iterable[Changed]) -> Iterator[Item]:
    """Yield new judgements that were taken back after the window."""
    for one in changed:
        if one.deeds.new and one.entry.control and one.entry.retracted_at is not None:
            yield entry_item(one.entry, source=False)


def weightiest(entries: Iterable[Entry], most: int) -> list[Entry]:
    """Return the entries of most weight, so many at most."""
    return sorted(entries, key=_weight)[:most]


def _weight(entry: Entry) -> tuple[bool, bool, int]:
    return entry.control is None, is_late(entry), -entry.id


def by_place(entries: Iterable[Entry]) -> Iterator[Block]:
    """Yield entries under their places; what has none comes last."""
    for places, some in groupby(sorted(entries, key=_place), key=lambda one: _place(one)[:2]):
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


def is_late(entry: Entry) -> bool:
    """Tell whether an entry was filed some days after its day."""
    return entry.filed_at.date() - entry.day.latest > _LATE


def most_telling(changed: Iterable[Changed]) -> list[Item]:
    """Return what the most telling new entry says, if there is one that still stands."""
    live = [
        one.entry
        for one in changed
        if one.deeds.sections & {Section.CLAIMS, Section.EVENTS} and not one.entry.retracted_at
    ]
    live.sort(key=lambda one: (one.control is None, one.kind is Kind.EVENT, *_weight(one)))
    return [Item((*said(entry), " ", Ref(entry.ref))) for entry in live[:1]]


def corrections(changed: Iterable[Changed]) -> Iterator[Item]:
    """Yield what was told before and is so no longer, with the reason."""
    for one in changed:
        entry, act = one.entry, one.deeds.mended
        if act:
            what = T(_MENDED[act].message, ref=Ref(entry.ref))
            why = one.deeds.why(act)
            shown = joined(_DOT, day_of(entry), places_of(entry), Phrase(said(entry)))
            yield Item(joined(": ", what, why), () if entry.redacted else (shown,))
        for other in sorted(one.deeds.settled):
            no_more = T(
                "{ref} no longer disputes {other}", ref=Ref(entry.ref), other=Ref(f"E-{other}")
            )
            yield Item(joined(": ", no_more, one.deeds.why("unlink")), (said(entry),))


def verdicts(changed: Iterable[Changed]) -> Iterator[Item]:
    """Yield what checks came to, or that it was withdrawn."""
    for one in changed:
        entry = one.entry
        if one.deeds.judged and entry.retracted_at is None:
            value: Inline = T("verdict withdrawn")
            if entry.verdict is not None:
                value = VERDICTS[entry.verdict]
            lead: Line = (Ref(entry.ref), ": ", Strong(value))
            yield Item(joined(_DOT, Phrase(lead), one.deeds.why("verdict")), (said(entry),))


def stale(entry: Entry, today: date) -> Item:
    """Return an assessment that nothing newer has followed, and how old it is."""
    assert entry.control is not None  # noqa: S101 -- the store hands out no other assessments
    who = entry.by.name if entry.by else ""
    lead: Line = (places_of(entry) or "", ": ", *held(entry.control), _DOT, who)
    return Item(lead, (joined(_DOT, When(entry.day), age(entry, today), Ref(entry.ref)),))


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


def news(one: Changed) -> Item:
    """Return what was done to an entry of a place that somebody watches."""
    item = entry_item(one.entry, source=False)
    act = "file" if one.deeds.new else one.deeds.acts[-1]
    why = "" if one.deeds.new else one.deeds.why(act)
    return Item((*joined(": ", Strong(_DONE[act]), why), _DOT, *item.lead), item.under)
