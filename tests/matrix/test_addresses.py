"""Where the homeserver is: found out before the password goes anywhere, and said when wrong."""

import pytest

from benchmarks.homeserver import Homeserver
from tests.matrix.desk import MatrixBot
from tests.matrix.people import Somebody
from tests.matrix.site import naming, site


@pytest.mark.parametrize(
    ("otherwise", "path", "why"),
    [
        (None, "", "it answered 404"),
        ("<h1>Welcome</h1>", "", "lists no versions"),
        (None, "/chat", "it answered 404"),
    ],
)
async def test_a_site_that_is_no_homeserver_is_called_one_and_gets_no_password(
    bot: MatrixBot, otherwise: str | None, path: str, why: str
) -> None:
    """It was “refused … PASSWORD (404)”, or tried for ever."""
    async with site({}, otherwise) as wrong:
        bot.address = wrong.url + path
        with pytest.raises(RuntimeError, match=f"SITREP_MATRIX_HOMESERVER: .*{why}") as told:
            await bot.platform().run()
        assert f"{bot.address} is not a Matrix homeserver" in str(told.value)
    assert {line.split()[0] for line in wrong.asked} == {"GET"}


async def test_the_homeserver_that_a_site_names_is_the_one_that_gets_the_password(
    bot: MatrixBot, server: Homeserver, anna: Somebody
) -> None:
    async with site(naming(server.url + "/")) as named:
        bot.address = named.url
        async with bot.running():
            room = await anna.room(bot.id)
            assert await anna.next_from(room, bot.id)
    assert {line.split()[0] for line in named.asked} == {"GET"}


async def test_a_homeserver_is_used_as_written_where_what_it_names_is_none(
    bot: MatrixBot,
) -> None:
    """One inside a network names the address at which others reach it."""
    pages = {
        **naming("http://127.0.0.1:1"),
        "/_matrix/client/versions": {"versions": ["v1.11"]},
    }
    async with site(pages) as inside:
        bot.address = inside.url
        with pytest.raises(RuntimeError, match="refused SITREP_MATRIX_USER"):
            await bot.platform().run()
    assert "POST /_matrix/client/v3/login" in inside.asked


async def test_an_account_in_capitals_is_the_same_device_at_each_start(bot: MatrixBot) -> None:
    """Each start made a new device; without the password there was “no session”."""
    written = bot.name
    async with bot.running():
        pass
    session = (bot.state / "session.json").read_bytes()
    bot.name, bot.password = written.upper(), ""
    async with bot.running():
        pass
    assert (bot.state / "session.json").read_bytes() == session


async def test_a_second_process_on_the_same_folder_is_refused(bot: MatrixBot) -> None:
    """It ran, and both answered."""
    async with bot.running():
        with pytest.raises(RuntimeError, match=r"another process uses .*SITREP_MATRIX_STATE"):
            await bot.platform().run()
    async with bot.running():
        pass


async def test_all_that_is_kept_is_for_its_owner_alone(bot: MatrixBot) -> None:
    async with bot.running():
        modes = {file.name: file.stat().st_mode & 0o777 for file in bot.state.iterdir()}
    assert set(modes.values()) == {0o600}, modes
    (bot.state / "session.json").chmod(0o644)
    async with bot.running():
        assert (bot.state / "session.json").stat().st_mode & 0o777 == 0o600
