"""No statement of the store walks through a big table or sorts one.

Every statement is caught as the product runs it, with its values, and SQLite is asked how it would
run it.
"""

import inspect
import sqlite3
from asyncio import gather
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import time, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace

from store import PARTS, SEEDS, Store, kind_of
from store.editing.registry import NewActor, NewPlace, NewSource
from store.editing.terms import NewEventType, NewStatus
from store.likeness.entry_vectors import list_unread
from store.model.digest import DeliveryState, Digest, DigestDelivery, DigestSettings
from store.model.draft import DraftState, NewDraft
from store.model.entry import Kind, LinkType, VerdictValue
from store.model.revision import Person
from store.model.subject import Subject
from store.places.drawn_areas import AreaParts
from store.places.own_numbers import OWN_PLACES
from store.queries.audit_log import LogFilter
from store.queries.digest_window import WindowPart
from store.queries.entry_changes import Section
from store.queries.lists import Filter
from store.queries.map_view import Frame, MapDay
from store.queries.period_changes import ComparedDays
from store.queries.search import any_of, query
from store.record.entry_rows import link
from store.workflow.gaps import DayCount
from store.workflow.inbox_outbox import InboxEvent, OutboxMessage
from store.workflow.inquiries import Inquirer
from store.workflow.notices import PendingNotice
from store.workflow.state import RoomSettings
from store.workflow.text_drafts import ReadyDraft
from store.workflow.watches import Watch, Watcher
from tests.store.conftest import (
    AT,
    DAY,
    DESK,
    MYRNOHRAD,
    POKROVSK,
    an_act,
    an_entry,
    corrected,
    filed,
)
from tests.store.plans import ONLY_IN, SORTS, Asked, Watched, report, troubles, watched

__all__ = ["watched"]

ASKER = Inquirer("discord", "17")
PERIOD = ComparedDays(DAY - timedelta(days=9), DAY, AT - timedelta(days=9), AT + timedelta(days=1))
CIRCLE = AreaParts(circles=((POKROVSK, 20),))


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
    "around": True,
    "places": (POKROVSK, MYRNOHRAD),
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
        await watched.store.ranked_claims.page(wanted, 5)

    plans = await watched.plans()

    assert len(plans) > 150
    assert not report(plans)


# Everything else

R = TypeVar("R")
Call = Callable[[Store], Awaitable[object]]
Use = Callable[[R], Awaitable[object]]


async def _find_opposed(store: Store) -> None:
    entry = await store.entries.get(28)
    assert entry is not None
    assert await store.similar_entries.opposed(entry)


def reads() -> dict[str, list[Call]]:
    """Make calls of every reading method but those of lists, by part and name."""
    by_id: dict[str, list[Call]] = TOLD | {
        "actors.get": [lambda s: s.actors.get(1)],
        "actors.like": [lambda s: s.actors.like("d", 9)],
        "actors.near": [lambda s: s.actors.near("deinha", 9)],
        "checks.text": [
            lambda s: s.checks.text("Putin: Pokrovsk is surrounded", ((0, 29),)),
            lambda s: s.checks.text("nothing of this", ((0, 15),)),
        ],
        "similar_entries.near": [
            lambda s: s.similar_entries.near(Kind.EVENT, POKROVSK, DAY, "A flag."),
            lambda s: s.similar_entries.near(Kind.EVENT, None, DAY, "A flag."),
        ],
        "similar_entries.opposed": [_find_opposed],
        "known_names.consult": [lambda s: s.known_names.consult(lambda names: len(names.actors))],
        "actors.called": [lambda s: s.actors.called("Putin")],
        "actors.begun": [lambda s: s.actors.begun("Dein")],
        "actors.hinted": [lambda s: s.actors.hinted("Vladimir", 9)],
        "actors.meant": [lambda s: s.actors.meant("Дейнезі")],
        "actors.by_name": [lambda s: s.actors.by_name("Deineha")],
        "entries.as_of": [lambda s: s.entries.as_of(9, AT)],
        "entries.get": [lambda s: s.entries.get(9)],
        "entries.starting": [
            lambda s: s.entries.starting("", 9),
            lambda s: s.entries.starting("1", 9),
        ],
        "drafts.get": [lambda s: s.drafts.get(1)],
        "drafts.of": [lambda s: s.drafts.of(DESK, 9)],
        "drafts.count_submissions": [lambda s: s.drafts.count_submissions(DESK, AT)],
        "drafts.waiting": [lambda s: s.drafts.waiting(1)],
        "text_drafts.batch": [lambda s: s.text_drafts.batch(1)],
        "text_drafts.get_many": [lambda s: s.text_drafts.get_many([1, 2])],
        "text_drafts.list_open": [lambda s: s.text_drafts.list_open(DESK, AT)],
        "text_drafts.names_in": [lambda s: s.text_drafts.names_in("The desk said so.")],
        "undo_together.find": [
            lambda s: s.undo_together.find(an_act("u", "undo"), AT - timedelta(hours=1))
        ],
        "moderation.content": [
            lambda s: s.moderation.content(9),
            lambda s: s.moderation.content(9, 1),
        ],
        "moderation.since": [lambda s: s.moderation.since(9, 1)],
        "situation.controls": [lambda s: s.situation.controls()],
        "situation.event_types": [lambda s: s.situation.event_types()],
        "sources.at": [lambda s: s.sources.at("https://example.org/1")],
        "sources.get": [lambda s: s.sources.get(1)],
        "sources.near": [lambda s: s.sources.near("kiev independent", 9)],
        "entries.trail": [lambda s: s.entries.trail(9)],
        "history.has": [lambda s: s.history.has("nothing")],
        "history.first_broken": [lambda s: s.history.first_broken()],
        "history.freeze_reason": [lambda s: s.history.freeze_reason()],
        "history.head": [lambda s: s.history.head()],
        "history.of": [lambda s: s.history.of("E-9")],
        "landmarks.locate": [_locate],
        "landmarks.on_record_near": [_near],
        "audit_log.authors": [lambda s: s.audit_log.authors("The")],
        "audit_log.page": [
            lambda s: s.audit_log.page(LogFilter(), 9),
            lambda s: s.audit_log.page(LogFilter("E-9"), 9),
            lambda s: s.audit_log.page(LogFilter("B-1"), 9),
            lambda s: s.audit_log.page(LogFilter(by=DESK, since=AT), 9),
            lambda s: s.audit_log.page(LogFilter("E-9", DESK, AT, 50), 9),
        ],
        "audit_log.names": [lambda s: s.audit_log.names(["P-704422", "A-1", "S-1"])],
        "notice_queue.due": [lambda s: s.notice_queue.due("console", AT)],
        "notice_queue.overdue": [lambda s: s.notice_queue.overdue("console", AT)],
        "mailbox.backlog": [lambda s: s.mailbox.backlog()],
        "mailbox.receipt": [lambda s: s.mailbox.receipt("$1")],
        "mailbox.pages": [lambda s: s.mailbox.pages("$1")],
        "mailbox.to_send": [lambda s: s.mailbox.to_send()],
        "mailbox.waiting": [lambda s: s.mailbox.waiting()],
        "program_state.line": [lambda s: s.program_state.line("nothing")],
        "program_state.room": [lambda s: s.program_state.room("console", "desk")],
        "program_state.value": [lambda s: s.program_state.value("nothing")],
        "people.data_about": [lambda s: s.people.data_about(DESK)],
        "place_overviews.of": [_picture, lambda s: _picture(s, recorded=True)],
        "place_overviews.glance": [_glance],
        "place_overviews.head": [_head],
        "places.count": [lambda s: s.places.count()],
        "places.get": [lambda s: s.places.get(POKROVSK)],
        "places.suggest": [
            lambda s: s.places.suggest("pokrvsk", 9),
            lambda s: s.places.suggest("k", 9),
        ],
        "places.find_mentions": [lambda s: s.places.find_mentions("у Покровську")],
        "places.list_within": [_within],
        "places.list_around": [_around],
        "places.list_drawn": [lambda s: s.places.list_drawn()],
        "places.find_drawn": [lambda s: s.places.find_drawn("Pokrovsk front")],
        "places.list_countries": [lambda s: s.places.list_countries()],
        "places.mentioned": [lambda s: s.places.mentioned("From Pokrovsk to Chasiv Yar")],
        "places.recognise": [lambda s: s.places.recognise("Shevchenko, Donetsk Oblast")],
        "places.similar_on_record": [lambda s: s.places.similar_on_record("Prokovsk", 3)],
        "places.names": [lambda s: s.places.names(POKROVSK)],
        "places.on_record": [lambda s: s.places.on_record(9)],
        "situation.now": [lambda s: s.situation.now(DAY)],
        "claim_records.of": [_claim_records],
        "sources.like": [lambda s: s.sources.like("the", 9)],
        "sources.track_records_of": [
            lambda s: s.sources.track_records_of("deineha"),
            lambda s: s.sources.track_records_of("the"),
        ],
        "sources.track_records": [lambda s: s.sources.track_records(9)],
        "undo.batch": [lambda s: s.undo.batch(an_act("u", "undo"), AT - timedelta(hours=1))],
        "redaction.unfinished": [lambda s: s.redaction.unfinished()],
    }
    return by_id


async def _picture(store: Store, *, recorded: bool = False) -> object:
    place = await store.places.get(POKROVSK)
    assert place is not None
    return await store.place_overviews.of(place, DAY, AT if recorded else None)


async def _glance(store: Store) -> object:
    place = await store.places.get(POKROVSK)
    assert place is not None
    return await store.place_overviews.glance(place, DAY)


async def _head(store: Store) -> object:
    place = await store.places.get(POKROVSK)
    assert place is not None
    return await store.place_overviews.head(place, DAY)


async def _claim_records(store: Store) -> None:
    actor, source = await store.actors.get(1), await store.sources.get(1)
    assert actor is not None
    assert source is not None
    await store.claim_records.of(actor)
    await store.claim_records.of(source)


async def _frame(store: Store) -> object:
    (oblast,) = (await store.places.recognise("Donetsk Oblast")).candidates
    return await store.map_views.frame(oblast.place, around=False, wide=None, shape=1)


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
    await store.moderation.retract(an_act("to undo"), 12)
    await store.undo.undo(an_act("undo", "undo"), AT - timedelta(hours=1))


async def _undo_term(store: Store) -> None:
    await store.terms.add_event_type(an_act("added"), NewEventType("Landslide"))
    await store.undo.undo(an_act("undo it", "undo"), AT - timedelta(hours=1))


MEMBER = Person("discord", "77", "Member One")
NEW = NewDraft(Kind.EVENT, {"text": "A bridge is down."}, state=DraftState.WAITING)


async def _file(store: Store) -> None:
    draft = await store.drafts.get(2)
    assert draft is not None
    link = (LinkType.SUPPORTS, 1)
    await store.drafts.file(an_act("draft:2:file"), draft, an_entry(), link)


async def _file_text(store: Store) -> None:
    """File two drafts of a text together, drop a third, and take the two back."""
    new = [NewDraft(Kind.EVENT, {"text": f"Bridge {n} is down."}) for n in range(3)]
    drafts = await store.text_drafts.open("text", DESK, new, AT)
    await store.text_drafts.change_all(drafts[0].id, {"source": "S-1"}, AT)
    now = await store.text_drafts.batch(drafts[0].id)
    ready = [ReadyDraft(draft, an_entry(text=draft.fields["text"])) for draft in now[:2]]
    await store.text_drafts.file(an_act("text file"), ready)
    await store.text_drafts.drop([now[2].id], AT)
    undoing, since = an_act("undo text", "undo"), AT - timedelta(hours=1)
    together = await store.undo_together.find(undoing, since)
    assert len(together) == 2
    await store.undo_together.undo(undoing, since, together)


async def _rebase(store: Store) -> None:
    new = NewDraft(Kind.EVENT, {"text": "A bridge is up."}, edits=9, base=1)
    draft = await store.drafts.open("edit", DESK, new, AT)
    await store.drafts.rebase(draft.id, 2, AT)


DRAFTING: dict[str, Call] = {
    "open": lambda s: gather(*(s.drafts.open(f"new{n}", MEMBER, NEW, AT) for n in range(4))),
    "change": lambda s: s.drafts.change(1, {"place": "Pokrovsk"}, AT),
    "drop": lambda s: s.drafts.drop(1, AT),
    "drop_all": lambda s: s.drafts.drop_all(MEMBER, AT),
    "file": _file,
    "submit": lambda s: s.drafts.submit("sent", MEMBER, NEW, AT),
    "rebase": _rebase,
    "take": lambda s: s.drafts.take(3, DESK, AT),
    "reject": lambda s: s.drafts.reject(an_act("draft:3:reject"), 3),
    "expire": lambda s: s.drafts.expire(AT),
}

KEEPING: dict[str, list[Call]] = {
    "correct": [lambda s: s.moderation.correct(an_act("k1"), 8, 1, an_entry())],
    "retract": [lambda s: s.moderation.retract(an_act("k2"), 9)],
    "restore": [lambda s: s.moderation.restore(an_act("k3"), 9)],
    "link": [lambda s: s.moderation.link(an_act("k4"), 9, LinkType.SUPPORTS, 1)],
    "unlink": [lambda s: s.moderation.unlink(an_act("k5"), 9, LinkType.SUPPORTS, 1)],
    "check": [lambda s: s.moderation.check(an_act("k6"), 9, VerdictValue.DISPUTED, 1)],
    "freeze": [
        lambda s: s.moderation.freeze(an_act("k7", "freeze")),
        lambda s: s.moderation.freeze(an_act("k8", "thaw"), thaw=True),
    ],
}

WISH = DigestSettings(time(8), "Europe/Kyiv", (POKROVSK,))
HERE, ALONE = Watcher("console", "room"), Watcher("console", "", "1")


async def _told(store: Store) -> DigestDelivery:
    """Return the telling of the first day, claimed if it is not yet."""
    await store.digests.add(an_act("d1", "digest"), "console", "room", WISH)
    found = await store.digest_deliveries.claim(1, DAY, AT) or await store.digest_deliveries.get(
        1, DAY
    )
    assert found is not None
    return found


async def _watching(store: Store) -> Watch:
    """Return a watch of which there is something to tell."""
    await store.watches.add(an_act("w1", "watch"), HERE, POKROVSK)
    await store.watches.add(an_act("w2", "watch"), ALONE, POKROVSK)
    await store.watches.add(an_act("w7", "watch"), ALONE, POKROVSK, around=True)
    await store.history.write(an_act("w3"), filed(an_entry()))
    return (await store.watches.claim(AT, AT))[0]


async def _put_off(store: Store) -> None:
    told = await _told(store)
    for _ in range(3):  # the third time somebody is told
        await store.digest_deliveries.put_off(told, AT, "full", absent=True)


TELLING: dict[str, list[Call]] = {
    "digests.add": [_told],
    "digests.move": [lambda s: s.digests.move(an_act("m", "room"), "console", "room", "other")],
    "digests.remove": [
        lambda s: s.digests.remove(an_act("d2", "digest"), 1),
        lambda s: s.digests.add(an_act("d3", "digest"), "console", "other", WISH),
    ],
    "digest_deliveries.claim": [_told],
    "digest_deliveries.begin": [
        lambda s: _with(s, _told, lambda one: s.digest_deliveries.begin(one, AT))
    ],
    "digest_deliveries.put_off": [_put_off],
    "digest_deliveries.settle": [
        lambda s: _with(
            s, _told, lambda one: s.digest_deliveries.settle(one, DeliveryState.TOLD, "1")
        )
    ],
    "digest_deliveries.mark_published": [
        lambda s: _with(s, _told, s.digest_deliveries.mark_published)
    ],
    "inquiries.add": [lambda s: s.inquiries.add(ASKER, Subject(POKROVSK, 1, "control"), AT)],
    "inquiries.settle": [lambda s: s.inquiries.settle(AT)],
    "inquiries.remove": [lambda s: s.inquiries.remove(ASKER, POKROVSK)],
    "inquiries.clear": [lambda s: s.inquiries.clear()],
    "gaps.clear": [lambda s: s.gaps.clear()],
    "gaps.keep": [lambda s: s.gaps.keep([DayCount(Subject(POKROVSK, 1, "control"), DAY, 3)], DAY)],
    "tenures.open": [lambda s: s.tenures.open(0, "host", AT)],
    "watches.add": [_watching],
    "watches.claim": [_watching],
    "watches.begin": [lambda s: _with(s, _watching, lambda one: s.watches.begin(one, AT))],
    "watches.put_off": [lambda s: _with(s, _watching, lambda one: s.watches.put_off(one, AT))],
    "watches.settle": [lambda s: _with(s, _watching, s.watches.settle)],
    "watches.remove": [
        lambda s: s.watches.remove(an_act("w4", "watch"), HERE, POKROVSK),
        lambda s: s.watches.remove(an_act("w6", "watch"), ALONE, POKROVSK, around=True),
    ],
    "watches.end": [lambda s: s.watches.end(an_act("w5", "watch"), ALONE)],
    "room_endings.end": [lambda s: s.room_endings.end(an_act("e1", "room"), "console", "other")],
}
"""In this order: each finds what those before it have left."""


async def _with(store: Store, made: Callable[[Store], Awaitable[R]], use: Use[R]) -> object:
    return await use(await made(store))


TELLING_OF_A_DAY = DigestDelivery(
    Digest(1, "console", "room", WISH, 0, AT, "1", removed=False),
    *(DAY, 0, 9, DeliveryState.TOLD, None, 0, None, "", ""),
)
TOLD: dict[str, list[Call]] = {
    "digests.all": [lambda s: s.digests.all()],
    "digests.get": [lambda s: s.digests.get(1)],
    "room_endings.of": [lambda s: s.room_endings.of("console", "other", "1")],
    "digests.of_rooms": [lambda s: s.digests.of_rooms("console", ["room", "other"])],
    "watches.of_rooms": [lambda s: s.watches.of_rooms("console", ["room", "other"])],
    "digests.of": [lambda s: s.digests.of("console", "room")],
    "digest_deliveries.before": [lambda s: s.digest_deliveries.before(TELLING_OF_A_DAY)],
    "digest_deliveries.get": [lambda s: s.digest_deliveries.get(1, DAY)],
    "digest_deliveries.to_publish": [lambda s: s.digest_deliveries.to_publish(AT)],
    "digest_deliveries.to_deliver": [lambda s: s.digest_deliveries.to_deliver(AT)],
    "inquiries.of": [lambda s: s.inquiries.of(ASKER)],
    "vectors.make_missing": [
        lambda s: s.vectors.make_missing(),
        lambda s: s._db.read(list_unread, 0),  # where no model is there
    ],
    "inquiries.count_asking": [lambda s: s.inquiries.count_asking([1, 2])],
    "gaps.largest": [lambda s: s.gaps.largest(10)],
    "tenures.newest": [lambda s: s.tenures.newest()],
    "watches.get": [lambda s: s.watches.get(1)],
    "watches.of": [lambda s: s.watches.of(ALONE)],
    "digest_windows.between": [
        lambda s: s.digest_windows.between(0, 200),
        lambda s: s.digest_windows.between(0, 200, WindowPart((POKROVSK,), Section.CLAIMS, 1, 5)),
    ],
    "map_views.frame": [_frame],
    "map_views.read": [
        lambda s: s.map_views.read(Frame(48.28, 37.17, 60, 48), MapDay(DAY, DAY)),
        lambda s: s.map_views.read(Frame(48.28, 37.17, 60, 48), MapDay(DAY, DAY), POKROVSK),
    ],
    "period_changes.happened": [
        lambda s: s.period_changes.happened(PERIOD),
        lambda s: s.period_changes.happened(replace(PERIOD, place_id=POKROVSK)),
    ],
    "period_changes.learnt": [
        lambda s: s.period_changes.learnt(PERIOD),
        lambda s: s.period_changes.learnt(replace(PERIOD, place_id=POKROVSK)),
    ],
    "digest_windows.ends": [lambda s: s.digest_windows.ends(AT - timedelta(days=1), AT)],
    "digest_windows.disputed": [
        lambda s: s.digest_windows.disputed(DAY, 7),
        lambda s: s.digest_windows.disputed(DAY, 7, (POKROVSK,)),
    ],
    "digest_windows.stale": [
        lambda s: s.digest_windows.stale(DAY - timedelta(days=9), DAY),
        lambda s: s.digest_windows.stale(DAY - timedelta(days=9), DAY, (POKROVSK,)),
    ],
}


NAMING: dict[str, list[Call]] = {
    "add_actor": [lambda s: s.registry.add_actor(an_act("n1"), NewActor("Speaker One"))],
    "add_source": [lambda s: s.registry.add_source(an_act("n2"), NewSource("Outlet One"))],
    "add_place": [lambda s: s.registry.add_place(an_act("n3"), NewPlace("Hamlet One"))],
    "name_actor": [lambda s: s.registry.name_actor(an_act("n4"), 1, "First")],
    "name_place": [lambda s: s.registry.name_place(an_act("n5"), POKROVSK, "Pokr")],
    "prefer": [
        lambda s: s.registry.prefer(an_act("n6"), "A-1", "One Speaker"),
        lambda s: s.registry.prefer(an_act("n7"), "S-1", "One Source"),
        lambda s: s.registry.prefer(an_act("n8"), f"P-{POKROVSK}", "Pokr City"),
    ],
    "localise": [lambda s: s.registry.localise(an_act("local"), 1, "Перший")],
    "grade": [lambda s: s.registry.grade(an_act("n9"), 1, "B")],
    "draw_area": [
        lambda s: s.registry.draw_area(an_act("n10"), "Front", "", AreaParts((POKROVSK,)))
    ],
    "extend_area": [lambda s: s.registry.extend_area(an_act("n11"), OWN_PLACES + 2, CIRCLE)],
    "reduce_area": [lambda s: s.registry.reduce_area(an_act("n12"), OWN_PLACES + 2, CIRCLE)],
    "remove_area": [lambda s: s.registry.remove_area(an_act("n13"), OWN_PLACES + 2)],
}


def writes() -> dict[str, list[Call]]:
    room = RoomSettings(public=True)
    letter = InboxEvent("$1", "!room", "{}", 1_762_509_600_000)
    post = OutboxMessage("r-1", "!room", "m.room.message", "{}", 1_762_509_600_000)
    return {
        "history.write": [
            lambda s: s.history.write(an_act("file"), filed(an_entry(actor_id=1))),
            lambda s: s.history.write(an_act("correct"), corrected(9, an_entry(actor_id=1))),
            lambda s: s.history.write(
                an_act("link"), lambda db: link(db, 1, LinkType.FOLLOWS, 2, "Later.")
            ),
        ],
        **{f"drafts.{name}": [call] for name, call in DRAFTING.items()},
        "text_drafts.open": [_file_text],
        **{f"text_drafts.{name}": [] for name in ("change_all", "file", "drop")},
        "undo_together.undo": [],
        **{f"moderation.{name}": calls for name, calls in KEEPING.items()},
        **TELLING,
        **{f"registry.{name}": calls for name, calls in NAMING.items()},
        "terms.add_status": [
            lambda s: s.terms.add_status(an_act("status"), NewStatus("Flooded", "■"))
        ],
        "terms.add_event_type": [
            lambda s: s.terms.add_event_type(an_act("type"), NewEventType("Flood"))
        ],
        "notice_queue.begin": [lambda s: s.notice_queue.begin("draft:2", AT)],
        "notice_queue.put_off": [lambda s: s.notice_queue.put_off("draft:2", AT)],
        "notice_queue.tell": [
            lambda s: s.notice_queue.tell(PendingNotice("n", "console", "1", "/help"), AT)
        ],
        "notice_queue.mark_told": [lambda s: s.notice_queue.mark_told("draft:2")],
        "people.bar": [
            lambda s: s.people.bar(an_act("bar"), DESK),
            lambda s: s.people.bar(an_act("lift"), DESK, lift=True),
        ],
        "people.forget": [lambda s: s.people.forget(an_act("forget", by=MEMBER))],
        "redaction.empty_log": [lambda s: s.redaction.empty_log()],
        "redaction.redact": [lambda s: s.redaction.redact(an_act("redact"), 9)],
        "undo.undo": [_undo, _undo_term],
        "mailbox.answer": [lambda s: s.mailbox.answer("$1", (post,), ("$2", "{}"))],
        "mailbox.receive": [lambda s: s.mailbox.receive("read", "s1", (letter,))],
        "mailbox.withdraw": [lambda s: s.mailbox.withdraw("$1")],
        "mailbox.forget": [lambda s: s.mailbox.forget("$2")],
        "mailbox.mark_sent": [lambda s: s.mailbox.mark_sent("r-1", "$2")],
        "program_state.keep": [lambda s: s.program_state.keep("key", "value")],
        "program_state.keep_lines": [lambda s: s.program_state.keep_lines({"key": "/help"}, DAY)],
        "program_state.set_room": [
            lambda s: s.program_state.set_room(an_act("room"), "console", "desk", room)
        ],
    }


_BULK = {"imports", "exports", "held_files", "gazetteer"}
"""Parts that go through the whole of a file, or of the record, and have tests of their own."""


def test_no_method_of_the_store_is_forgotten_here() -> None:
    """A part that learns something new has to be asked it here as well."""
    methods = {
        f"{name}.{method}"
        for name in PARTS.keys() - _BULK
        for method, _ in inspect.getmembers(kind_of(name), inspect.iscoroutinefunction)
        if not method.startswith("_")
    }

    assert methods == {*reads(), *writes(), "lists.page", "lists.total", "ranked_claims.page"}


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
    (place,) = [one.place for one in (await watched.store.places.recognise("Pokrovsk")).candidates][
        :1
    ]
    await watched.store.place_overviews.of(place, DAY)
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
