"""The picture of a place as blocks, in the order in which it is to be read."""

from collections.abc import Iterator, Sequence
from datetime import date

from commands.kit.i18n import T
from commands.kit.reply import (
    Block,
    Facts,
    Faint,
    Heading,
    Inline,
    Item,
    Items,
    Line,
    Ref,
    Small,
    Strong,
    When,
    joined,
)
from commands.kit.vocabulary import also_named, counted, named, number, oblast
from commands.shared.views.agreement import standing, stands
from commands.shared.views.entry_card import (
    age,
    cited,
    common_source,
    day_of,
    disputes,
    encircled,
    held,
    read_in,
    said,
    speaker,
    status,
)
from store.model.entry import Entry, Kind, Total
from store.queries.place_overview import Picture

_DOT = " · "
ALL_CLAIMS, TIMELINE = T("All claims"), T("Timeline")
"""The actions under a picture, which its sections point to."""


def headline(picture: Picture, stale_days: int) -> Line:
    """Return the one line that answers: which place, who holds it, who says so, who disagrees."""
    how = standing(picture.assessments, picture.day, stale_days)
    place: Line = (Strong(named(picture.place)), ": ")
    if how is None or how.lead.control is None or how.lead.by is None:
        return (*place, Strong(T("NO ASSESSMENT ON RECORD")), *_claims_instead(picture))
    said = T("{name}, {day}", name=how.lead.by.name, day=When(how.lead.day))
    stale = age(how.lead, picture.day, stale_days)
    old = stale if (picture.day - how.lead.day.latest).days > stale_days else None
    return (*place, *joined(_DOT, Strong(status(how.lead.control)), said, old), _DOT, *stands(how))


def _claims_instead(picture: Picture) -> Line:
    claims = picture.claims_ever
    return (_DOT, counted(Kind.CLAIM, claims)) if claims.number else ()


def blocks(picture: Picture, today: date, stale_days: int) -> tuple[Block, ...]:
    """Return what stands under the headline."""
    shown = [*picture.assessments, *picture.claims, *picture.encirclement]
    shown += [*picture.events, *picture.nearby]
    source = common_source(shown)
    with_source = source is None
    more = picture.more
    made: list[Block] = [*_names(picture)]
    assessed = [_assessment(one, today, stale_days) for one in picture.assessments]
    made += _section(T("Assessed"), assessed, _more_assessors(more.assessments))

    def told(head: T, entries: Sequence[Entry], left: Total, where: T) -> tuple[Block, ...]:
        return _section(head, [_said(one, with_source) for one in entries], _more(left, where))

    made += told(T("Claimed about control"), picture.claims, more.claims, ALL_CLAIMS)
    made += told(T("Encirclement"), picture.encirclement, more.encirclement, ALL_CLAIMS)
    if picture.total.number:
        made += _counts(picture)
    made += told(T("Events"), picture.events, more.events, TIMELINE)
    made += told(T("Nearby, not counted above"), picture.nearby, more.nearby, TIMELINE)
    if source is not None:
        made.append(read_in(source))
    return (*made, _footer(picture, today))


def _names(picture: Picture) -> Iterator[Block]:
    if where := joined(_DOT, also_named(picture.place), oblast(picture.place)):
        yield Small(where)


def _section(head: T, items: Sequence[Item], more: tuple[Item, ...]) -> tuple[Block, ...]:
    return (Heading(head), Items((*items, *more))) if items else ()


def _more(left: Total, where: T) -> tuple[Item, ...]:
    """Say how many more there are, and behind which of the answer's actions."""
    said = T("and {count} more: {where}", count=number(left), where=where)
    return (Item((Faint(said),)),) if left.number else ()


def _more_assessors(left: Total) -> tuple[Item, ...]:
    n, count = left.number, number(left)
    said = T("and {count} older one", "and {count} older ones", n=n, count=count)
    return (Item((Faint(said),)),) if n else ()


def _assessment(entry: Entry, today: date, stale_days: int) -> Item:
    assert entry.control is not None  # noqa: S101 -- the store hands out no other assessments
    lead = (Strong(entry.by.name if entry.by else ""), ": ", *held(entry.control))
    label = entry.control.source_label
    theirs = T("in their words “{label}”", label=label) if label else None
    meta = joined(
        _DOT,
        T("as of {day}", day=When(entry.day)),
        age(entry, today, stale_days),
        theirs,
        entry.code,
        Ref(entry.ref),
    )
    return Item(lead, (meta, *disputes(entry)))


def _said(entry: Entry, with_source: bool) -> Item:
    who = speaker(entry) if entry.by else None
    meta = joined(_DOT, day_of(entry), who, encircled(entry), entry.code, Ref(entry.ref))
    under: list[Line] = [meta, *disputes(entry)]
    if with_source:
        under.append((Faint(cited(entry)),))
    return Item(said(entry), tuple(under))


def _counts(picture: Picture) -> Iterator[Block]:
    def row(which: str) -> Line:
        totals = [(one.kind, getattr(one, which)) for one in picture.counts]
        there = [counted(kind, total) for kind, total in totals if total.number]
        return joined(_DOT, *there) or (T("nothing"),)

    yield Facts(((T("Last 7 days"), row("week")), (T("Last 30 days"), row("month"))))


def _footer(picture: Picture, today: date) -> Small:
    newest: Inline | None = None
    if picture.newest is not None:
        newest = T(
            "Newest: {ref}, {day}, {age}",
            ref=Ref(picture.newest.ref),
            day=When(picture.newest.day),
            age=age(picture.newest, today),
        )
    count = picture.total.number
    entries = T("{count} entry here", "{count} entries here", n=count, count=number(picture.total))
    return Small(joined(_DOT, newest, entries, T("not real time")))
