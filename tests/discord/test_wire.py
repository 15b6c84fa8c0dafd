"""The product's own client over real sockets, against a server that checks every body."""

from pathlib import Path

from bot.adapters.discord.client import Client
from bot.dispatch import Desk, Dispatch
from bot.platform import Port
from bot.roles import Homes
from bot.voice import Voice
from commands import COMMANDS
from commands.kit.params import OneOf
from store import Store, open_store
from tests.discord.loopback import Loopback
from tests.fakes import NOON, ZONE


def client(store: Store, failures: list[object]) -> Client:
    async def presence() -> str:
        return "Data as of 7 Nov 2025"

    def log(event: str, /, *, error: BaseException | None = None, **fields: object) -> None:
        if error is not None:
            failures.append((event, fields, error))

    dispatch = Dispatch(Desk(store, COMMANDS, lambda: NOON, ZONE, 7), log)
    return Client(Port(dispatch, store.operation, Homes(), log, lambda _: Voice(ZONE), presence))


async def test_discord_takes_the_commands_and_a_member_is_answered(tmp_path: Path) -> None:
    failures: list[object] = []
    async with await open_store(tmp_path / "desk.db") as store, Loopback() as server:
        await store.load_seeds(NOON)
        home = server.guild("Server")
        room = server.channel(home, "general")
        reader = server.member(home, "Reader One")
        async with server.running(client(store, failures), shards=1):
            asked = await reader.slash(room, "status", {"place": "Pokrovsk"})
            answer = await asked.answer()
            found = await reader.autocomplete(room, "status", {"place": "pokr"}, "place")
    assert "DISPUTED by Vitalii Deineha" in answer.text
    assert answer.ephemeral
    assert found
    assert failures == []
    assert server.violations == []


async def test_a_parameter_with_fixed_choices_asks_for_no_suggestions(tmp_path: Path) -> None:
    """Discord refuses all commands at once when one option has both."""
    async with (
        await open_store(tmp_path / "desk.db") as store,
        Loopback() as server,
        server.running(client(store, []), shards=1),
    ):
        (call,) = server.called("PUT", "/applications")
    options = [(c["name"], o) for c in call.body for o in c.get("options", [])]
    fixed = {f"{c.path} {p.name}" for c in COMMANDS for p in c.params if isinstance(p.type, OneOf)}
    assert {f"{name} {o['name']}" for name, o in options if o.get("choices")} == fixed
    assert not [o for _, o in options if o.get("choices") and o.get("autocomplete")]
