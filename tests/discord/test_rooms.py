"""A room whose manager wants its answers public."""

import discord

from bot.i18n.catalogues import LANGUAGES
from bot.rate_limit import PERSON, RateLimiter
from commands import COMMANDS
from commands.kit.params.basic import OneOf
from store import Store
from tests.discord.simulation import DiscordBot, answer_of, serving
from tests.discord.steps import make_public, put_into_ukrainian
from tests.discord.trial_commands import slow, slow_refusal


async def test_only_who_manages_the_server_says_how_its_rooms_answer(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        refused = answer_of(await here.reader.slash(here.room, "room", answers="public"))
        assert "Only managers of this server" in refused.plain
        assert refused.private
        assert answer_of(await here.reader.slash(here.room, "help")).private
        assert await store.history.of(f"room:discord:{here.room.id}") == ()


async def test_nobody_manages_a_private_chat(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        refused = answer_of(await here.reader.user.slash("room", answers="public"))
        assert "Only managers can change that here" in refused.plain


async def test_a_room_made_public_is_on_record_once_with_who_did_it(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        await make_public(here)
        (done,) = await store.history.of(f"room:discord:{here.room.id}")
        assert (done.act, done.platform, done.by) == ("room", "discord", "manager")
        assert done.before == {"public": False, "language": ""}
        assert done.after == {"public": True, "language": ""}


async def test_a_public_room_gets_public_answers_and_no_other_room_does(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        await make_public(here)
        answer = answer_of(await here.reader.slash(here.room, "status", place="Pokrovsk"))
        assert not answer.private
        assert "Post here" not in answer.buttons
        elsewhere = here.guild.create_text_channel("elsewhere")
        assert answer_of(await here.reader.slash(elsewhere, "help")).private


async def test_a_restarted_bot_knows_which_rooms_are_public(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        await make_public(here)
        await here.env.restart_bot(here.desk.client())
        assert not answer_of(await here.reader.slash(here.room, "help")).private


async def test_errors_and_what_is_for_the_asker_stay_private_in_a_public_room(
    store: Store,
) -> None:
    async with serving(DiscordBot(store, paces=RateLimiter(lambda: 0.0))) as here:
        await make_public(here)
        wrong = await here.reader.slash(here.room, "entry", ref="nonsense")
        assert answer_of(wrong).private
        assert answer_of(await here.reader.slash(here.room, "room")).private
        assert answer_of(await here.reader.slash(here.room, "lookup", text="Pokrovsk")).private
        for _ in range(PERSON.most):
            answer = await here.reader.slash(here.room, "about")
        assert answer_of(answer).plain.startswith("Too fast.")
        assert answer_of(answer).private


async def test_a_public_wait_for_an_answer_ends_in_it(store: Store) -> None:
    async with serving(DiscordBot(store, commands=(*COMMANDS, slow))) as here:
        await make_public(here)
        answer = answer_of(await here.reader.slash(here.room, "slow"))
        assert not answer.private
        assert answer.plain == here.last().plain == "At last, reader"


async def test_a_public_wait_that_ends_in_a_refusal_ends_unseen(store: Store) -> None:
    async with serving(DiscordBot(store, commands=(*COMMANDS, slow_refusal))) as here:
        await make_public(here)
        await here.reader.slash(here.room, "slow_refusal")
        assert here.room.history(viewer=here.member("other")) == []
        gone, told = here.env.http_requests[-2:]
        assert (gone.method, gone.path.rpartition("/")[2]) == ("DELETE", "@original")
        assert told.json is not None
        assert "Not you." in str(told.json)
        assert discord.MessageFlags._from_value(told.json["flags"]).ephemeral


async def test_only_who_manages_the_server_says_what_language_its_rooms_speak(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        refused = answer_of(await here.reader.slash(here.room, "room", language="uk"))
        assert "Only managers of this server" in refused.plain
        assert await store.history.of(f"room:discord:{here.room.id}") == ()


async def test_each_setting_of_a_room_stays_when_the_other_is_set_and_both_are_told(
    store: Store,
) -> None:
    async with serving(DiscordBot(store)) as here:
        before = answer_of(await here.reader.slash(here.room, "room"))
        assert (
            "Seen by: only the person who asks\nLanguage: the server’s or the desk’s"
            in before.plain
        )
        await make_public(here)
        manager = here.manager("second")
        told = answer_of(await manager.slash(here.room, "room", language="uk"))
        assert "Seen by: everyone here\nLanguage: Ukrainian" in told.plain
        told = answer_of(await manager.slash(here.room, "room", answers="private"))
        assert "Seen by: only the person who asks\nLanguage: Ukrainian" in told.plain
        told = answer_of(await manager.slash(here.room, "room", language="desk", answers="public"))
        assert "Seen by: everyone here\nLanguage: the server’s or the desk’s" in told.plain
        *_, last = await store.history.of(f"room:discord:{here.room.id}")
        assert last.before == {"public": False, "language": "uk"}
        assert last.after == {"public": True, "language": ""}


async def test_what_everyone_sees_is_in_the_rooms_language_and_what_one_sees_in_theirs(
    store: Store,
) -> None:
    async with serving(DiscordBot(store)) as here:
        await put_into_ukrainian(here)
        await here.reader.send(here.room, f"{here.mention} about")
        assert "It is not live." not in here.last().plain
        private = answer_of(await here.reader.slash(here.room, "about"))
        assert "It is not live." in private.plain
        await make_public(here)
        public = answer_of(await here.reader.slash(here.room, "about"))
        assert not public.private
        assert "It is not live." not in public.plain
        assert public.plain == here.last().plain


async def test_a_room_without_a_language_speaks_the_servers(store: Store) -> None:
    """Public answers did, and answers to mentions did not."""
    async with serving(DiscordBot(store)) as here:
        server = here.env.create_guild(preferred_locale="uk")
        room = server.create_text_channel("general")
        await server.add_member(here.env.create_user("guest")).send(room, f"{here.mention} about")
        assert "It is not live." not in answer_of(room.last_message).plain


async def test_without_that_it_speaks_the_desks_and_not_discords_default(store: Store) -> None:
    """Discord says en-US of every server that never chose, and that went before the desk's."""
    async with serving(DiscordBot(store, language="uk")) as here:
        await make_public(here)
        public = answer_of(await here.reader.slash(here.room, "about"))
        assert not public.private
        assert "It is not live." not in public.plain


def test_a_room_can_have_every_language_that_is_spoken() -> None:
    (room,) = [command for command in COMMANDS if command.name == "room"]
    param = room.param("language")
    assert param is not None
    assert isinstance(param.type, OneOf)
    assert set(param.type.choices) == {*LANGUAGES, "desk"}
