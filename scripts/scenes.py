"""What moderators do, played for the pictures: each scene ends with the card that is shown."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta

import simcord

from store.model.entry import Kind
from store.model.subject import Subject
from store.workflow.gaps import DayCount
from tests.bulk.drawn_areas import area
from tests.bulk.drawn_areas import areas as feature_list
from tests.bulk.workbooks import Cell, make_workbook
from tests.discord.simulation import Server, Shown, answer_of
from tests.store.conftest import KUPIANSK, MYRNOHRAD, addition, an_act, an_entry

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

JUDGED = "Deep State assesses that Pokrovsk is Russian-held."
"""Made up, as is what is drawn: to show what a change looks like."""
EAST = [[37.25, 48.36], [37.55, 48.42], [37.6, 48.1], [37.34, 48.05], [37.22, 48.2], [37.25, 48.36]]
WEST = [[37.1, 48.31], [37.25, 48.36], [37.22, 48.2], [37.12, 48.22], [37.1, 48.31]]
POST_HERE = ("Post here", "Опублікувати тут")
DEEP_STATE = 3
DRILLS = ("A drill: a drone hit the mill.", "A drill: shells hit the mill.")
FIRST_DAY = 45960
"""30 October 2025, as Excel counts days."""
ASKED_IN_VAIN = ((KUPIANSK, "strike"), (MYRNOHRAD, ""), (706483, ""))


def moderator(here: Server) -> simcord.MemberActor:
    """Return a moderator whose client speaks the language of the picture."""
    who = here.moderator("moderator")
    here.desk.locales[who.id] = here.desk.language
    return who


async def file(who: simcord.MemberActor, card: Shown) -> Shown:
    """Press what files a draft, whatever it is called."""
    (button, *_) = [key for key in card.buttons.values() if "/draft file" in key]
    return answer_of(await who.click(card.message, custom_id=button))


async def open_draft(who: simcord.MemberActor, room: simcord.ChannelHandle, **other: str) -> Shown:
    """Send the form of a claim, and return the draft's card."""
    opened = await who.slash(room, "add claim")
    return answer_of(await who.submit_modal(opened, CLAIM | other))


async def draft(here: Server, room: simcord.ChannelHandle) -> simcord.MemberActor:
    """Show a draft that could be filed, whose form can be opened."""
    who = moderator(here)
    await open_draft(who, room)
    return who


async def problem(here: Server, room: simcord.ChannelHandle) -> simcord.MemberActor:
    """Show a draft with much that is wrong."""
    who = moderator(here)
    await open_draft(who, room, day="29 Okt", source="https://t.me/example/12", by="Vladmir Putin")
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
    card = await open_draft(who, elsewhere, day="2025-10-28", place="Kupiansk")
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
        card = answer_of(await who.submit_modal(opened, there | what | {"why": why}))
        await file(who, card)
    await here.reader.slash(room, "entry", ref=ref)
    return here.reader


async def public_status(here: Server, room: simcord.ChannelHandle) -> simcord.MemberActor:
    """Show what all see of a place: one screen with its map."""
    card = answer_of(await here.reader.slash(room, "status", place="Pokrovsk"))
    ((menu, value),) = [
        (menu, value)
        for menu, options in card.menus.items()
        for label, value in options.items()
        if label in POST_HERE
    ]
    await here.reader.select(card.message, [value], custom_id=menu)
    return here.reader


async def new_judgement(here: Server, room: simcord.ChannelHandle) -> simcord.MemberActor:
    """Show a summary of a day on which an assessor changed their mind."""
    judged = {"kind": Kind.ASSESSMENT, "type": "control", "control": "russian_held"}
    entry = an_entry(text=JUDGED, actor_id=DEEP_STATE, **judged)
    await here.desk.store.history.write(an_act("judged"), addition(entry))
    await here.reader.slash(room, "digest", day="2025-11-07")
    return here.reader


async def areas(here: Server, room: simcord.ChannelHandle) -> simcord.MemberActor:
    """Show a map with the areas that somebody drew, made up for the picture."""
    who, elsewhere = moderator(here), here.guild.create_text_channel("maps")
    drawn = (area(EAST, control="russian_held"), area(WEST, control="contested"))
    given = {"assessor": "Deep State", "as_of": "2025-11-05", "source": "S-1"}
    await who.slash(elsewhere, "import", file=("map.geojson", feature_list(*drawn)), **given)
    await here.reader.slash(room, "map", place="Pokrovsk")
    return here.reader


async def gaps(here: Server, room: simcord.ChannelHandle) -> simcord.MemberActor:
    """Show what was asked in vain."""
    who, store = moderator(here), here.desk.store
    today = here.desk.now.date()
    for number, (place, kind) in enumerate(ASKED_IN_VAIN):
        for back in range(number + 1):
            count = DayCount(Subject(place, type=kind), today - timedelta(back), 3 + number)
            await store.gaps.keep((count,), today)
    await who.slash(room, "gaps")
    return who


async def send_workbook(who: simcord.MemberActor, room: simcord.ChannelHandle) -> Shown:
    """Send a workbook with one heading that nobody knows, and return what is asked back."""
    rows: list[list[Cell]] = [["Date", "Place", "Correspondent", "What", "Link"]]
    for number, text in enumerate(DRILLS):
        link = f"https://example.org/{number}"
        rows.append([FIRST_DAY + number, "Pokrovsk", "Deep State", text, link])
    file = ("log.xlsx", make_workbook({"Log": rows}, dates=[0]))
    return answer_of(await who.slash(room, "import", file=file))


async def sheet(here: Server, room: simcord.ChannelHandle) -> simcord.MemberActor:
    """Show what the columns of a workbook were read as, and the one that has to be chosen."""
    who = moderator(here)
    await send_workbook(who, room)
    return who


async def import_report(here: Server, room: simcord.ChannelHandle) -> simcord.MemberActor:
    """Show what the import of that workbook says, once its columns are chosen."""
    who = moderator(here)
    card = await send_workbook(who, room)
    for menu, value in ((1, "=3=who"), (0, "=event:strike")):
        custom_id = list(card.menus)[menu]
        card = answer_of(await who.select(card.message, [value], custom_id=custom_id))
    (button, *_) = card.buttons.values()
    await who.click(card.message, custom_id=button)
    return who


SCENES: dict[str, Scene] = {
    "posted": public_status,
    "judged": new_judgement,
    "areas": areas,
    "gaps": gaps,
    "sheet": sheet,
    "imported": import_report,
    "form": draft,
    "draft": draft,
    "problem": problem,
    "queue": queue,
    "history": history,
}
