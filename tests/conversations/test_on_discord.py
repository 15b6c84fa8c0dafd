"""Every conversation, on Discord over real sockets."""

import pytest

from tests.conversations.discord import Discord
from tests.conversations.every import conversations_on
from tests.conversations.holding import hold
from tests.conversations.saying import Conversation, On
from tests.conversations.talks.differences import SHOWN_AS_IT_STANDS

_BY_NAME = [
    talk
    for talk in conversations_on(On.DISCORD)
    if not any(step.line.startswith(SHOWN_AS_IT_STANDS) for step in talk.steps)
]


@pytest.mark.parametrize("talk", conversations_on(On.DISCORD), ids=lambda talk: talk.name)
async def test_what_is_said_on_discord_is_answered_in_the_words_of_the_list(
    discord: Discord, talk: Conversation
) -> None:
    await hold(talk, discord)


@pytest.mark.parametrize("talk", _BY_NAME, ids=lambda talk: talk.name)
async def test_what_is_written_to_the_bot_by_its_name_is_answered_in_the_same_words(
    by_name: Discord, talk: Conversation
) -> None:
    await hold(talk, by_name)
