"""Somebody who keeps the record, at the desk’s own time."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from store.model.entry import Kind, LinkType, VerdictValue
from store.model.ref import Ref
from store.model.revision import Act, Person
from store.model.span import Span
from store.record import entry_rows as filing
from tests.fakes import Talk, TerminalAnswer
from tests.store.conftest import an_entry

FIRST, SECOND, THIRD = (datetime(2025, 11, day, 10, tzinfo=UTC) for day in (8, 9, 10))
BY = Person("console", "1", "Moderator One")


class Keeper:
    """Writes to a desk, at the desk's own time; each method returns the entry's number."""

    def __init__(self, desk: Talk) -> None:
        self.desk, self.acts = desk, 0
        desk.now = FIRST

    def act(self, name: str, why: str = "To see what happens.") -> Act:
        self.acts += 1
        return Act(f"k{self.acts}", name, BY, self.desk.now, why)

    async def file(self, text: str = "Fighting goes on.", **fields: Any) -> int:
        on = Span.on(self.desk.now.date())
        entry = an_entry(**{"text": text, "day": on, **fields})
        work = partial(filing.file, filing=entry, at=self.desk.now)
        revision = await self.desk.store.history.write(self.act("file"), work)
        return Ref.parse(revision.target).number

    async def claim(self, text: str = "It is said.", **fields: Any) -> int:
        return await self.file(
            text, **{"kind": Kind.CLAIM, "type": "other", "actor_id": 1, **fields}
        )

    async def judge(self, status: str, **fields: Any) -> int:
        return await self.file(
            f"It is {status}.",
            **{
                "kind": Kind.ASSESSMENT,
                "type": "control",
                "control": status,
                "actor_id": 1,
                **fields,
            },
        )

    async def correct(self, number: int, text: str, why: str = "A slip.", **fields: Any) -> None:
        entry = await self.desk.store.entries.get(number)
        assert entry is not None
        to = an_entry(text=text, **{"day": entry.day, **fields})
        act = self.act("correct", why)
        await self.desk.store.moderation.correct(act, number, entry.version, to)

    async def retract(self, number: int, why: str = "It was not so.") -> None:
        await self.desk.store.moderation.retract(self.act("retract", why), number)

    async def redact(self, number: int, why: str = "A private address.") -> None:
        await self.desk.store.redaction.redact(self.act("redact", why), number)

    async def link(
        self, source_entry: int, other: int, kind: LinkType = LinkType.CONTRADICTS
    ) -> None:
        await self.desk.store.moderation.link(self.act("link"), source_entry, kind, other)

    async def unlink(self, source_entry: int, other: int, why: str = "A misreading.") -> None:
        act = self.act("unlink", why)
        await self.desk.store.moderation.unlink(act, source_entry, LinkType.CONTRADICTS, other)

    async def check(
        self, number: int, value: VerdictValue | None, why: str = "It was checked."
    ) -> None:
        await self.desk.store.moderation.check(self.act("verdict", why), number, value)

    async def digest(self, rest: str = "") -> TerminalAnswer:
        answer = await self.desk(f"/digest {rest}".strip())
        assert not answer.refused, answer.text
        return answer


@pytest.fixture
def keeper(desk: Talk) -> Keeper:
    """Somebody who keeps the record of the test's own desk."""
    return Keeper(desk)


def heads(answer: TerminalAnswer) -> list[str]:
    """Return the headings of the sections that a summary has."""
    known = (
        "Control and disagreements",
        "New claims",
        "New events",
        "Verdicts",
        "Corrections to earlier summaries",
        "Overdue: nothing newer from these assessors",
    )
    return [line for line in answer.lines if line in known]
