"""A program that kills itself with SIGKILL at the n-th statement of a write, for each n.

    BASE FOLDER WRITE,… N…|all|COUNT@SEED

For each n it copies the store BASE to FOLDER/WRITE/n.db, forks, opens the copy through the product
and does the write; the fork dies just before its n-th statement runs. The statement after the last
one is the return from the write, and the one after that its acknowledgement, a file n.ack. It ends
when nothing was left to die at; a file `statements` then says how many statements there were. With
3@7 it dies at three points drawn by the seed 7, at the last statement and at the return. Seeds are
loaded from the folder of BASE.
"""

import asyncio
import itertools
import json
import os
import random
import shutil
import signal
import sys
from collections.abc import Awaitable, Callable, Iterable
from datetime import time
from pathlib import Path

from store import Store, open_store
from store.db.connection import ThreadedDatabase, hop
from store.editing.registry import NewActor, NewPlace, NewSource
from store.editing.terms import NewStatus
from store.model.digest import DeliveryState, DigestSettings
from store.model.draft import DraftState, NewDraft
from store.model.entry import Kind, LinkType, VerdictValue
from store.model.revision import Person
from store.record.entry_rows import link
from store.transfer import batches
from store.transfer.formats.decode import Limits
from store.transfer.importer import ImportPlan
from store.workflow.state import RoomSettings
from store.workflow.text_drafts import ReadyDraft
from store.workflow.watches import Watcher
from tests.store.conftest import (
    AT,
    DAY,
    MYRNOHRAD,
    POKROVSK,
    addition,
    an_act,
    an_entry,
    correction,
)

Write = Callable[[Store, Path], Awaitable[object]]


async def _file(store: Store, _: Path) -> object:
    return await store.history.write(an_act("crash:file"), addition(an_entry(text="Filed.")))


async def _correct(store: Store, _: Path) -> object:
    entry = an_entry(text="Corrected.", places=())
    return await store.history.write(an_act("crash:correct", "correct"), correction(1, entry))


async def _link(store: Store, _: Path) -> object:
    return await store.history.write(
        an_act("crash:link", "link"), lambda db: link(db, 1, LinkType.FOLLOWS, 2, "Later.")
    )


async def _put(store: Store, draft_id: int) -> object:
    draft = await store.drafts.get(draft_id)
    assert draft is not None
    return await store.drafts.file(an_act("crash"), draft, an_entry(text="From a draft."))


async def _seeds(store: Store, folder: Path) -> object:
    return await store.load_seeds(AT, folder)


WISH = DigestSettings(time(8), "Europe/Kyiv")


async def _wish(store: Store, _: Path) -> object:
    return await store.digests.add(an_act("crash:wish", "digest"), "console", "room", WISH)


async def _claim(store: Store, _: Path) -> object:
    return await store.digest_deliveries.claim(1, DAY, AT)


async def _settle(store: Store, _: Path) -> object:
    told = await store.digest_deliveries.get(2, DAY)
    assert told is not None
    await store.digest_deliveries.settle(told, DeliveryState.TOLD, "1", publish=True)
    return told


async def _watch(store: Store, _: Path) -> object:
    act = an_act("crash:watch", "watch")
    return await store.watches.add(act, Watcher("console", "", "1"), MYRNOHRAD)


async def _news(store: Store, _: Path) -> object:
    return await store.watches.claim(AT, AT)


async def before_summaries(store: Store) -> None:
    """Leave what the writes of summaries and news find: one to claim, one claimed, some news."""
    for room in ("one", "two"):
        await store.digests.add(an_act(f"add {room}", "digest"), "console", room, WISH)
    await store.watches.add(an_act("watch", "watch"), Watcher("console", "one"), POKROVSK)
    await store.history.write(an_act("news"), addition(an_entry(text="News.")))
    told = await store.digest_deliveries.claim(2, DAY, AT)
    assert told is not None
    assert await store.digest_deliveries.begin(told, AT)


MEMBER = Person("discord", "77", "Member One")
SECRET, REDACTABLE = "quixotry", 65


async def _import(store: Store, _: Path) -> object:
    """Import some new rows, a changed one and a new source, in several short steps."""
    limits = Limits(10**6, 100, step=4)
    rows = [
        {
            "key": f"crash-{n}",
            "kind": "event",
            "type": "fighting",
            "text": f"Crash {n}.",
            "day": f"2025-10-{n + 1:02}",
            "place": "P-704422",
            "source": "Crash source",
        }
        for n in range(11)
    ]
    data = "\n".join(json.dumps(row) for row in rows).encode()
    return await store.imports.read(
        data, ImportPlan("crash.jsonl", create=True, limits=limits), an_act("", "import")
    )


async def _open_text(store: Store, _: Path) -> object:
    new = [NewDraft(Kind.EVENT, {"text": f"Bridge {n}."}) for n in range(3)]
    return await store.text_drafts.open("crash", MEMBER, new, AT)


async def _file_text(store: Store, _: Path) -> object:
    """File the drafts of one text, one of them with a link."""
    drafts = await store.text_drafts.batch(5)
    ready = [
        ReadyDraft(draft, an_entry(text=f"Text {draft.id}."), (LinkType.SUPPORTS, 1))
        for draft in drafts
    ]
    return await store.text_drafts.file(an_act("crash"), ready)


async def _undo_text(store: Store, _: Path) -> object:
    undoing = an_act("crash", "undo", MEMBER)
    together = await store.undo_together.find(undoing, AT)
    return await store.undo_together.undo(undoing, AT, together)


async def _undo_import(store: Store, _: Path) -> object:
    batches.STEP = 4
    return await store.imports.undo_batch(an_act("", "undo"), 1)


WRITES: dict[str, Write] = {
    "file": _file,
    "correct": _correct,
    "link": _link,
    "seeds": _seeds,
    "wish": _wish,
    "claim": _claim,
    "settle": _settle,
    "watch": _watch,
    "move": lambda s, _: s.digests.move(an_act("crash:move", "room"), "console", "one", "three"),
    "news": _news,
    "retract": lambda s, _: s.moderation.retract(an_act("crash", "retract"), 5),
    "restore": lambda s, _: s.moderation.restore(an_act("crash", "restore"), 7),
    "check": lambda s, _: s.moderation.check(
        an_act("crash", "verdict"), 8, VerdictValue.REFUTED, 1
    ),
    "unlink": lambda s, _: s.moderation.unlink(
        an_act("crash", "unlink"), 14, LinkType.CONTRADICTS, 28
    ),
    "freeze": lambda s, _: s.moderation.freeze(an_act("crash", "freeze")),
    "undo": lambda s, _: s.undo.undo(an_act("crash", "undo"), AT),
    "redact": lambda s, _: s.redaction.redact(an_act("crash", "redact"), REDACTABLE),
    "open": lambda s, _: s.drafts.open("crash", MEMBER, NewDraft(Kind.EVENT, {"text": "x"}), AT),
    "change": lambda s, _: s.drafts.change(1, {"text": "y"}, AT),
    "draft": lambda s, _: _put(s, 1),
    "fix": lambda s, _: _put(s, 4),
    "reject": lambda s, _: s.drafts.reject(an_act("crash", "reject"), 2),
    "actor": lambda s, _: s.registry.add_actor(an_act("crash"), NewActor("Speaker One")),
    "source": lambda s, _: s.registry.add_source(an_act("crash"), NewSource("Outlet One")),
    "place": lambda s, _: s.registry.add_place(an_act("crash"), NewPlace("Hamlet", "Хутір")),
    "alias": lambda s, _: s.registry.name_place(an_act("crash"), POKROVSK, "Pokrograd"),
    "prefer": lambda s, _: s.registry.prefer(an_act("crash"), f"P-{POKROVSK}", "Pokrograd"),
    "status": lambda s, _: s.terms.add_status(an_act("crash"), NewStatus("Flooded", "■")),
    "grade": lambda s, _: s.registry.grade(an_act("crash", "grade"), 1, "B"),
    "bar": lambda s, _: s.people.bar(an_act("crash", "bar"), MEMBER),
    "forget": lambda s, _: s.people.forget(an_act("crash", "forget", MEMBER)),
    "import": _import,
    "undo import": _undo_import,
    "open text": _open_text,
    "file text": _file_text,
    "undo text": _undo_text,
    "room": lambda s, _: s.program_state.set_room(
        an_act("crash"), "x", "1", RoomSettings(public=True)
    ),
}
NOT_KEYED = {"change"}
"""What is done again by a repeat, since it is no act on record."""

TO_SCRUB = {"redact": SECRET, "forget": MEMBER.name}
"""What must be in no byte of the file once it is opened again."""


async def prepare(store: Store) -> None:
    """Bring a seeded store to where each of these writes has something to work on."""
    await store.history.write(an_act("file secret"), addition(an_entry(text=f"{SECRET}.")))
    await before_summaries(store)
    await store.people.forget(an_act("forget first", by=Person("discord", "78", "Member Two")))
    await store.moderation.check(an_act("check", by=MEMBER), 8, VerdictValue.DISPUTED)
    for key, state, edits in (
        ("d1", DraftState.OPEN, None),
        ("d2", DraftState.WAITING, None),
        ("d3", DraftState.WAITING, REDACTABLE),
        ("d4", DraftState.OPEN, 9),
    ):
        new = NewDraft(
            Kind.EVENT, {"text": SECRET if edits == REDACTABLE else "x"}, edits, 1, state
        )
        await store.drafts.open(key, MEMBER, new, AT)
    await store.drafts.take(3, MEMBER, AT)
    for key in ("t1", "t2"):
        text = [NewDraft(Kind.EVENT, {"text": f"{key} {n}."}) for n in range(3)]
        await store.text_drafts.open(key, MEMBER, text, AT)
    filed_text = await store.text_drafts.batch(8)
    ready = [ReadyDraft(draft, an_entry(text=f"Filed {draft.id}.")) for draft in filed_text]
    await store.text_drafts.file(an_act("file text first", by=MEMBER), ready)
    await store.moderation.retract(an_act("retract", "retract"), 7)


class Countdown:
    """Kills this process when it is called for the n-th time."""

    def __init__(self, left: int) -> None:
        self.left = left

    def __call__(self, _: object = None) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


async def _die_at(
    path: Path, write: Callable[[Store], Awaitable[object]], countdown: Countdown
) -> None:
    async with await open_store(path) as store:
        assert isinstance(store._db, ThreadedDatabase)
        writer = store._db._writer
        assert writer is not None
        await hop(writer, lambda db: db.set_trace_callback(countdown))
        await write(store)
        await hop(writer, lambda db: db.set_trace_callback(None))
        countdown()  # committed, but nobody knows
        path.with_suffix(".ack").touch()
        countdown()


def _draw_points(sample: str, statements: int) -> list[int]:
    count, _, seed = sample.partition("@")
    chance = random.Random(int(seed))
    drawn = {chance.randint(1, statements) for _ in range(int(count))}
    return sorted({*drawn, statements, statements + 1})


def _kill_at(base: Path, folder: Path, write: str, every: Iterable[int]) -> None:
    do = WRITES[write]
    for n in every:
        path = shutil.copyfile(base, folder / f"{n}.db")
        if (child := os.fork()) == 0:
            countdown = Countdown(n)
            asyncio.run(_die_at(path, lambda store: do(store, base.parent), countdown))
            statements = n - countdown.left - 2
            (folder / "statements").write_text(str(statements), encoding="utf-8")
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status == 0:
            return
        if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
            sys.exit(f"the write failed at {n}: {status}")


def main(base: str, folder: str, writes: str, *points: str) -> None:
    for write in writes.split(","):
        (own := Path(folder, write)).mkdir()
        if points == ("all",):
            _kill_at(Path(base), own, write, itertools.count(1))
        elif "@" not in points[0]:
            _kill_at(Path(base), own, write, map(int, points))
        else:
            _kill_at(Path(base), own, write, [10**9])
            for file in own.glob(f"{10**9}*"):
                file.unlink()
            statements = int((own / "statements").read_text(encoding="utf-8"))
            _kill_at(Path(base), own, write, _draw_points(points[0], statements))


def be_child() -> None:
    """Be this program, with the words that it was given."""
    main(*sys.argv[1:])
    sys.exit()
