"""Every conversation, in a room of a real homeserver; and in an encrypted one."""

import pytest

from store.model.filing import FiledPlace
from tests.conversations.every import conversations_on
from tests.conversations.holding import hold
from tests.conversations.matrix import Matrix
from tests.conversations.saying import Conversation, On, Who
from tests.store.conftest import addition, an_act, an_entry

KHARKIV = 706483


@pytest.mark.parametrize("talk", conversations_on(On.MATRIX), ids=lambda talk: talk.name)
async def test_what_is_said_on_matrix_is_answered_in_the_words_of_the_list(
    matrix: Matrix, talk: Conversation
) -> None:
    await hold(talk, matrix)


@pytest.mark.soak
@pytest.mark.parametrize("talk", conversations_on(On.MATRIX), ids=lambda talk: talk.name)
async def test_what_is_said_in_an_encrypted_room_is_read_by_strict_clients_in_the_same_words(
    matrix_with_keys: Matrix, talk: Conversation
) -> None:
    await hold(talk, matrix_with_keys)


async def test_what_is_checked_in_a_room_is_shown_there_and_what_is_missing_is_told(
    matrix: Matrix,
) -> None:
    for who in (Who.SECOND, Who.ADMIN):
        await matrix.say(who, "/status Kharkiv")
    await check_show_and_wait(matrix)
    answer = await matrix.say(Who.ADMIN, "/gaps")
    assert "Kharkiv" in answer.text
    assert "3 people" in answer.text


async def test_the_same_in_an_encrypted_room_is_read_by_a_strict_client(
    matrix_with_keys: Matrix,
) -> None:
    await check_show_and_wait(matrix_with_keys)


async def check_show_and_wait(matrix: Matrix) -> None:
    """Check a message, have it shown to the room; ask to be told, and be told once."""
    answer = await matrix.say(Who.READER, "/check Путін каже, що Покровськ оточений")
    assert "Says the same" in answer.text
    assert (await matrix.say(Who.READER, "→ This is it")).first == "On record: E-28"
    assert (await matrix.say(Who.READER, "→ Show in the room")).alone is not False
    await matrix.tell()
    shown = await matrix.seen(Who.READER, "On record: E-28", alone=False)
    assert "Putin" in shown
    assert matrix.name(Who.READER) not in shown
    await matrix.say(Who.READER, "/status Kharkiv")
    answer = await matrix.say(Who.READER, "→ Tell me when there is")
    assert answer.first.startswith("Kharkiv: you are told once")
    entry = an_entry(text="A drone hit a depot.", places=(FiledPlace(KHARKIV),))
    await matrix.store.history.write(an_act("filed"), addition(entry))
    await matrix.tell()
    told = await matrix.seen(Who.READER, "Kharkiv: there is something on record now", alone=True)
    assert "A drone hit a depot." in told
