"""What the calls whose plans are looked at are given."""

from collections.abc import Awaitable, Callable
from datetime import time, timedelta

from store import Store
from store.model.digest import DigestSettings
from store.places.drawn_areas import AreaParts
from store.queries.period_changes import ComparedDays
from store.workflow.inquiries import Inquirer
from store.workflow.watches import Watcher
from tests.store.conftest import (
    AT,
    DAY,
    POKROVSK,
)

ASKER = Inquirer("discord", "17")
PERIOD = ComparedDays(DAY - timedelta(days=9), DAY, AT - timedelta(days=9), AT + timedelta(days=1))
CIRCLE = AreaParts(circles=((POKROVSK, 20),))
Call = Callable[[Store], Awaitable[object]]
WISH = DigestSettings(time(8), "Europe/Kyiv", (POKROVSK,))
HERE, ALONE = Watcher("console", "room"), Watcher("console", "", "1")
