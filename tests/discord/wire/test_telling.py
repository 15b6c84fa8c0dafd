"""A message in private that nobody asked for there: sent once, and quietly given up."""

from bot.adapters.discord.telling import tell
from commands.kit.reply import Action, Reply
from tests.discord.wire.stage import Stage, first_line

REPLY = Reply(("D-1 was turned down",), (), (Action("Open", "me", {"ref": "D-1"}),))


async def test_it_comes_in_private_and_once_for_its_key(stage: Stage) -> None:
    async with stage.running() as platform:
        person = str(stage.reader.id)
        assert await platform.tell(person, REPLY, "draft:1")
        assert await platform.tell(person, REPLY, "draft:1")
        (message,) = stage.reader.talk.messages.values()
        assert first_line(message) == "D-1 was turned down"
        assert stage.room.messages == {}


async def test_who_takes_no_messages_is_left_alone_with_one_line_of_the_log(stage: Stage) -> None:
    async with stage.running() as platform:
        stage.server.world.users[stage.reader.id].closed = True
        assert not await tell(platform.client, str(stage.reader.id), REPLY, "draft:1")
        assert stage.log("undelivered") == [{"status": 403, "code": 50007}]
