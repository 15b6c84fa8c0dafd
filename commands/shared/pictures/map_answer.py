"""A map of the record, and its answer in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from commands.kit.context import Context
from commands.kit.inlines import Line, Phrase, Reference, Strong, T, When, join
from commands.kit.reply import Action, Block, Heading, Item, Items, Reply, Small, Tone
from commands.kit.vocabulary import own_term, place_name, speaker_name
from commands.shared.pictures.assessor_areas import hatch_areas, list_areas, list_withheld_areas
from commands.shared.pictures.map_picture import (
    UNSURE,
    MapMark,
    MapPanel,
    MapPicture,
    MapSign,
    MapTown,
)
from commands.shared.views.agreement import weigh_assessments
from commands.shared.views.entry_card import entry_choices, name_and_ref, status
from commands.shared.views.place_match import about_match
from commands.shared.views.place_status import describe_status
from store.model.entry import Entry, LinkType, Place
from store.model.span import Span
from store.queries.map_view import Frame, MapDay, MapPlace, MapView
from store.queries.places import PlaceMatch
from store.queries.situation import ControlStatus

SHAPE, _LOW = 0.8, 0.5
"""How high a map is for its width; how high is one that has to fit a screen with its answer."""
LOOKS: Mapping[str, T] = {"light": T("dark on light"), "dark": T("light on dark")}
_DOT = " · "
_SHOWN, _CITED, _WIDEST, _NARROWEST = 8, 3, 1500, 10
_TENSION = LinkType.IN_TENSION_WITH


class MapRequest(Struct, frozen=True):
    """What somebody wants mapped: a day, or two; `wide` kilometres, or as far as it takes."""

    place: PlaceMatch
    days: tuple[date, ...]
    wide: int | None
    dark: bool
    shape: float = SHAPE

    @property
    def given(self) -> dict[str, str]:
        """What asks for it again."""
        names = ("at",) if len(self.days) == 1 else ("from", "to")
        days = {name: day.isoformat() for name, day in zip(names, self.days, strict=True)}
        wide = {"wide": f"{self.wide}"} if self.wide else {}
        look = {"look": "dark"} if self.dark else {}
        return {"place": self.place.ref, **days, **wide, **look}


async def answer_map(asked: MapRequest, ctx: Context) -> Reply | None:
    """Return a map and what it shows in words; None where nobody knows where the place lies."""
    around = asked.place.around
    frame = await ctx.store.map_views.frame(
        asked.place.place, around=around, wide=asked.wide, shape=asked.shape
    )
    if frame is None:
        return None
    views = [
        await ctx.store.map_views.read(frame, MapDay(day, ctx.settled), asked.place.place.id)
        for day in asked.days
    ]
    statuses = await ctx.store.situation.controls()
    shades = await read_shades(ctx)
    panels = tuple(
        replace(
            _panel(asked, view, day, ctx.stale_days, shades),
            hatches=hatch_areas(view.outlines, statuses, shades),
        )
        for view, day in zip(views, asked.days, strict=True)
    )
    blocks = tuple(_blocks(asked, views, panels, ctx.stale_days))
    title = _title(asked, views)
    picture = MapPicture(
        _file_name(asked),
        (title, *_lines(blocks)),
        frame,
        tuple(_towns(views, asked.place.place)),
        panels,
        tuple(_legend(statuses, panels)),
        tuple(_notes(views)),
        asked.dark,
    )
    return Reply(
        title,
        (*about_match(asked.place), *blocks),
        tuple(_actions(asked, frame)),
        Tone.ANSWER if any(view.marked for view in views) else Tone.NOTHING,
        picture=picture,
        about=(asked.place.place.ref, *(mark.place.ref for mark in views[-1].marked)),
        entries=entry_choices(
            entry
            for view in views
            for mark in view.marked
            for entry in (*mark.assessments, *mark.claims)
        ),
    )


async def illustrate(place: Place, day: date, ctx: Context) -> MapPicture | None:
    """Return a map to stand beside an answer about a place; None where it would show nothing."""
    asked = MapRequest(PlaceMatch(place, place.name), (day,), None, dark=False, shape=_LOW)
    reply = await answer_map(asked, ctx)
    shown = reply is not None and reply.tone is Tone.ANSWER
    return reply.picture if reply and shown and isinstance(reply.picture, MapPicture) else None


async def read_shades(ctx: Context) -> dict[str, int]:
    """Return the number of the shade of each status: its place in the desk's list."""
    statuses = await ctx.store.situation.controls()
    return {control.key: number for number, control in enumerate(statuses)}


def _file_name(asked: MapRequest) -> str:
    days = "-".join(f"{day:%Y%m%d}" for day in asked.days)
    return f"map-{asked.place.place.ref}-{days}.png"


def _title(asked: MapRequest, views: Sequence[MapView]) -> Line:
    place = T("Map of {place}", place=place_name(asked.place.place))
    days = (When(Span.on(day)) for day in asked.days)
    assessed = sum(bool(mark.assessments) for mark in views[-1].marked)
    claimed = len(views[-1].marked) - assessed
    nothing = T("nothing on record about who holds what") if not views[-1].marked else None
    return join(
        _DOT,
        Strong(place),
        Phrase(join(" → ", *days)),
        T("{n} place assessed", "{n} places assessed", n=assessed) if assessed else None,
        T("{n} with claims only", n=claimed) if claimed else None,
        nothing,
    )


def _blocks(
    asked: MapRequest, views: Sequence[MapView], panels: Sequence[MapPanel], stale_days: int
) -> Iterator[Block]:
    for view, panel, day in zip(views, panels, asked.days, strict=True):
        if len(views) > 1:
            yield Heading(When(Span.on(day)))
        shown = view.marked[:_SHOWN]
        if shown:
            yield Items(tuple(Item(_in_words(mark, day, stale_days)) for mark in shown))
        rest = len(view.marked) - len(shown)
        if rest:
            yield Small((T("and {n} more on the map", "and {n} more on the map", n=rest),))
        yield from map(Small, list_areas(panel.hatches))
    yield from (Small(note) for note in _limits(views))


def _in_words(mark: MapPlace, day: date, stale_days: int) -> Line:
    place: Line = (Strong(place_name(mark.place)), ": ")
    if mark.assessments:
        refs = join(", ", *(Reference(entry.ref) for entry in mark.assessments[:_CITED]))
        return (*place, *describe_status(mark.assessments, day, stale_days), _DOT, *refs)
    claims = [
        Phrase(
            join(
                " ",
                status(entry.control) if entry.control else None,
                name_and_ref(speaker_name(entry.by) if entry.by else "", entry.ref),
            )
        )
        for entry in mark.claims[:_CITED]
    ]
    return (*place, T("claims only: {claims}", claims=Phrase(join("; ", *claims))))


def _lines(blocks: Iterable[Block]) -> Iterator[Line]:
    for block in blocks:
        match block:
            case Items(items):
                yield from (item.lead for item in items)
            case Heading(inline):
                yield (inline,)
            case Small(line):
                yield line
            case _:
                pass


def _panel(
    asked: MapRequest, view: MapView, day: date, stale_days: int, shades: dict[str, int]
) -> MapPanel:
    marks = (_mark(mark, asked.place.place, day, stale_days, shades) for mark in view.marked)
    nothing = None if view.marked else T("nothing on record")
    head = join(_DOT, place_name(asked.place.place), When(Span.on(day)), nothing)
    return MapPanel(head, tuple(mark for mark in marks if mark is not None))


def _mark(
    mark: MapPlace, asked: Place, day: date, stale_days: int, shades: dict[str, int]
) -> MapMark | None:
    place = mark.place
    how = weigh_assessments(mark.assessments, day, stale_days)
    entries: Sequence[Entry] = mark.assessments or mark.claims
    control = entries[0].control
    if control is None or place.latitude is None or place.longitude is None:
        return None
    if how is None:
        disputed = len({entry.control.status for entry in entries if entry.control}) > 1
    else:
        against = [link for link in how.disputing if link.type is not _TENSION]
        disputed = bool(how.differing or against)
    unsure = how is None and disputed
    return MapMark(
        place_name(place),
        place.latitude,
        place.longitude,
        "" if unsure else control.symbol,
        UNSURE if unsure else shades.get(control.status, UNSURE),
        how is None,
        disputed,
        place.approximate,
        _cites(entries),
        asked=place.id == asked.id,
    )


def _cites(entries: Sequence[Entry]) -> Line:
    refs = join(", ", *(Reference(entry.ref) for entry in entries[:_CITED]))
    more = T("+{n}", n=len(entries) - _CITED) if len(entries) > _CITED else None
    return join(_DOT, Phrase(join(" ", Phrase(refs), more)), When(entries[0].day))


def _towns(views: Sequence[MapView], asked: Place) -> Iterator[MapTown]:
    """Yield settlements, the one that is asked about first."""
    for place in sorted(views[0].towns, key=lambda place: place.id != asked.id):
        if place.latitude is not None and place.longitude is not None:
            yield MapTown(
                place_name(place),
                place.latitude,
                place.longitude,
                place.population,
                asked=place.id == asked.id,
            )


def _legend(statuses: Iterable[ControlStatus], panels: Sequence[MapPanel]) -> Iterator[MapSign]:
    """Yield what each sign that is drawn stands for."""
    drawn = {mark.shade for panel in panels for mark in panel.marks}
    for shade, control in enumerate(statuses):
        if shade in drawn:
            yield MapSign(control.symbol, shade, own_term(control.label, control.labels))


def _limits(views: Sequence[MapView]) -> Iterator[Line]:
    """Yield what the map leaves out, and why."""
    yield (T("What the record says, not where the line runs."),)
    yield from list_withheld_areas(view.outlines for view in views)
    withheld = max(view.withheld for view in views)
    if withheld:
        yield (
            T(
                "{n} spot with only very recent entries is left out, so that nobody is put in"
                " danger.",
                "{n} spots with only very recent entries are left out, so that nobody is put in"
                " danger.",
                n=withheld,
            ),
        )
    more = max(view.more for view in views)
    if more:
        yield (T("{n} more place on record", "{n} more places on record", n=more),)


def _notes(views: Sequence[MapView]) -> Iterator[Line]:
    yield from _limits(views)
    entries = [
        entry
        for view in views
        for mark in view.marked
        for entry in (mark.assessments or mark.claims)
    ]
    names = list(dict.fromkeys(entry.sources[0].source.name for entry in entries if entry.sources))
    if names:
        shown = ", ".join(names[:2])
        rest = len(names) - 2
        more = T("and {n} more", "and {n} more", n=rest) if rest > 0 else None
        yield (T("Read in: {sources}", sources=Phrase(join(" ", shown, more))),)
    yield (T("Names: codifier of Ukraine. Places: GeoNames, CC BY 4.0. Borders: Natural Earth."),)


def _actions(asked: MapRequest, frame: Frame) -> Iterator[Action]:
    given = asked.given
    wider, narrower = round(frame.wide * 2), round(frame.wide / 2)
    yield Action(T("Status"), "status", {"place": asked.place.ref})
    if wider <= _WIDEST:
        yield Action(T("Wider"), "map", {**given, "wide": f"{wider}"})
    if narrower >= _NARROWEST:
        yield Action(T("Closer"), "map", {**given, "wide": f"{narrower}"})
    if asked.dark:
        yield Action(T("Light"), "map", {**given, "look": "light"})
    else:
        yield Action(T("Dark"), "map", {**given, "look": "dark"})
