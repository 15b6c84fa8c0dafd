"""Being told of a place: asked for, listed, taken back, and what one is told."""

import pytest

from bot.adapters.console.layout import layout
from bot.i18n.catalogues import translate_into
from bot.i18n.formatter import Voice
from commands.kit.invocation import Role
from store.workflow.watches import MOST_A_PERSON, Watcher
from tests.commands.keeper import Keeper
from tests.fakes import ZONE, Talk
from tests.store.conftest import POKROVSK

ME = Watcher("console", "", "1")


async def test_a_place_is_watched_listed_and_watched_no_more(desk: Talk) -> None:
    answer = await desk("/watch add Pokrovsk")
    assert answer.first == "Pokrovsk: news will come to you in private"
    assert answer.offered == ["/watch remove place:P-704422"]
    answer = await desk("/watch list")
    assert answer.first == "1 place watched"
    assert "Pokrovsk" in answer.after("Sent to you")
    answer = await desk("/watch remove Pokrovsk")
    assert answer.first == "Pokrovsk: no more news"
    assert "No watched places yet" in (await desk("/watch list")).first


async def test_the_name_of_a_group_alone_was_no_command(desk: Talk) -> None:
    assert "No watched places yet" in (await desk("/watch")).first
    assert (await desk("/watch Pokrovsk")).first == "Pokrovsk: news will come to you in private"
    assert (await desk("watch")).first == "1 place watched"
    assert "No daily summary here" in (await desk("/digests")).first


async def test_a_misspelt_command_of_a_group_is_no_place_to_watch(desk: Talk) -> None:
    for typed, meant in (("remve", "remove"), ("ad", "add"), ("lst", "list")):
        answer = await desk(f"/watch {typed} Pokrovsk")
        assert answer.first == f"There is no command “watch {typed}”. Did you mean this?"
        assert f"/watch {meant}" in answer.text
    assert "/desk place" in (await desk("/desk plase Kotlyne", Role.MODERATOR)).text


async def test_a_group_of_commands_says_which_there_are(desk: Talk) -> None:
    answer = await desk("/add", Role.MODERATOR)
    assert answer.lines[:2] == [
        "There is no command “add”. There are these:",
        "/add event, /add claim, /add assessment",
    ]
    assert (await desk("/desk")).first == "Only moderators can use /desk source."
    assert (await desk("/help add", Role.MODERATOR)).first == "/add"
    assert "/watch list" in (await desk("/help watch")).text


async def test_what_is_watched_was_listed_in_latin_letters(desk: Talk) -> None:
    await desk("/watch add Pokrovsk")
    listed = (await desk("/watch list")).answer.reply
    rows = layout(listed, Voice(ZONE, translate_into("uk")), 100)
    places = [text for row in rows for _, text in row if "Покровськ" in text or "Pokrovsk" in text]
    assert len(places) == 2
    assert not [text for text in places if "Pokrovsk" in text]


async def test_what_the_desk_draws_is_watched_by_its_name(desk: Talk) -> None:
    drawn = await desk("/desk area add Pokrovsk front around:Pokrovsk km:30", Role.MODERATOR)
    assert not drawn.refused
    answer = await desk("/watch add Pokrovsk front")
    assert answer.first == "Pokrovsk front: news will come to you in private"


async def test_a_room_is_told_only_if_who_manages_it_says_so(desk: Talk) -> None:
    answer = await desk("/watch add Pokrovsk here:yes")
    assert answer.refused
    answer = await desk("/watch add Pokrovsk here:yes", Role.ADMIN)
    assert answer.first == "Pokrovsk: news will come here"
    answer = await desk("/watch list")
    assert "Pokrovsk" in answer.after("Posted here")


async def test_the_same_twice_and_too_many_are_refused(desk: Talk) -> None:
    names = [
        "Pokrovsk",
        "Myrnohrad",
        "Kupiansk",
        "Bakhmut",
        "Avdiivka",
        "Kramatorsk",
        "Toretsk",
        "Kostiantynivka",
        "Chasiv Yar",
        "Dobropillia",
        "Rodynske",
    ]
    for name in names[:MOST_A_PERSON]:
        answer = await desk(f"/watch add {name}")
        assert not answer.refused, answer.text
    answer = await desk("/watch add Pokrovsk")
    assert answer.first == "Already set. Nothing changed."
    answer = await desk(f"/watch add {names[MOST_A_PERSON]}")
    assert answer.first == "That is the limit. Remove one first."


async def test_taking_back_what_was_not_watched_is_refused(desk: Talk) -> None:
    assert (await desk("/watch remove Pokrovsk")).refused


async def test_who_watches_is_not_in_the_chain(desk: Talk) -> None:
    await desk("/watch add Pokrovsk")
    (revision,) = await desk.store.history.of("people")
    assert revision.after == {"watch": f"P-{POKROVSK}"}


async def test_news_says_what_was_done_to_what_and_why(desk: Talk) -> None:
    keeper = Keeper(desk)
    old = await keeper.file("Old.")
    await desk("/watch add Pokrovsk")
    start, _ = await desk.store.history.head()
    new = await keeper.file("New.")
    await keeper.correct(old, "Mended.", "The wrong day.")
    end, _ = await desk.store.history.head()
    answer = await desk(f"/digest of:W-1-{start}-{end}")
    assert answer.first == "Pokrovsk: 2 changes"
    assert f"new · New. 8 Nov 2025 · Pokrovsk · E-{new}" in answer.flat
    assert "corrected: The wrong day. · Mended." in answer.flat
    assert answer.offered == ["/status place:P-704422", "/watch remove place:P-704422"]


async def test_much_news_is_told_in_pages(desk: Talk) -> None:
    keeper = Keeper(desk)
    await desk("/watch add Pokrovsk")
    start, _ = await desk.store.history.head()
    for number in range(25):
        await keeper.file(f"Event {number:02}.")
    end, _ = await desk.store.history.head()
    line, seen = f"/digest of:W-1-{start}-{end}", ""
    while line:
        answer = await desk(line)
        assert answer.first == "Pokrovsk: 25 changes"
        seen += answer.text
        line = next((offer for offer in answer.offered if "skip:" in offer), "")
    assert all(f"Event {number:02}." in seen for number in range(25))


@pytest.mark.parametrize("key", ["W-1-1-2", "W-99999-1-2", "W-1-1"])
async def test_news_of_no_watch_is_refused(desk: Talk, key: str) -> None:
    assert (await desk(f"/digest of:{key}")).refused


async def test_a_place_that_is_not_watched_was_once_said_to_be_set_already(desk: Talk) -> None:
    answer = await desk("/watch remove Pokrovsk")
    assert answer.refused
    assert answer.flat == "You do not watch Pokrovsk. /watch list"
    here = await desk("/watch remove Pokrovsk here:yes", Role.ADMIN)
    assert here.first == "Pokrovsk is not watched there."
