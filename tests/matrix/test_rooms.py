"""Who may do what where, and into which rooms the bot comes, stays, and follows."""

import pytest

from benchmarks.homeserver import NAME
from bot.adapters.matrix.handlers.command_state import KIND
from bot.platform import Notification, Undeliverable
from bot.rate_limit import PERSON, RateLimiter
from commands import COMMANDS
from commands.kit.invocation import Role
from commands.kit.reply import Action, Reply
from store import Store
from store.workflow.state import RoomSettings
from tests.matrix.desk import MatrixBot, Room, hear_out
from tests.matrix.people import Json, Somebody
from tests.matrix.rooms import alone_with, members, until
from tests.matrix.trial_commands import secret, whoami


@pytest.fixture
def bot(bot: MatrixBot) -> MatrixBot:
    bot.commands = (*COMMANDS, whoami, secret)
    return bot


async def ask_whoami(person: Somebody, room: str) -> str:
    body: str = (await person.ask(room, "!whoami"))["body"]
    return body.partition(" ")[2]


@pytest.mark.parametrize("version", ["11", "12"])
async def test_levels_in_a_home_room_make_moderators_and_admins(
    bot: MatrixBot, anna: Somebody, boris: Somebody, version: str
) -> None:
    """In rooms of version 12 the creator is in no list, and was taken for a reader."""
    home = await anna.room(boris.id, room_version=version)
    await boris.join(home)
    bot.homes = {home}
    async with bot.running():
        await anna.invite(home, bot.id)
        await anna.joined(home, bot.id)
        assert await ask_whoami(anna, home) == "ADMIN managed"
        assert await ask_whoami(boris, home) == "READER not managed"
        assert (await boris.ask(home, "!secret"))["body"].startswith(
            "Only moderators can use !secret."
        )
        levels = await anna.call("GET", "rooms", home, "state", "m.room.power_levels")
        users = {**levels["users"], boris.id: 50}
        await anna.put(home, "m.room.power_levels", {**levels, "users": users})
        assert await ask_whoami(boris, home) == "MODERATOR managed"
        assert (await boris.ask(home, "!secret"))["body"] == "The secret"


async def test_moderators_in_a_home_room_are_not_slowed(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    home = await anna.room(boris.id)
    await boris.join(home)
    bot.homes, bot.paces = {home}, RateLimiter(lambda: 0.0)
    async with bot.running():
        await anna.invite(home, bot.id)
        await anna.joined(home, bot.id)
        for person in (boris, anna):
            for _ in range(PERSON.most):
                assert (await ask_whoami(person, home)).endswith("managed")
        assert await ask_whoami(anna, home) == "ADMIN managed"
        assert (await boris.ask(home, "!whoami"))["body"].startswith("Too fast.")


async def test_elsewhere_and_in_private_everyone_reads(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    bot.homes = {f"!elsewhere:{NAME}"}
    async with bot.running():
        away = await anna.room(boris.id, bot.id)
        await anna.joined(away, bot.id)
        assert await ask_whoami(anna, away) == "READER managed"
        alone = await alone_with(bot, anna)
        before = len(anna.seen)
        await anna.say(alone, "whoami")
        assert (await anna.next_from(alone, bot.id, before))["body"].endswith("READER not managed")
        before = len(anna.seen)
        await anna.say(alone, "secret")
        refused = (await anna.next_from(alone, bot.id, before))["body"].replace("\u2060", "")
        assert refused == (
            "Only moderators can use !secret.\n"
            "In private everyone is a reader. Ask in the desk’s channel or room."
        )


async def test_only_people_and_servers_of_the_settings_can_invite(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    bot.invites = {boris.id, "elsewhere.example"}
    async with bot.running():
        refused = await anna.room(bot.id)
        await anna.wait(
            lambda event: (
                event["room_id"] == refused
                and event.get("state_key") == bot.id
                and event["content"]["membership"] == "leave"
            )
        )
        taken = await boris.room(bot.id)
        await boris.joined(taken, bot.id)


async def test_an_invitation_to_a_home_room_is_taken_whoever_sends_it(
    bot: MatrixBot, anna: Somebody
) -> None:
    bot.invites = set()
    home = await anna.room()
    bot.homes = {home}
    async with bot.running():
        await anna.invite(home, bot.id)
        await anna.joined(home, bot.id)


@pytest.mark.parametrize("rule", ["knock", "restricted", "knock_restricted"])
async def test_a_room_that_not_everybody_may_enter_is_answered(
    bot: MatrixBot, anna: Somebody, boris: Somebody, rule: str
) -> None:
    space = await anna.room(creation_content={"type": "m.space"})
    room = await anna.room(boris.id, room_version="11")
    await boris.join(room)
    allow = [{"type": "m.room_membership", "room_id": space}] if "restricted" in rule else []
    await anna.put(room, "m.room.join_rules", {"join_rule": rule, "allow": allow})
    async with bot.running():
        await anna.invite(room, bot.id)
        await anna.joined(room, bot.id)
        assert (await boris.ask(room, "!status Pokrovsk"))["body"].startswith("Pokrovsk: ")


ODD_NAMES = ["<b>@room</b>", "@sitrep:sitrep.test", "\u202egnal\u202c", "  ", "𝔄𝔫𝔫𝔞 " * 40]


@pytest.mark.parametrize("name", ODD_NAMES)
async def test_who_has_an_odd_name_is_answered_and_it_does_nothing(
    bot: MatrixBot, anna: Somebody, boris: Somebody, name: str
) -> None:
    await anna.call("PUT", "profile", anna.id, "displayname", displayname=name)
    async with bot.running():
        room = await anna.room(bot.id, boris.id, name=name)
        await anna.joined(room, bot.id)
        answer = await anna.ask(room, "!whoami")
        assert answer["body"].endswith("READER managed")
        assert answer["m.mentions"] == {}
        assert "<b>@room" not in answer.get("formatted_body", "")


async def test_an_invitation_that_came_while_it_was_away_is_taken(
    bot: MatrixBot, anna: Somebody
) -> None:
    async with bot.running():
        pass
    room = await anna.room(bot.id)
    async with bot.running():
        await anna.joined(room, bot.id)


async def test_it_leaves_when_who_manages_the_room_says_so(room: Room, boris: Somebody) -> None:
    await boris.say(room.id, "!leave")
    await boris.ask(room.id, "!about")
    assert room.bot.id in await members(boris, room.id)
    await room.owner.say(room.id, "!leave")

    async def gone() -> bool:
        return room.bot.id not in await members(boris, room.id)

    await until(gone)


async def test_it_comes_again_after_it_was_kicked(room: Room) -> None:
    await room.owner.call("POST", "rooms", room.id, "kick", user_id=room.bot.id)
    await room.owner.invite(room.id, room.bot.id)

    async def back() -> bool:
        return room.bot.id in await members(room.owner, room.id)

    await until(back)
    assert (await room.ask("!about"))["body"]


async def test_a_space_is_joined_without_a_word(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    """It was greeted and answered in, where nobody reads messages."""
    async with bot.running():
        space = await anna.room(bot.id, boris.id, creation_content={"type": "m.space"})
        await anna.joined(space, bot.id)
        await anna.say(space, "!about")
        room = await anna.room(bot.id, boris.id)
        assert await anna.next_from(room, bot.id)
        assert await hear_out(anna, bot, space) == []


async def test_after_a_kick_and_an_invitation_it_greets_once_more(room: Room) -> None:
    anna, bot = room.owner, room.bot
    await anna.next_from(room.id, bot.id)
    before = len(anna.seen)
    await anna.call("POST", "rooms", room.id, "kick", user_id=bot.id)
    await anna.invite(room.id, bot.id)
    assert (await anna.next_from(room.id, bot.id, before))["body"].startswith("Ask, such as")
    assert len(await hear_out(anna, bot, room.id)) == 2


async def test_where_it_may_not_write_whoever_manages_the_room_is_told_once(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    """Only the log knew."""
    async with bot.running():
        quiet = {"power_level_content_override": {"events_default": 10}, "name": "Announcements"}
        room = await anna.room(bot.id, boris.id, **quiet)
        private = await anna.invited()
        await anna.join(private)
        event = await anna.next_from(private, bot.id)
        assert event["body"].strip("\u2060") == (
            "I may not write in Announcements. Let me send messages there, or remove me from it."
        )
        await anna.say(room, "!about")
        await anna.say(room, "!about")
        assert len(await hear_out(anna, bot, private)) == 1
    assert not boris.invites - {room}


async def test_it_follows_a_room_that_is_upgraded_with_its_settings(
    bot: MatrixBot, anna: Somebody, boris: Somebody, store: Store
) -> None:
    home = await anna.room(boris.id, room_version="11")
    bot.homes = {home}
    async with bot.running():
        await anna.invite(home, bot.id)
        await anna.joined(home, bot.id)
        await anna.say(home, "!room answers:private")
        await anna.invited()
        room = await anna.call("POST", "rooms", home, "upgrade", new_version="12")
        new = room["replacement_room"]
        await anna.invite(new, bot.id)
        await anna.joined(new, bot.id)

        async def moved() -> bool:
            return len(await store.history.of(f"room:matrix:{new}")) > 1

        await until(moved)
        assert await store.program_state.room("matrix", new) == RoomSettings(public=False)
        *_, done = await store.history.of(f"room:matrix:{new}")
        assert done.why == "The room was upgraded."
        await anna.invite(new, boris.id)
        private = await anna.invited()
        await anna.join(private)
        await anna.next_from(private, bot.id)
        before = len(anna.seen)
        await anna.say(new, "!whoami")
        answer = await anna.next_from(private, bot.id, before)
        assert answer["body"].endswith("ADMIN managed")


async def test_news_comes_to_a_person_in_private_and_once(bot: MatrixBot, anna: Somebody) -> None:
    async with bot.running() as platform:
        again, reply = Action("Again", "me"), Reply(("Your draft was filed",))
        news = Notification(reply, "draft:7", again, person=anna.id)
        assert await platform.posting.post(news) == await platform.posting.post(news)
        private = await anna.invited()
        await anna.join(private)
        event = await anna.next_from(private, bot.id)
        assert event["body"].startswith("Your draft was filed")
        with pytest.raises(Undeliverable):
            await platform.posting.post(Notification(reply, "draft:8", again, person="nobody"))
        assert len(await hear_out(anna, bot, private)) == 1


async def test_what_is_said_unasked_is_said_once_in_a_room_and_to_a_person(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    async with bot.running() as platform:
        room = await anna.room(bot.id, boris.id)
        await anna.joined(room, bot.id)
        assert (await anna.ask(room, "!about"))["body"]
        again = Action("Again", "claims")
        daily = Notification(Reply(("What changed",)), "digest:1", again, room=room)
        first = await platform.posting.post(daily)
        assert await platform.posting.post(daily) == first
        event = await anna.wait(lambda event: event["event_id"] == first.message)
        assert event["content"]["body"].startswith("What changed")
        await platform.posting.post(
            Notification(Reply(("News",)), "watch:1", again, person=anna.id)
        )
        assert await anna.invited()
        with pytest.raises(Undeliverable) as told:
            await platform.posting.post(
                Notification(Reply(("x",)), "digest:2", again, room="!none:x")
            )
        assert told.value.gone
    assert not platform.posting.ready


async def command_states(person: Somebody, room: str) -> list[Json]:
    state = await person.call("GET", "rooms", room, "state")
    return [event for event in state if event["type"] == KIND]


async def test_commands_are_described_where_it_may_send_state_and_once(
    bot: MatrixBot, anna: Somebody, boris: Somebody
) -> None:
    readers = [command for command in bot.commands if command.role is Role.READER]
    async with bot.running():
        room = await anna.room(bot.id, boris.id)
        await anna.joined(room, bot.id)
        await anna.ask(room, "!about")
        assert await command_states(anna, room) == []
        levels = await anna.call("GET", "rooms", room, "state", "m.room.power_levels")
        await anna.put(
            room, "m.room.power_levels", {**levels, "users": {**levels["users"], bot.id: 50}}
        )

        async def all_there() -> bool:
            return len(await command_states(anna, room)) == len(readers)

        await until(all_there)
    there = {event["content"]["command"]: event for event in await command_states(anna, room)}
    assert "secret" not in there
    status = there["status"]["content"]
    assert status["description"]["m.text"][0]["body"].startswith("Show the situation")
    assert [
        (parameter["key"], parameter.get("optional", False)) for parameter in status["parameters"]
    ] == [
        ("place", False),
        ("at", True),
    ]
    verdict = there["claims"]["content"]["parameters"][4]
    assert verdict["schema"]["variants"][0]["value"] == "confirmed"
    async with bot.running():
        await anna.ask(room, "!about")
    again = {event["content"]["command"]: event for event in await command_states(anna, room)}
    assert {event["event_id"] for event in again.values()} == {
        event["event_id"] for event in there.values()
    }
