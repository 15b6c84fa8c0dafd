"""Every method of the store that reads, called so that its statements can be seen."""

from datetime import timedelta

from msgspec.structs import replace

from store import Store
from store.likeness.entry_vectors import list_unread
from store.model.digest import DeliveryState, Digest, DigestDelivery
from store.model.entry import Kind
from store.model.ref import ACTOR, BATCH, DRAFT, ENTRY, PLACE, SOURCE, Ref
from store.queries.audit_log import LogFilter
from store.queries.digest_window import WindowPart
from store.queries.entry_changes import Section
from store.queries.map_view import Frame, MapDay
from tests.store.conftest import (
    AT,
    DAY,
    DESK,
    POKROVSK,
    an_act,
)
from tests.store.plan_values import ALONE, ASKER, PERIOD, WISH, Call


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
        "audit_log.has": [
            lambda s: s.audit_log.has(Ref(PLACE, 7)),
            lambda s: s.audit_log.has(Ref(ACTOR, 7)),
            lambda s: s.audit_log.has(Ref(SOURCE, 7)),
            lambda s: s.audit_log.has(Ref(ENTRY, 7)),
            lambda s: s.audit_log.has(Ref(DRAFT, 7)),
            lambda s: s.audit_log.has(Ref(BATCH, 7)),
        ],
        "audit_log.names": [lambda s: s.audit_log.names(["P-704422", "A-1", "S-1"])],
        "notice_queue.due": [lambda s: s.notice_queue.due("console", AT)],
        "notice_queue.overdue": [lambda s: s.notice_queue.overdue("console", AT)],
        "mailbox.is_unsent": [lambda s: s.mailbox.is_unsent("r-1")],
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
        "landmarks.beside_point": [lambda s: s.landmarks.beside_point((48.28, 37.18), 30)],
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
        tuple(
            candidate.place for candidate in (await store.places.recognise("Shevchenko")).candidates
        )
    )


async def _near(store: Store) -> object:
    place = await store.places.get(POKROVSK)
    assert place is not None
    return await store.landmarks.on_record_near(place, 9)


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
