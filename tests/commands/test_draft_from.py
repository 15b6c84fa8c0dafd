"""A text becomes a list of drafts, which are filed, edited and given up by their numbers."""

from datetime import timedelta

import pytest

from tests.commands.filing import MODERATOR, add
from tests.fakes import NOON, Talk, TerminalAnswer

TEXT = """\
Shells fell near Pokrovsk on 5 November, Vitalii Deineha said.

Russian troops entered Rodynske, regional governor Taras Vyshniak said on Thursday.

The bakery opens at seven.

Roman Pohorilyi said on 4 November that Myrnohrad was not surrounded.
"""
HEAD = "/draft from day:2025-11-07 source:S-2"


async def draft_text(desk: Talk, text: str = TEXT, head: str = HEAD) -> TerminalAnswer:
    """Have a text read into drafts."""
    return await add(desk, f"{head}\n{text}")


async def count_revisions(desk: Talk) -> int:
    return (await desk.store.history.head())[0]


async def test_each_statement_is_a_line_and_what_needs_somebody_comes_first(desk: Talk) -> None:
    answer = await draft_text(desk)
    assert answer.first == "3 drafts from a text · D-1..3"
    assert "2 + claim · Rodynske · Taras Vyshniak" in answer.text
    assert "New speaker: Taras Vyshniak, regional governor (a person)" in answer.text
    assert "1 ✓ claim · Pokrovsk · Vitalii Deineha" in answer.text
    assert answer.text.index("2 + claim") < answer.text.index("1 ✓ claim")
    assert "bakery" not in answer.text
    assert answer.reply.audience == "asker"


async def test_all_that_is_complete_is_filed_by_one_click_and_taken_back_by_one(
    desk: Talk,
) -> None:
    answer = await draft_text(desk)
    before = await count_revisions(desk)
    line = answer.offered[0]
    assert line == '/draft file ref:"D-1 D-3" seen:2'
    filed = await add(desk, line)
    assert filed.first == "2 entries are on record"
    assert await count_revisions(desk) == before + 2
    assert (await add(desk, line)).text == filed.text
    assert await count_revisions(desk) == before + 2
    undone = await add(desk, "/undo")
    assert undone.first == "Undone: 2 entries filed from a text"
    assert undone.lines[1] == "E-65, E-66"
    for number in (65, 66):
        entry = await desk.store.entries.get(number)
        assert entry is not None
        assert entry.retracted_at is not None


async def test_the_words_that_a_draft_rests_on_are_marked(desk: Talk) -> None:
    await draft_text(desk)
    draft = await desk.store.drafts.get(1)
    assert draft is not None
    assert draft.passage is not None
    marked = [draft.passage.text[first:last] for first, last in draft.passage.marks]
    assert "Pokrovsk" in " ".join(marked)
    assert "Vitalii Deineha" in marked
    answer = await add(desk, "/draft show D-1")
    assert TEXT.splitlines()[0] in answer.flat


async def test_drafts_are_named_by_their_numbers_in_the_list(desk: Talk) -> None:
    await draft_text(desk)
    assert (await add(desk, "drop 2")).first == "Dropped D-2."
    assert (await add(desk, "edit 3")).first == "D-3 · draft of a claim"
    assert (await add(desk, "file 1-3")).first == "2 entries are on record"
    listed = await add(desk, "/draft show 1-3")
    assert listed.first == "None of these drafts is open any more."


async def test_a_number_that_is_not_in_the_list_is_refused(desk: Talk) -> None:
    await draft_text(desk)
    answer = await add(desk, "file 9")
    assert answer.text == "ref: There is no number 9 in the list: it goes from 1 to 3."
    assert (await add(desk, "file 1-4")).refused


async def test_without_a_list_a_number_is_that_of_a_draft_or_an_entry_as_before(desk: Talk) -> None:
    await add(desk, '/add claim "The road is cut." by:Putin day:2025-11-05 source:S-1')
    assert (await add(desk, "file 1")).first == "Filed as E-65"
    assert (await add(desk, "edit 2")).first.endswith("correction of E-2")


async def test_the_list_is_the_one_of_who_asks(desk: Talk) -> None:
    await draft_text(desk)
    answer = await desk("/draft file D-1..3", as_=MODERATOR, who="Moderator Two")
    assert answer.text == "D-1 belongs to someone else; only they can see it."


async def test_new_speakers_and_the_source_are_created_once(desk: Talk) -> None:
    text = TEXT + "\nRussian troops left Rodynske, regional governor Taras Vyshniak said.\n"
    answer = await draft_text(
        desk, text, "/draft from day:2025-11-07 source:https://a.example/news"
    )
    before = await count_revisions(desk)
    (line,) = (line for line in answer.offered if "file" in line and "D-1..4" in line)
    filed = await add(desk, line)
    assert filed.first == "4 entries are on record"
    assert await count_revisions(desk) == before + 4 + 2  # a source and a speaker
    speakers = await desk.store.actors.by_name("Taras Vyshniak")
    assert [(actor.name, actor.role) for actor in speakers] == [
        ("Taras Vyshniak", "regional governor")
    ]


async def test_what_is_on_record_is_marked_and_offered_as_support(desk: Talk) -> None:
    await add(desk, (await draft_text(desk)).offered[0])
    again = await draft_text(desk)
    assert "1 = claim" in again.text
    assert "On record: Shells fell near Pokrovsk" in again.text
    (line,) = (line for line in again.offered if "supports:yes" in line)
    filed = await add(desk, line)
    assert filed.first == "2 entries are on record"
    entry = await desk.store.entries.get(67)
    assert entry is not None
    assert [(link.type, link.entry_id) for link in entry.links] == [("supports", 65)]
    undone = await add(desk, "/undo")
    assert undone.first == "Undone: 2 entries filed from a text"


async def test_what_changed_since_it_was_seen_is_not_filed_by_an_old_button(desk: Talk) -> None:
    line = (await draft_text(desk)).offered[0]
    await add(desk, "/add claim draft:D-1 day:2025-11-04")
    answer = await add(desk, line)
    assert answer.refused
    assert "was changed since you saw it" in answer.text
    assert await desk.store.entries.get(65) is None


async def test_a_place_with_namesakes_is_never_the_nearest_by_itself(desk: Talk) -> None:
    text = "Two people were killed in Oleksandrivka on 5 November, Vitalii Deineha said."
    answer = await draft_text(desk, text)
    assert "1 ? claim" in answer.text
    assert "“Oleksandrivka” may be" in answer.text
    draft = await desk.store.drafts.get(1)
    assert draft is not None
    assert "place" not in draft.fields
    card = await add(desk, "/draft show 1")
    (first, *_) = (line for line in card.offered if "place:P-" in line)
    decided = await add(desk, first)
    assert "may be" not in decided.text


async def test_what_the_text_does_not_say_is_not_read_from_its_words_later(desk: Talk) -> None:
    """Where the rules leave control blank, the claim's own words must not fill it after all."""
    text = "Russian troops could take Pokrovsk by spring, Vitalii Deineha said on 5 November."
    await draft_text(desk, text)
    await add(desk, "file 1")
    entry = await desk.store.entries.get(65)
    assert entry is not None
    assert entry.control is None


async def test_a_text_without_a_day_a_source_or_a_statement_is_answered_in_one_sentence(
    desk: Talk,
) -> None:
    answer = await add(desk, f"/draft from\n{TEXT}")
    assert answer.text == "Say on which day the text was published, such as day:2025-11-07."
    answer = await draft_text(desk, "The bakery opens at seven.")
    assert answer.text == "Nothing in this text can be checked."
    answer = await draft_text(desk, "word " * 20_000)
    assert answer.text == "text: The text has 99,999 characters: send parts of at most 50,000."
    form = (await add(desk, "/draft from")).answer.reply.form
    assert form is not None
    assert [field.name for field in form.fields] == ["text", "day", "source"]


async def test_the_day_beside_the_name_of_who_says_a_text_was_asked_for_all_the_same(
    desk: Talk,
) -> None:
    post = "Russian forces captured Hrodivka."
    answer = await add(desk, f"/draft from\nDeepState, 5.11.2025\n{post}")
    assert "Deep State · 5 Nov 2025" in answer.flat
    for head in ("DeepState, 5 November", f"DeepState, 5.11.2025\n{post}\n\nISW, 6.11.2025"):
        answer = await add(desk, f"/draft from\n{head}\n{post}")
        assert answer.refused


async def test_a_text_without_a_source_gets_one_for_all_its_drafts(desk: Talk) -> None:
    answer = await draft_text(desk, head="/draft from day:2025-11-07")
    assert "No source yet" in answer.text
    assert not [line for line in answer.offered if "file" in line]
    named = await add(desk, "/draft from batch:D-1 source:S-2")
    assert "Source  The Kyiv Independent" in named.text
    assert named.offered[0] == '/draft file ref:"D-1 D-3" seen:4'


async def test_a_source_that_is_nearly_on_record_is_offered(desk: Talk) -> None:
    answer = await draft_text(desk, head="/draft from day:2025-11-07 source:Kyiv Independent")
    assert "/draft from batch:D-1 source:S-2" in answer.offered


@pytest.mark.parametrize(
    ("more", "sign"),
    [
        ("Write to me: name@example.org.", "There is an e-mail address in it."),
        ("Call +380 44 000 00 00.", "There is a telephone number in it."),
        ("[12:01] Ann: hello\n[12:02] Bob: hi\n", "It looks like a chat that somebody copied."),
    ],
)
async def test_a_text_that_looks_private_is_cautioned_about(
    desk: Talk, more: str, sign: str
) -> None:
    answer = await draft_text(desk, f"{TEXT}\n{more}")
    assert "This may be private." in answer.flat
    assert sign in answer.flat
    assert "This may be private." in (await add(desk, "/draft show D-1..3")).flat


async def test_a_message_of_a_member_is_cautioned_about_by_name(desk: Talk) -> None:
    answer = await draft_text(desk, head=f'{HEAD} by:"Reader Two"')
    assert "Reader Two wrote it in a chat" in answer.flat
    assert "This may be private." not in (await draft_text(desk)).flat


async def test_the_list_is_kept_for_a_week_like_a_single_draft(desk: Talk) -> None:
    await draft_text(desk)
    shown = await add(desk, "/draft show")
    assert "D-1..3 · 3 drafts from a text" in shown.text
    desk.now = NOON + timedelta(days=8)
    assert (await add(desk, "/draft show D-1..3")).refused
    assert (await add(desk, "/draft show")).first.startswith("You have no drafts.")


async def test_a_text_may_hold_words_that_look_like_the_command_s_own_keys(desk: Talk) -> None:
    answer = await draft_text(desk, f"{TEXT}\nSource: Telegram. By: nobody. day: none")
    assert answer.first == "3 drafts from a text · D-1..3"
    assert "The Kyiv Independent" in answer.text


async def test_a_list_with_one_complete_draft_files_it_and_its_new_source(desk: Talk) -> None:
    """The button of a single one was taken for that of its own card, and made no source."""
    head = "/draft from day:2025-11-07 source:https://a.example/news"
    answer = await draft_text(desk, TEXT.splitlines()[0], head)
    assert answer.offered[0] == "/draft file ref:D-1 seen:1"
    assert (await add(desk, answer.offered[0])).first == "1 entry is on record"
    assert (await add(desk, answer.offered[0])).first == "1 entry is on record"
    assert (await add(desk, "/undo")).first.startswith("Undone: E-65")


async def test_who_says_it_under_a_name_that_nobody_knows_is_asked(desk: Talk) -> None:
    """It was the narrator's, and complete."""
    text = "Rybar, 5 November 2025\nRussian forces seized Hryshyne."
    answer = await draft_text(desk, text)
    assert "Still needed: by" in answer.text
    assert "Elsewhere in the text: who: “Rybar”" in answer.text


async def test_a_day_beside_an_office_that_cannot_be_read_is_asked(desk: Talk) -> None:
    """The office was lost with it."""
    answer = await draft_text(desk, "DeepState, 32 November\nRussian forces seized Hryshyne.")
    assert "assessment · Hryshyne · Deep State" in answer.text
    assert "Still needed: day" in answer.text
