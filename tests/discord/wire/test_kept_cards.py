"""Answers and cards that are kept, on the wire: to everybody as if each were made for them."""

from collections.abc import AsyncIterator
from datetime import timedelta

from bot.kept_answers import KeptAnswers
from commands.kit.invocation import Role
from store.model.revision import Act, Person
from store.workflow.state import RoomSettings
from tests.discord.loopback import Channel, Member, Message
from tests.discord.loopback.world import MANAGE_MESSAGES
from tests.discord.simulation import NOW
from tests.discord.wire.stage import Stage, labels
from tests.fakes import Talk

STATUS = {"place": "Pokrovsk"}
Shown = tuple[bool, object, str]
Scene = tuple[Member, Channel]


async def set_scenes(stage: Stage) -> list[Scene]:
    """Return who asks where: readers of two languages, a moderator, in private, for all to see."""
    store, server = stage.bot.store, stage.server
    open_room = server.channel(stage.guild, "open")
    act = Act("open", "room", Person("discord", "1", "A manager"), NOW, "To see.")
    to = RoomSettings(public=True, language="uk")
    await store.program_state.set_room(act, "discord", str(open_room.id), to)
    role = server.role(stage.guild, "desk", MANAGE_MESSAGES)
    stage.bot.homes.add(str(stage.guild.id))
    stage.bot.moderators.add(str(role.id))
    guest = server.member(stage.guild, "Reader Two", locale="uk")
    moderator = server.member(stage.guild, "Moderator One", roles=[role])
    everybody = (stage.reader, guest, moderator)
    return [(who, where) for who in everybody for where in (stage.room, open_room, who.talk)]


async def ask_all(scenes: list[Scene]) -> AsyncIterator[Shown]:
    """Yield what each is shown, and what one more press shows: the whole picture."""
    for who, where in scenes:
        answer = await (await who.slash(where, "status", STATUS)).answer()
        yield show(answer)
        more = next(label for label in labels(answer) if label in {"More", "Більше", "Далі"})
        yield show(await (await who.click(answer, labels(answer)[more])).answer())


def show(answer: Message) -> Shown:
    return answer.ephemeral, answer.components, answer.text


async def test_what_is_kept_is_shown_to_each_as_if_it_were_made_for_them(stage: Stage) -> None:
    """By language, room and role, before and after a write and at midnight."""
    scenes, store, kept = await set_scenes(stage), stage.bot.store, KeptAnswers(16_000_000)
    store.on_change(kept.forget)
    for change, answers in (("", 4), ("/retract E-50 why:Wrong.", 4), ("tomorrow", 8)):
        if change == "tomorrow":
            stage.bot.now += timedelta(days=1)
        elif change:
            assert not (await Talk(store)(change, Role.ADMIN)).refused
        stage.bot.kept = None
        async with stage.running():
            anew = [shown async for shown in ask_all(scenes)]
        stage.bot.kept = kept
        async with stage.running():
            for _ in range(2):
                assert [shown async for shown in ask_all(scenes)] == anew
        assert kept.answers == answers  # two questions of two roles, of each day
