"""No statement of the store walks through a big table or sorts one.

Every statement is caught as the product runs it, with its values, and SQLite is asked how it would
run it.
"""

import inspect
import re
import sqlite3
from asyncio import gather
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import time, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
import pytest
from typing_extensions import override

from store import SEEDS, Store
from store.db.connection import Database
from store.editing.registry import NewActor, NewPlace, NewSource
from store.model.digest import Digest, Telling, Told, Wish
from store.model.draft import DraftState, NewDraft
from store.model.entry import Kind, LinkType, VerdictValue
from store.open import READING, WRITING
from store.queries.audit_log import Wanted
from store.queries.digest_window import Part
from store.queries.entry_changes import Section
from store.queries.lists import Filter
from store.queries.search import any_of, query
from store.record.entries import link
from store.record.revisions import Person
from store.workflow.inbox_outbox import Letter, Post
from store.workflow.notices import Notice
from store.workflow.state import RoomSettings
from store.workflow.watches import Watch, Watcher
from tests.store.conftest import AT, DAY, DESK, POKROVSK, an_act, an_entry, corrected, filed

SCANS = {  # what may be walked through from end to end, and why
    r"CONSTANT ROW|\d+ CONSTANT ROWS?": "has no table",
    r"\(subquery-\d+\)|[ng]": "holds the few rows that its LIMIT let through",
    r"(json_each|wanted|entry|place) VIRTUAL TABLE INDEX \d+:": "holds what it was given",
    r"((entry|retracted)_text|t) VIRTUAL TABLE INDEX \d+:\S+": "is asked for words or a rowid",
    r"assessors|seen|here": "is made by its own recursion, one seek a row",
    r"controls|meta|authors|notices|sqlite_schema": "has a handful of rows",
    r"d USING INDEX digests_room": "holds rooms' summaries, all looked at each minute",
    r"drafts USING (COVERING )?INDEX drafts_waiting": "holds what waits for a review, no more",
}
ONLY_IN = {  # the same for one statement, by its beginning
    "SELECT count(*) FROM places": "the gazetteer has 5,488 rows, and only /about counts them",
    "SELECT id, name, role, kind FROM actors ORDER BY id LIMIT": "walks to its LIMIT",
    "SELECT s.id, s.name, s.kind, s.url, s.published, s.reliability FROM sources s ORDER BY"
    " s.folded LIMIT": "walks an index to its LIMIT",
    "SELECT r.seq, r.key, r.act, r.target, r.at, r.platform, r.body_digest": "first_broken reads"
    " the whole chain: that is what it is for",
    "SELECT actor_id, folded FROM actor_names LIMIT": "walks to its LIMIT",
    "SELECT wanted.value, n.actor_id FROM json_each": "walks to its LIMIT",
    "SELECT id, folded FROM sources LIMIT": "walks to its LIMIT",
    "SELECT id FROM places": "loading seeds holds the gazetteer against the file",
    "WITH RECURSIVE seen (id) AS ( SELECT min(place_id) FROM entry_places": "walks the index of the"
    " names that the desk wrote itself, once after a write",
    "SELECT id FROM entries NOT INDEXED ORDER BY id DESC LIMIT": "walks to its LIMIT",
    "SELECT id, room, event, at FROM inbox": "walks the index of what was not dealt with",
    "SELECT key, room, kind, content, until, pages FROM outbox": "walks the index of the unsent",
    "UPDATE outbox SET pages = '' WHERE message IS NULL": "walks the index of the unsent",
    "SELECT 'gazetteer' FROM places LIMIT 1": "walks to its LIMIT",
    "SELECT seq, digest": "walks to its LIMIT, the last revision",
    "SELECT * FROM places": "a look at another moment copies the gazetteer, 5,488 rows",
    "SELECT * FROM actors": "a look at another moment copies who speaks",
    "SELECT * FROM sources": "a look at another moment copies where things were read",
}
SORTS = {  # what may be sorted apart, by the statement's beginning, and why
    "SELECT seq FROM (SELECT seq FROM revisions": "the numbers of one import's revisions, for a"
    " moderator",
    "SELECT verdict, count(*) FROM (SELECT verdict FROM": "1,001 rows at most, of four values",
    "SELECT DISTINCT a.id, a.name, a.role, a.kind FROM actor_names": "the bearers of one name",
    "SELECT place_id, role, precision, detail FROM entry_places": "the places of one entry",
    "SELECT source_id, stance, relayed FROM entry_sources": "the sources of one entry",
}


_SEEKS_NOTHING = re.compile(r"SEARCH \w+")  # so is min() or max() shown, along an index or not
_BY_ROWID = re.compile(r"max\((seq|id)\)")


@dataclass(frozen=True)
class Asked:
    """A statement with values that it was run with."""

    sql: str
    values: Any


class Listening(sqlite3.Connection):
    """A connection that keeps every statement it is given, once."""

    asked: dict[str, Asked]

    def hear(self, sql: str, values: Any) -> None:
        if not hasattr(self, "asked"):
            self.asked = {}
        self.asked.setdefault(sql, Asked(sql, values))

    @override
    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        self.hear(sql, parameters)
        return super().execute(sql, parameters)

    @override
    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
        rows = list(parameters)
        if rows:
            self.hear(sql, rows[0])
        return super().executemany(sql, rows)


class Watched:
    """A store whose statements are heard, and what they were."""

    def __init__(self, reader: aiosqlite.Connection, writer: aiosqlite.Connection) -> None:
        self.connections = reader, writer
        self.store = Store(Database([reader], writer, None))

    @property
    def asked(self) -> list[Asked]:
        heard: dict[str, Asked] = {}
        for connection in self.connections:
            bare = connection._conn
            assert isinstance(bare, Listening)
            heard |= bare.asked
        return [
            one for one in heard.values() if re.match("SELECT|INSERT|UPD|DEL|WITH|REP", one.sql)
        ]

    async def plans(self) -> list[tuple[Asked, list[str]]]:
        return [(one, await self.plan(one)) for one in self.asked]

    async def plan(self, one: Asked) -> list[str]:
        explained = await self.connections[0].execute_fetchall(
            f"EXPLAIN QUERY PLAN {one.sql}", one.values
        )
        return [str(row[3]) for row in explained]


@pytest.fixture(params=["new", "analysed"])
async def watched(seeded_file: Path, request: pytest.FixtureRequest) -> AsyncIterator[Watched]:
    """A seeded store, opened as the product does but with connections that listen.

    Closing a store may leave statistics in it, here of a store that was small: both cases count.
    """
    with closing(sqlite3.connect(seeded_file, isolation_level=None)) as db:
        db.execute("ANALYZE")
        if request.param == "new":
            db.execute("DELETE FROM sqlite_stat1")
    opened = []
    for mode, pragmas in (("ro", READING), ("rw", (*READING, *WRITING))):
        connection = await aiosqlite.connect(
            f"file:{seeded_file}?mode={mode}", uri=True, isolation_level=None, factory=Listening
        )
        opened.append(connection)
        for pragma in pragmas:
            await connection.execute(pragma)
    reader, writer = opened
    yield Watched(reader, writer)
    for connection in opened:
        await connection.close()


def troubles(one: Asked, plan: list[str]) -> Iterator[str]:
    """Yield the steps of a plan that walk through or sort what they should not."""
    for step in plan:
        if step.startswith("SCAN "):
            scanned = step.removeprefix("SCAN ")
            fine = one.sql.startswith(tuple(ONLY_IN)) or any(
                re.fullmatch(name, scanned) for name in SCANS
            )
        elif _SEEKS_NOTHING.fullmatch(step):
            fine = bool(_BY_ROWID.search(one.sql))
        elif "TEMP B-TREE" in step:
            fine = one.sql.startswith(tuple(SORTS))
        else:
            fine = "AUTOMATIC" not in step
        if not fine:
            yield step


def report(plans: list[tuple[Asked, list[str]]]) -> str:
    bad = [(one, plan, list(troubles(one, plan))) for one, plan in plans]
    return "\n\n".join(
        f"{one.sql}\n  {one.values}\n  " + "\n  ".join(plan) for one, plan, found in bad if found
    )


# Lists

FIELDS: dict[str, Any] = {
    "place_id": POKROVSK,
    "actor_id": 1,
    "since": DAY - timedelta(30),
    "until": DAY,
    "verdict": VerdictValue.DISPUTED,
    "type": "control",
    "words": "the city of Pokrovsk",
    "match": query("the city"),
    "retracted": True,
    "oldest_first": True,
    "after": "20251107-50",
}


def filters() -> Iterator[Filter]:
    """Make filters of every field alone, in pairs and in threes, of every kind and of any."""
    for count in range(4):
        for names in combinations(FIELDS, count):
            for kind in (None, *Kind):
                yield Filter(kind, **{name: FIELDS[name] for name in names})


def test_no_field_of_a_filter_is_forgotten_here() -> None:
    assert {"kind", *FIELDS} == set(inspect.signature(Filter).parameters)


async def test_lists_are_read_along_an_index_whatever_the_filter(watched: Watched) -> None:
    for wanted in filters():
        await watched.store.lists.page(wanted, 5)
        await watched.store.lists.total(wanted)

    plans = await watched.plans()

    assert len(plans) > 200
    assert not report(plans)


# Everything else

R = TypeVar("R")
Call = Callable[[Store], Awaitable[object]]
Use = Callable[[R], Awaitable[object]]


def reads() -> dict[str, list[Call]]:
    """Make calls of every reading method but those of lists, by part and name."""
    by_id: dict[str, list[Call]] = TOLD | {
        "actors.get": [lambda s: s.actors.get(1)],
        "actors.like": [lambda s: s.actors.like("d", 9)],
        "actors.near": [lambda s: s.actors.near("deinha", 9)],
        "alike.near": [
            lambda s: s.alike.near(Kind.EVENT, POKROVSK, DAY, "A flag."),
            lambda s: s.alike.near(Kind.EVENT, None, DAY, "A flag."),
        ],
        "actors.named": [lambda s: s.actors.named("Deineha")],
        "entries.as_of": [lambda s: s.entries.as_of(9, AT)],
        "entries.get": [lambda s: s.entries.get(9)],
        "entries.starting": [
            lambda s: s.entries.starting("", 9),
            lambda s: s.entries.starting("1", 9),
        ],
        "drafts.get": [lambda s: s.drafts.get(1)],
        "drafts.of": [lambda s: s.drafts.of(DESK, 9)],
        "drafts.submitted_since": [lambda s: s.drafts.submitted_since(DESK, AT)],
        "drafts.waiting": [lambda s: s.drafts.waiting(1)],
        "keeping.content": [
            lambda s: s.keeping.content(9),
            lambda s: s.keeping.content(9, 1),
        ],
        "keeping.since": [lambda s: s.keeping.since(9, 1)],
        "situation.controls": [lambda s: s.situation.controls()],
        "sources.at": [lambda s: s.sources.at("https://example.org/1")],
        "sources.get": [lambda s: s.sources.get(1)],
        "sources.near": [lambda s: s.sources.near("kiev independent", 9)],
        "entries.trail": [lambda s: s.entries.trail(9)],
        "history.done": [lambda s: s.history.done("nothing")],
        "history.first_broken": [lambda s: s.history.first_broken()],
        "history.frozen": [lambda s: s.history.frozen()],
        "history.head": [lambda s: s.history.head()],
        "history.of": [lambda s: s.history.of("E-9")],
        "landmarks.locate": [_locate],
        "landmarks.on_record_near": [_near],
        "log.authors": [lambda s: s.log.authors("The")],
        "log.page": [
            lambda s: s.log.page(Wanted(), 9),
            lambda s: s.log.page(Wanted("E-9"), 9),
            lambda s: s.log.page(Wanted("B-1"), 9),
            lambda s: s.log.page(Wanted(by=DESK, since=AT), 9),
            lambda s: s.log.page(Wanted("E-9", DESK, AT, 50), 9),
        ],
        "log.names": [lambda s: s.log.names(["P-704422", "A-1", "S-1"])],
        "notices.due": [lambda s: s.notices.due("console", AT)],
        "mailbox.left": [lambda s: s.mailbox.left("$1")],
        "mailbox.pages": [lambda s: s.mailbox.pages("$1")],
        "mailbox.unsent": [lambda s: s.mailbox.unsent()],
        "mailbox.waiting": [lambda s: s.mailbox.waiting()],
        "operation.line": [lambda s: s.operation.line("nothing")],
        "operation.room": [lambda s: s.operation.room("console", "desk")],
        "operation.value": [lambda s: s.operation.value("nothing")],
        "people.kept": [lambda s: s.people.kept(DESK)],
        "pictures.of": [_picture, lambda s: _picture(s, recorded=True)],
        "places.count": [lambda s: s.places.count()],
        "places.get": [lambda s: s.places.get(POKROVSK)],
        "places.suggest": [
            lambda s: s.places.suggest("pokrvsk", 9),
            lambda s: s.places.suggest("k", 9),
        ],
        "places.find_mentions": [lambda s: s.places.find_mentions("у Покровську")],
        "places.list_within": [_within],
        "places.list_around": [_around],
        "places.list_countries": [lambda s: s.places.list_countries()],
        "places.mentioned": [lambda s: s.places.mentioned("From Pokrovsk to Chasiv Yar")],
        "places.recognise": [lambda s: s.places.recognise("Shevchenko, Donetsk Oblast")],
        "places.names": [lambda s: s.places.names(POKROVSK)],
        "places.on_record": [lambda s: s.places.on_record(9)],
        "situation.now": [lambda s: s.situation.now()],
        "sources.like": [lambda s: s.sources.like("the", 9)],
        "sources.named": [lambda s: s.sources.named("deineha"), lambda s: s.sources.named("the")],
        "sources.standings": [lambda s: s.sources.standings(9)],
        "undo.batch": [lambda s: s.undo.batch(an_act("u", "undo"), AT - timedelta(hours=1))],
        "redaction.unfinished": [lambda s: s.redaction.unfinished()],
    }
    return by_id


async def _picture(store: Store, *, recorded: bool = False) -> object:
    place = await store.places.get(POKROVSK)
    assert place is not None
    return await store.pictures.of(place, DAY, AT if recorded else None)


async def _within(store: Store) -> object:
    (oblast,) = (await store.places.recognise("Donetsk Oblast")).candidates
    return await store.places.list_within(oblast.place)


async def _around(store: Store) -> object:
    place = await store.places.get(POKROVSK)
    assert place is not None
    return await store.places.list_around(place)


async def _locate(store: Store) -> object:
    return await store.landmarks.locate(
        tuple(one.place for one in (await store.places.recognise("Shevchenko")).candidates)
    )


async def _near(store: Store) -> object:
    place = await store.places.get(POKROVSK)
    assert place is not None
    return await store.landmarks.on_record_near(place, 9)


async def _undo(store: Store) -> None:
    await store.keeping.retract(an_act("to undo"), 12)
    await store.undo.undo(an_act("undo", "undo"), AT - timedelta(hours=1))


MEMBER = Person("discord", "77", "Member One")
NEW = NewDraft(Kind.EVENT, {"text": "A bridge is down."}, state=DraftState.WAITING)


async def _file(store: Store) -> None:
    draft = await store.drafts.get(2)
    assert draft is not None
    link = (LinkType.SUPPORTS, 1)
    await store.drafts.file(an_act("draft:2:file"), draft, an_entry(), link)


async def _rebase(store: Store) -> None:
    new = NewDraft(Kind.EVENT, {"text": "A bridge is up."}, edits=9, base=1)
    draft = await store.drafts.open("edit", DESK, new, AT)
    await store.drafts.rebase(draft.id, 2, AT)


DRAFTING: dict[str, Call] = {
    "open": lambda s: gather(*(s.drafts.open(f"new{n}", MEMBER, NEW, AT) for n in range(4))),
    "change": lambda s: s.drafts.change(1, {"place": "Pokrovsk"}, AT),
    "drop": lambda s: s.drafts.drop(1, AT),
    "file": _file,
    "submit": lambda s: s.drafts.submit("sent", MEMBER, NEW, AT),
    "rebase": _rebase,
    "take": lambda s: s.drafts.take(3, DESK, AT),
    "reject": lambda s: s.drafts.reject(an_act("draft:3:reject"), 3),
    "expire": lambda s: s.drafts.expire(AT),
}

KEEPING: dict[str, list[Call]] = {
    "correct": [lambda s: s.keeping.correct(an_act("k1"), 8, 1, an_entry())],
    "retract": [lambda s: s.keeping.retract(an_act("k2"), 9)],
    "restore": [lambda s: s.keeping.restore(an_act("k3"), 9)],
    "link": [lambda s: s.keeping.link(an_act("k4"), 9, LinkType.SUPPORTS, 1)],
    "unlink": [lambda s: s.keeping.unlink(an_act("k5"), 9, LinkType.SUPPORTS, 1)],
    "check": [lambda s: s.keeping.check(an_act("k6"), 9, VerdictValue.DISPUTED, 1)],
    "freeze": [
        lambda s: s.keeping.freeze(an_act("k7", "freeze")),
        lambda s: s.keeping.freeze(an_act("k8", "thaw"), thaw=True),
    ],
}

WISH = Wish(time(8), "Europe/Kyiv", (POKROVSK,))
HERE, ALONE = Watcher("console", "room"), Watcher("console", "", "1")


async def _told(store: Store) -> Told:
    """Return the telling of the first day, claimed if it is not yet."""
    await store.digests.add(an_act("d1", "digest"), "console", "room", WISH)
    found = await store.tellings.claim(1, DAY, AT) or await store.tellings.get(1, DAY)
    assert found is not None
    return found


async def _watching(store: Store) -> Watch:
    """Return a watch of which there is something to tell."""
    await store.watches.add(an_act("w1", "watch"), HERE, POKROVSK)
    await store.watches.add(an_act("w2", "watch"), ALONE, POKROVSK)
    await store.history.write(an_act("w3"), filed(an_entry()))
    return (await store.watches.claim(AT, AT))[0]


async def _put_off(store: Store) -> None:
    told = await _told(store)
    for _ in range(3):  # the third time somebody is told
        await store.tellings.put_off(told, AT, "full", absent=True)


TELLING: dict[str, list[Call]] = {
    "digests.add": [_told],
    "digests.move": [lambda s: s.digests.move(an_act("m", "room"), "console", "room", "other")],
    "digests.remove": [
        lambda s: s.digests.remove(an_act("d2", "digest"), 1),
        lambda s: s.digests.add(an_act("d3", "digest"), "console", "other", WISH),
    ],
    "tellings.claim": [_told],
    "tellings.begin": [lambda s: _with(s, _told, lambda one: s.tellings.begin(one, AT))],
    "tellings.put_off": [_put_off],
    "tellings.settle": [
        lambda s: _with(s, _told, lambda one: s.tellings.settle(one, Telling.TOLD, "1"))
    ],
    "tellings.published": [lambda s: _with(s, _told, s.tellings.published)],
    "watches.add": [_watching],
    "watches.claim": [_watching],
    "watches.begin": [lambda s: _with(s, _watching, lambda one: s.watches.begin(one, AT))],
    "watches.put_off": [lambda s: _with(s, _watching, lambda one: s.watches.put_off(one, AT))],
    "watches.settle": [lambda s: _with(s, _watching, s.watches.settle)],
    "watches.remove": [lambda s: s.watches.remove(an_act("w4", "watch"), HERE, POKROVSK)],
    "watches.end": [lambda s: s.watches.end(an_act("w5", "watch"), ALONE)],
}
"""In this order: each finds what those before it have left."""


async def _with(store: Store, made: Callable[[Store], Awaitable[R]], use: Use[R]) -> object:
    return await use(await made(store))


TELLING_OF_A_DAY = Told(
    Digest(1, "console", "room", WISH, 0, AT, "1", removed=False),
    *(DAY, 0, 9, Telling.TOLD, None, 0, None, "", ""),
)
TOLD: dict[str, list[Call]] = {
    "digests.all": [lambda s: s.digests.all()],
    "digests.get": [lambda s: s.digests.get(1)],
    "digests.of": [lambda s: s.digests.of("console", "room")],
    "tellings.before": [lambda s: s.tellings.before(TELLING_OF_A_DAY)],
    "tellings.get": [lambda s: s.tellings.get(1, DAY)],
    "tellings.unpublished": [lambda s: s.tellings.unpublished(AT)],
    "tellings.unsettled": [lambda s: s.tellings.unsettled(AT)],
    "watches.get": [lambda s: s.watches.get(1)],
    "watches.of": [lambda s: s.watches.of(ALONE)],
    "windows.between": [
        lambda s: s.windows.between(0, 200),
        lambda s: s.windows.between(0, 200, Part((POKROVSK,), Section.CLAIMS, 1, 5)),
    ],
    "windows.ends": [lambda s: s.windows.ends(AT - timedelta(days=1), AT)],
    "windows.gone_stale": [
        lambda s: s.windows.gone_stale(DAY - timedelta(days=9), DAY),
        lambda s: s.windows.gone_stale(DAY - timedelta(days=9), DAY, (POKROVSK,)),
    ],
}


NAMING: dict[str, list[Call]] = {
    "add_actor": [lambda s: s.registry.add_actor(an_act("n1"), NewActor("Speaker One"))],
    "add_source": [lambda s: s.registry.add_source(an_act("n2"), NewSource("Outlet One"))],
    "add_place": [lambda s: s.registry.add_place(an_act("n3"), NewPlace("Hamlet One"))],
    "name_actor": [lambda s: s.registry.name_actor(an_act("n4"), 1, "One")],
    "name_place": [lambda s: s.registry.name_place(an_act("n5"), POKROVSK, "Pokr")],
    "prefer": [
        lambda s: s.registry.prefer(an_act("n6"), "A-1", "One Speaker"),
        lambda s: s.registry.prefer(an_act("n7"), "S-1", "One Source"),
        lambda s: s.registry.prefer(an_act("n8"), f"P-{POKROVSK}", "Pokr City"),
    ],
    "grade": [lambda s: s.registry.grade(an_act("n9"), 1, "B")],
}


def writes() -> dict[str, list[Call]]:
    room = RoomSettings(public=True)
    letter = Letter("$1", "!room", "{}", 1_762_509_600_000)
    post = Post("r-1", "!room", "m.room.message", "{}", 1_762_509_600_000)
    return {
        "history.write": [
            lambda s: s.history.write(an_act("file"), filed(an_entry(actor_id=1))),
            lambda s: s.history.write(an_act("correct"), corrected(9, an_entry(actor_id=1))),
            lambda s: s.history.write(
                an_act("link"), lambda db: link(db, 1, LinkType.FOLLOWS, 2, "Later.")
            ),
        ],
        **{f"drafts.{name}": [call] for name, call in DRAFTING.items()},
        **{f"keeping.{name}": calls for name, calls in KEEPING.items()},
        **TELLING,
        **{f"registry.{name}": calls for name, calls in NAMING.items()},
        "notices.begin": [lambda s: s.notices.begin("draft:2", AT)],
        "notices.failed": [lambda s: s.notices.failed("draft:2", AT)],
        "notices.tell": [lambda s: s.notices.tell(Notice("n", "console", "1", "/help"), AT)],
        "notices.told": [lambda s: s.notices.told("draft:2")],
        "people.bar": [
            lambda s: s.people.bar(an_act("bar"), DESK),
            lambda s: s.people.bar(an_act("lift"), DESK, lift=True),
        ],
        "people.forget": [lambda s: s.people.forget(an_act("forget", by=MEMBER))],
        "redaction.redact": [lambda s: s.redaction.redact(an_act("redact"), 9)],
        "undo.undo": [_undo],
        "mailbox.answer": [lambda s: s.mailbox.answer("$1", (post,), ("$2", "{}"))],
        "mailbox.receive": [lambda s: s.mailbox.receive("read", "s1", (letter,))],
        "mailbox.sent": [lambda s: s.mailbox.sent("r-1", "$2")],
        "operation.keep": [lambda s: s.operation.keep("key", "value")],
        "operation.keep_lines": [lambda s: s.operation.keep_lines({"key": "/help"}, DAY)],
        "operation.set_room": [
            lambda s: s.operation.set_room(an_act("room"), "console", "desk", room)
        ],
    }


def test_no_method_of_the_store_is_forgotten_here() -> None:
    """A part that learns something new has to be asked it here as well."""
    methods = {
        f"{name}.{method}"
        for name, part in vars(Store.__new__(Store).__class__(None)).items()  # type: ignore[arg-type]
        for method, _ in inspect.getmembers(type(part), inspect.iscoroutinefunction)
        if not method.startswith("_")
    }

    assert methods == {*reads(), *writes(), "lists.page", "lists.total"}


async def test_every_read_goes_along_an_index(watched: Watched) -> None:
    for calls in reads().values():
        for call in calls:
            await call(watched.store)
    await watched.store.lists.page(Filter(None, match=any_of("the defenders of the city")), 5)

    plans = await watched.plans()

    assert len(plans) > 40
    assert not report(plans)


async def test_every_write_goes_along_an_index(watched: Watched) -> None:
    """Triggers are in the plans of the statements that fire them."""
    for calls in writes().values():
        for call in calls:
            await call(watched.store)

    plans = await watched.plans()

    assert len(plans) > 20
    assert not report(plans)


async def test_loading_seeds_again_goes_along_an_index(watched: Watched, tmp_path: Path) -> None:
    (changed := tmp_path / "seeds").mkdir()
    for file in SEEDS.iterdir():
        text = file.read_bytes()
        if file.suffix == ".toml":
            text = text.replace(b"says that", b"states that").replace(
                b'\nrole = "', b'\nrole = "a '
            )
        (changed / file.name).write_bytes(text)
    report_ = await watched.store.load_seeds(AT, changed)
    assert report_.changed > 10

    plans = await watched.plans()

    assert not report(plans)


async def test_what_a_place_has_about_control_is_read_from_an_index_of_its_own(
    watched: Watched,
) -> None:
    """Where few claims are about control, all the claims of the place were walked through."""
    place = await watched.store.places.get(POKROVSK)
    assert place is not None
    await watched.store.pictures.of(place, DAY)
    wanted = {
        "kind = 'claim' AND has_control = 1": "control",
        "has_encirclement = 1": "encirclement",
        "WITH RECURSIVE assessors": "assessor",
    }
    for words, name in wanted.items():
        plans = [plan for one, plan in await watched.plans() if words in one.sql]
        steps = [step for plan in plans for step in plan if "entry_places" in step]
        assert steps
        for step in steps:
            assert f"USING COVERING INDEX entry_places_{name} " in step


def test_a_bad_plan_is_noticed(seeded_file: Path) -> None:
    """The test of plans itself, on statements that nobody should write."""
    bad = [
        "SELECT * FROM entries WHERE text = 'x'",
        "SELECT e.id FROM entries e ORDER BY e.text LIMIT 1",
        "SELECT id FROM entries WHERE kind = 'event' AND retracted_at IS NULL ORDER BY text",
        "SELECT count(*) FROM place_names",
        "SELECT * FROM entry_text",
        "SELECT * FROM entry_places WHERE entry_id + 0 = 1",
        "SELECT max(platform) FROM revisions",
        "SELECT * FROM links l, verdicts v WHERE v.value = l.why",
    ]
    with closing(sqlite3.connect(seeded_file)) as db:
        for sql in bad:
            plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
            assert list(troubles(Asked(sql, ()), plan)), (sql, plan)


async def test_no_exception_outlives_its_statement(watched: Watched) -> None:
    """What may scan or sort is a statement that the store still runs."""
    for calls in (*reads().values(), *writes().values()):
        for call in calls:
            await call(watched.store)
    await watched.store.lists.page(Filter(None, words="the city"), 5)
    await watched.store.load_seeds(AT)

    asked = [one.sql for one in watched.asked]

    for start in (*ONLY_IN, *SORTS):
        assert any(sql.startswith(start) for sql in asked), start
