"""Who may do what, where; and when commands are declared."""

import pytest
import simcord

from commands import COMMANDS
from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.invocation import Role
from commands.kit.reply import Reply
from store import Store
from tests.discord.simulation import HOME, DiscordBot, answer_of, serving
from tests.discord.steps import moderator, warden
from tests.discord.trial_commands import FILE, note

GLOBAL, AT_HOME = "/commands", f"/guilds/{HOME}/commands"


@command()
async def whoami(ctx: Context) -> Reply:
    """Say who asks."""
    managed = "managed" if ctx.room.managed else "not managed"
    return Reply((f"{ctx.caller.platform} {ctx.caller.role.name} {managed}",))


@command(role=Role.MODERATOR, group="desk")
async def secret(ctx: Context) -> Reply:
    """Answer moderators alone."""
    return Reply((f"The secret of {ctx.caller.name}",))


def role_bot(store: Store) -> DiscordBot:
    return DiscordBot(store, commands=(*COMMANDS, whoami, note, secret))


async def role_of(who: simcord.MemberActor, room: simcord.ChannelHandle) -> str:
    return answer_of(await who.slash(room, "whoami")).text.strip("*")


async def test_roles_come_from_the_home_server(store: Store) -> None:
    async with serving(role_bot(store), HOME) as here:
        desk = moderator(here)
        assert await role_of(here.reader, here.room) == "discord READER not managed"
        assert await role_of(desk, here.room) == "discord MODERATOR not managed"
        assert await role_of(here.manager(), here.room) == "discord ADMIN managed"


async def test_elsewhere_everyone_reads_and_a_manager_manages_the_server_alone(
    store: Store,
) -> None:
    async with serving(role_bot(store)) as here:
        desk = moderator(here)
        assert await role_of(desk, here.room) == "discord READER not managed"
        assert await role_of(here.manager(), here.room) == "discord READER managed"


async def test_in_a_private_chat_everyone_reads(store: Store) -> None:
    async with serving(role_bot(store), HOME) as here:
        for who in (moderator(here), here.manager()):
            answer = answer_of(await who.user.slash("whoami"))
            assert answer.plain == "discord READER not managed"
            await who.send_dm("desk secret")
            refused = answer_of(who.user.dm_channel.last_message)
            assert refused.plain == (
                "Only moderators can use `/desk secret`.\n"
                "In private everyone is a reader. Ask in the desk’s channel or room."
            )


async def test_a_mention_carries_the_same_role(store: Store) -> None:
    async with serving(role_bot(store), HOME) as here:
        desk = moderator(here)
        await desk.send(here.room, f"{here.mention} desk secret")
        assert here.last().plain == "The secret of desk member"
        await here.reader.send(here.room, f"{here.mention} desk secret")
        assert here.last().plain == "Only moderators can use `/desk secret`."


async def test_moderators_commands_are_declared_at_home_alone(store: Store) -> None:
    async with serving(role_bot(store), HOME) as here:
        own = {"note", "desk secret"}
        assert own <= set(moderator(here).available_commands(here.room))
        assert not own & set(here.reader.available_commands(here.room))
        away = here.env.create_guild("Elsewhere")
        room = away.create_text_channel("general")
        visitor = away.add_member(here.reader.user)
        assert set(visitor.available_commands(room)) == {
            *(command.path for command in COMMANDS if command.role is Role.READER),
            "whoami",
        }
        message = await visitor.send(room, "Pokrovsk")
        with pytest.raises(simcord.SetupError):
            await visitor.context_menu(room, FILE, message)
        assert answer_of(await visitor.context_menu(room, "Check this", message)).private


async def test_who_finds_a_moderators_command_and_is_none_is_refused(store: Store) -> None:
    async with serving(role_bot(store), HOME) as here:
        refused = answer_of(await warden(here).slash(here.room, "desk secret"))
        assert refused.plain == "Only moderators can use `/desk secret`."
        assert refused.private
        answer = answer_of(await moderator(here).slash(here.room, "desk secret"))
        assert answer.plain == "The secret of desk member"


async def test_a_parameter_for_moderators_is_taken_from_them_in_words(store: Store) -> None:
    async with serving(role_bot(store), HOME) as here:
        asked = f"{here.mention} status Pokrovsk recorded:2025-11-07"
        await here.reader.send(here.room, asked)
        assert here.last().plain.startswith("Only moderators can use recorded.")
        await moderator(here).send(here.room, asked)
        assert here.last().first.startswith("Pokrovsk: ◆ Contested")


async def test_commands_are_declared_once_and_again_when_they_changed(store: Store) -> None:
    bot = role_bot(store)
    async with serving(bot) as here:
        assert [path.partition("000/")[2] for path in here.declarations()] == [
            GLOBAL.strip("/"),
            AT_HOME.strip("/"),
        ]
        await here.env.restart_bot(bot.client())
        assert len(here.declarations()) == 2
        bot.commands = (*COMMANDS, note, secret)
        await here.env.restart_bot(bot.client())
        assert len(here.declarations()) == 3
        assert "whoami" not in here.reader.available_commands(here.room)
        bot.commands = COMMANDS
        await here.env.restart_bot(bot.client())
        assert len(here.declarations()) == 4
        assert here.declarations()[-1].endswith(AT_HOME)


async def test_commands_that_discord_refuses_are_logged_and_declared_next_time(
    store: Store,
) -> None:
    bot = role_bot(store)
    async with serving(bot) as here:
        bot.commands = COMMANDS
        here.env.inject_error("PUT", "/applications/*/commands", status=403, code=50001)
        await here.env.restart_bot(bot.client())
        assert [line["event"] for line in bot.logged] == ["commands not declared"]
        assert answer_of(await here.reader.slash(here.room, "about")).private
        await here.env.restart_bot(bot.client())
        assert "whoami" not in here.reader.available_commands(here.room)
