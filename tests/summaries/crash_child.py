"""A bot that tells its rooms, or people, once and is killed by SIGKILL on the way, over and over.

    WHAT HOW BASE FOLDER API TOKEN MOMENT ID…

WHAT is `room` or `person`. For the n-th id it works on FOLDER/n.db in a fork of its own, through
the product's client and schedule, at that moment of its clock. HOW says what becomes of it:

    steps   the store is copied from BASE, and it dies at the n-th step: each transaction's begin
            and end, and before and after each look for a message and each posting of one. A fork
            that had no step left to die at writes their number to FOLDER/steps
    shots   the store is copied from BASE, and it dies after a time that is drawn
    again   it goes on with the store as it was left, and lives
"""

import asyncio
import os
import random
import shutil
import signal
import sqlite3
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from discord.http import Route

from bot.adapters.discord.channel_notifier import ChannelNotifier
from bot.adapters.discord.discord_client import DiscordClient
from bot.dispatch import Desk, Dispatch
from bot.i18n.formatter import Voice
from bot.notify.notice_delivery import NoticeDelivery
from bot.notify.scheduler import Schedule
from bot.permissions import Homes
from bot.platform import Notification, Port, SentMessage
from commands import COMMANDS
from store import Store, open_store
from store.db.connection import ThreadedDatabase, hop
from tests.fakes import ZONE
from tests.store.conftest import an_act

LONGEST_SHOT_S = 0.25
UNPLACED = "0"
"""The room and the person in BASE, for whom each fork puts its own."""


class TransactionCountdown:
    """Kills this process when it is called for the n-th time."""

    def __init__(self, left: int) -> None:
        self.left = self.first = left

    def __call__(self, statement: str = "BEGIN") -> None:
        if statement.startswith(("BEGIN", "COMMIT")):
            self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class Stepping:
    """Posts as the product does, a step before and a step after."""

    ready = True

    def __init__(self, poster: ChannelNotifier, step: Callable[[], None]) -> None:
        self._poster, self._step = poster, step

    async def find(self, post: Notification, since: datetime) -> SentMessage | None:
        self._step()
        posted = await self._poster.find(post, since)
        self._step()
        return posted

    async def post(self, post: Notification) -> SentMessage:
        self._step()
        posted = await self._poster.post(post)
        self._step()
        return posted

    async def publish(self, room: str, message: str) -> None:
        self._step()
        await self._poster.publish(room, message)
        self._step()


def _log(event: str, /, *, error: BaseException | None = None, **fields: str | float) -> None:
    if error is not None or event == "summary put off":
        sys.exit(f"{event}: {error!r} {fields}")


async def _tell(
    path: Path, token: str, now: datetime, to: str, step: TransactionCountdown, *, what: str
) -> None:
    async with await open_store(path) as store:
        await store.digests.move(an_act("placed", "room"), "discord", UNPLACED, to)
        await store._db.write(_address, to)
        client = _client(store, now)
        await client.login(token)
        there, dispatch = {"discord": Stepping(ChannelNotifier(client), step)}, client.port.dispatch
        assert isinstance(store._db, ThreadedDatabase)
        assert store._db._writer is not None
        await hop(store._db._writer, lambda db: db.set_trace_callback(step))
        if what == "room":
            await Schedule(store, dispatch, there, lambda: now, _log).turn()
        else:
            await NoticeDelivery(store.notice_queue, dispatch, there, lambda: now, _log).due(
                "discord"
            )
        await hop(store._db._writer, lambda db: db.set_trace_callback(None))
        await client.close()


def _address(db: sqlite3.Connection, to: str) -> None:
    db.execute("UPDATE notices SET person = ? WHERE person = ?", (to, UNPLACED))


def _client(store: Store, now: datetime) -> DiscordClient:
    async def presence() -> str:
        return ""

    dispatch = Dispatch(Desk(store, COMMANDS, lambda: now, ZONE, 7), _log)
    return DiscordClient(
        Port(dispatch, store.program_state, Homes(), _log, lambda _: Voice(ZONE), presence)
    )


def main(what: str, how: str, base: str, folder: str, *rest: str) -> None:
    api, token, moment, *ids = rest
    Route.BASE = api
    now, chance = datetime.fromisoformat(moment), random.Random(moment)
    for n, to in enumerate(ids, start=1):
        path, shot_s = Path(folder, f"{n}.db"), chance.random() * LONGEST_SHOT_S
        if how != "again":
            shutil.copyfile(base, path)
        if (child := os.fork()) == 0:
            if how == "shots":
                threading.Timer(shot_s, os.kill, (os.getpid(), signal.SIGKILL)).start()
            countdown = TransactionCountdown(n if how == "steps" else 10**9)
            asyncio.run(_tell(path, token, now, to, countdown, what=what))
            if how == "steps":
                Path(folder, "steps").write_text(str(n - countdown.left), encoding="utf-8")
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if how == "steps" and status == 0:
            return
        died = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        if status and not (died and how != "again"):
            sys.exit(f"it failed at {n}: {status}")


def be_child() -> None:
    """Be this program, with the words that it was given."""
    main(*sys.argv[1:])
    sys.exit()
