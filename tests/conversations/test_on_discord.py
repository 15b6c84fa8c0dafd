"""Every conversation, on Discord over real sockets."""

import pytest

from tests.conversations.discord import Discord
from tests.conversations.every import had
from tests.conversations.holding import hold
from tests.conversations.saying import Conversation, On


@pytest.mark.parametrize("talk", had(On.DISCORD), ids=lambda one: one.name)
async def test_what_is_said_on_discord_is_answered_in_the_words_of_the_list(
    discord: Discord, talk: Conversation
) -> None:
    await hold(talk, discord)
