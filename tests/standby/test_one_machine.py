"""Standing by without NATS, and what a machine that cannot stand by says."""

from pathlib import Path

from tests.bot.command_line import run
from tests.fakes import copy_store
from tests.replica.shipper import until
from tests.standby.filer import Filer, terms_on_record, words_on_record
from tests.standby.machines import Cluster, a_site

ALONE = {"SITREP_LEASE": "", "SITREP_REPLICA": "", "SITREP_DURABLE": "local"}


async def test_on_one_machine_the_next_process_waits_for_the_store(
    seeds_path: Path, tmp_path: Path
) -> None:
    async with a_site(tmp_path, ALONE) as site:
        first, second = site.machine("first"), site.machine("second")
        copy_store(seeds_path, first.store)
        first.start()
        await site.server.connected()
        second.start(SITREP_STORE=str(first.store))
        filer = Filer(site)
        await filer.confirm_one()
        assert [term for term, _ in terms_on_record(first.store)] == [1]
        await first.kill()
        await until(lambda: len(terms_on_record(first.store)) == 2)
        await site.server.connected()
        await filer.confirm_one()
        assert filer.confirmed <= words_on_record(first.store)
        assert second.log("invocation")


async def test_with_no_record_anywhere_it_says_where_to_start(tmp_path: Path) -> None:
    async with a_site(tmp_path) as site:
        assert "Start the machine first that has the record" in await start_empty(site)


async def test_a_lease_needs_a_record_that_is_shipped(tmp_path: Path) -> None:
    async with a_site(tmp_path, {"SITREP_DURABLE": "local"}) as site:
        assert "write SITREP_DURABLE=shipped and SITREP_REPLICA" in await start_empty(site)


async def start_empty(site: Cluster) -> str:
    """Start a machine that has nothing; return what it says when it ends."""
    machine = site.machine("first")
    machine.start()
    assert await machine.ended() == 1
    return (machine.folder / "log").read_text(encoding="utf-8")


async def test_whoever_stands_by_is_well(seeds_path: Path, tmp_path: Path) -> None:
    """A container that stood by was called ill."""
    async with a_site(tmp_path) as site:
        first, second = site.machine("first"), site.machine("second")
        copy_store(seeds_path, first.store)
        first.start()
        await site.server.connected()
        second.start()
        await until(lambda: second.heartbeat_trouble() == "")
        assert second.term == 0


async def test_what_was_written_with_all_stopped_stays_on_record(
    seeds_path: Path, tmp_path: Path
) -> None:
    """What an operator had imported meanwhile was set aside for the replica's record."""
    async with a_site(tmp_path) as site:
        machine = site.machine("first")
        copy_store(seeds_path, machine.store)
        machine.start()
        await site.server.connected()
        filer = Filer(site)
        await filer.confirm_one()
        machine.stop_bot()
        assert await machine.ended() == 0
        line = '/verdict E-28 confirmed "Written at the desk."'
        result = run(machine.folder, "ask", "--as", "moderator", "--no-seeds", line)
        assert result.returncode == 0, result.stderr
        machine.start()
        await site.server.connected()
        await filer.confirm_one()
        record = words_on_record(machine.store)
        assert {"Written at the desk.", *filer.confirmed} <= record
        assert [term for term, _ in terms_on_record(machine.store)] == [1, 2]
