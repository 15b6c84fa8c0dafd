"""What a kind of value writes, it reads as the same value."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, reject
from hypothesis import strategies as st

from commands import COMMANDS
from commands.kit.command import ParamType
from commands.kit.context import Context
from commands.kit.errors import Code, UserError
from commands.kit.inlines import T
from commands.kit.invocation import Caller, Invocation, Role, Room
from commands.kit.params.basic import AReference, FreeText, KnownEntry, OneOf
from commands.kit.params.control import KnownControl, Outward
from commands.kit.params.day_values import AtMoment, OnDay
from commands.kit.params.deferred import LONGEST, Deferred, Sentence
from commands.kit.params.entities import KnownActor, KnownPlace, KnownSource
from commands.kit.params.place_lists import SomePlaces
from commands.kit.params.times import AtHour, InZone
from commands.kit.parser import read_line, write_line
from commands.kit.vocabulary import VERDICTS
from commands.shared.record_changes import KnownAuthor
from store.model.entry import LinkType
from store.model.ref import DIGEST
from store.model.span import Span
from tests.fakes import NOON, ZONE, Talk

if TYPE_CHECKING:
    from store import Store

ANY = T("Anything")
ALONE = Context(
    caller=Caller("console", "1", "Reader One"),
    room=Room("console", "local"),
    key="",
    store=cast("Store", None),  # no value that is read here is looked up
    now=NOON,
    zone=ZONE,
    stale_days=7,
    commands=COMMANDS,
)
DAYS = st.dates(min_value=datetime(1900, 1, 1, tzinfo=UTC).date(), max_value=ALONE.today)
MARKS = st.sampled_from(["", "~", "?", "%"])


def read(kind: ParamType, text: str) -> Any:
    """Return the value of a text that needs no store to be read."""
    return asyncio.run(kind.read(text, ALONE))


def reads_back(kind: ParamType, value: object) -> bool:
    """Tell whether a value's text reads as the value, and as it says itself."""
    return bool(read(kind, kind.write(value)) == value)


@given(DAYS, DAYS, st.sampled_from(["", ".."]), MARKS, MARKS)
def test_a_day_or_an_interval(day: Any, other: Any, start: str, mark: str, end_mark: str) -> None:
    first, last = sorted((day, other))
    assert reads_back(OnDay(ANY), Span.parse(f"{day}{mark}"))
    assert reads_back(OnDay(ANY), Span.parse(f"{start or f'{first}{mark}'}/{last}{end_mark}"))


@given(st.sampled_from(["2025", "2025-10", "7d", "29 Oct", "29.10.2025", "вчора", "../2025-10-24"]))
def test_a_day_in_any_shape_in_which_it_is_typed(text: str) -> None:
    assert reads_back(OnDay(ANY), read(OnDay(ANY), text))


@given(
    st.datetimes(
        datetime(2, 1, 1),  # noqa: DTZ001 -- in any of the zones
        datetime(9998, 12, 31),  # noqa: DTZ001
        timezones=st.sampled_from([UTC, ZONE, ZoneInfo("America/New_York")]),
    )
)
def test_a_moment(moment: datetime) -> None:
    again: datetime = read(AtMoment(ANY), AtMoment(ANY).write(moment))
    # `==` never holds between zones in the hour that a change of clocks repeats.
    assert again.astimezone(UTC) == moment.astimezone(UTC)


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00", "0001-01-01T00:00+14:00", "9999-12-31T23:59:59+00:00"]
)
def test_a_moment_that_has_no_day_in_another_zone_broke_its_answer(text: str) -> None:
    with pytest.raises(UserError, match="is not a moment"):
        read(AtMoment(ANY), text)


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_a_time_of_day(at: time) -> None:
    assert reads_back(AtHour(ANY), at)


@given(st.sampled_from(["Kyiv", "Europe/Warsaw", "utc", "New York"]))
def test_a_zone(text: str) -> None:
    assert reads_back(InZone(ANY), read(InZone(ANY), text))


@given(st.sampled_from(sorted(VERDICTS)))
def test_one_of_a_few_words(word: str) -> None:
    assert reads_back(OneOf(VERDICTS, ANY), word)


@given(st.integers(min_value=0, max_value=999_999_999))
def test_a_reference(number: int) -> None:
    assert reads_back(AReference(DIGEST, ANY), number)


@pytest.mark.parametrize(
    "kind", [FreeText(ANY), FreeText(ANY, raw=False), Sentence(ANY), Deferred(FreeText(ANY))]
)
@given(text=st.one_of(st.text(max_size=30), st.text('"« -–—a1:', max_size=12)))
def test_any_words_also_those_with_quotes_around_and_inside(kind: ParamType, text: str) -> None:
    try:
        value = read(kind, text)
    except UserError:
        reject()
    assert reads_back(kind, value)


@given(text=st.text('"« -–—a1:', max_size=12))
@example(text='" -"')
def test_what_a_field_of_a_draft_keeps_also_comes_through_a_line(text: str) -> None:
    event = next(command for command in COMMANDS if command.path == "add event")
    kind = Deferred(FreeText(ANY))
    value = read(kind, text.strip())
    line = write_line(event.path, {"detail": kind.write(value)})
    given_ = read_line(event, line.removeprefix(f"/{event.path} "))
    assert read(kind, given_["detail"].strip()).strip() == value.strip()


def test_an_emptied_field_of_a_draft() -> None:
    assert Deferred(OnDay(ANY)).write("") in {"-", "–", "—"}
    assert reads_back(Deferred(OnDay(ANY)), "")
    assert reads_back(Deferred(FreeText(ANY)), "x" * LONGEST)


def _context(talk: Talk) -> Context:
    asker = Caller("console", "1", "Reader One", Role.MODERATOR)
    return talk.dispatch._context(Invocation(asker, Room("console", "local"), "key"))


async def test_everything_on_record(ask: Talk) -> None:
    ctx, store = _context(ask), ask.store
    entries = await store.entries.starting("", 10)
    places = await store.places.on_record(30)
    actors = await store.actors.like("", 30)
    sources = await store.sources.like("", 30)
    assert entries
    assert places
    assert actors
    assert sources
    values: list[tuple[ParamType, Any]] = [
        *((KnownEntry(ANY), entry) for entry in entries),
        *((KnownActor(ANY), actor) for actor in actors),
        *((KnownSource(ANY), source) for source in sources),
        *((KnownControl(ANY), control) for control in await store.situation.controls()),
        *((Outward(ANY), (link, entries[0])) for link in LinkType),
    ]
    for kind, value in values:
        assert await kind.read(kind.write(value), ctx) == value
    for place in places:
        match = await KnownPlace(ANY).read(place.name, ctx)
        again = await KnownPlace(ANY).read(KnownPlace(ANY).write(match), ctx)
        assert again.place == match.place
    some = tuple([await KnownPlace(ANY).read(place.name, ctx) for place in places[:20]])
    again_some = await SomePlaces(ANY).read(SomePlaces(ANY).write(some), ctx)
    assert [it.place for it in again_some] == [it.place for it in some]


async def test_whoever_changed_the_record(desk: Talk) -> None:
    await desk("/retract E-1 duplicate", Role.MODERATOR)
    ctx = _context(desk)
    (author,) = await desk.store.audit_log.authors("Reader One")
    kind = KnownAuthor(ANY)
    assert await kind.read(kind.write(author), ctx) == author


def test_no_value_is_written_in_a_way_that_another_day_reads_otherwise() -> None:
    later = Context(
        **{
            **{f: getattr(ALONE, f) for f in ALONE.__struct_fields__},
            "now": NOON + timedelta(days=400),
        }
    )
    for text in ("today", "yesterday", "7d", "29 Oct"):
        value = read(OnDay(ANY), text)
        assert asyncio.run(OnDay(ANY).read(OnDay(ANY).write(value), later)) == value


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/entry P-704422", "ref: P-704422 is a place, not an entry. To see it: /status P-704422"),
        ("/entry a-6", "ref: A-6 is a speaker, not an entry. To see it: /sources A-6"),
        ("/entry S-1", "ref: S-1 is a source, not an entry. To see it: /sources S-1"),
        ("/entry #D-2,", "ref: D-2 is a draft, not an entry. To see it: /draft show D-2"),
        ("/entry T-3", "ref: T-3 is a daily summary, not an entry. To see it: /digests list"),
        ("/entry B-3", "ref: B-3 is an import, not an entry. To see what was done to it: /log B-3"),
        ("/entry F-3", "ref: F-3 is a file, not an entry. To see it: /columns F-3"),
        ("/entry X-12", "ref: “X-12” is not a reference. Write one such as E-42."),
    ],
)
async def test_a_reference_of_something_else_was_once_said_to_be_none(
    ask: Talk, line: str, says: str
) -> None:
    assert (await ask(line)).flat == says


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/status E-28", "place: E-28 is an entry, not a place. To see it: /entry E-28"),
        ("/status s-1", "place: S-1 is a source, not a place. To see it: /sources S-1"),
        ("/claims by:S-1", "by: S-1 is a source, not a speaker. To see it: /sources S-1"),
        ("/sources E-1", "name: E-1 is an entry, not a source. To see it: /entry E-1"),
        ("/draft show E-1", "ref: E-1 is an entry, not a draft. To see it: /entry E-1"),
        ("/verdict E-28 refuted why:x y source:P-9", "source: P-9 is a place, not a source. To"),
        ("/digests remove E-1", "ref: E-1 is an entry, not a daily summary. To see it: /entry E-1"),
        ("/columns E-1", "file: E-1 is an entry, not a file. To see it: /entry E-1"),
        ("/columns x", "file: “x” is not a reference. Write one such as F-3."),
    ],
)
async def test_a_reference_of_another_kind_was_once_a_name_that_nobody_knows(
    desk: Talk, line: str, says: str
) -> None:
    answer = await desk(line, Role.MODERATOR)
    assert answer.flat.startswith(says)
    assert answer.answer.code is Code.BAD_VALUE


async def test_a_reference_of_nobody_is_still_an_unknown_name(ask: Talk) -> None:
    assert (await ask("/status P-999999999")).answer.code is Code.UNKNOWN_PLACE
    assert (await ask("/claims by:A-999999")).answer.code is Code.UNKNOWN_SPEAKER


async def test_a_draft_that_never_was_was_once_said_to_be_gone(desk: Talk) -> None:
    answer = await desk("/draft show D-99", Role.MODERATOR)
    assert answer.first == "There is no draft D-99. Drafts are kept for a week."
