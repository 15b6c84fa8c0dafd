"""A machine dies, and the other answers: nothing that was confirmed is lost, nobody leads twice."""

import asyncio
import random
import shutil
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.bench.cast import seed
from bot.bench.filling import fill
from store.maintenance.doctor import Level, examine
from tests.bot.command_line import run
from tests.discord.loopback.world import ADMINISTRATOR
from tests.discord.wire.stage import plain
from tests.fakes import copy_store
from tests.replica.rare_word import WORD, files_with
from tests.replica.shipper import until
from tests.standby.filer import Filer, terms_on_record, words_on_record
from tests.standby.machines import Cluster, Machine, a_site, two_machines

SOAK_KILLS, ENTRIES = 20, 100_000
WITHIN_S = 8 + 5
"""Discord lets one shard connect every five seconds."""


async def test_whoever_stands_by_answers_nobody_until_the_other_dies(
    seeds_path: Path, tmp_path: Path
) -> None:
    async with a_site(tmp_path) as site:
        _, second = await two_machines(site, seeds_path)
        await Filer(site).confirm_one()
        assert second.term == 0
        assert not second.store.exists()
        assert len(site.server.hub.live) == 1
        assert second.log("invocation") == []


async def test_nothing_that_was_confirmed_is_lost_when_machines_die(
    seeds_path: Path, tmp_path: Path
) -> None:
    async with a_site(tmp_path) as site:
        machines = await two_machines(site, seeds_path)
        await take_turns(site, machines, Filer(site), kills=2, chance=random.Random(20))


async def test_a_machine_that_is_told_to_stop_hands_over(seeds_path: Path, tmp_path: Path) -> None:
    async with a_site(tmp_path, {"SITREP_LEASE_SECONDS": "60"}) as site:
        first, second = await two_machines(site, seeds_path)
        filer = Filer(site)
        await filer.confirm_one()
        first.stop_bot()
        assert await first.ended() == 0
        await until(lambda: second.term == 2)
        await site.server.connected()
        await filer.confirm_one()
        assert filer.confirmed <= words_on_record(second.store)


async def test_words_that_were_redacted_are_in_no_file_of_whoever_takes_over(
    seeds_path: Path, tmp_path: Path
) -> None:
    async with a_site(tmp_path) as site:
        first, second = await two_machines(site, seeds_path)
        words = words_of_claim(first.store)
        assert words in second.copy.read_bytes()
        filer = Filer(site)
        await filer.confirm_one()
        admin = site.server.member(site.home, "Admin", permissions=ADMINISTRATOR)
        given = {"ref": filer.claim, "why": "Asked for.", "sure": "yes"}
        answer = await (await admin.slash(site.room, "redact", given)).answer()
        assert "redacted" in plain(answer)
        await until(lambda: words not in first.store.read_bytes())
        await until(lambda: words not in second.copy.read_bytes())
        await first.kill()
        await until(lambda: second.term == 2)
        await ask_until_answered(site)
        assert words not in second.store.read_bytes()


@pytest.mark.parametrize("count", [1, 2], ids=["it starts again", "the other takes over"])
async def test_after_the_next_term_what_was_redacted_is_deleted_from_the_replicas(
    seeds_path: Path, tmp_path: Path, count: int
) -> None:
    """The drill of docs/keeping.md: the words stood in the replicas of the terms before."""
    async with a_site(tmp_path) as site:
        first, *more = [site.machine(name) for name in ("first", "second")[:count]]
        copy_store(seeds_path, first.store)
        first.start()
        await site.server.connected()
        for each in more:
            each.start()
            await until(each.follows)
        await redact_retracted(site)
        elsewhere = tmp_path / "replicas"
        assert list(files_with(WORD, elsewhere))
        first.stop_bot()
        assert await first.ended() == 0
        last = (more or [first])[-1]
        if not more:
            first.start()
        await until(lambda: last.term == 2)
        await site.server.connected()
        await Filer(site, "E-29").confirm_one()
        told = {**site.settings, "SITREP_STORE": str(last.store)}
        assert "stays term-000002-" in run(last.folder, "replica", "clear", **told).stdout
        assert len(list(elsewhere.iterdir())) == 2
        result = run(last.folder, "replica", "clear", "--yes", **told)
        assert result.returncode == 0, result.stderr
        assert [folder.name[:12] for folder in elsewhere.iterdir()] == ["term-000002-"]
        assert list(files_with(WORD, elsewhere)) == []
        await Filer(site, "E-29").confirm_one()


async def redact_retracted(site: Cluster) -> None:
    """Retract a claim for a reason that has a rare word, and take that away with the claim."""
    await Filer(site).confirm_one()
    given = {"ref": "E-28", "why": f"{WORD} saw it."}
    assert WORD in plain(await (await site.moderator.slash(site.room, "retract", given)).answer())
    await asyncio.sleep(1)  # until it is shipped
    admin = site.server.member(site.home, "Admin", permissions=ADMINISTRATOR)
    given = {"ref": "E-28", "why": "Asked for.", "sure": "yes"}
    answer = await (await admin.slash(site.room, "redact", given)).answer()
    assert "redacted" in plain(answer)


def words_of_claim(store: Path) -> bytes:
    """Return the words of the claim that is filed about."""
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as db:
        (words,) = db.execute("SELECT text FROM entries WHERE id = 28").fetchone()
        return str(words).encode()


@pytest.mark.soak
async def test_many_takeovers_with_a_large_record(tmp_path: Path) -> None:
    """Twenty kills at drawn moments, with a hundred thousand entries; and the figures."""
    await seed(tmp_path / "seeded.db")
    await asyncio.to_thread(fill, tmp_path / "seeded.db", tmp_path / "large.db", ENTRIES)
    drawn = random.SystemRandom().randrange(10**6)
    async with a_site(tmp_path) as site:
        machines = await two_machines(site, tmp_path / "large.db")
        filer = Filer(site, "E-1")
        took = await take_turns(site, machines, filer, SOAK_KILLS, random.Random(drawn))
    figures = f"longest {max(took):.1f} s, half within {sorted(took)[len(took) // 2]:.1f} s"
    print(  # noqa: T201
        f"seed {drawn}: {len(took)} takeovers with {ENTRIES:,} entries: {figures};"
        f" {len(filer.confirmed):,} confirmed, 0 of them lost; {len(filer.late)} said late"
    )
    assert max(took) <= WITHIN_S


async def take_turns(
    site: Cluster,
    machines: tuple[Machine, Machine],
    filer: Filer,
    kills: int,
    chance: random.Random,
) -> list[float]:
    """Kill whoever answers at drawn moments; return the seconds until the other did."""
    first, second = machines
    took = []
    for number in range(1, kills + 1):
        await filer.confirm_one()
        async with filer.filing():
            await asyncio.sleep(chance.uniform(0, 2))
            await first.kill()
        killed_at = time.monotonic()
        await ask_until_answered(site)
        took.append(time.monotonic() - killed_at)
        await filer.confirm_one()
        assert (first.term, second.term) == (number, number + 1)
        assert terms_on_record(second.store)[-1][0] == number + 1
        assert filer.confirmed <= words_on_record(second.store)
        drop_old_terms(site)
        first.start()
        await until(first.follows)
        first, second = second, first
    await first.kill()
    findings = examine(first.store, datetime.now(UTC))
    assert [each for each in findings if each.level is Level.FAIL] == []
    assert site.server.violations == []
    return took


def drop_old_terms(site: Cluster) -> None:
    """Delete the replicas of all terms but the last two, as an operator does."""
    for folder in sorted((site.folder / "replicas").iterdir())[:-2]:
        shutil.rmtree(folder)


async def ask_until_answered(site: Cluster) -> None:
    """Ask a reader's question until somebody answers it."""
    asked = []
    while True:
        asked.append(await site.moderator.slash(site.room, "about"))
        await asyncio.sleep(0.1)
        if any(each.response for each in asked):
            return
