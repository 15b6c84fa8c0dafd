"""A terminal that is open is told as a room is: its admin sets it up, and it prints."""

from datetime import timedelta

import pytest

from bot.adapters.console.posting import Printer
from bot.i18n.formatter import Voice
from bot.notify.scheduler import Schedule
from commands.kit.invocation import Caller, Role
from store.model.digest import DeliveryState
from tests.fakes import ZONE
from tests.store.conftest import addition, an_entry
from tests.summaries.desk import DAY, MORNING, Bench

ADMIN = Caller("console", "local", "You", Role.ADMIN)


async def test_what_the_admin_of_a_terminal_sets_up_is_printed_in_it(
    here: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    started = await here.dispatch.line(ADMIN, "/digests add sure:yes")
    assert started.asked is not None
    await here.store.history.write(here.act("file"), addition(an_entry(text="Told once.")))
    printer = Printer(Voice(ZONE))
    schedule = Schedule(here.store, here.dispatch, {"console": printer}, here.clock, here._log)
    here.clock.now = MORNING
    await schedule.turn()
    await schedule.turn()
    assert capsys.readouterr().out.count("• Told once.") == 1
    told = await here.store.digest_deliveries.get(1, DAY)
    assert told is not None
    assert told.state is DeliveryState.TOLD


async def test_a_terminal_that_is_closed_is_waited_for(here: Bench) -> None:
    await here.dispatch.line(ADMIN, "/digests add sure:yes")
    here.clock.now = MORNING + timedelta(hours=1)
    await here.turn()
    assert await here.store.digest_deliveries.get(1, DAY) is None
