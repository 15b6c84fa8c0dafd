"""An import is taken back by any moderator, at any time; what others changed since stays."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.dispatch import Answer, Desk, Dispatch, Outcome
from bot.i18n.formatter import Voice
from commands import COMMANDS
from commands.kit.errors import Code
from commands.kit.invocation import Caller, Role, Room
from store import Store, open_store
from tests.bot.command_line import run
from tests.bulk.conftest import many, read
from tests.fakes import NOON, ZONE
from tests.store.conftest import an_act, an_entry, correction


class OtherModerator:
    """Somebody who did not import it."""

    def __init__(self, store: Store) -> None:
        self._dispatch = Dispatch(
            Desk(store, COMMANDS, lambda: NOON, ZONE, 7), lambda *_, **__: None
        )
        self._asked = 0

    async def retract(self, given: Mapping[str, str], role: Role = Role.MODERATOR) -> Answer:
        self._asked += 1
        who, room = Caller("chat", "8", "Another", role), Room("chat", "1")
        texts = {"why": "The wrong file.", **given}
        return await self._dispatch.call(who, "retract", texts, room, f"chat:{self._asked}")


def title_of(answer: Answer) -> str:
    return Voice(ZONE).plain(*answer.reply.title)


def everything(answer: Answer) -> str:
    return str(answer.reply.blocks)


@pytest.fixture
async def moderator(small: Store) -> OtherModerator:
    return OtherModerator(small)


async def test_it_asks_back_with_the_count_and_names_what_stays(
    small: Store, moderator: OtherModerator
) -> None:
    await read(small, many(3))
    sql = "SELECT id FROM entries WHERE key = 'x-1'"
    ((number,),) = await small._db.read(lambda db: db.execute(sql).fetchall())
    by_hand = correction(number, an_entry(text="By hand.", key="x-1"))
    await small.history.write(an_act("by hand", "correct"), by_hand)
    asked = await moderator.retract({"ref": "b-1"})
    assert title_of(asked) == "Take back B-1, an import of file.jsonl?"
    assert f"E-{number}" in everything(asked)
    assert (await small.imports.batch(1)).state == "filed"
    (go,) = asked.reply.actions
    done = await moderator.retract(go.given)
    assert title_of(done) == "Undone: B-1, an import of file.jsonl"
    assert f"E-{number}" in everything(done)
    kept = await small.entries.get(number)
    assert kept is not None
    assert kept.retracted_at is None
    again = await moderator.retract(go.given)
    assert again.outcome is Outcome.REFUSED  # it was answered as if it were done once more
    assert (again.code, title_of(again)) == (Code.WRONG_STATE, "B-1 was taken back already.")


async def test_what_is_no_import_is_refused(moderator: OtherModerator) -> None:
    missing = await moderator.retract({"ref": "B-9"})
    assert missing.outcome is Outcome.REFUSED
    assert title_of(missing).startswith("There is no import B-9")
    assert (await moderator.retract({"ref": "B-9"}, Role.READER)).outcome is Outcome.REFUSED


async def test_a_shell_takes_it_back_unless_a_bot_is_running(
    small_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "small.db"
    file.write_bytes(small_file.read_bytes())
    async with await open_store(file) as store:
        await read(store, many(3))
        busy = run(tmp_path, "undo", "B-1", "--sure", SITREP_STORE=str(file))
        assert busy.returncode == 2
        assert "/retract B-1" in busy.stderr
    asked = run(tmp_path, "undo", "B-1", SITREP_STORE=str(file))
    assert asked.returncode == 2
    assert "3 entries are retracted" in asked.stdout
    words = ("undo", "B-1", "--as", "Night shift", "--sure")
    assert "Undone: B-1" in run(tmp_path, *words, SITREP_STORE=str(file)).stdout
    async with await open_store(file, writing=False) as store:
        *_, last = await store.history.of("B-1")
    assert (last.by, last.why) == ("Night shift", "Taken back.")
    assert run(tmp_path, "undo", "E-1", SITREP_STORE=str(file)).returncode == 2
    assert run(tmp_path, "undo", "B-9", SITREP_STORE=str(file)).returncode == 2
