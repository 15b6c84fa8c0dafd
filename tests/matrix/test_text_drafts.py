"""A text becomes drafts on Matrix: in reply to a message, and filed by numbers in a reply."""

from store import Store
from tests.matrix.home import Home, replying

TEXT = (
    "Shells fell near Pokrovsk on 5 November, Vitalii Deineha said.\n\n"
    "Roman Pohorilyi said that Myrnohrad was not surrounded."
)


async def test_a_message_is_read_into_drafts_by_a_reply_and_filed_by_a_number(
    home: Home, store: Store
) -> None:
    message = await home.boris.say(home.id, TEXT)
    await home.anna.say(home.id, "!draft from day:2025-11-07", **replying(message))
    private = await home.anna.invited()
    await home.anna.join(private)
    card = await home.anna.next_from(private, home.bot.id)
    assert "2 drafts from a text" in card["body"]
    assert f"{home.boris.name} wrote it in a chat" in card["body"]
    shown = await home.message(home.anna, "2 drafts from a text")
    before = len(home.anna.seen)
    await home.anna.say(private, "drop 2", **replying(shown))
    dropped = await home.anna.next_from(private, home.bot.id, before)
    assert "Dropped D-2." in dropped["body"]
    draft = await store.drafts.get(2)
    assert draft is not None
    assert draft.state == "dropped"
