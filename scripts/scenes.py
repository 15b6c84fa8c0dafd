"""What moderators do, played for the pictures: each scene ends with the card that is shown."""

import re
from collections.abc import Awaitable, Callable

import simcord

from tests.discord.simulation import Server, Shown, shown

Scene = Callable[[Server, simcord.ChannelHandle], Awaitable[simcord.MemberActor]]

CLAIM = {
    "text": "Vladimir Putin claimed that Pokrovsk and Kupiansk were already surrounded.",
    "by": "Putin",
    "day": "2025-10-29",
    "place": "Pokrovsk",
    "source": "S-1",
}
"""As the seeds have it: a picture says nothing that no source says."""
FOOTAGE = (
    "The Skelia Assault Regiment released footage of the Ukrainian flag being raised in Pokrovsk."
)


def moderator(here: Server) -> simcord.MemberActor:
    """Return a moderator whose client speaks the language of the picture."""
    who = here.moderator("moderator")
    here.desk.locales[who.id] = here.desk.language
    return who


async def file(who: simcord.MemberActor, card: Shown) -> Shown:
    """Press what files a draft, whatever it is called."""
    (button, *_) = [key for key in card.buttons.values() if "/draft file" in key]
    return shown(await who.click(card.message, custom_id=button))


async def drafted(who: simcord.MemberActor, room: simcord.ChannelHandle, **other: str) -> Shown:
    """Send the form of a claim, and return the draft's card."""
    opened = await who.slash(room, "add claim")
    return shown(await who.submit_modal(opened, CLAIM | other))


async def draft(here: Server, room: simcord.ChannelHandle) -> simcord.MemberActor:
    """Show a draft that could be filed, whose form can be opened."""
    who = moderator(here)
    await drafted(who, room)
    return who


async def problem(here: Server, room: simcord.ChannelHandle) -> simcord.MemberActor:
    """Show a draft with much that is wrong."""
    who = moderator(here)
    await drafted(who, room, day="29 Okt", source="https://t.me/example/12", by="Vladmir Putin")
    return who


async def queue(here: Server, room: simcord.ChannelHandle) -> simcord.MemberActor:
    """Show a submission that waits."""
    who, elsewhere = moderator(here), here.guild.create_text_channel("submissions")
    given = {"text": FOOTAGE, "place": "Pokrovsk", "day": "2025-11-06", "source": "S-1"}
    await here.reader.slash(elsewhere, "submit", **given)
    await who.slash(room, "review")
    return who


async def history(here: Server, room: simcord.ChannelHandle) -> simcord.MemberActor:
    """Show an entry that was corrected twice."""
    who, elsewhere = moderator(here), here.guild.create_text_channel("workshop")
    card = await drafted(who, elsewhere, day="2025-10-28", place="Kupiansk")
    filed = await file(who, card)
    (ref, *_) = re.findall(r"E-[0-9]+", filed.plain)
    for what, why in (
        ({"day": "2025-10-29"}, "The article says the twenty-ninth."),
        ({"place": "Pokrovsk"}, "He spoke of Pokrovsk first."),
    ):
        opened = await who.slash(elsewhere, "edit", ref=ref)
        assert opened.modal is not None  # noqa: S101 -- so that it fails here
        rows = [row["component"] for row in opened.modal["components"]]
        there = {row["custom_id"]: row.get("value") or "" for row in rows}
        card = shown(await who.submit_modal(opened, there | what | {"why": why}))
        await file(who, card)
    await here.reader.slash(room, "entry", ref=ref)
    return here.reader


SCENES: dict[str, Scene] = {
    "form": draft,
    "draft": draft,
    "problem": problem,
    "queue": queue,
    "history": history,
}
