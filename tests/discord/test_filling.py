"""Forms and menus as people fill them in: opened from a line, a button, a menu; sent, put right."""

import asyncio
from typing import Annotated

import pytest
import simcord

from commands import COMMANDS
from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import BadParam
from commands.kit.inlines import T
from commands.kit.params.basic import FreeText, Hidden
from commands.kit.params.day_values import OnDay
from commands.kit.reply import (
    Action,
    Audience,
    Choice,
    Facts,
    Field,
    Form,
    Pick,
    Reply,
)
from store import Store
from store.model.span import Span
from tests.discord.simulation import DiscordBot, answer_of, serving
from tests.discord.steps import inputs, make_public

LONG = "x" * 90
KINDS = (Choice("A claim", "claim"), Choice("An event", "event"), Choice("Nothing", ""))


@command()
async def jot(
    _ctx: Context,
    text: Annotated[str, FreeText(T("What to jot down"), longest=4000)] = "",
    *,
    day: Annotated[Span | None, OnDay(T("On which day"))] = None,
    kind: Annotated[str, Hidden()] = "",
    pad: Annotated[str, Hidden()] = "",
    wait: Annotated[str, Hidden()] = "",
) -> Reply:
    """Jot something down: a form while there is nothing, else a card with a choice of kinds."""
    if wait:
        await asyncio.sleep(1.6)
    given = {name: value for name, value in (("pad", pad), ("kind", kind)) if value}
    if text == "refuse":
        raise BadParam(T("Not that."))
    fields = (
        Field("text", "Text", text, long=True),
        Field("day", "Day", day.edtf if day else "", required=False),
    )
    form = Form(T("Jot it down"), "jot", given, fields)
    texts = {"text": text} | ({"day": day.edtf} if day else {})
    pick = Pick("Kind", "jot", {**texts, **given}, "kind", KINDS, kind)
    edit = Action("Edit", "jot", given)
    facts = Facts(
        (
            ("text", (text or "none",)),
            ("day", (day.edtf if day else "none",)),
            ("kind", (kind or "none",)),
        )
    )
    return Reply(
        ("A jotting",),
        (facts,),
        (edit,) if text else (),
        audience=Audience.ASKER,
        picks=(pick,),
        form=None if text else form,
    )


def jotting(store: Store) -> DiscordBot:
    return DiscordBot(store, commands=(*COMMANDS, jot))


async def open_jot(
    who: simcord.MemberActor, room: simcord.ChannelHandle, **given: str
) -> simcord.InteractionResult:
    return await who.slash(room, "jot", **given)


async def test_a_form_opens_at_once_and_what_is_sent_comes_back_as_a_card(store: Store) -> None:
    async with serving(jotting(store)) as here:
        opened = await here.reader.slash(here.room, "jot")
        assert opened.modal is not None
        assert opened.modal["title"] == "Jot it down"
        assert opened.modal["custom_id"] == "form:=/jot"
        card = answer_of(
            await here.reader.submit_modal(opened, {"text": "a «b» “c”\nd", "day": ""})
        )
        assert "text: a «b» “c” d" in card.plain
        assert "day: none" in card.plain
        assert card.private


async def test_a_button_opens_the_form_and_the_card_is_filled_in_place(store: Store) -> None:
    async with serving(jotting(store)) as here:
        card = answer_of(await here.reader.slash(here.room, "jot", text="one", day="2025-11-07"))
        opened = await here.reader.click(card.message, label="Edit")
        again = answer_of(
            await here.reader.submit_modal(opened, {"text": "two", "day": "2025-11-06"})
        )
        assert again.message.id == card.message.id
        assert "text: two" in again.plain
        assert "day: 2025-11-06" in again.plain


async def test_a_choice_changes_the_card_in_place_and_shows_what_stands(store: Store) -> None:
    async with serving(jotting(store)) as here:
        card = answer_of(await here.reader.slash(here.room, "jot", text="one"))
        (menu,) = card.menus
        assert list(card.menus[menu]) == ["A claim", "An event", "Kind: Nothing"]
        chosen = answer_of(await here.reader.select(card.message, ["=event"], custom_id=menu))
        assert chosen.message.id == card.message.id
        assert "kind: event" in chosen.plain
        (menu,) = chosen.menus
        assert list(chosen.menus[menu]) == ["A claim", "Kind: An event", "Nothing"]
        none = answer_of(await here.reader.select(chosen.message, ["="], custom_id=menu))
        assert "kind: none" in none.plain


async def test_a_refused_form_keeps_what_was_typed_and_fix_opens_it_again(store: Store) -> None:
    """After a bad day all that had been typed was gone."""
    async with serving(jotting(store)) as here:
        opened = await here.reader.slash(here.room, "jot")
        typed = {"text": "It «happened»\non the “bridge”.", "day": "whenever"}
        refused = answer_of(await here.reader.submit_modal(opened, typed))
        assert refused.first.startswith("day: “whenever” is not a day")
        assert refused.private
        await here.env.restart_bot(here.desk.client())
        again = await here.reader.click(refused.message, label="Fix")
        assert inputs(again) == typed
        done = answer_of(await here.reader.submit_modal(again, typed | {"day": "2025-11-07"}))
        assert done.message.id == refused.message.id
        assert "text: It «happened» on the “bridge”." in done.plain


async def test_a_form_whose_line_is_long_is_understood_after_a_restart(store: Store) -> None:
    async with serving(jotting(store)) as here:
        card = answer_of(await here.reader.slash(here.room, "jot", text="one"))
        (menu,) = card.menus
        assert menu.startswith("pick:kind:=/jot")
        await here.reader.send(here.room, f"{here.mention} jot one pad:{LONG}")
        card = here.last()
        assert card.plain == "Only you may see that answer."
        card = answer_of(await here.reader.click(card.message, label="Show it to me"))
        assert card.private
        (menu,) = card.menus
        assert menu.startswith("pick:kind:#")
        opened = await here.reader.click(card.message, label="Edit")
        assert opened.modal is not None
        assert opened.modal["custom_id"].startswith("form:#")
        await here.env.restart_bot(here.desk.client())
        filled = answer_of(await here.reader.submit_modal(opened, {"text": "two", "day": ""}))
        assert "text: two" in filled.plain
        (menu,) = filled.menus
        chosen = answer_of(await here.reader.select(filled.message, ["=claim"], custom_id=menu))
        assert "kind: claim" in chosen.plain


async def test_a_form_that_cannot_be_opened_in_time_is_behind_a_button(store: Store) -> None:
    async with serving(jotting(store)) as here:
        await here.reader.send(here.room, f"{here.mention} jot wait:yes")
        late = answer_of(await here.reader.click(here.last().message, label="Show it to me"))
        assert list(late.buttons) == ["Fill it in"]
        opened = await here.reader.click(late.message, label="Fill it in")
        assert inputs(opened) == {"text": "", "day": ""}


@pytest.mark.parametrize(
    "form", ["other", "form:", "form:=", "form:#nothing", "form:=/nothing at all"]
)
async def test_a_form_of_nobody_is_no_bug(store: Store, form: str) -> None:
    async with serving(jotting(store)) as here:
        opened = await here.reader.slash(here.room, "jot")
        assert opened.modal is not None
        opened._interaction.modal["custom_id"] = form  # type: ignore[index]  # as somebody forges it
        answer = await here.reader.submit_modal(opened, {"text": "one", "day": ""})
        if form.startswith(("form:#", "form:=/")):
            assert answer_of(answer).private
        assert [line["event"] for line in here.desk.logged if line["error"]] == []


async def test_in_a_public_room_what_is_for_its_asker_stays_with_them(store: Store) -> None:
    async with serving(jotting(store)) as here:
        await make_public(here)
        opened = await here.reader.slash(here.room, "jot")
        card = answer_of(await here.reader.submit_modal(opened, {"text": "secret", "day": ""}))
        assert card.private
        await here.reader.send(here.room, f"{here.mention} jot secret")
        other = here.member("other")
        theirs = answer_of(await other.click(here.last().message, label="Show it to me"))
        assert theirs.private
        assert all(
            "secret" not in answer_of(message).text
            for message in here.room.history()
            if message.author.bot
        )


async def test_a_form_speaks_its_askers_language(store: Store) -> None:
    async with serving(jotting(store)) as here:
        here.desk.locales[here.reader.id] = "uk"
        opened = await here.reader.slash(here.room, "jot")
        refused = answer_of(
            await here.reader.submit_modal(opened, {"text": "one", "day": "whenever"})
        )
        assert "Виправити" in refused.buttons
