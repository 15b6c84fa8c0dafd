"""How the bot logs in, what it keeps, and what it does when the homeserver is against it."""

import asyncio
import stat
from pathlib import Path

import pytest
from aiohttp import web

from benchmarks.homeserver import NAME, Homeserver
from bot.adapters.matrix.protocol.homeserver_errors import LoggedOut
from bot.adapters.matrix.protocol.session import FILE
from tests.fakes import copy_store
from tests.matrix.between import Between, is_answer, refusal
from tests.matrix.desk import MatrixBot, fresh, until_ready
from tests.matrix.people import Somebody
from tests.matrix.program import MatrixProgram
from tests.patience import PATIENCE_S


async def test_a_session_is_kept_where_only_its_owner_reads_it_and_used_again(
    bot: MatrixBot,
) -> None:
    async with bot.running():
        pass
    file = bot.state / FILE
    first = file.read_bytes()
    assert stat.S_IMODE(bot.state.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    bot.password = ""
    async with bot.running():
        pass
    assert file.read_bytes() == first


async def test_a_folder_that_others_can_read_is_refused(bot: MatrixBot) -> None:
    bot.state.mkdir(mode=0o755)
    with pytest.raises(RuntimeError, match=r"others can read .*chmod 700"):
        await bot.platform().run()


async def test_a_wrong_password_is_told_without_being_shown(bot: MatrixBot) -> None:
    bot.password = "wrong horse"
    with pytest.raises(RuntimeError, match="refused SITREP_MATRIX_USER") as told:
        await bot.platform().run()
    assert "horse" not in str(told.value)


async def test_without_a_token_or_a_password_it_says_what_to_write(bot: MatrixBot) -> None:
    bot.password = ""
    with pytest.raises(RuntimeError, match="write SITREP_MATRIX_TOKEN"):
        await bot.platform().run()


async def test_a_token_of_somebody_else_is_told(bot: MatrixBot, anna: Somebody) -> None:
    bot.token = anna.token
    with pytest.raises(RuntimeError, match=f"the token is of {anna.id}"):
        await bot.platform().run()


async def test_a_token_is_enough_and_its_device_is_found(bot: MatrixBot, anna: Somebody) -> None:
    """The session of a token is the one under which answers are sent again after a crash."""
    bot.name, bot.token, bot.password = anna.name, anna.token, ""
    async with bot.running():
        assert f'"device":"{anna.device}"' in (bot.state / FILE).read_text()


async def test_a_revoked_token_ends_the_platform_at_once_and_does_not_spin(
    bot: MatrixBot, server: Homeserver, anna: Somebody
) -> None:
    bot.name, bot.token, bot.password = anna.name, anna.token, ""
    async with Between(server.url) as between:
        bot.address = between.url
        platform = bot.platform()
        running = asyncio.create_task(platform.run())
        await until_ready(platform, running)
        await anna.call("POST", "logout")
        before = len(between.asked)
        with pytest.raises(LoggedOut, match="Matrix refused the token"):
            await asyncio.wait_for(running, PATIENCE_S)
        assert len(between.asked) <= before + 2
        assert not platform.ready
    bot.address = ""
    with pytest.raises(LoggedOut):
        await bot.platform().run()


async def test_when_asked_to_send_less_it_waits_longer_each_time(
    bot: MatrixBot, server: Homeserver, anna: Somebody, boris: Somebody
) -> None:
    """The library hands over no time to wait, so the bot takes longer and longer ones."""
    tried: list[float] = []

    def limited(request: web.Request) -> web.Response | None:
        if is_answer(request) and len(tried) < 3:
            tried.append(asyncio.get_running_loop().time())
            return refusal(429, "M_LIMIT_EXCEEDED")
        return None

    async with Between(server.url) as between:
        bot.address = between.url
        async with bot.running():
            room = await anna.room(bot.id, boris.id)
            await anna.next_from(room, bot.id)  # the hello is out, and ends no wait
            between.before = limited
            await anna.ask(room, "!about")
    assert len(tried) == 3
    assert tried[1] - tried[0] >= 0.25
    assert tried[2] - tried[1] >= 0.5


async def test_an_answer_that_is_refused_is_logged_and_not_tried_again(
    bot: MatrixBot, server: Homeserver, anna: Somebody, boris: Somebody
) -> None:
    tried: list[str] = []

    def forbidden(request: web.Request) -> web.Response | None:
        if is_answer(request) and not tried:
            tried.append(request.path)
            return refusal(403, "M_FORBIDDEN")
        return None

    async with Between(server.url) as between:
        bot.address = between.url
        async with bot.running():
            room = await anna.room(bot.id, boris.id)
            await anna.joined(room, bot.id)
            between.before = forbidden
            lost = await anna.say(room, "!about")
            await anna.ask(room, "!status Pokrovsk")
            assert await anna.answers(room, lost) == []
    assert {"event": "undelivered", "error": None, "platform": "matrix", "code": "M_FORBIDDEN"} in (
        bot.logged
    )


async def test_a_homeserver_that_is_away_when_it_starts_is_waited_for(
    bot: MatrixBot, server: Homeserver
) -> None:
    refusals = [refusal(502, "M_UNKNOWN"), refusal(503, "M_UNKNOWN")]
    async with Between(server.url) as between:
        bot.address = between.url
        between.before = lambda request: (
            refusals.pop() if refusals and "/versions" in request.path else None
        )
        async with bot.running():
            assert not refusals
    assert [line["event"] for line in bot.logged[:2]] == ["no homeserver"] * 2


def test_the_program_says_what_is_wrong_and_ends_when_no_platform_is_left(
    server: Homeserver, seeds_file: Path, tmp_path: Path
) -> None:
    copy_store(seeds_file, tmp_path / "own.db")
    program = MatrixProgram(
        tmp_path, server.url, f"@nobody:{NAME}", SITREP_DISCORD_TOKEN="", SITREP_MATRIX_PREFIX="!"
    )
    program.start()
    assert program.ended() == 1
    assert "Matrix refused SITREP_MATRIX_USER with SITREP_MATRIX_PASSWORD" in program.said


async def test_one_platform_that_fails_does_not_stop_the_other(
    server: Homeserver, seeds_file: Path, tmp_path: Path, anna: Somebody
) -> None:
    name = fresh("sitrep")
    await server.register(name)
    copy_store(seeds_file, tmp_path / "own.db")
    settings = {"SITREP_DISCORD_TOKEN": "x", "SITREP_DISCORD_API": f"{server.url}/none"}
    program = MatrixProgram(tmp_path, server.url, f"@{name}:{NAME}", **settings)
    program.start()
    try:
        room = await anna.room(f"@{name}:{NAME}")
        assert (await anna.next_from(room, f"@{name}:{NAME}"))["body"]
        assert '"platform": "discord"' in program.said
    finally:
        assert program.stop() == 0
