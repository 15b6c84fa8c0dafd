"""Matrix as a platform: logged in, read on and on, closed when the running answers are out."""

import asyncio
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from typing import Any

from bot.adapters.matrix.adapter_context import AdapterContext
from bot.adapters.matrix.client.homeserver_client import HomeserverClient
from bot.adapters.matrix.client.login import Setup, connect
from bot.adapters.matrix.client.succession import place_of_reading, take_over
from bot.adapters.matrix.delivery.outbox import Outbox
from bot.adapters.matrix.handlers.answer import AnswerHandler
from bot.adapters.matrix.handlers.command_state import describe
from bot.adapters.matrix.handlers.membership import Membership
from bot.adapters.matrix.handlers.room_notifier import RoomNotifier
from bot.adapters.matrix.handlers.silenced import tell_manager
from bot.adapters.matrix.handlers.sync import Sync
from bot.adapters.matrix.handlers.verification import decline_to_device
from bot.adapters.matrix.ports import PLATFORM, Mail, RoomBook, Summaries
from bot.adapters.matrix.protocol.events import Event
from bot.adapters.matrix.protocol.homeserver_errors import Denied, LoggedOut, Unavailable
from bot.adapters.matrix.protocol.pills import Me
from bot.adapters.matrix.protocol.room import MatrixRoom, predecessor
from bot.adapters.matrix.protocol.session import hold_folder
from bot.ops.library_log import capture_library_log, place_of
from bot.platform import Port
from store.workflow.inbox_outbox import InboxEvent

_DRAIN_S = 3.0
_LIBRARY = "mau"


class MatrixPlatform:
    """The Matrix platform."""

    name = PLATFORM

    def __init__(
        self, port: Port, mail: Mail, book: RoomBook, summaries: Summaries, setup: Setup
    ) -> None:
        self._port, self._mail, self._book, self._setup = port, mail, book, setup
        self._summaries = summaries
        self._sync: Sync | None = None
        self._work: BackgroundWork | None = None
        self._reading: asyncio.Task[None] | None = None
        self.posting = RoomNotifier(
            lambda: self._work.context if self.ready and self._work else None
        )

    @property
    def ready(self) -> bool:
        """Whether it could answer now."""
        return self._sync is not None and self._sync.ready

    async def run(self) -> None:
        """Read and answer until closed; RuntimeError says why the homeserver will not have us."""
        with hold_folder(self._setup.state):
            await self._hold()

    async def _hold(self) -> None:
        client = HomeserverClient(self._setup.homeserver)
        self._reading = asyncio.create_task(self._run(client))
        try:
            with capture_library_log(_LIBRARY, self._port.log, PLATFORM, place_of):
                await asyncio.wait({self._reading})
            if not self._reading.cancelled():
                await self._reading
        finally:
            self._reading.cancel()
            self._sync = None
            await client.aclose()

    async def _run(self, client: HomeserverClient) -> None:
        rooms: dict[str, MatrixRoom] = {}
        session = await connect(client, self._setup, rooms, self._port.log)
        me = Me(session.user, await client.name(), self._setup.prefix)
        succession = await take_over(self._port.memory, session)
        outbox = Outbox(client, self._mail, rooms, self._port.log, succession)
        context = AdapterContext(
            self._port,
            self._mail,
            self._book,
            self._summaries,
            client,
            me,
            outbox,
            succession,
            rooms,
        )
        membership = Membership(context, self._setup.invites)
        self._work = BackgroundWork(context, membership, AnswerHandler(context, membership))
        place = place_of_reading(session.user, session.device)
        self._sync = Sync(context, self._work, place)
        await self._sync.run()

    async def aclose(self) -> None:
        """Read no more, let running answers finish, then leave."""
        reading, self._sync = self._reading, None
        if self._work is not None:
            await self._work.drain(_DRAIN_S)
        if reading is not None:
            reading.cancel()


class BackgroundWork:
    """What is under way, so that a closing bot can wait for it; what fails of it is logged."""

    def __init__(
        self, context: AdapterContext, membership: Membership, answers: AnswerHandler
    ) -> None:
        self.context, self._membership, self._answers = context, membership, answers
        self._running: set[asyncio.Task[None]] = set()

    async def begin(self) -> None:
        """Take up what an earlier run left: what was not sent, and what was not answered."""
        await self._membership.recall()
        homes = self.context.port.homes.homes
        self.context.client.keep_private(lambda room: self.context.home_of(room) in homes)
        self.context.outbox.when_forbidden = self._forbidden
        self._start(self.context.outbox.deliver(await self.context.mail.to_send()))
        for incoming in await self.context.mail.waiting():
            self.receive(incoming)
        for room in list(self.context.rooms.values()):
            self.changed(room)

    def receive(self, incoming: InboxEvent) -> None:
        self._answers.expect(incoming)
        self._start(self._answers.handle(incoming))

    def _forbidden(self, room: str) -> None:
        self._start(tell_manager(self.context, room))

    def invited(self, room: str, invitation: Mapping[str, Any]) -> None:
        self._start(self._membership.invited(room, invitation))

    def gone(self, room: str) -> None:
        self._start(self._membership.gone(room))

    def key_renewed(self, room: MatrixRoom) -> None:
        self._start(self._prepare_key(room))

    async def _prepare_key(self, room: MatrixRoom) -> None:
        with suppress(Unavailable):  # whoever answers next there shares it then
            await self.context.client.prepare_key(room)

    def asked_to_verify(self, event: Event) -> None:
        self._start(decline_to_device(self.context, event))

    def changed(self, room: MatrixRoom) -> None:
        """Do what follows from a room's state."""
        old = self.context.rooms.get(predecessor(room.state.get("m.room.create", {})))
        moved = room if room.successor else old if old and old.successor == room.id else None
        if moved is not None:
            self._start(self._membership.follow(moved))
        if not room.successor:
            self._start(describe(self.context, room))

    async def drain(self, most_s: float) -> None:
        """Wait for what is under way, so many seconds at most, and end the rest."""
        if self._running:
            await asyncio.wait(set(self._running), timeout=most_s)
        for task in self._running:
            task.cancel()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._within(work))
        self._running.add(task)
        task.add_done_callback(self._ended)
        # What ended before its first step was never begun; Python warns of such.
        task.add_done_callback(lambda _: work.close())

    async def _within(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except LoggedOut:  # reading ends by it too, and says so
            return
        except Denied as error:
            self.context.port.log("refused", platform=PLATFORM, code=error.code)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.context.port.log("event failed", platform=PLATFORM, error=error)
