"""What the bot says on Discord unasked: once, however often it is tried.

Within a few minutes Discord itself knows a message again by its nonce. Later, the bot looks for
the message among those of the room: its own button carries the key.
"""

import asyncio
import hashlib
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import discord
from discord.utils import time_snowflake, utcnow
from msgspec.structs import replace

from bot.adapters.discord import threads
from bot.adapters.discord.interactions.delivery import LOST, reason
from bot.adapters.discord.interactions.identity import PLATFORM, room_language
from bot.adapters.discord.interactions.respond import NOBODY
from bot.adapters.discord.rendering.attachments import discord_files
from bot.adapters.discord.rendering.card import Card, render
from bot.adapters.discord.rendering.custom_ids import button
from bot.adapters.discord.rendering.views import view
from bot.platform import Notification, SentMessage, Undeliverable

if TYPE_CHECKING:
    from bot.adapters.discord.discord_client import DiscordClient

R = TypeVar("R")
Place = discord.abc.Messageable | discord.ForumChannel

_PATIENCE_S, _SPACING_S = 60.0, 0.04
_NONCE = 25
_EARLIER, _LATER = timedelta(minutes=5), timedelta(minutes=30)
_LOOKED_AT = 5_000
_CLOSED = {50007, 50278}
"""Discord's codes for somebody who takes no messages, or shares no server with the bot."""
_PUBLISHED = 40033
_UNKNOWN_CHANNEL = 10003
"""Discord's code for a channel or a thread that was deleted: a lost permission has another."""
_NEEDED = ("view_channel", "read_message_history")


class ChannelNotifier:
    """Says things in rooms, and to people."""

    def __init__(self, client: "DiscordClient", patience_s: float = _PATIENCE_S) -> None:
        self._client, self._patience_s = client, patience_s
        self._running: set[asyncio.Task[Any]] = set()
        self._free_at = 0.0

    @property
    def ready(self) -> bool:
        """Whether it could say something now."""
        return self._client.connected

    async def find(self, post: Notification, since: datetime) -> SentMessage | None:
        """Return the message of a post if it went out in the half hour after a moment."""
        return await self._try(self._find(post, since), unsure=True)

    async def post(self, post: Notification) -> SentMessage:
        """Say it. Undeliverable may be unsure: then it has to be looked for."""
        await self._wait_for_turn()
        return await self._try(self._post(post))

    async def publish(self, room: str, message: str) -> None:
        """Pass an announcement on to those who follow the room."""
        await self._try(self._publish(room, message))

    async def _try(self, work: Coroutine[Any, Any, R], *, unsure: bool = False) -> R:
        """Await what the library does, but not for ever; say in one way what went wrong.

        It is not cancelled: the library, stopped while all requests wait for a limit, never asks
        again for anything.
        """
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        try:
            await asyncio.wait({task}, timeout=self._patience_s)
        except asyncio.CancelledError:  # the program ends, and the library with it
            task.cancel()
            raise
        if not task.done():
            task.add_done_callback(lambda done: done.cancelled() or done.exception())
            raise Undeliverable("Discord takes too long", unsure=True, wait_s=self._patience_s)
        try:
            return task.result()
        except discord.RateLimited as error:
            raise Undeliverable("too much is said", wait_s=error.retry_after) from None
        except discord.NotFound as error:
            deleted = error.code == _UNKNOWN_CHANNEL
            raise Undeliverable(error.text, gone=True, deleted=deleted) from None
        except discord.HTTPException as error:
            broken = error.status >= 500  # noqa: PLR2004 -- HTTP's own
            gone = error.code in _CLOSED
            raise Undeliverable(error.text, gone=gone, unsure=unsure or broken) from None
        except LOST as error:
            raise Undeliverable(reason(error), unsure=True) from None

    async def _wait_for_turn(self) -> None:
        """Let so many messages go out in a second that answers still have room beside them."""
        now = asyncio.get_running_loop().time()
        self._free_at = max(now, self._free_at) + _SPACING_S
        await asyncio.sleep(self._free_at - now - _SPACING_S)

    async def _place(self, post: Notification) -> Place:
        if post.person:
            return await self._client.create_dm(discord.Object(int(post.person)))
        cached = self._client.get_channel(int(post.room))
        channel = cached or await self._client.fetch_channel(int(post.room))
        if isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            _needs(channel)
        if isinstance(channel, discord.Thread) and post.thread:
            return threads.forum_of(channel) or channel
        if not isinstance(channel, discord.abc.Messageable):
            raise Undeliverable("no room to write in", gone=True)
        return channel

    async def _find(self, post: Notification, since: datetime) -> SentMessage | None:
        place, mark = await self._place(post), button("…", post.again).target.custom_id
        if isinstance(place, discord.ForumChannel):
            message_id = await threads.find(place, mark, since - _EARLIER)
            return SentMessage(str(message_id)) if message_id else None
        start = discord.Object(time_snowflake(since - _EARLIER))
        async for message in place.history(limit=_LOOKED_AT, after=start, oldest_first=True):
            if message.created_at > since + _LATER:
                break
            if message.author == self._client.user and threads.has_button(message, mark):
                return await self._out(post, message)
        return None

    async def _post(self, post: Notification) -> SentMessage:
        place = await self._place(post)
        card = await self._card(post, place)
        if isinstance(place, discord.ForumChannel):
            name = self._named(post, place)
            thread = await place.create_thread(
                name=name,
                view=view(card),
                files=discord_files(card.files),
                allowed_mentions=NOBODY,
            )
            return SentMessage(str(thread.message.id))
        nonce = hashlib.sha256(post.key.encode()).hexdigest()[:_NONCE]
        message = await place.send(
            view=view(card),
            files=discord_files(card.files),
            nonce=nonce,
            allowed_mentions=NOBODY,
        )
        return await self._out(post, message)

    async def _out(self, post: Notification, message: discord.Message) -> SentMessage:
        """Note a message that is out, with its thread if it is to have one."""
        if post.thread and isinstance(message.channel, discord.TextChannel):
            await threads.open_on(
                message, self._named(post, message.channel), self._client.port.log
            )
        publish = message.channel.type is discord.ChannelType.news
        return SentMessage(str(message.id), publish)

    async def _card(self, post: Notification, place: Place) -> Card:
        port = self._client.port
        voice = port.speak(await self._language(post, place))
        # The mark comes first: what an answer offers beyond fifteen buttons is left out.
        reply = replace(post.reply, actions=(post.again, *post.reply.actions))
        card = render(await port.album.hang(reply, voice), voice, post.again)
        if card.kept:
            await port.memory.keep_lines(card.kept, utcnow().date())
        return card

    async def _language(self, post: Notification, place: Place) -> str:
        if post.language or post.person:
            return post.language
        wishes = await self._client.port.memory.room(PLATFORM, post.room)
        return room_language(wishes.language, _locale(place))

    def _named(self, post: Notification, place: Place) -> str:
        voice = self._client.port.speak(room_language(post.language, _locale(place)))
        return threads.thread_name(voice.plain(post.thread or ""))

    async def _publish(self, room: str, message: str) -> None:
        place = self._client.get_partial_messageable(int(room))
        try:
            await place.get_partial_message(int(message)).publish()
        except discord.HTTPException as error:
            if error.code != _PUBLISHED:
                raise


def _needs(channel: discord.abc.GuildChannel | discord.Thread) -> None:
    """Refuse a room in which the bot may not write, or not look for what it wrote."""
    me: discord.Member | None = channel.guild.me
    if me is None:  # nothing is known of that server now: it will say so itself
        return
    sends = "send_messages"
    if isinstance(channel, discord.Thread):
        sends = "send_messages_in_threads"
    has = channel.permissions_for(me)
    missing = [name for name in (*_NEEDED, sends) if not getattr(has, name)]
    if missing:
        raise Undeliverable(f"the bot lacks {', '.join(missing)}".replace("_", " "))


def _locale(place: Place) -> discord.Locale | None:
    """Return the locale of the server that a place is in, if it is in one."""
    guild = getattr(place, "guild", None)
    return guild.preferred_locale if guild else None
