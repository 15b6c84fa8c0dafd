"""From something that came in to what goes out: asked, answered, kept, and only then sent."""

import asyncio
import json
import time
from difflib import get_close_matches

from msgspec import Struct
from msgspec.structs import replace

from bot.adapters.matrix.context import Scene
from bot.adapters.matrix.delivery.file_posts import parcels
from bot.adapters.matrix.delivery.outbox import MESSAGE, TOO_OLD_MS, reaction, signs_on
from bot.adapters.matrix.handlers.attachments import uploads
from bot.adapters.matrix.handlers.choice import Choosing, Chosen
from bot.adapters.matrix.handlers.decrypt import opened
from bot.adapters.matrix.handlers.membership import Doors
from bot.adapters.matrix.handlers.prefill import filled
from bot.adapters.matrix.handlers.undecryptable import sealed_line
from bot.adapters.matrix.ports import PLATFORM, Pages
from bot.adapters.matrix.protocol.events import (
    Asked,
    Confirmed,
    Event,
    Said,
    Turned,
    Undone,
    What,
    reads,
    text_at,
    thread_of,
    turned_by,
)
from bot.adapters.matrix.protocol.room import Known
from bot.adapters.matrix.rendering.actions import (
    How,
    Offers,
    Wanted,
    is_brief,
    line_of,
    offered,
    wanted,
)
from bot.adapters.matrix.rendering.message import Content, Page, Place, edit, render
from bot.dispatch import Answer, Outcome
from commands.kit.context import Caller, Room, Upload
from commands.kit.i18n import T
from commands.kit.parser import split_line
from commands.kit.reply import Audience, Reply, Tone
from store.workflow.inbox_outbox import Letter, Post
from store.workflow.state import RoomSettings

_AT_ONCE = 8
_PRIVATELY = "✉️"
_LIKE = 0.7


class _Done(Struct, frozen=True):
    """What is to be sent, the new note of a message of ours, and what is left of what came in."""

    posts: tuple[Post, ...] = ()
    noted: tuple[str, str] | None = None
    left: str = ""


class Answering:
    """Deals with letters."""

    def __init__(self, scene: Scene, doors: Doors) -> None:
        self._scene, self._doors = scene, doors
        self._port, self._mail = scene.port, scene.mail
        self._choosing = Choosing(scene)
        self._at_once = asyncio.Semaphore(_AT_ONCE)
        self._under_way: dict[str, asyncio.Event] = {}

    async def handle(self, letter: Letter) -> None:
        """Answer what came in, if it asks anything, once."""
        dealt_with = self._under_way[letter.id] = asyncio.Event()
        try:
            await self._handle(letter)
        finally:
            dealt_with.set()
            self._under_way.pop(letter.id, None)

    async def _handle(self, letter: Letter) -> None:
        done = _Done()
        room = self._scene.rooms.get(letter.room)
        if room is not None and time.time() * 1000 < letter.at + TOO_OLD_MS:
            event = await opened(self._scene, letter)
            if event is None:
                done = _Done((self._sealed_line(room, letter),))
            else:
                said = reads(event, self._scene.me, alone=room.alone)
                await self._wait_for(said, room)
                async with self._at_once:
                    done = await self._read(letter, room, event, said)
        posts = await self._mail.answer(letter.id, done.posts, done.noted, done.left)
        await self._scene.outgoing.deliver(posts)

    async def _wait_for(self, said: What | None, room: Known) -> None:
        """Wait until it is known what somebody speaks of, if that is under way still."""
        match said:
            case Undone(reaction) if reaction in self._under_way:
                await self._under_way[reaction].wait()
            case Asked(to=to) | Said(to=to) | Confirmed(to) | Turned(to):
                if to and not await self._mail.pages(to):
                    await self._scene.outgoing.settled(room.id)
            case _:
                return

    async def _read(self, letter: Letter, room: Known, event: Event, said: What | None) -> _Done:
        match said:
            case Asked() | Said() | Confirmed():
                return await self._answer(letter, room, event, said)
            case Turned():
                return await self._turn(letter, room, event, said)
            case Undone(reaction):
                turned = turned_by(await self._mail.left(reaction))
                return await self._turn(letter, room, event, turned) if turned else _Done()
            case None:
                return _Done()

    def _sealed_line(self, room: Known, letter: Letter) -> Post:
        return sealed_line(self._scene, room.id, letter.at + TOO_OLD_MS)

    async def _answer(
        self, letter: Letter, room: Known, event: Event, said: Asked | Said | Confirmed
    ) -> _Done:
        sender = text_at(event, "sender")
        if isinstance(said, Asked) and split_line(said.line) == ("leave", ""):
            await self._doors.leave_if_told(room, sender)
            return _Done()
        chosen = await self._choosing.chosen(room, sender, said) or self._called(room, said)
        if chosen is None:
            return _Done()
        if self._scene.is_mute(room):
            return _Done((self._sealed_line(room, letter),) if isinstance(said, Asked) else ())
        where = _Where(room, chosen.room, said.to, chosen.thread)
        if isinstance(said, Asked | Said):
            where = _Where(room, chosen.room, letter.id, thread_of(event))
        if chosen.numbers:
            return _Done(await self._posts(letter, where, sender, _which(chosen), Wanted("")))
        want = wanted(chosen.line)
        key = chosen.key or f"matrix:{letter.id}"
        asked = event if isinstance(said, Asked) else None
        found = await self._ask(chosen.room, sender, want.line, key, asked)
        spent = bool(chosen.spent) and found.outcome is Outcome.ANSWERED
        noted = (said.to, chosen.spent) if spent else None
        return _Done(await self._posts(letter, where, sender, found, want), noted)

    def _called(self, room: Known, said: Asked | Said | Confirmed) -> Chosen | None:
        """Return a line that was asked by itself, if it is for this bot."""
        if not isinstance(said, Asked):
            return None
        head, _ = split_line(wanted(said.line).line)
        return Chosen(said.line, room) if said.named or self._is_ours(head) else None

    async def _ask(
        self, room: Known, sender: str, line: str, key: str, event: Event | None = None
    ) -> Answer:
        """Answer a line as somebody asks it in a room, with what comes with its event."""
        await self._scene.meet(room)
        role = self._scene.role(room, sender)
        caller = Caller(PLATFORM, sender, room.name_of(sender), role)
        managed = not room.alone and self._scene.manages(room, sender)
        here = Room(PLATFORM, room.id, room.name, managed, private=room.alone)
        files: tuple[Upload, ...] = ()
        more: dict[str, str] = {}
        if event is not None:
            files = await uploads(self._scene, event, line, role)
            more |= await filled(self._scene, room, event, line)
        found = await self._port.dispatch.line(caller, line, here, key, more, files)
        return replace(found, asked=None) if files else found

    async def _posts(
        self, letter: Letter, where: "_Where", sender: str, found: Answer, want: Wanted
    ) -> tuple[Post, ...]:
        room, until = where.room, letter.at + TOO_OLD_MS
        wishes = await self._wishes(room)
        parts = self._parts(found, wishes.language, want)
        page = parts[0][0]
        answered = found.outcome is Outcome.ANSWERED
        alone = found.reply.audience is Audience.ASKER or not wishes.public
        key, private = f"r-{letter.id}", ""
        if answered and alone and not room.alone:
            private = await self._scene.private_room(sender, sealed=room.encrypted)
        related = {} if private else where.relation()
        thread = "" if private else where.thread
        pages = Pages(sender, _trail(found, page, want), page.after, where.asked_in.id, thread)
        posts = []
        for number, (one, offers) in enumerate(parts):
            note = replace(pages, offers=offers).note()
            content = json.dumps({**one.content, **related})
            own = f"{key}-{number}" if number else key
            posts.append(Post(own, private or room.id, MESSAGE, content, until + number, note))
        files = found.reply.files if page.part == 1 else ()
        posts += parcels(files, posts[-1], related, self._port.speak(wishes.language))
        if private:
            posts.append(reaction(f"{key}-told", room.id, where.to, _PRIVATELY, until))
        return tuple(posts)

    def _parts(self, found: Answer, language: str, want: Wanted) -> list[tuple[Page, Offers]]:
        """Return the part that is wanted, and all that follow of what cannot be asked again."""
        first, offers = self._page(found, language, want)
        others = range(first.part + 1, first.parts + 1) if found.asked is None else ()
        rest = [self._page(found, language, replace(want, part=number)) for number in others]
        return [(first, offers), *rest]

    async def _turn(self, letter: Letter, room: Known, event: Event, turn: Turned) -> _Done:
        """Turn the page of an answer of ours, for whoever asked."""
        pages = Pages.read(await self._mail.pages(turn.message))
        sender = text_at(event, "sender")
        trail = pages.turned(turn.by) if pages and pages.asker == sender else None
        if not pages or not trail or self._scene.is_mute(room):
            return _Done()
        line, part = trail[-1]
        there = await self._choosing.asked_in(pages.room, room, sender)
        want = replace(wanted(line), part=part)
        found = await self._ask(there, sender, want.line, f"matrix:{letter.id}")
        if found.outcome is not Outcome.ANSWERED:
            return _Done()
        page, offers = self._page(found, (await self._wishes(room)).language, want)
        content = json.dumps(edit(page.content, turn.message))
        until = letter.at + TOO_OLD_MS
        post = Post(f"e-{letter.id}", room.id, MESSAGE, content, until)
        turned = replace(pages, trail=trail, after=page.after, offers=offers)
        signs = signs_on(turn.message, room.id, turned, until)
        return _Done((post, *signs), (turn.message, turned.note()), turn.note())

    def _page(self, found: Answer, language: str, want: Wanted) -> tuple[Page, Offers]:
        """Return a page of an answer, and what it offers: all of it at the end."""
        voice, find = self._port.speak(language), self._port.dispatch.find
        how = How.ALL_LINES if want.lines else How.LINES
        if not want.lines and found.asked is not None and is_brief(found.reply, find):
            how = How.BRIEF
        page = render(found.reply, voice, self._scene.me.prefix, found.asked, want.part, how)
        return page, offered(found.reply, voice) if page.part == page.parts else Offers()

    async def _wishes(self, room: Known) -> RoomSettings:
        if room.alone:
            return RoomSettings(public=True)
        return await self._scene.book.room(PLATFORM, room.id)

    def _is_ours(self, head: str) -> bool:
        """Tell whether a word after the prefix is a command of ours or much like one.

        Other bots may have the same prefix, and what is theirs is left to them.
        """
        names = {one.group or one.name for one in self._port.dispatch.desk.commands}
        return bool(get_close_matches(head, names, 1, _LIKE))


class _Where(Struct, frozen=True):
    """Where an answer belongs: the room, the one it was asked from, the message, its thread."""

    room: Known
    asked_in: Known
    to: str
    thread: str

    def relation(self) -> Content:
        reply = {"m.in_reply_to": {"event_id": self.to}}
        if self.thread:
            in_it = {"rel_type": "m.thread", "event_id": self.thread, "is_falling_back": False}
            return {"m.relates_to": {**in_it, **reply}}
        return {} if self.room.alone else {"m.relates_to": reply}


def _trail(found: Answer, page: Page, want: Wanted) -> tuple[Place, ...]:
    """Return the way to a part of an answer: all the parts up to it; none where it has one."""
    if page.after is None:
        return ()
    line = line_of(found.asked, How.ALL_LINES if want.lines else How.LINES) if found.asked else ""
    return tuple((line, number) for number in range(1, page.part + 1))


def _which(chosen: Chosen) -> Answer:
    """Ask which of several offers somebody means."""
    numbers = ", ".join(map(str, chosen.numbers))
    title = T("Which one? Reply with its number: {numbers}.", numbers=numbers)
    reply = Reply((title,), tone=Tone.REFUSAL, audience=Audience.ASKER)
    return Answer(reply, Outcome.REFUSED)
