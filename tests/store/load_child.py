"""A program that writes from several tasks at once, and kills itself somewhere in the midst.

    python load_child.py BASE FOLDER COUNT SEED

It makes FOLDER/n.db of BASE for each n below COUNT, forks, and has several people write to it; the
fork dies by SIGKILL at a statement drawn by chance, or some hundred microseconds after that one
began, so that a commit is hit as it runs. FOLDER/n.begun and n.ack hold a line for each key whose
write was begun, and whose caller was told that it is done; n.hit says what it died in.
"""

import asyncio
import os
import random
import shutil
import signal
import sys
import threading
import time
from pathlib import Path

from store import Store, open_store
from store.db.connection import ThreadedDatabase, hop
from store.model.entry import LinkType, VerdictValue
from store.model.refusals import Refusal
from store.model.revision import Act, Person
from tests.store.conftest import AT, addition, an_entry, correction

TASKS, WRITES_EACH, STATEMENTS = 4, 12, 900


class Dying:
    """Kills this process at a statement drawn by chance, or soon after it began."""

    def __init__(self, chance: random.Random, hit: int) -> None:
        self.left = chance.randint(1, STATEMENTS)
        self.commits_only = chance.random() < 0.5
        self.left = self.left // 30 + 1 if self.commits_only else self.left
        self.wait_s = chance.choice([0.0, chance.uniform(0, 0.002)])
        self.hit = hit

    def __call__(self, statement: str) -> None:
        if self.commits_only and statement != "COMMIT":
            return
        self.left -= 1
        if self.left == 0:
            os.write(self.hit, statement.partition(" ")[0].encode())
            if not self.wait_s:
                os.kill(os.getpid(), signal.SIGKILL)
            threading.Thread(target=self.later).start()

    def later(self) -> None:
        time.sleep(self.wait_s)
        os.kill(os.getpid(), signal.SIGKILL)


async def write(store: Store, chance: random.Random, act: Act) -> object:
    """Do one of the things that people do."""
    first, other = chance.sample(range(1, 65), 2)
    match chance.randrange(8):
        case 0 | 1:
            return await store.history.write(act, addition(an_entry(text=f"Load {act.key}.")))
        case 2:
            entry = an_entry(text=f"Load {act.key}.")
            return await store.history.write(act, correction(first, entry))
        case 3:
            return await store.moderation.retract(act, first)
        case 4:
            return await store.moderation.restore(act, first)
        case 5:
            return await store.moderation.link(act, first, LinkType.CONTRADICTS, other)
        case 6:
            return await store.moderation.check(act, first, VerdictValue.REFUTED, 1)
        case _:
            return await store.undo.undo(act, AT)


async def person(store: Store, number: int, seed: int, begun: int, ack: int) -> None:
    chance, who = random.Random(seed), Person("console", f"{number}", f"Person {number}")
    for count in range(WRITES_EACH):
        key = f"load:{number}:{count}"
        os.write(begun, f"{key}\n".encode())
        try:
            await write(store, chance, Act(key, "load", who, AT, f"Load {key}."))
        except Refusal:
            continue
        os.write(ack, f"{key}\n".encode())


async def work(path: Path, seed: int) -> None:
    begun, ack, hit = (
        os.open(path.with_suffix(f".{name}"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for name in ("begun", "ack", "hit")
    )
    dying = Dying(random.Random(seed), hit)
    async with await open_store(path) as store:
        assert isinstance(store._db, ThreadedDatabase)
        writer = store._db._writer
        assert writer is not None
        await hop(writer, lambda db: db.set_trace_callback(dying))
        await asyncio.gather(*(person(store, n, seed + n, begun, ack) for n in range(TASKS)))


def main(base: str, folder: str, count: str, seed: str) -> None:
    for n in range(int(count)):
        path = shutil.copyfile(base, Path(folder, f"{n}.db"))
        if (child := os.fork()) == 0:
            asyncio.run(work(path, int(seed) + 1000 * n))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status and not os.WIFSIGNALED(status):
            sys.exit(f"the work failed at {n}: {status}")


if __name__ == "__main__":
    main(*sys.argv[1:])
