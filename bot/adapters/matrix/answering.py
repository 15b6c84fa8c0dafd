"""From something that came in to what goes out: asked, answered, kept, and only then sent."""

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from msgspec.structs import replace

from bot.adapters.matrix.doors import Doors
from bot.adapters.matrix.escape import words
from bot.adapters.matrix.events import BACK, Asked, Event, Turned, reads, text_at, thread_of
from bot.adapters.matrix.files import uploads
from bot.adapters.matrix.keeping import PLATFORM, Pages
from bot.adapters.matrix.parcels import parcels
from bot.adapters.matrix.render import Content, Page, Place, edit, notice, render
from bot.adapters.matrix.rooms import Known
from bot.adapters.matrix.scene import Scene
from bot.adapters.matrix.sending import MESSAGE, TOO_OLD_MS, reaction
from bot.dispatch import Answer, Outcome
from bot.roles import by_power
from commands.kit.context import Caller, Room
from commands.kit.line import split_line, write_line
from commands.kit.reply import Audience
from commands.kit.words import T
from store.mailbox import Letter, Post
from store.operation import RoomSettings

_AT_ONCE = 8
_PRIVATELY = "✉️"
_LIKE = 0.7


class Answering:
    """Deals with letters."""

    def __init__(self, scene: Scene, doors: Doors) -> None:
        self._scene, self._doors = scene, doors
        self._port, self._mail = scene.port, scene.mail
        self._at_once = asyncio.Semaphore(_AT_ONCE)

    async def handle(self, letter: Letter) -> None:
        """Answer what came in, if it asks anything, once."""
        posts: tuple[Post, ...] = ()
        turned: tuple[str, str] | None = None
        room = self._scene.rooms.get(letter.room)
        if room is not None and time.time() * 1000 < letter.at + TOO_OLD_MS:
            event = await self._scene.opened(json.loads(letter.event))
            if event is None:
                posts = (self._sealed(room, letter),)
            else:
                async with self._at_once:
                    posts, turned = await self._read(letter, room, event)
        await self._scene.outgoing.deliver(await self._mail.answer(letter.id, posts, turned))

    async def _read(
        self, letter: Letter, room: Known, event: Event
    ) -> tuple[tuple[Post, ...], tuple[str, str] | None]:
        match reads(event, self._scene.me, alone=room.alone):
            case Asked() as asked:
                return await self._answer(letter, room, event, asked), None
            case Turned() as turn:
                return await self._turn(letter, room, event, turn)
            case None:
                return (), None

    def _sealed(self, room: Known, letter: Letter) -> Post:
        """Return what is said, once a room a day, when a message could not be decrypted."""
        if self._scene.client.encryption is None:
            said = T("I cannot read encrypted messages. Ask me in a room without encryption.")
        else:
            said = T("I could not decrypt a message here. Send it again, please.")
        text = words(self._port.speak("").plain(said))
        day = self._port.dispatch.desk.clock().date()
        until = letter.at + TOO_OLD_MS
        key = f"sealed-{room.id}-{day}"
        return Post(key, room.id, MESSAGE, json.dumps(notice(text)), until)

    async def _answer(
        self, letter: Letter, room: Known, event: Event, asked: Asked
    ) -> tuple[Post, ...]:
        sender = text_at(event, "sender")
        line, part = _part(asked.line)
        head, rest = split_line(line)
        if head == "leave" and not rest:
            await self._doors.leave_if_told(room, sender)
            return ()
        if not asked.named and not self._is_ours(head):
            return ()
        found = await self._ask(letter, room, sender, line, event)
        return await self._posts(letter, room, event, found, part)

    async def _ask(
        self, letter: Letter, room: Known, sender: str, line: str, event: Event | None = None
    ) -> Answer:
        """Answer a line, under the key of what asked for it, with the file that came with it."""
        await self._scene.meet(room)
        level = room.level(sender)
        homes = self._port.homes
        role = homes.role(by_power(self._scene.home_of(room.id), level) if not room.alone else None)
        caller = Caller(PLATFORM, sender, room.name_of(sender), role)
        managed = not room.alone and self._scene.manages(room, sender)
        here = Room(PLATFORM, room.id, room.name, managed)
        files = await uploads(self._scene, event, line, role) if event is not None else ()
        key = f"matrix:{letter.id}"
        found = await self._port.dispatch.line(caller, line, here, key, uploads=files)
        return replace(found, asked=None) if files else found

    async def _posts(
        self, letter: Letter, room: Known, event: Event, found: Answer, part: int
    ) -> tuple[Post, ...]:
        wishes = await self._wishes(room)
        page = self._page(found, wishes.language, part)
        sender = text_at(event, "sender")
        until = letter.at + TOO_OLD_MS
        answered = found.outcome is Outcome.ANSWERED
        alone = found.reply.audience is Audience.ASKER or not wishes.public
        note = Pages(sender, _trail(found, page.part), page.after).note() if page.after else ""
        key = f"r-{letter.id}"
        private = ""
        if answered and alone and not room.alone:
            private = await self._scene.private_room(sender, sealed=room.encrypted)
        related = {} if private else _relation(event, letter.id, alone=room.alone)
        content = json.dumps({**page.content, **related})
        post = Post(key, private or room.id, MESSAGE, content, until, note)
        others = range(page.part + 1, page.parts + 1) if found.asked is None else ()
        pages = [self._page(found, wishes.language, number) for number in others]
        posts = [post, *_rest(post, pages, related)]
        files = found.reply.files if page.part == 1 else ()
        posts += parcels(files, posts[-1], related, self._port.speak(wishes.language))
        if private:
            posts.append(reaction(f"{key}-told", room.id, letter.id, _PRIVATELY, until))
        return tuple(posts)

    async def _turn(
        self, letter: Letter, room: Known, event: Event, turn: Turned
    ) -> tuple[tuple[Post, ...], tuple[str, str] | None]:
        """Turn the page of an answer of ours, for whoever asked."""
        pages = Pages.read(await self._mail.pages(turn.message))
        sender = text_at(event, "sender")
        trail = pages.turned(turn.by) if pages and pages.asker == sender else None
        if not trail:
            return (), None
        line, part = trail[-1]
        found = await self._ask(letter, room, sender, line)
        if found.outcome is not Outcome.ANSWERED:
            return (), None
        page = self._page(found, (await self._wishes(room)).language, part)
        content = json.dumps(edit(page.content, turn.message))
        until = letter.at + TOO_OLD_MS
        post = Post(f"e-{letter.id}", room.id, MESSAGE, content, until)
        back = reaction(f"back-{turn.message}", room.id, turn.message, BACK, until)
        return (post, back), (turn.message, Pages(sender, trail, page.after).note())

    def _page(self, found: Answer, language: str, part: int) -> Page:
        voice = self._port.speak(language)
        return render(found.reply, voice, self._scene.me.prefix, found.asked, part)

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


def _part(line: str) -> tuple[str, int]:
    """Return the line and the part of its answer that “page 2 status Pokrovsk” asks for."""
    head, _, rest = line.strip().partition(" ")
    number, _, asked = rest.strip().partition(" ")
    if head.casefold() == "page" and number.isascii() and number.isdigit() and asked.strip():
        return asked.strip(), int(number[:3])
    return line, 1


def _trail(found: Answer, part: int) -> tuple[Place, ...]:
    """Return the way to a part of an answer: all the parts up to it."""
    asked = found.asked
    line = write_line(asked.command, asked.given) if asked else ""
    return tuple((line, number) for number in range(1, part + 1))


def _rest(post: Post, pages: Sequence[Page], related: Content) -> Iterator[Post]:
    """Yield the other pages of what cannot be asked again, to follow the first."""
    for number, page in enumerate(pages, 1):
        content, key = json.dumps({**page.content, **related}), f"{post.key}-{number}"
        yield replace(post, key=key, content=content, until=post.until + number)


def _relation(event: Event, asked: str, *, alone: bool) -> Content:
    """Return where an answer belongs: to the message that asked, in its thread."""
    reply = {"m.in_reply_to": {"event_id": asked}}
    if thread := thread_of(event):
        in_it = {"rel_type": "m.thread", "event_id": thread, "is_falling_back": False}
        return {"m.relates_to": {**in_it, **reply}}
    return {} if alone else {"m.relates_to": reply}
