"""The picture of a place on one screen: what answers first, and the way to all the rest."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from commands.kit.inlines import (
    ForData,
    Inline,
    Line,
    Reference,
    Strong,
    T,
    When,
    join,
)
from commands.kit.reply import Action, Block, Choice, Heading, Items, Small, Text
from commands.kit.vocabulary import number, oblast, other_place_name, speaker_name
from commands.shared.views.entry_card import (
    age,
    begin_note,
    brief_item,
    common_source,
    entry_choices,
    explain_codes,
    read_in,
)
from store.model.entry import Attribution, Encirclement, Entry
from store.queries.place_overview import PlaceGlance

_DOT = " · "


def screen(picture: PlaceGlance, today: date) -> tuple[Block, ...]:
    """Return what stands under the headline: encirclement, the latest, how old and how much."""
    body: list[Block] = []
    if where := join(_DOT, other_place_name(picture.place), oblast(picture.place)):
        body.append(Small(where))
    if encircled := encirclement_line(picture.encirclement):
        body.append(Text(encircled))
    latest = picture.latest or picture.nearby
    source = common_source(latest)
    if latest:
        head = T("Latest") if picture.latest else T("Nearby")
        items = tuple(
            brief_item(entry, place=False, source=source is None, names=False) for entry in latest
        )
        body += [Heading(head), Items(items)]
    if source is not None:
        body.append(read_in(source))
    return (*body, *explain_codes(latest), footer(picture, today, latest))


def offers(
    picture: PlaceGlance,
    given: Mapping[str, str],
    others: Sequence[Action],
    told: Sequence[Action] = (),
) -> tuple[Action, ...]:
    """Return the four things to ask next; `given` asks for the same picture.

    Where `others` bear the name, the nearest takes the place of the watch, and else, where the
    picture is not fresh, being `told` once of what comes does. More has them all.
    """
    place = {"place": picture.place.ref}
    return (
        Action(T("Who says what"), "claims", place),
        Action(T("Events"), "events", place),
        *(others[:1] or told or (Action(T("Watch this place"), "watch add", place),)),
        Action(T("More"), "status", {**given, "more": "yes"}),
    )


def openings(picture: PlaceGlance) -> tuple[Choice, ...]:
    """Return the entries of a picture that can be opened, what its screen shows first."""
    return entry_choices(
        [
            *picture.assessments[:1],
            *picture.latest,
            *_by_weight(picture.encirclement),
            *picture.assessments[1:],
            *picture.to_open,
        ]
    )


def encirclement_line(entries: Sequence[Entry]) -> Line:
    """Return in one line who says that a place is encircled, and who denies it."""
    sides: list[Inline] = []
    for what in (
        Encirclement.ASSESSED,
        Encirclement.CLAIMED,
        Encirclement.THREATENED,
        Encirclement.NONE,
    ):
        these = _by_weight(entry for entry in entries if entry.encirclement is what)
        if these and not (what is Encirclement.THREATENED and sides):
            sides.append(_say(what, these))
    return (Strong(T("Encirclement")), ": ", *join("; ", *sides)) if sides else ()


def _say(what: Encirclement, entries: Sequence[Entry]) -> T:
    """Return who says that of a place, and when the first of them did."""
    n = len({entry.by.id if entry.by else 0 for entry in entries})
    who, day = _name_first(entries[0], n), When(entries[0].day)
    match what:
        case Encirclement.ASSESSED:
            return T("assessed by {who}, {day}", "assessed by {who}, {day}", n=n, who=who, day=day)
        case Encirclement.CLAIMED:
            return T("claimed by {who}, {day}", "claimed by {who}, {day}", n=n, who=who, day=day)
        case Encirclement.THREATENED:
            return T(
                "threatened, says {who}, {day}",
                "threatened, say {who}, {day}",
                n=n,
                who=who,
                day=day,
            )
        case Encirclement.NONE:
            return T("denied by {who}", "denied by {who}", n=n, who=who)


def _name_first(entry: Entry, names: int) -> Inline:
    """Return who says it by name, and how many more do."""
    who: Inline = speaker_name(entry.by) if entry.by else entry.ref
    first = T("{name} ({ref})", name=who, ref=Reference(entry.ref))
    rest = names - 1
    return T("{who} and {n} more", "{who} and {n} more", who=first, n=rest) if rest else first


def _by_weight(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries of one matter: named speakers first, who is disputed before the others."""

    def weight(entry: Entry) -> tuple[bool, bool]:
        named = entry.attribution is Attribution.NAMED
        return not named, not any(link.disputes for link in entry.links)

    return sorted(entries, key=weight)


def footer(picture: PlaceGlance, today: date, shown: Iterable[Entry]) -> Small:
    """Return how old the newest entry is and how many there are, under those that are `shown`."""
    newest: Inline | None = None
    ref: Inline | None = None
    if picture.newest is not None:
        newest = T(
            "Latest entry: {day} ({age})",
            day=When(picture.newest.day),
            age=age(picture.newest, today),
        )
        ref = ForData(Reference(picture.newest.ref))
    count = T("{count} on record", count=number(picture.total))
    return Small((*begin_note(shown), *join(_DOT, newest, ref, count, T("not live"))))
