"""A session whose keys are gone: it was deaf in encrypted rooms, and nothing said so."""

from importlib.util import find_spec

import pytest

if not all(find_spec(name) for name in ("olm", "asyncpg")):
    pytest.skip("requirements-e2ee.txt is not installed", allow_module_level=True)

from tests.matrix.desk import MatrixBot
from tests.matrix.people import Somebody
from tests.matrix.sealed import make_encrypted_room, strict


def lose_keys(bot: MatrixBot) -> None:
    """Delete the database of the keys, and what SQLite keeps beside it."""
    for file in bot.state.glob("keys-*"):
        file.unlink()


async def test_lost_keys_are_said_at_the_start_with_the_cure(
    bot: MatrixBot, anna: Somebody
) -> None:
    async with bot.running():
        pass
    lose_keys(bot)
    bot.password = ""
    for _ in range(2):
        bot.logged.clear()
        async with bot.running():
            room = await anna.room(bot.id)
            assert await anna.next_from(room, bot.id)  # plain rooms are served
        lost = [line for line in bot.logged if line["event"] == "keys lost"]
        assert len(lost) == 1
        assert "start once with run --new-device" in lost[0]["why"]
        assert "SITREP_MATRIX_PASSWORD" in lost[0]["why"]


async def test_with_the_password_at_hand_it_is_a_new_device_that_reads(
    bot: MatrixBot, boris: Somebody, tmp_path_factory: pytest.TempPathFactory
) -> None:
    async with bot.running():
        pass
    before = (bot.state / "session.json").read_bytes()
    lose_keys(bot)
    folder = tmp_path_factory.mktemp("anna")
    async with bot.running(), strict(bot.server, f"anna-of-{bot.name}", folder) as anna:
        assert (bot.state / "session.json").read_bytes() != before
        room = await make_encrypted_room(anna, bot.id, boris.id)
        await anna.wait(lambda message: message.sender == bot.id)
        answer = await anna.answer(room, await anna.say(room, "!status Pokrovsk"))
        assert answer.content["body"].startswith("Pokrovsk: ")
