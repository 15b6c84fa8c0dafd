"""Every method of the store that writes, called so that its statements can be seen."""

from asyncio import gather
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from store import Store
from store.editing.registry import NewActor, NewPlace, NewSource
from store.editing.terms import NewEventType, NewStatus
from store.model.digest import DeliveryState, DigestDelivery
from store.model.draft import DraftState, NewDraft
from store.model.entry import Kind, LinkType, VerdictValue
from store.model.revision import Person
from store.model.subject import Subject
from store.places.drawn_areas import AreaParts
from store.places.own_numbers import OWN_PLACES
from store.record.entry_rows import link
from store.workflow.gaps import DayCount
from store.workflow.inbox_outbox import InboxEvent, OutboxMessage
from store.workflow.notices import PendingNotice
from store.workflow.state import RoomSettings
from store.workflow.text_drafts import ReadyDraft
from store.workflow.watches import Watch
from tests.store.conftest import (
    AT,
    DAY,
    DESK,
    POKROVSK,
    addition,
    an_act,
    an_entry,
    correction,
)
from tests.store.plan_values import ALONE, ASKER, CIRCLE, HERE, WISH, Call

R = TypeVar("R")
Use = Callable[[R], Awaitable[object]]


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


async def _claim_delivery(store: Store) -> DigestDelivery:
    """Return the telling of the first day, claimed if it is not yet."""
    await store.digests.add(an_act("d1", "digest"), "console", "room", WISH)
    delivery = await store.digest_deliveries.claim(1, DAY, AT) or await store.digest_deliveries.get(
        1, DAY
    )
    assert delivery is not None
    return delivery


async def _watching(store: Store) -> Watch:
    """Return a watch of which there is something to tell."""
    await store.watches.add(an_act("w1", "watch"), HERE, POKROVSK)
    await store.watches.add(an_act("w2", "watch"), ALONE, POKROVSK)
    await store.watches.add(an_act("w7", "watch"), ALONE, POKROVSK, around=True)
    await store.history.write(an_act("w3"), addition(an_entry()))
    return (await store.watches.claim(AT, AT))[0]


async def _put_off(store: Store) -> None:
    told = await _claim_delivery(store)
    for _ in range(3):  # the third time somebody is told
        await store.digest_deliveries.put_off(told, AT, "full", absent=True)


TELLING: dict[str, list[Call]] = {
    "digests.add": [_claim_delivery],
    "digests.move": [lambda s: s.digests.move(an_act("m", "room"), "console", "room", "other")],
    "digests.remove": [
        lambda s: s.digests.remove(an_act("d2", "digest"), 1),
        lambda s: s.digests.add(an_act("d3", "digest"), "console", "other", WISH),
    ],
    "digest_deliveries.claim": [_claim_delivery],
    "digest_deliveries.begin": [
        lambda s: _with(
            s, _claim_delivery, lambda delivery: s.digest_deliveries.begin(delivery, AT)
        )
    ],
    "digest_deliveries.put_off": [_put_off],
    "digest_deliveries.settle": [
        lambda s: _with(
            s,
            _claim_delivery,
            lambda delivery: s.digest_deliveries.settle(delivery, DeliveryState.TOLD, "1"),
        )
    ],
    "digest_deliveries.mark_published": [
        lambda s: _with(s, _claim_delivery, s.digest_deliveries.mark_published)
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
    "watches.begin": [lambda s: _with(s, _watching, lambda watch: s.watches.begin(watch, AT))],
    "watches.put_off": [lambda s: _with(s, _watching, lambda watch: s.watches.put_off(watch, AT))],
    "watches.settle": [lambda s: _with(s, _watching, s.watches.settle)],
    "watches.remove": [
        lambda s: s.watches.remove(an_act("w4", "watch"), HERE, POKROVSK),
        lambda s: s.watches.remove(an_act("w6", "watch"), ALONE, POKROVSK, around=True),
    ],
    "watches.end": [lambda s: s.watches.end(an_act("w5", "watch"), ALONE)],
    "room_endings.end": [lambda s: s.room_endings.end(an_act("e1", "room"), "console", "other")],
}
"""In this order: each finds what those before it have left."""


async def _with(store: Store, make: Callable[[Store], Awaitable[R]], use: Use[R]) -> object:
    return await use(await make(store))


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
            lambda s: s.history.write(an_act("file"), addition(an_entry(actor_id=1))),
            lambda s: s.history.write(an_act("correct"), correction(9, an_entry(actor_id=1))),
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
