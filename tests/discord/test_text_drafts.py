"""A text becomes drafts on Discord: from a message's menu, by a form, filed by few clicks."""

from datetime import UTC, datetime

from bot.reading.document_reader import DocumentReader
from store import Store
from tests.discord.simulation import HOME, DiscordBot, Shown, answer_of, serving
from tests.discord.steps import inputs, moderator, submit_form, warden

TEXT = (
    "Shells fell near Pokrovsk on 5 November, Vitalii Deineha said.\n\n"
    "Roman Pohorilyi said on 4 November that Myrnohrad was not surrounded.\n\n"
    "Russian troops entered Rodynske, regional governor Taras Vyshniak said."
)


def button(card: Shown, start: str) -> str:
    """Return the label of the button that begins so."""
    return next(label for label in card.buttons if label.startswith(start))


async def count_entries(store: Store) -> int:
    """Return how many entries were filed on top of the seeds."""
    count = 0
    while await store.entries.get(65 + count):
        count += 1
    return count


async def test_a_message_is_read_into_drafts_from_its_menu_and_its_writer_is_named(
    store: Store,
) -> None:
    bot = DiscordBot(store, now=datetime(2026, 1, 3, tzinfo=UTC))
    async with serving(bot, HOME) as here:
        who = moderator(here)
        message = await here.member("author").send(here.room, TEXT)
        card = answer_of(await who.context_menu(here.room, "Draft from this", message))
        assert card.private
        assert card.first == "3 drafts from a text · D-1..3"
        assert "This may be private." in card.plain
        assert "author wrote it in a chat" in card.plain
        assert "**Vitalii Deineha**" in card.text
        draft = await store.drafts.get(1)
        assert draft is not None
        assert draft.fields["source"] == message.jump_url


async def test_the_files_of_a_message_are_read_with_it(store: Store) -> None:
    """A statement in the message, two in a file; a file that is damaged is a note."""
    bot = DiscordBot(store, now=datetime(2026, 1, 3, tzinfo=UTC), documents=DocumentReader())
    first, _, rest = TEXT.partition("\n\n")
    files = [("report.txt", rest.encode()), ("scan.pdf", b"MZ"), ("photo.jpg", b"x")]
    async with serving(bot, HOME) as here:
        who = moderator(here)
        message = await here.member("author").send(here.room, first, attachments=files)
        card = answer_of(await who.context_menu(here.room, "Draft from this", message))
        assert card.first == "3 drafts from a text · D-1..3"
        assert "scan.pdf cannot be read" in card.plain
        assert "photo.jpg" not in card.plain


async def test_a_message_that_is_only_a_file_is_read_or_refused(store: Store) -> None:
    bot = DiscordBot(store, now=datetime(2026, 1, 3, tzinfo=UTC), documents=DocumentReader())
    async with serving(bot, HOME) as here:
        who, author = moderator(here), here.member("author")
        good = await author.send(here.room, attachments=[("report.txt", TEXT.encode())])
        card = answer_of(await who.context_menu(here.room, "Draft from this", good))
        assert card.first == "3 drafts from a text · D-1..3"
        bad = await author.send(here.room, attachments=[("report.txt", b"\xff\xfa\x80")])
        answer = answer_of(await who.context_menu(here.room, "Draft from this", bad))
        assert answer.plain == "report.txt is not a text in UTF-8: save it as one."


async def test_a_text_whose_drafts_are_right_is_filed_in_three_clicks(store: Store) -> None:
    """From the slash command to the record: six clicks at most, and two more take it back."""
    async with serving(DiscordBot(store), HOME) as here:
        who = moderator(here)
        clicks = 0
        opened = await who.slash(here.room, "draft from")
        clicks += 1
        assert list(inputs(opened)) == ["text", "day", "source"]
        filled = inputs(opened) | {"text": TEXT, "source": "S-2"}
        card = answer_of(await submit_form(who, opened, filled))
        clicks += 1
        filed = answer_of(
            await who.click(card.message, label=button(card, "Create the new speakers"))
        )
        clicks += 1
        assert filed.first == "3 entries are on record"
        assert clicks <= 6
        assert await count_entries(store) == 3
        undone = answer_of(await who.click(filed.message, label="Undo"))
        assert undone.first == "Undone: 3 entries filed from a text"
        entries = [await store.entries.get(65 + n) for n in range(3)]
        assert all(entry and entry.retracted_at for entry in entries)


async def test_some_are_filed_from_a_menu_and_one_is_edited_in_its_form(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        who = moderator(here)
        given = {"text": TEXT.replace("\n\n", " "), "day": "2025-11-07", "source": "S-2"}
        card = answer_of(await who.slash(here.room, "draft from", **given))
        look, some = card.menus
        assert len(card.menus[look]) == 3
        filed = answer_of(await who.select(card.message, ["=D-1", "=D-2"], custom_id=some))
        assert filed.first == "2 entries are on record"
        single = answer_of(await who.click(filed.message, label="One more: D-3"))
        assert single.first == "D-3 · draft of a claim"
        form = await who.click(single.message, label="Fix")
        assert inputs(form)["place"].startswith("P-")


async def test_a_reader_has_no_such_menu(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        message = await here.member("author").send(here.room, TEXT)
        asked = await warden(here).context_menu(here.room, "Draft from this", message)
        refused = answer_of(asked)
        assert "Only moderators can use" in refused.text
        assert await store.drafts.get(1) is None
