"""What a member does: type a command, press a button, fill in a form, write."""

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from tests.discord.loopback.api import Api
from tests.discord.loopback.asked import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    SUBMIT,
    Form,
    Interaction,
    pick,
)
from tests.discord.loopback.clock import Json
from tests.discord.loopback.payloads import (
    command_data,
    find_command,
    menu_data,
    owners,
    resolve,
    scene,
    type_in_focus,
)
from tests.discord.loopback.rules_commands import CHAT, MESSAGE, USER
from tests.discord.loopback.rules_modal import UPLOAD
from tests.discord.loopback.shapes import event_json, message_json, user_json
from tests.discord.loopback.world import (
    SEND,
    USE_EXTERNAL_APPS,
    VIEW,
    Channel,
    Message,
    User,
)

REPLY = 19


async def _hand() -> None:
    """Take as long as the bot needs to hear that what is now pressed was shown.

    No hand is quicker than that; the library learns of a button when its request is answered.
    """
    for _ in range(10):
        await asyncio.sleep(0.001)


class Member:
    """A person at a client, in any server or alone with the bot."""

    def __init__(self, api: Api, user: User) -> None:
        self._api = api
        self.user = user

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def talk(self) -> Channel:
        """Direct messages with the bot."""
        return self._api.world.talk(self.user, self._api.world.bot)

    async def slash(
        self, channel: Channel, path: str, given: Mapping[str, Any] | None = None
    ) -> Interaction:
        """Send a slash command, its sub-commands after spaces."""
        name, *inner = path.split()
        command = find_command(self._api.world, channel, self.user, name, CHAT)
        data = command_data(command, inner, given or {}, channel)
        return await self._ask(channel, COMMAND, data, command=command)

    async def autocomplete(
        self, channel: Channel, path: str, given: Mapping[str, Any], focused: str
    ) -> list[Json]:
        """Type an option of a slash command; return what is suggested."""
        return await (await self.type(channel, path, given, focused)).choices()

    async def type(
        self, channel: Channel, path: str, given: Mapping[str, Any], focused: str
    ) -> Interaction:
        """Type an option of a slash command, without waiting for what is suggested."""
        name, *inner = path.split()
        command = find_command(self._api.world, channel, self.user, name, CHAT)
        data = command_data(command, inner, given, channel, focused)
        return await self._ask(channel, AUTOCOMPLETE, data, command=command)

    async def menu(self, message: Message, name: str) -> Interaction:
        """Choose from a message's context menu."""
        command = find_command(self._api.world, message.channel, self.user, name, MESSAGE)
        resolved = {"messages": {str(message.id): message_json(message)}}
        data = menu_data(command, message.id, resolved)
        return await self._ask(message.channel, COMMAND, data, command=command)

    async def user_menu(self, channel: Channel, who: "Member", name: str) -> Interaction:
        """Choose from a person's context menu."""
        command = find_command(self._api.world, channel, self.user, name, USER)
        resolved: Json = {}
        resolve(who.user, channel.guild, resolved)
        data = menu_data(command, who.id, resolved)
        return await self._ask(channel, COMMAND, data, command=command)

    async def click(self, message: Message, custom_id: str) -> Interaction:
        """Press a button."""
        part = message.component(custom_id)
        assert part["type"] == 2, f"{custom_id!r} is no button."
        data = {"component_type": 2, "custom_id": custom_id, "id": part["id"]}
        return await self._ask(message.channel, COMPONENT, data, source=message)

    async def select(self, message: Message, custom_id: str, values: Sequence[Any]) -> Interaction:
        """Pick from a menu: values, or people, roles and rooms."""
        part = message.component(custom_id)
        data: Json = {"component_type": part["type"], "custom_id": custom_id, "id": part["id"]}
        data["values"] = pick(part, values)
        if part["type"] != 3:
            data["resolved"] = {}
            for value in values:
                resolve(value, message.channel.guild, data["resolved"])
        return await self._ask(message.channel, COMPONENT, data, source=message)

    async def submit(self, form: Form, values: Mapping[str, Any]) -> Interaction:
        """Send a form."""
        opener = form.opener
        data: Json = {"custom_id": form.custom_id, "components": form.filled(values)}
        resolved: Json = {}
        for key, value in values.items():
            if form.fields[key]["type"] in (5, 6, 7, 8, UPLOAD):
                for item in value:
                    resolve(item, opener.channel.guild, resolved)
        data["resolved"] = resolved
        return await self._ask(opener.channel, SUBMIT, data, source=opener.source, trigger=opener)

    async def again(self, asked: Interaction, times: int) -> None:
        """Have the same interaction delivered so many times more, all at once."""
        guild = asked.channel.guild
        told = [
            self._api.gateway.tell("INTERACTION_CREATE", asked.event, guild) for _ in range(times)
        ]
        await asyncio.gather(*told)

    async def say(self, channel: Channel, text: str, *, reply_to: Message | None = None) -> Message:
        """Write in a room."""
        assert channel.permissions(self.user) & SEND, f"{self.name} may not write there."
        world = self._api.world
        payload: Json = {"content": text}
        answers = reply_to is not None and reply_to.author is world.bot
        named = answers or f"<@{world.bot.id}>" in text or f"<@!{world.bot.id}>" in text
        if named:
            payload["mentions"] = [user_json(world.bot)]
        if reply_to is not None:
            where = {"type": 0, "channel_id": str(channel.id), "message_id": str(reply_to.id)}
            payload |= {"type": REPLY, "message_reference": where}
            payload["referenced_message"] = message_json(reply_to)
        message = world.message(channel, self.user, **payload)
        if channel.permissions(world.bot) & VIEW:
            data = event_json(message)
            await self._api.gateway.tell_message("MESSAGE_CREATE", data, channel, seen=bool(named))
        return message

    async def mention(self, channel: Channel, text: str) -> Message:
        """Write to the bot in a room, by its name."""
        return await self.say(channel, f"<@{self._api.world.bot.id}> {text}")

    async def dm(self, text: str) -> Message:
        """Write to the bot alone."""
        return await self.say(self.talk, text)

    async def _ask(
        self,
        channel: Channel,
        kind: int,
        data: Json,
        *,
        command: Json | None = None,
        source: Message | None = None,
        trigger: Interaction | None = None,
    ) -> Interaction:
        api = self._api
        if source is not None or trigger is not None:
            await _hand()
        has = channel.permissions(self.user)
        assert has & VIEW, f"{self.name} does not see this room."
        through = owners(api.world, channel, self.user)
        if command is not None:
            through = {k: v for k, v in through.items() if int(k) in command["integration_types"]}
        elif trigger is not None:
            through = dict(trigger.owners)
        hushed = channel.guild is not None and "0" not in through and not has & USE_EXTERNAL_APPS
        asked = Interaction(
            api.clock.snowflake(),
            secrets.token_urlsafe(60),
            kind,
            self.user,
            channel,
            through,
            data,
            api.pulse,
            api.clock.now(),
            source,
            trigger,
            type_in_focus(data) if kind == AUTOCOMPLETE else 3,
            hushed,
        )
        api.interactions[asked.token] = asked
        event = scene(api.world, channel, self.user) | {
            "id": str(asked.id),
            "token": asked.token,
            "type": kind,
            "data": data,
            "authorizing_integration_owners": through,
        }
        if source is not None:
            event["message"] = message_json(source)
        asked.event = event
        await api.gateway.tell("INTERACTION_CREATE", event, channel.guild)
        return asked
