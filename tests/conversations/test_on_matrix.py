"""Every conversation, in a room of a real homeserver; and in an encrypted one."""

import pytest

from tests.conversations.every import had
from tests.conversations.holding import hold
from tests.conversations.matrix import Matrix
from tests.conversations.saying import Conversation, On


@pytest.mark.parametrize("talk", had(On.MATRIX), ids=lambda one: one.name)
async def test_what_is_said_on_matrix_is_answered_in_the_words_of_the_list(
    matrix: Matrix, talk: Conversation
) -> None:
    await hold(talk, matrix)


@pytest.mark.soak
@pytest.mark.parametrize("talk", had(On.MATRIX), ids=lambda one: one.name)
async def test_what_is_said_in_an_encrypted_room_is_read_by_strict_clients_in_the_same_words(
    sealed: Matrix, talk: Conversation
) -> None:
    await hold(talk, sealed)
