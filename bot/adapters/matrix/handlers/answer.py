"""From something that came in to what goes out: asked, answered, kept, and only then sent."""

import asyncio
import json
import time

from msgspec import Struct
from msgspec.structs import replace

from bot.adapters.matrix.adapter_context import AdapterContext
from bot.adapters.matrix.delivery.file_posts import file_posts
from bot.adapters.matrix.delivery.outbox import MESSAGE, TOO_OLD_MS, page_reactions, reaction
from bot.adapters.matrix.handlers.choice import ChoiceReader, ChosenLine
from bot.adapters.matrix.handlers.membership import Membership
from bot.adapters.matrix.handlers.prefill import prefill_params
from bot.adapters.matrix.handlers.read_events import read_inbox_event
from bot.adapters.matrix.handlers.undecryptable import undecryptable_notice
from bot.adapters.matrix.handlers.uploads import uploads
from bot.adapters.matrix.handlers.verification import decline_in_room
from bot.adapters.matrix.handlers.withdrawal import Withdrawals, identify_correction
from bot.adapters.matrix.ports import PLATFORM, Pages
from bot.adapters.matrix.protocol.events import (
    ChoiceReply,
    Confirmation,
    Event,
    LineRequest,
    PageTurn,
    Request,
    Retraction,
    VerificationRequest,
    parse_page_turn,
    read_request,
    text_at,
    thread_of,
)
from bot.adapters.matrix.protocol.homeserver_errors import Denied, Unavailable
from bot.adapters.matrix.protocol.room import MatrixRoom
from bot.adapters.matrix.rendering.actions import (
    Offers,
    OfferStyle,
    PageRequest,
    is_brief,
    line_of,
    offers_of,
    parse_page_request,
)
from bot.adapters.matrix.rendering.message import Content, MessagePage, Place, edit, render
from bot.dispatch import Answer, Outcome
from commands.kit.did_you_mean import Closeness, find_closest
from commands.kit.inlines import T
from commands.kit.invocation import Caller, Room, Upload
from commands.kit.parser import split_line
from commands.kit.reply import Audience, Reply, Tone
from store.workflow.inbox_outbox import InboxEvent, OutboxMessage
from store.workflow.state import RoomSettings

_AT_ONCE = 8
_PRIVATELY = "✉️"


class _Outgoing(Struct, frozen=True):
    """What is to be sent, the new note of a message of ours, and what is left of what came in."""

    posts: tuple[OutboxMessage, ...] = ()
    noted: tuple[str, str] | None = None
    left: str = ""


class AnswerHandler:
    """Answers what comes in."""

    def __init__(self, context: AdapterContext, membership: Membership) -> None:
        self._context, self._membership = context, membership
        self._port, self._mail = context.port, context.mail
        self._choices, self._withdrawals = ChoiceReader(context), Withdrawals(context)
        self._at_once = asyncio.Semaphore(_AT_ONCE)
        self._under_way: dict[str, asyncio.Event] = {}

    async def handle(self, incoming: InboxEvent) -> None:
        """Answer what came in, if it asks anything, once."""
        self.expect(incoming)
        dealt_with = self._under_way[incoming.id]
        try:
            await self._handle(incoming)
        finally:
            dealt_with.set()
            self._under_way.pop(incoming.id, None)
            self._withdrawals.end(incoming.id)

    def expect(self, incoming: InboxEvent) -> None:
        """Know of what is about to be handled: it may be taken back at once."""
        self._under_way.setdefault(incoming.id, asyncio.Event())

    async def _handle(self, incoming: InboxEvent) -> None:
        done = _Outgoing()
        room = self._context.rooms.get(incoming.room)
        if room is not None and not room.is_space and time.time() * 1000 < incoming.at + TOO_OLD_MS:
            event = await read_inbox_event(self._context, incoming)
            if event is None:
                done = self._pass_over(room, incoming)
            else:
                request = read_request(event, self._context.me, alone=room.alone)
                await self._wait_for(request, room)
                async with self._at_once:
                    done = await self._read_unless_cancelled(incoming, room, event, request)
        posts = await self._mail.answer(incoming.id, done.posts, done.noted, done.left)
        await self._context.outbox.deliver(posts)

    def _pass_over(self, room: MatrixRoom, incoming: InboxEvent) -> _Outgoing:
        """Say that a message could not be read, unless it was written before this device's time."""
        self._port.log("not decrypted", platform=PLATFORM)
        if self._context.succession.is_deaf_at(incoming.at):
            return _Outgoing()
        return _Outgoing((self._undecryptable_notice(room, incoming),))

    async def _read_unless_cancelled(
        self, incoming: InboxEvent, room: MatrixRoom, event: Event, request: Request | None
    ) -> _Outgoing:
        """Answer, unless it is a command that was taken back or corrected meanwhile."""
        is_command = isinstance(request, LineRequest | ChoiceReply)
        if is_command and self._withdrawals.is_cancelled(incoming.id):
            return _Outgoing()
        done = await self._read(incoming, room, event, request)
        if is_command and self._withdrawals.is_cancelled(incoming.id):
            return _Outgoing(noted=done.noted)
        return done

    async def _wait_for(self, request: Request | None, room: MatrixRoom) -> None:
        """Wait until it is known what somebody speaks of, if that is under way still."""
        match request:
            case Retraction(taken) | LineRequest(edits=taken) if taken in self._under_way:
                self._withdrawals.cancel(taken)
                await self._under_way[taken].wait()
            case LineRequest(to=to) | ChoiceReply(to=to) | Confirmation(to) | PageTurn(to):
                if to and not await self._mail.pages(to):
                    await self._context.outbox.settled(room.id)
            case _:
                return

    async def _read(
        self, incoming: InboxEvent, room: MatrixRoom, event: Event, request: Request | None
    ) -> _Outgoing:
        until = incoming.at + TOO_OLD_MS
        match request:
            case LineRequest(edits=command) if command:
                return await self._answer_edit(incoming, room, event, request)
            case LineRequest() | ChoiceReply() | Confirmation():
                return await self._answer(incoming, room, event, request)
            case PageTurn():
                return await self._turn(incoming, room, event, request)
            case Retraction(taken):
                turned = parse_page_turn(await self._mail.receipt(taken))
                if turned:
                    return await self._turn(incoming, room, event, turned)
                await self._mail.forget(taken)
                return _Outgoing(await self._withdrawals.take_back(taken, until))
            case VerificationRequest():
                return _Outgoing((decline_in_room(self._context, room.id, request, until),))
            case None:
                return _Outgoing()

    async def _answer_edit(
        self, incoming: InboxEvent, room: MatrixRoom, event: Event, request: LineRequest
    ) -> _Outgoing:
        """Answer a command that was corrected soon after it was written, in its answer's place."""
        correction = await self._withdrawals.correction(room, event, request.edits)
        if correction is None:
            return _Outgoing()
        own = identify_correction(incoming, correction)
        done = await self._answer(own, room, event, request, correction.command)
        until = incoming.at + TOO_OLD_MS
        if not done.posts:
            return _Outgoing(await self._withdrawals.take_back(correction.id, until))
        posts, noted = await self._withdrawals.put_in_place(correction, done.posts, until)
        return _Outgoing(posts, noted)

    def _undecryptable_notice(self, room: MatrixRoom, incoming: InboxEvent) -> OutboxMessage:
        return undecryptable_notice(self._context, room.id, incoming.at + TOO_OLD_MS)

    async def _answer(
        self,
        incoming: InboxEvent,
        room: MatrixRoom,
        event: Event,
        request: LineRequest | ChoiceReply | Confirmation,
        command: Event | None = None,
    ) -> _Outgoing:
        """Answer what is asked by an event, which may correct a `command`."""
        sender = text_at(event, "sender")
        if isinstance(request, LineRequest) and split_line(request.line) == ("leave", ""):
            await self._membership.leave_if_told(room, sender)
            return _Outgoing()
        chosen = await self._choices.chosen(room, sender, request) or self._called(room, request)
        if chosen is None:
            return _Outgoing()
        if self._context.cannot_encrypt(room):
            return _Outgoing(
                (self._undecryptable_notice(room, incoming),)
                if isinstance(request, LineRequest)
                else ()
            )
        where = _Where(room, chosen.room, request.to, chosen.thread)
        if isinstance(request, LineRequest | ChoiceReply):
            asking = command or event
            where = _Where(room, chosen.room, text_at(asking, "event_id"), thread_of(asking))
        if chosen.numbers:
            return _Outgoing(
                await self._posts(incoming, where, sender, _which(chosen), PageRequest(""))
            )
        want = parse_page_request(chosen.line)
        key = chosen.key or f"matrix:{incoming.id}"
        asked = event if isinstance(request, LineRequest) else None
        answer = await self._ask(chosen.room, sender, want.line, key, asked)
        spent = bool(chosen.spent) and answer.outcome is Outcome.ANSWERED
        noted = (request.to, chosen.spent) if spent else None
        return _Outgoing(await self._posts(incoming, where, sender, answer, want), noted)

    def _called(
        self, room: MatrixRoom, request: LineRequest | ChoiceReply | Confirmation
    ) -> ChosenLine | None:
        """Return a line that was asked by itself, if it is for this bot."""
        if not isinstance(request, LineRequest):
            return None
        head, _ = split_line(parse_page_request(request.line).line)
        return ChosenLine(request.line, room) if request.named or self._is_ours(head) else None

    async def _ask(
        self, room: MatrixRoom, sender: str, line: str, key: str, event: Event | None = None
    ) -> Answer:
        """Answer a line as somebody asks it in a room, with what comes with its event."""
        await self._context.meet(room)
        role = self._context.role(room, sender)
        caller = Caller(PLATFORM, sender, room.name_of(sender), role)
        managed = not room.alone and self._context.manages(room, sender)
        here = Room(PLATFORM, room.id, room.name, managed, private=room.alone, open=not room.alone)
        files: tuple[Upload, ...] = ()
        more: dict[str, str] = {}
        if event is not None:
            files = await uploads(self._context, event, line, role)
            more |= await prefill_params(self._context, room, event, line)
        answer = await self._port.dispatch.line(caller, line, here, key, more, files)
        return replace(answer, asked=None) if files else answer

    async def _posts(
        self, incoming: InboxEvent, where: "_Where", sender: str, answer: Answer, want: PageRequest
    ) -> tuple[OutboxMessage, ...]:
        room, until = where.room, incoming.at + TOO_OLD_MS
        wishes = await self._wishes(room)
        parts = self._parts(answer, wishes.language, want)
        page = parts[0][0]
        answered = answer.outcome is Outcome.ANSWERED
        alone = answer.reply.audience is Audience.ASKER or not wishes.public
        key, private = f"r-{incoming.id}", ""
        if answered and alone and not room.alone:
            private = await self._context.private_room(sender, sealed=room.encrypted)
        related = {} if private else where.relation()
        thread = "" if private else where.thread
        pages = Pages(sender, _trail(answer, page, want), page.after, where.asked_in.id, thread)
        posts = []
        for number, (part, offers) in enumerate(parts):
            note = replace(pages, offers=offers).note()
            content = json.dumps({**part.content, **related})
            own = f"{key}-{number}" if number else key
            posts.append(
                OutboxMessage(own, private or room.id, MESSAGE, content, until + number, note)
            )
        voice = self._port.speak(wishes.language)
        files = (await self._port.album.hang(answer.reply, voice)).files if page.part == 1 else ()
        posts += file_posts(files, posts[-1], related, voice)
        if private:
            posts.append(reaction(f"{key}-told", room.id, where.to, _PRIVATELY, until))
        return tuple(posts)

    def _parts(
        self, answer: Answer, language: str, want: PageRequest
    ) -> list[tuple[MessagePage, Offers]]:
        """Return the part that is wanted, and all that follow of what cannot be asked again."""
        first, offers = self._page(answer, language, want)
        others = range(first.part + 1, first.parts + 1) if answer.asked is None else ()
        rest = [self._page(answer, language, replace(want, part=number)) for number in others]
        return [(first, offers), *rest]

    async def _turn(
        self, incoming: InboxEvent, room: MatrixRoom, event: Event, turn: PageTurn
    ) -> _Outgoing:
        """Turn the page of an answer of ours, for whoever asked."""
        pages = Pages.read(await self._mail.pages(turn.message))
        sender = text_at(event, "sender")
        trail = pages.trail_after(turn.by) if pages and pages.asker == sender else None
        if trail and not await self._is_there(room, turn.message):
            await self._mail.forget(turn.message)
            return _Outgoing()
        if not pages or not trail or self._context.cannot_encrypt(room):
            return _Outgoing()
        line, part = trail[-1]
        there = await self._choices.asked_in(pages.room, room, sender)
        want = replace(parse_page_request(line), part=part)
        answer = await self._ask(there, sender, want.line, f"matrix:{incoming.id}")
        if answer.outcome is not Outcome.ANSWERED:
            return _Outgoing()
        page, offers = self._page(answer, (await self._wishes(room)).language, want)
        content = json.dumps(edit(page.content, turn.message))
        until = incoming.at + TOO_OLD_MS
        post = OutboxMessage(f"e-{incoming.id}", room.id, MESSAGE, content, until)
        turned = replace(pages, trail=trail, after=page.after, offers=offers)
        signs = page_reactions(turn.message, room.id, turned, until)
        return _Outgoing((post, *signs), (turn.message, turned.note()), turn.note())

    async def _is_there(self, room: MatrixRoom, message: str) -> bool:
        """Tell whether a message of ours is still there: nothing may edit one that was redacted."""
        try:
            return bool((await self._context.client.event(room.id, message)).get("content"))
        except Denied:
            return False
        except Unavailable:
            return True

    def _page(self, answer: Answer, language: str, want: PageRequest) -> tuple[MessagePage, Offers]:
        """Return a page of an answer, and what it offers: all of it at the end."""
        voice, find = self._port.speak(language), self._port.dispatch.find
        how = OfferStyle.ALL_LINES if want.lines else OfferStyle.LINES
        if not want.lines and answer.asked is not None and is_brief(answer.reply, find):
            how = OfferStyle.BRIEF
        page = render(answer.reply, voice, self._context.me.prefix, answer.asked, want.part, how)
        return page, offers_of(answer.reply, voice) if page.part == page.parts else Offers()

    async def _wishes(self, room: MatrixRoom) -> RoomSettings:
        if room.alone:
            return RoomSettings(public=True)
        return await self._context.book.room(PLATFORM, room.id)

    def _is_ours(self, head: str) -> bool:
        """Tell whether a word after the prefix is a command of ours or much like one.

        Other bots may have the same prefix, and what is theirs is left to them.
        """
        names = {command.group or command.name for command in self._port.dispatch.desk.commands}
        return find_closest(head, names, Closeness.FOREIGN_COMMAND) is not None


class _Where(Struct, frozen=True):
    """Where an answer belongs: the room, the one it was asked from, the message, its thread."""

    room: MatrixRoom
    asked_in: MatrixRoom
    to: str
    thread: str

    def relation(self) -> Content:
        reply = {"m.in_reply_to": {"event_id": self.to}}
        if self.thread:
            in_it = {"rel_type": "m.thread", "event_id": self.thread, "is_falling_back": False}
            return {"m.relates_to": {**in_it, **reply}}
        return {} if self.room.alone else {"m.relates_to": reply}


def _trail(answer: Answer, page: MessagePage, want: PageRequest) -> tuple[Place, ...]:
    """Return the way to a part of an answer: all the parts up to it; none where it has one."""
    if page.after is None:
        return ()
    line = (
        line_of(answer.asked, OfferStyle.ALL_LINES if want.lines else OfferStyle.LINES)
        if answer.asked
        else ""
    )
    return tuple((line, number) for number in range(1, page.part + 1))


def _which(chosen: ChosenLine) -> Answer:
    """Ask which of several offers somebody means."""
    numbers = ", ".join(map(str, chosen.numbers))
    title = T("Which one? Reply with its number: {numbers}.", numbers=numbers)
    reply = Reply((title,), tone=Tone.REFUSAL, audience=Audience.ASKER)
    return Answer(reply, Outcome.REFUSED)
