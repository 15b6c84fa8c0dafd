"""A home room with somebody who keeps the record and a reader, and commands that offer."""

from dataclasses import dataclass, field

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.invocation import Role
from commands.kit.reply import Action, Reply
from tests.matrix.desk import MatrixBot
from tests.matrix.people import Json, Somebody

CLAIM = (
    '!add claim "The road is cut." attribution:anonymous place:Pokrovsk day:"5 Nov" source:S-1'
    " control:russian_held"
)


@dataclass
class Deeds:
    """Who did it, and under which key."""

    done: list[tuple[str, str]] = field(default_factory=list)


DEEDS = Deeds()


@command()
async def propose(_ctx: Context) -> Reply:
    """Propose a deed of moderators to the room."""
    return Reply(
        ("Do it?",),
        (),
        (Action("Do it now", "perform", {}, confirms=True), Action("Do nothing", "whom")),
    )


@command(role=Role.MODERATOR)
async def perform(ctx: Context) -> Reply:
    """Do it."""
    DEEDS.done.append((ctx.caller.name, ctx.key))
    return Reply((f"Done by {ctx.caller.name}",))


@command()
async def whom(ctx: Context) -> Reply:
    """Say who asks."""
    return Reply((f"It is {ctx.caller.name}",))


@dataclass
class Home:
    """A home room of anna's, who is an admin there, with boris, a reader."""

    bot: MatrixBot
    anna: Somebody
    boris: Somebody
    id: str

    async def proposed(self) -> str:
        """Have boris ask for a proposal; return its message."""
        await self.boris.ask(self.id, "!propose")
        return await self.message(self.anna, "Do it?")

    async def message(self, reader: Somebody, begins: str) -> str:
        event = await reader.wait(
            lambda event: (
                event["sender"] == self.bot.id
                and str(event["content"].get("body", "")).startswith(begins)
            )
        )
        return str(event["event_id"])

    async def card(self) -> tuple[str, str, str]:
        """Have anna begin a claim; return the room, the message and the words of its card."""
        await self.anna.say(self.id, CLAIM)
        private = await self.anna.invited()
        await self.anna.join(private)
        event = await self.anna.next_from(private, self.bot.id)
        return private, await self.message(self.anna, "D-1"), event["body"]


def replying(message: str) -> Json:
    return {"m.relates_to": {"m.in_reply_to": {"event_id": message}}}


async def reply(person: Somebody, room: str, message: str, body: str) -> Json:
    """Reply to a message of the bot's; return what comes next in that room from it."""
    sender = next(event["sender"] for event in person.seen if event["event_id"] == message)
    before = len(person.seen)
    await person.say(room, body, **replying(message))
    return await person.next_from(room, sender, before)
