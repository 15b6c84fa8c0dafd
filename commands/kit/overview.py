"""The picture of a place as blocks, in the order in which it is to be read."""

from collections.abc import Iterator, Sequence
from datetime import date

from commands.kit.card import (
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
from commands.kit.standing import standing, stands
from commands.kit.terms import also_named, counted, named, number, oblast
from commands.kit.words import T
from store.models import Entry, Kind
from store.pictures import Picture

_DOT = " · "


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
    made: list[Block] = [*_names(picture)]
    made += _section(
        T("Assessed"), [_assessment(one, today, stale_days) for one in picture.assessments]
    )
    made += _section(
        T("Claimed about control"), [_said(one, with_source) for one in picture.claims]
    )
    made += _section(T("Encirclement"), [_said(one, with_source) for one in picture.encirclement])
    if picture.total.number:
        made += _counts(picture)
    made += _section(T("Events"), [_said(one, with_source) for one in picture.events])
    made += _section(
        T("Nearby, not counted above"), [_said(one, with_source) for one in picture.nearby]
    )
    if source is not None:
        made.append(read_in(source))
    return (*made, _footer(picture, today))


def _names(picture: Picture) -> Iterator[Block]:
    if where := joined(_DOT, also_named(picture.place), oblast(picture.place)):
        yield Small(where)


def _section(head: T, items: Sequence[Item]) -> tuple[Block, ...]:
    return (Heading(head), Items(tuple(items))) if items else ()


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
        return joined(_DOT, *(counted(c.kind, getattr(c, which)) for c in picture.counts))

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
