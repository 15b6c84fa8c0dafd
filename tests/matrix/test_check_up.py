"""`doctor` looks at the homeserver, the session, the keys and the homes."""

from importlib.util import find_spec

import pytest

from bot.adapters.matrix.client.check_up import check_up
from store.maintenance.doctor import Finding, Level
from tests.matrix.desk import MatrixBot
from tests.matrix.people import Somebody
from tests.matrix.site import site


async def look(bot: MatrixBot) -> dict[str, list[Finding]]:
    findings: dict[str, list[Finding]] = {}
    async for finding in check_up(bot.setup(), bot.homes):
        findings.setdefault(finding.what.removeprefix("matrix "), []).append(finding)
    return findings


async def test_what_stands_well_is_said_while_the_bot_runs(bot: MatrixBot, anna: Somebody) -> None:
    home = await anna.room(bot.id)
    away = await anna.room()
    bot.homes = {home, away}
    async with bot.running():
        await anna.joined(home, bot.id)
        findings = await look(bot)
    assert findings["homeserver"][0].level is Level.OK
    assert findings["session"][0].detail.startswith(f"{bot.id}, device ")
    homes = {finding.detail: finding.level for finding in findings["homes"]}
    assert homes == {f"in {home}": Level.OK, f"not in {away}: invite the bot there": Level.WARN}
    if find_spec("olm"):
        fingerprint = next(line for line in bot.logged if line["event"] == "device")["fingerprint"]
        assert findings["keys"][0].detail == f"fingerprint {fingerprint}"


async def test_before_the_first_start_it_says_what_the_next_one_does(bot: MatrixBot) -> None:
    findings = await look(bot)
    assert findings["session"][0].level is Level.WARN
    assert not bot.state.exists()
    bot.password = ""
    assert (await look(bot))["session"][0].level is Level.FAIL


async def test_a_wrong_address_and_an_ended_session_are_said(
    bot: MatrixBot, anna: Somebody
) -> None:
    async with site({}) as wrong:
        bot.address = wrong.url
        findings = await look(bot)
    assert list(findings) == ["homeserver"]
    assert findings["homeserver"][0].level is Level.FAIL
    bot.address = ""
    bot.name, bot.token, bot.password = anna.name, anna.token, ""
    async with bot.running():
        pass
    await anna.call("POST", "logout")
    ended = (await look(bot))["session"][0]
    assert ended.level is Level.FAIL
    assert "Log in anew" in ended.detail


@pytest.mark.skipif(not find_spec("olm"), reason="requirements-e2ee.txt is not installed")
async def test_lost_keys_are_said_with_the_cure(bot: MatrixBot) -> None:
    async with bot.running():
        pass
    for file in bot.state.glob("keys-*"):
        file.unlink()
    lost = (await look(bot))["keys"][0]
    assert lost.level is Level.FAIL
    assert "start once with run --new-device" in lost.detail
