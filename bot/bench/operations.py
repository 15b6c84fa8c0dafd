"""What is timed: of each command, the calls that it makes of the store, in its order."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count

from bot.bench.cast import LAST_DAY
from bot.bench.questions import Questions
from bot.bench.words import COMMON, RARE
from commands.shared.views.entry_list import PAGE, Asked
from store import Store
from store.model.entry import Kind
from store.model.span import Span
from store.queries.places import PlaceMatch
from store.record import entries as filing
from store.record.revisions import Act, Person

Call = Callable[[Store], Awaitable[object]]

_OFFERED = 8  # choices, as commands.kit.params.entities offers
_OTHERS = 3  # namesakes, as commands.shared.views.place_match offers
_numbers = count()


@dataclass(frozen=True)
class Operation:
    """Something to time; `ask` draws the next question. `writes` marks what changes the store."""

    name: str
    ask: Callable[[Questions], Call]
    writes: bool = False


async def _named(store: Store, text: str) -> PlaceMatch:
    answer = await store.places.recognise(text)
    best, *others = answer.candidates
    return PlaceMatch(best.place, best.name, best.how, tuple(one.place for one in others))


def _status(questions: Questions, place: str) -> Call:
    day = questions.day(30)

    async def call(store: Store) -> object:
        match = await _named(store, place)
        picture = await store.pictures.of(match.place, day)
        return picture, await store.landmarks.locate(match.others[:_OTHERS])

    return call


def _listed(asked: Asked, after: str = "", *, place: str = "", by: str = "") -> Call:
    async def call(store: Store) -> object:
        match = await _named(store, place) if place else None
        actor = (await store.actors.named(by))[0] if by else None
        whole = Asked(
            asked.kind, match, actor, since=asked.since, until=asked.until, text=asked.text
        )
        return await store.lists.page(whole.filter(after), PAGE)

    return call


def _suggested(text: str) -> Call:
    async def call(store: Store) -> object:
        found = await store.places.suggest(text, _OFFERED)
        return await store.landmarks.locate(tuple(one.place for one in found))

    return call


def _entry(number: int) -> Call:
    async def call(store: Store) -> object:
        return await store.entries.get(number), await store.entries.trail(number)

    return call


def _insert(questions: Questions) -> Call:
    filed = questions.filing()

    async def call(store: Store) -> object:
        by = Person("bench", "moderator-1", "Moderator-1")
        act = Act(f"bench:new:{next(_numbers)}", "file", by, LAST_DAY, "Read in the source named.")
        return await store.history.write(act, lambda db: filing.file(db, filed, LAST_DAY))

    return call


_CLAIMS, _EVENTS = Asked(Kind.CLAIM), Asked(Kind.EVENT)
_COMMON = Asked(Kind.CLAIM, text=COMMON)

OPERATIONS = (
    Operation("status, busy place", lambda q: _status(q, q.busy_place())),
    Operation("status, ordinary place", lambda q: _status(q, q.ordinary_place())),
    Operation("claims", lambda q: _listed(_CLAIMS, q.cursor())),
    Operation("claims by a speaker", lambda q: _listed(_CLAIMS, by=q.actor())),
    Operation("claims about a place", lambda q: _listed(_CLAIMS, place=q.place())),
    Operation(
        "claims since a day",
        lambda q: _listed(Asked(Kind.CLAIM, since=Span.on(q.day(60)))),
    ),
    Operation("events at a place", lambda q: _listed(_EVENTS, place=q.place())),
    Operation("search, rare word", lambda q: _listed(Asked(None, text=q.word(RARE)))),
    Operation("search, common word", lambda q: _listed(Asked(None, text=COMMON), q.cursor())),
    Operation("common word, rare place", lambda q: _listed(_COMMON, place=q.ordinary_place())),
    Operation("suggest, first letters", lambda q: _suggested(q.beginning())),
    Operation("suggest, misspelt", lambda q: _suggested(q.misspelt())),
    Operation("entry", lambda q: _entry(q.number())),
    Operation("insert", _insert, writes=True),
)
