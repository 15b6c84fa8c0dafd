"""Somebody who files verdicts, each in words of its own, and notes what the bot confirmed."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from store.maintenance.raw_connection import open_bare
from tests.discord.loopback import Interaction
from tests.discord.wire.stage import plain
from tests.standby.machines import Cluster

LATE = "not yet copied elsewhere"


@dataclass
class Filer:
    """Files verdicts about one `claim`. What is `late` was said to be safe on one machine only."""

    site: Cluster
    claim: str = "E-28"
    count: int = 0
    confirmed: set[str] = field(default_factory=set)
    late: set[str] = field(default_factory=set)
    _asked: dict[str, Interaction] = field(default_factory=dict)

    async def ask(self) -> str:
        """File the next one, and wait for nothing; return its words."""
        self.count += 1
        words, value = f"Look {self.count:06d}.", ("confirmed", "refuted")[self.count % 2]
        given = {"ref": self.claim, "value": value, "why": words}
        self._asked[words] = await self.site.moderator.slash(self.site.room, "verdict", given)
        return words

    def look(self) -> None:
        """Note what was confirmed since the last look."""
        for words, asked in list(self._asked.items()):
            answer = asked._shown() if asked.response else None
            if answer is not None and words in (text := plain(answer)):
                (self.late if LATE in text else self.confirmed).add(words)
                del self._asked[words]

    @asynccontextmanager
    async def filing(self, pause_s: float = 0.05) -> AsyncIterator[None]:
        """File again and again while the block runs, whether there are answers or not."""

        async def file() -> None:
            while True:
                await self.ask()
                await asyncio.sleep(pause_s)

        task = asyncio.create_task(file())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def until_confirmed(self, words: str) -> None:
        """Wait until the bot has confirmed what was filed in these words."""

        def is_confirmed() -> bool:
            self.look()
            return words in self.confirmed | self.late

        await self.site.server.until(is_confirmed, f"an answer to {words}")

    async def confirm_one(self) -> None:
        """File again and again until one is confirmed as safe on another machine as well."""
        before = len(self.confirmed)
        while len(self.confirmed) == before:
            await self.until_confirmed(await self.ask())


def words_on_record(store: Path, after_seq: int = 0) -> set[str]:
    """Return the words of the verdicts in a store, of those after a revision."""
    with closing(open_bare(store)) as db:
        rows = db.execute(
            "SELECT json_extract(b.body, '$.why') FROM revisions r"
            " JOIN revision_bodies b USING (seq) WHERE r.act = 'verdict' AND r.seq > ?",
            (after_seq,),
        )
        return {str(why) for (why,) in rows}


def terms_on_record(store: Path) -> list[tuple[int, int]]:
    """Return the terms in a store, each with the last revision before it."""
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as db:
        return list(db.execute("SELECT term, after_seq FROM tenures ORDER BY term"))


def hash_on_record(store: Path, seq: int) -> str:
    """Return the hash of a revision in a store."""
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as db:
        (digest,) = db.execute("SELECT digest FROM revisions WHERE seq = ?", (seq,)).fetchone()
        return bytes(digest).hex()
