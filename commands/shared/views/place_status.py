"""The picture of a place as blocks, in the order in which it is to be read."""

from collections.abc import Iterator, Sequence
from datetime import date

from commands.kit.inlines import Faint, Inline, Line, Reference, Strong, T, Typed, When, join
from commands.kit.reply import Action, Block, Facts, Heading, Item, Items, Small
from commands.kit.vocabulary import (
    kind_count,
    number,
    oblast,
    other_place_name,
    place_name,
    speaker_name,
)
from commands.shared.views.agreement import describe_agreement, weigh_assessments
from commands.shared.views.entry_card import (
    age,
    code_of,
    common_source,
    control_with_share,
    day_of,
    disputes,
    encirclement_word,
    explain_codes,
    read_in,
    source_names,
    speaker,
    statement,
    status,
)
from commands.shared.views.place_screen import footer
from store.model.entry import Entry, Kind, Total
from store.queries.place_overview import PlaceHead, PlaceOverview

_DOT = " · "
_DISPUTES = 5
ALL_CLAIMS, TIMELINE = T("All claims"), T("Timeline")
"""The actions under a picture, which its sections point to."""


def headline(picture: PlaceHead, stale_days: int) -> Line:
    """Return the one line that answers: which place, who holds it, who says so, who disagrees."""
    place: Line = (Strong(place_name(picture.place)), ": ")
    stands = describe_status(picture.assessments, picture.day, stale_days)
    return (*place, *stands, *(() if picture.assessments else _claims_instead(picture)))


def describe_status(assessments: Sequence[Entry], day: date, stale_days: int) -> Line:
    """Return who holds a place by its assessments as of `day`, whose it is, and who differs."""
    how = weigh_assessments(assessments, day, stale_days)
    if how is None or how.lead.control is None or how.lead.by is None:
        return (Strong(T("NO ASSESSMENT ON RECORD")),)
    who = T("{name}, {day}", name=speaker_name(how.lead.by), day=When(how.lead.day))
    old = age(how.lead, day, stale_days) if (day - how.lead.day.latest).days > stale_days else None
    return (
        *join(_DOT, Strong(status(how.lead.control)), who, old),
        _DOT,
        *describe_agreement(how),
    )


def is_stale(picture: PlaceHead, stale_days: int) -> bool:
    """Tell whether a place has no assessment, or none that is fresh."""
    how = weigh_assessments(picture.assessments, picture.day, stale_days)
    return how is None or (picture.day - how.lead.day.latest).days > stale_days


def _claims_instead(picture: PlaceHead) -> Line:
    claims = picture.claims_ever
    return (_DOT, kind_count(Kind.CLAIM, claims)) if claims and claims.number else ()


def blocks(picture: PlaceOverview, today: date, stale_days: int) -> tuple[Block, ...]:
    """Return what stands under the headline."""
    from commands.shared.views.open_disputes import (  # noqa: PLC0415 -- one screen shows none
        dispute_items,
        find_disputes,
    )

    shown = [*picture.assessments, *picture.claims, *picture.encirclement]
    shown += [*picture.others, *picture.events, *picture.nearby]
    source = common_source(shown)
    with_source = source is None
    more = picture.more
    body: list[Block] = [*_names(picture)]
    assessed = [_assessment(entry, today, stale_days) for entry in picture.assessments]
    body += _section(T("Assessed"), assessed, _more_assessors(more.assessments))

    def section(head: T, entries: Sequence[Entry], left: Total, where: T) -> tuple[Block, ...]:
        return _section(
            head, [_statement_item(entry, with_source) for entry in entries], _more(left, where)
        )

    body += section(T("Claimed about control"), picture.claims, more.claims, ALL_CLAIMS)
    claims = [*picture.claims, *picture.encirclement, *picture.others]
    disputes = find_disputes(claims, [picture.assessments], picture.day, stale_days)
    shown_disputes = list(dispute_items(disputes[:_DISPUTES]))
    every = Typed(f"/disputes {picture.place.ref}")
    left = Total(max(0, len(disputes) - _DISPUTES))
    body += _section(T("Disputes"), shown_disputes, _more(left, every))
    body += section(T("Encirclement"), picture.encirclement, more.encirclement, ALL_CLAIMS)
    body += section(T("Other claims"), picture.others, more.others, ALL_CLAIMS)
    if picture.total.number:
        body += _counts(picture)
    body += section(T("Events"), picture.events, more.events, TIMELINE)
    body += section(T("Nearby, not counted above"), picture.nearby, more.nearby, TIMELINE)
    if source is not None:
        body.append(read_in(source))
    return (*body, *explain_codes(shown), footer(picture, today, shown))


def actions(picture: PlaceOverview) -> tuple[Action, ...]:
    """Return what leads from the whole picture to all of its claims, in order and on a map."""
    place = {"place": picture.place.ref}
    return (
        Action(ALL_CLAIMS, "claims", place),
        Action(TIMELINE, "timeline", place),
        Action(T("Map"), "map", place),
    )


def _names(picture: PlaceOverview) -> Iterator[Block]:
    if where := join(_DOT, other_place_name(picture.place), oblast(picture.place)):
        yield Small(where)


def _section(head: T, items: Sequence[Item], more: tuple[Item, ...]) -> tuple[Block, ...]:
    return (Heading(head), Items((*items, *more))) if items else ()


def _more(left: Total, where: Inline) -> tuple[Item, ...]:
    """Say how many more there are, and where: behind an action of the answer, or what to type."""
    line = T("and {count} more: {where}", count=number(left), where=where)
    return (Item((Faint(line),)),) if left.number else ()


def _more_assessors(left: Total) -> tuple[Item, ...]:
    n, count = left.number, number(left)
    line = T("and {count} older one", "and {count} older ones", n=n, count=count)
    return (Item((Faint(line),)),) if n else ()


def _assessment(entry: Entry, today: date, stale_days: int) -> Item:
    assert entry.control is not None  # noqa: S101 -- the store hands out no other assessments
    lead = (
        Strong(speaker_name(entry.by) if entry.by else ""),
        ": ",
        *control_with_share(entry.control),
    )
    label = entry.control.source_label
    theirs = T("in their words “{label}”", label=label) if label else None
    meta = join(
        _DOT,
        T("as of {day}", day=When(entry.day)),
        age(entry, today, stale_days),
        theirs,
        code_of(entry),
        Reference(entry.ref),
    )
    return Item(lead, (meta, *disputes(entry)))


def _statement_item(entry: Entry, with_source: bool) -> Item:
    who = speaker(entry) if entry.by else None
    meta = join(
        _DOT, day_of(entry), who, encirclement_word(entry), code_of(entry), Reference(entry.ref)
    )
    under: list[Line] = [meta, *disputes(entry)]
    if with_source:
        under.append((Faint(source_names(entry)),))
    return Item(statement(entry), tuple(under))


def _counts(picture: PlaceOverview) -> Iterator[Block]:
    def row(which: str) -> Line:
        totals = [(counts.kind, getattr(counts, which)) for counts in picture.counts]
        there = [kind_count(kind, total) for kind, total in totals if total.number]
        return join(_DOT, *there) or (T("nothing"),)

    yield Facts(((T("Last 7 days"), row("week")), (T("Last 30 days"), row("month"))))
