"""What is timed: of each command, the calls that it makes of the store, in its order."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from bot.bench.cast import LAST_DAY
from bot.bench.questions import Questions
from bot.bench.words import COMMON, RARE
from commands.shared.views.entry_list import PAGE, EntryQuery
from store import Store
from store.model.entry import Kind
from store.model.revision import Act, Person
from store.model.span import Span
from store.queries.map_view import MapDay
from store.queries.places import PlaceMatch
from store.record import entry_rows as filing

Call = Callable[[Store], Coroutine[Any, Any, object]]

_OFFERED = 8  # choices, as commands.kit.params.entities offers
_OTHERS = 3  # namesakes, as commands.shared.views.place_match offers


@dataclass(frozen=True)
class TimedOperation:
    """Something to time; `ask` draws the next question. `writes` marks what changes the store.

    What takes `one_hop` asks as its command does, which declares the same.
    """

    name: str
    ask: Callable[[Questions], Call]
    writes: bool = False
    one_hop: bool = True

    async def run(self, call: Call, store: Store) -> object:
        """Ask a question that was drawn."""
        return await (store.read_together(lambda: call(store)) if self.one_hop else call(store))


async def _find_place(store: Store, text: str) -> PlaceMatch:
    answer = await store.places.recognise(text)
    best, *others = answer.candidates
    return PlaceMatch(best.place, best.name, best.how, tuple(rival.place for rival in others))


def _status(questions: Questions, place: str) -> Call:
    day = questions.day(30)

    async def call(store: Store) -> object:
        match = await _find_place(store, place)
        picture = await store.place_overviews.glance(match.place, day)
        return picture, await store.landmarks.locate(match.others[:_OTHERS])

    return call


def _list_page(asked: EntryQuery, after: str = "", *, place: str = "", by: str = "") -> Call:
    async def call(store: Store) -> object:
        match = await _find_place(store, place) if place else None
        actor = (await store.actors.by_name(by))[0] if by else None
        whole = EntryQuery(
            asked.kind, match, actor, since=asked.since, until=asked.until, text=asked.text
        )
        return await store.lists.page(whole.filter(after), PAGE)

    return call


def _map(questions: Questions, place: str) -> Call:
    when = MapDay(questions.day(30), LAST_DAY.date())

    async def call(store: Store) -> object:
        match = await _find_place(store, place)
        frame = await store.map_views.frame(match.place, around=False, wide=None, shape=0.8)
        return await store.map_views.read(frame, when, match.place.id) if frame else None

    return call


def _suggest_places(text: str) -> Call:
    async def call(store: Store) -> object:
        candidates = await store.places.suggest(text, _OFFERED)
        return await store.landmarks.locate(tuple(match.place for match in candidates))

    return call


def _find_mentions(text: str) -> Call:
    async def call(store: Store) -> object:
        return await store.places.find_mentions(text)

    return call


def _entry(number: int) -> Call:
    async def call(store: Store) -> object:
        return await store.entries.get(number), await store.entries.trail(number)

    return call


def _insert(questions: Questions) -> Call:
    filed = questions.filing()

    async def call(store: Store) -> object:
        by = Person("bench", "moderator-1", "Moderator-1")
        act = Act(f"bench:new:{uuid4().hex}", "file", by, LAST_DAY, "Read in the source named.")
        return await store.history.write(act, lambda db: filing.file(db, filed, LAST_DAY))

    return call


_CLAIMS, _EVENTS = EntryQuery(Kind.CLAIM), EntryQuery(Kind.EVENT)
_COMMON = EntryQuery(Kind.CLAIM, text=COMMON)

OPERATIONS = (
    TimedOperation("status, busy place", lambda q: _status(q, q.busy_place())),
    TimedOperation("status, ordinary place", lambda q: _status(q, q.ordinary_place())),
    TimedOperation("claims", lambda q: _list_page(_CLAIMS, q.cursor())),
    TimedOperation("claims by a speaker", lambda q: _list_page(_CLAIMS, by=q.actor())),
    TimedOperation("claims about a place", lambda q: _list_page(_CLAIMS, place=q.place())),
    TimedOperation(
        "claims since a day",
        lambda q: _list_page(EntryQuery(Kind.CLAIM, since=Span.on(q.day(60)))),
    ),
    TimedOperation("events at a place", lambda q: _list_page(_EVENTS, place=q.place())),
    TimedOperation("search, rare word", lambda q: _list_page(EntryQuery(None, text=q.word(RARE)))),
    TimedOperation(
        "search, common word", lambda q: _list_page(EntryQuery(None, text=COMMON), q.cursor())
    ),
    TimedOperation(
        "common word, rare place", lambda q: _list_page(_COMMON, place=q.ordinary_place())
    ),
    TimedOperation("timeline of a place", lambda q: _list_page(EntryQuery(None), place=q.place())),
    TimedOperation("map, busy place", lambda q: _map(q, q.busy_place()), one_hop=False),
    TimedOperation("suggest, first letters", lambda q: _suggest_places(q.beginning())),
    TimedOperation("suggest, misspelt", lambda q: _suggest_places(q.misspelt())),
    TimedOperation("recognise a message", lambda q: _find_mentions(q.message())),
    TimedOperation("entry", lambda q: _entry(q.number())),
    TimedOperation("insert", _insert, writes=True, one_hop=False),
)
