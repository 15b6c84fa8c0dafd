"""Whatever several people do, the record is what its revisions say, now and at any moment."""

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from typing_extensions import override

from store import Store
from store.db.database import transaction
from store.db.packing import teach
from store.editing import redaction, registry
from store.editing.names import name_actor, prefer
from store.editing.undo import undo
from store.model.entry import Encirclement, Kind, LinkType, PlaceRole, VerdictValue
from store.model.filing import FiledPlace, FiledSource, Filing
from store.model.refusals import Refusal
from store.model.revision import Act, Change, Person
from store.model.span import Span
from store.record import entry_rows, moderation
from store.record.as_of import replay_entries
from store.record.revisions import first_broken, record
from tests.store.conftest import AT, DAY, POKROVSK, an_entry
from tests.store.laid_store import lay_store
from tests.store.record_content import Content, content, without

PLACES, ACTORS, SOURCES = (1, 2, 3), (1, 2), (1, 2)
HOUR = timedelta(hours=1)


contents = st.builds(
    an_entry,
    kind=st.sampled_from([Kind.EVENT, Kind.CLAIM]),
    text=st.sampled_from(["Fighting.", "A flag.", "Кінець."]),
    day=st.integers(0, 3).map(lambda back: Span.on(DAY - timedelta(back))),
    places=st.lists(
        st.builds(
            FiledPlace, st.sampled_from(PLACES), st.sampled_from(PlaceRole), detail=st.just("edge")
        ),
        max_size=2,
        unique_by=lambda at: at.place_id,
    ).map(tuple),
    sources=st.lists(st.sampled_from(SOURCES), min_size=1, unique=True).map(
        lambda some: tuple(map(FiledSource, some))
    ),
    actor_id=st.none() | st.sampled_from(ACTORS),
    encirclement=st.none() | st.sampled_from(Encirclement),
)
people = st.sampled_from([Person("console", name, name.title()) for name in ("one", "two")])
numbers = st.integers(0, 50)
types = st.sampled_from([LinkType.CONTRADICTS, LinkType.SUPPORTS])
Write = Callable[[sqlite3.Connection, Act], Change]


class RecordMachine(RuleBasedStateMachine):
    """Several people at work on one record."""

    def __init__(self) -> None:
        super().__init__()
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        self.db.deserialize(lay_store(PLACES, ACTORS, SOURCES))
        teach(self.db)
        self.db.execute("PRAGMA foreign_keys = ON")
        self.now = AT
        self.count = self.written = 0
        self.last = Person("console", "one", "One")
        self.renamed = False
        self.redacted: set[int] = set()
        self.seen: list[tuple[datetime, Content]] = []

    def act(self, by: Person, name: str, write: Write) -> bool:
        """Do something as somebody; tell whether the record took it."""
        self.written += 1
        self.now += timedelta(minutes=7)
        act = Act(f"k{self.written}", name, by, self.now, f"Reason {self.written}.")
        try:
            transaction(self.db, lambda: record(self.db, act, lambda db: write(db, act)))
        except Refusal:
            return False
        self.last = by
        return True

    def some(self, number: int) -> int:
        return 1 + number % self.count

    @initialize(entries=st.lists(contents, min_size=2, max_size=3), by=people)
    def begin(self, entries: list[Filing], by: Person) -> None:
        for entry in entries:
            self.file(entry, by)

    @rule(entry=contents, by=people)
    def file(self, entry: Filing, by: Person) -> None:
        if self.act(by, "file", lambda db, act: entry_rows.file(db, entry, act.at)):
            self.count += 1

    @rule(number=numbers, entry=contents, by=people)
    def correct(self, number: int, entry: Filing, by: Person) -> None:
        first = self.some(number)
        (version,) = self.db.execute(
            "SELECT version FROM entries WHERE id = ?", (first,)
        ).fetchone()
        self.act(by, "correct", lambda db, act: moderation.correct(db, act, first, version, entry))

    @rule(number=numbers, by=people)
    def retract(self, number: int, by: Person) -> None:
        self.act(by, "retract", lambda db, act: moderation.retract(db, act, self.some(number)))

    @rule(number=numbers, by=people)
    def restore(self, number: int, by: Person) -> None:
        self.act(by, "restore", lambda db, act: moderation.restore(db, act, self.some(number)))

    @rule(first=numbers, kind=types, other=numbers, by=people)
    def link(self, first: int, kind: LinkType, other: int, by: Person) -> None:
        ends = self.some(first), self.some(other)
        if ends[0] != ends[1]:
            self.act(by, "link", lambda db, act: moderation.link(db, act, ends[0], kind, ends[1]))

    @rule(number=numbers, by=people)
    def unlink(self, number: int, by: Person) -> None:
        links = self.db.execute("SELECT from_id, type, to_id FROM links").fetchall()
        if links:
            first, kind, other = links[number % len(links)]
            self.act(
                by, "unlink", lambda db, _: moderation.unlink(db, first, LinkType(kind), other)
            )

    @rule(
        number=numbers,
        value=st.none() | st.sampled_from(VerdictValue),
        source=st.none() | st.sampled_from(SOURCES),
        by=people,
    )
    def check(
        self, number: int, value: VerdictValue | None, source: int | None, by: Person
    ) -> None:
        first = self.some(number)
        self.act(by, "verdict", lambda db, _: moderation.check(db, first, value, source))

    @rule(by=people)
    def undo(self, by: Person) -> None:
        self.act(by, "undo", lambda db, act: undo(db, act, act.at - HOUR))

    @rule()
    def think_again(self) -> None:
        """Whoever did something last takes it back at once."""
        self.undo(self.last)

    @rule(source=st.sampled_from(SOURCES), grade=st.sampled_from("ABF"), by=people)
    def grade(self, source: int, grade: str, by: Person) -> None:
        change = partial(registry.grade, number=source, reliability=grade)
        self.act(by, "grade", lambda db, _: change(db))

    @rule(ref=st.sampled_from(["A-1", "S-1", "P-1"]), name=st.sampled_from("XYZ"), by=people)
    def rename(self, ref: str, name: str, by: Person) -> None:
        self.renamed = True
        self.act(by, "prefer", lambda db, _: prefer(db, ref, name))

    @rule(name=st.sampled_from("XYZ"), by=people)
    def alias(self, name: str, by: Person) -> None:
        self.act(by, "alias", lambda db, _: name_actor(db, 1, name))

    @rule(number=st.integers(0, 200), by=people)
    def redact(self, number: int, by: Person) -> None:
        if number < 8:  # not too often, or there would be nothing left to work on
            first = self.some(number)
            if self.act(by, "redact", lambda db, act: redaction.redact(db, act, first)):
                self.redacted.add(first)

    @rule()
    def look(self) -> None:
        """Keep what is on record now, to be held against a look at this moment later."""
        self.seen.append((self.now, content(self.db)))

    @override
    def teardown(self) -> None:
        try:
            self.look()
            every = range(1, self.count + 1)
            for moment, then in self.seen:
                replayed = replay_entries(self.db, every, moment, content)
                words = not self.renamed  # the full text keeps names as they were when written
                expected = without(then, self.redacted, words=words)
                assert without(replayed, self.redacted, words=words) == expected
            assert first_broken(self.db) is None
            assert self.db.execute("PRAGMA foreign_key_check").fetchall() == []
        finally:
            self.db.close()


def campaign(examples: int, steps: int, *, chance: bool) -> None:
    run_state_machine_as_test(
        RecordMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=not chance,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


def test_the_record_is_what_its_revisions_say() -> None:
    campaign(25, 25, chance=False)


@pytest.mark.soak
def test_the_record_is_what_its_revisions_say_after_long_work() -> None:
    campaign(1500, 60, chance=True)


async def test_a_link_that_was_taken_back_shows_in_a_look_at_a_moment_before(small: Store) -> None:
    """Only what is linked now was once looked at."""
    later = AT + timedelta(minutes=1)
    act = Act("u", "unlink", Person("console", "one", "One"), later, "")
    await small.moderation.unlink(act, 14, LinkType.CONTRADICTS, 28)
    now, then = await small.entries.get(28), await small.entries.as_of(28, AT)
    assert now is not None
    assert then is not None
    assert 14 not in [link.entry_id for link in now.links]
    assert 14 in [link.entry_id for link in then.links]


async def test_who_disagrees_from_elsewhere_shows_in_a_look_at_an_earlier_moment(
    small: Store,
) -> None:
    """What contradicts a claim about two towns holds for the one that both are about."""
    kupiansk, pokrovsk = [await small.places.get(number) for number in (703656, POKROVSK)]
    assert kupiansk is not None
    assert pokrovsk is not None
    for at in (None, AT):
        (elsewhere,) = (await small.place_overviews.of(kupiansk, DAY, at)).encirclement
        assert elsewhere.id == 28
        assert not elsewhere.links
    now, then = [
        next(
            entry
            for entry in (await small.place_overviews.of(pokrovsk, DAY, at)).encirclement
            if entry.id == 28
        )
        for at in (None, AT)
    ]
    assert {link.entry_id for link in now.links} == {link.entry_id for link in then.links}
    assert 14 in {link.entry_id for link in then.links}
