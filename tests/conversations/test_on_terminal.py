"""Every conversation, typed into a terminal."""

import pytest

from tests.conversations.every import conversations_on
from tests.conversations.holding import hold
from tests.conversations.saying import Conversation, On
from tests.conversations.terminal import Terminal


@pytest.mark.parametrize("talk", conversations_on(On.TERMINAL), ids=lambda talk: talk.name)
async def test_what_is_said_on_terminal_is_answered_in_the_words_of_the_list(
    terminal: Terminal, talk: Conversation
) -> None:
    await hold(talk, terminal)
