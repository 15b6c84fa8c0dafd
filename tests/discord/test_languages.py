"""Ukrainian for who has it set, or whose room has; the words of an entry as they were filed."""

from datetime import UTC, datetime
from typing import Any

from bot.i18n.catalogues import translate_into
from store import Store
from store.model.revision import Act, Person
from store.workflow.state import RoomSettings
from tests.discord.simulation import DiscordBot, Server, answer_of, serving

ROOM_MANAGER = Person("discord", "1", "manager")


def ukrainian(here: Server, name: str) -> Any:
    who = here.member(name)
    here.desk.locales[who.id] = "uk"
    return who


async def test_who_has_ukrainian_set_is_answered_in_it(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        theirs = await ukrainian(here, "читачка").slash(here.room, "status", place="Pokrovsk")
        word = translate_into("uk")("not live", None, 1)
        assert word != "not live"
        assert answer_of(theirs).plain.endswith(word)
        assert answer_of(theirs).first.startswith("Покровськ: ◆ ")
        assert "Contested" not in answer_of(theirs).first
        own = "Російські війська просуваються дедалі глибше в Покровськ"
        assert own in answer_of(theirs).plain
        mine = await here.reader.slash(here.room, "status", place="Pokrovsk")
        assert answer_of(mine).text.endswith("not live")


async def test_their_buttons_and_refusals_are_in_it_too(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        who = ukrainian(here, "читачка")
        page = answer_of(await who.slash(here.room, "claims", since="2025-10-29"))
        more = next(label for label, id_ in page.buttons.items() if "after:" in id_)
        assert more != "More"
        assert answer_of(await who.click(page.message, label=more)).first == page.first
        refused = answer_of(await who.slash(here.room, "entry", ref="нічого"))
        assert "is not a reference" not in refused.text


async def test_what_is_posted_is_in_the_rooms_language(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        who = ukrainian(here, "читачка")
        answer = answer_of(await who.slash(here.room, "about"))
        (post,) = [label for label, id_ in answer.buttons.items() if id_.startswith("post:")]
        posted = answer_of(await who.click(answer.message, label=post))
        assert posted.text != answer.text
        assert "It is not live." in posted.plain
        act = Act("uk", "room", ROOM_MANAGER, datetime(2025, 11, 7, tzinfo=UTC), "To see.")
        to = RoomSettings(public=False, language="uk")
        await store.program_state.set_room(act, "discord", str(here.room.id), to)
        answer = answer_of(await here.reader.slash(here.room, "about"))
        posted = answer_of(await here.reader.click(answer.message, label="Post here"))
        assert "It is not live." not in posted.plain


async def test_commands_are_described_in_ukrainian_and_keep_their_names(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        declared, *_ = [
            request.json
            for request in here.env.http_requests
            if request.path.endswith("/commands") and request.json
        ]
        status = next(command for command in declared if command["name"] == "status")
        assert set(status["description_localizations"]) == {"uk"}
        assert status["description_localizations"]["uk"] != status["description"]
        assert not status.get("name_localizations")
        for option in status["options"]:
            assert set(option["description_localizations"]) == {"uk"}
        menu = next(command for command in declared if command["name"] == "Check this")
        assert menu["name_localizations"]["uk"] != "Check this"
