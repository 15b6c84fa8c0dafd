"""What people do on the simulated Discord, step by step."""

from collections.abc import Mapping

import simcord

from bot.adapters.discord.declaration.app_commands import MODERATORS
from tests.discord.simulation import Server, Shown, answer_of

SELECT = 3


async def make_public(here: Server) -> None:
    set_ = answer_of(await here.manager().slash(here.room, "room", answers="public"))
    assert set_.first == "Changed: answers here"
    assert set_.private


async def put_into_ukrainian(here: Server) -> None:
    set_ = answer_of(await here.manager().slash(here.room, "room", language="uk"))
    assert "Language: Ukrainian" in set_.plain


def moderator(here: Server, name: str = "desk member") -> simcord.MemberActor:
    return here.moderator(name)


def warden(here: Server) -> simcord.MemberActor:
    """Return somebody who sees the moderators' commands, and is none of this desk's."""
    return here.member("warden", here.guild.create_role("wardens", permissions=MODERATORS))


def inputs(opened: simcord.InteractionResult) -> dict[str, str]:
    """Return what an opened form holds, by the parameters it is for."""
    assert opened.modal is not None
    fields = [row["component"] for row in opened.modal["components"]]
    return {
        field["custom_id"]: field.get("value") or field.get("default") or "" for field in fields
    }


async def submit_form(
    who: simcord.MemberActor, opened: simcord.InteractionResult, values: Mapping[str, str]
) -> simcord.InteractionResult:
    """Send a form; what is chosen in a menu goes as a list, as a client sends it."""
    assert opened.modal is not None
    menus = {
        row["component"]["custom_id"]
        for row in opened.modal["components"]
        if row["component"]["type"] == SELECT
    }
    sent: dict[str, str | list[str]] = {
        name: [value] * bool(value) if name in menus else value for name, value in values.items()
    }
    return await who.submit_modal(opened, sent)


CLAIM = {
    "text": "The bridge at «Rodynske» is down.",
    "by": "Putin",
    "day": "2025-11-06",
    "place": "Pokrovsk",
    "source": "S-1",
}


async def file_claim(here: Server, who: simcord.MemberActor, **other: str) -> Shown:
    """File a claim's form, and return the draft's card."""
    opened = await who.slash(here.room, "add claim")
    return answer_of(await who.submit_modal(opened, CLAIM | other))


async def press(who: simcord.MemberActor, card: Shown, label: str) -> Shown:
    return answer_of(await who.click(card.message, label=label))


DRONE = {"text": "A drone hit the station.", "place": "Pokrovsk", "source": "S-1"}


async def ask(here: Server, who: simcord.MemberActor, line: str, **given: str) -> Shown:
    return answer_of(await who.slash(here.room, line, **given))


async def approve_submission(here: Server, who: simcord.MemberActor) -> Shown:
    """Return what is said when a submission is approved as E-65."""
    await ask(here, here.reader, "submit", **DRONE, day="2025-11-06")
    return await press(who, await ask(here, who, "review"), "Approve")


async def post_here(who: simcord.MemberActor, card: Shown) -> Shown:
    """Show a private answer to all: by its button, or beside four others from the menu."""
    if "Post here" in card.buttons:
        return answer_of(await who.click(card.message, label="Post here"))
    ((menu, value),) = [
        (menu, options["Post here"])
        for menu, options in card.menus.items()
        if "Post here" in options
    ]
    return answer_of(await who.select(card.message, [value], custom_id=menu))
