"""`ask --json` for programs: codes of refusals, what answers are about, what was understood."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.console.data import as_data
from bot.adapters.console.local_files import open_upload
from bot.dispatch import Desk, Dispatch
from bot.i18n.formatter import Voice
from bot.rate_limit import RateLimiter
from commands import COMMANDS
from commands.kit.errors import Code
from commands.kit.invocation import Role
from commands.kit.parser import write_line
from store import Store, open_store
from store.workflow.drafts import SUBMISSIONS
from tests.fakes import NOON, ZONE, Talk, copy_store
from tests.fakes import seeded as seeded_store

READER, MODERATOR, ADMIN = Role.READER, Role.MODERATOR, Role.ADMIN
VOICE = Voice(ZONE, whole=True)
POKROVSK, KUPIANSK, PUTIN = "P-704422", "P-703656", "A-6"
CLAIM = '"The bridge is down." by:Putin day:yesterday place:Покровськ source:S-1'


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store filled from the seeds, closed."""
    return seeded_store(tmp_path_factory.mktemp("json") / "seeded.db")


@pytest.fixture
async def talk(seeded: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    """A desk with a store of its own, where a line can name a file."""
    async with await open_store(copy_store(seeded, tmp_path / "own.db")) as store:
        desk = Talk(store)
        desk.dispatch = dispatch(store)
        yield desk


def dispatch(store: Store, limit_s: float = 10, pace: RateLimiter | None = None) -> Dispatch:
    desk = Desk(store, COMMANDS, lambda: NOON, ZONE, 7, open_upload)
    return Dispatch(desk, lambda *_, **__: None, limit_s, pace)


async def ask(
    talk: Talk, line: str, role: Role = READER, who: str = "Member One"
) -> dict[str, Any]:
    """Return what `ask --json` prints."""
    return as_data((await talk(line, role, who=who, whole=True)).answer, VOICE)


REFUSALS = [
    (READER, "/nonsense", Code.UNKNOWN_COMMAND),
    (READER, "/help nonsense", Code.UNKNOWN_COMMAND),
    (READER, "/status Pokrovsk by:Putin", Code.UNKNOWN_PARAMETER),
    (READER, "/about Pokrovsk", Code.TOO_MANY_WORDS),
    (READER, "/claims by:Putin by:Deineha", Code.GIVEN_TWICE),
    (READER, "/status", Code.MISSING_VALUE),
    (READER, "/claims verdict:maybe", Code.BAD_VALUE),
    (READER, "/entry Pokrovsk", Code.BAD_VALUE),
    (READER, "/claims since:10/11/2025", Code.BAD_DAY),
    (READER, "/claims since:2025-11-07 until:2025-11-01", Code.BAD_DAY),
    (READER, "/digest 2025", Code.BAD_DAY),
    (MODERATOR, "/import nowhere.csv", Code.BAD_FILE),
    (READER, "/status Xyzzy", Code.UNKNOWN_PLACE),
    (READER, "/status P-999999999", Code.UNKNOWN_PLACE),
    (READER, "/status Putin", Code.UNKNOWN_PLACE),
    (READER, "/status Stepanivka", Code.AMBIGUOUS_PLACE),
    (READER, "/status Pokrovsk, Myrnohrad", Code.SEVERAL_PLACES),
    (READER, "/events limit:3", Code.UNKNOWN_PARAMETER),
    (READER, "/claims since:", Code.MISSING_VALUE),
    (ADMIN, "/freeze off", Code.BAD_VALUE),
    (MODERATOR, "/desk place alias Pokrvsk Pok", Code.AMBIGUOUS_PLACE),
    (READER, "/claims by:Xyzzy", Code.UNKNOWN_SPEAKER),
    (READER, "/claims by:V", Code.AMBIGUOUS_SPEAKER),
    (READER, "/sources Xyzzy", Code.UNKNOWN_SOURCE),
    (MODERATOR, "/verdict E-28 refuted filmed source:https://example.org/1", Code.UNKNOWN_SOURCE),
    (MODERATOR, "/log by:Xyzzy", Code.UNKNOWN_PERSON),
    (READER, "/entry E-9999", Code.UNKNOWN_REFERENCE),
    (MODERATOR, "/draft show D-99", Code.UNKNOWN_REFERENCE),
    (ADMIN, "/digests remove T-9", Code.UNKNOWN_REFERENCE),
    (MODERATOR, "/undo", Code.NOTHING_FOUND),
    (MODERATOR, "/entry E-28 recorded:2020-01-01", Code.NOTHING_FOUND),
    (MODERATOR, "/restore E-28 mistake", Code.WRONG_STATE),
    (READER, "/freeze", Code.NOT_ALLOWED),
    (READER, "/status Pokrovsk recorded:2025-11-07", Code.NOT_ALLOWED),
]


async def test_a_refusal_has_the_code_of_its_reason(talk: Talk) -> None:
    answers = {line: await ask(talk, line, role) for role, line, _ in REFUSALS}
    assert {line: data.get("code") for line, data in answers.items()} == {
        line: code for _, line, code in REFUSALS
    }
    assert {data["outcome"] for data in answers.values()} == {"refused"}
    assert not [line for line, data in answers.items() if "about" in data]


@pytest.mark.parametrize("line", ["/help nonsense", "/sources Nosuch outlet"])
async def test_what_could_not_be_read_was_once_listed_as_understood(talk: Talk, line: str) -> None:
    assert (await ask(talk, line))["understood"]["given"] == {}


async def refuse_two_sources_of_one_name(talk: Talk, _: Path) -> dict[str, Any]:
    for url in ("https://example.org/1", "https://example.org/2"):
        await ask(talk, f'/desk source add "Daily One" url:{url}', MODERATOR)
    return await ask(talk, '/verdict E-28 refuted filmed source:"Daily One"', MODERATOR)


async def refuse_two_people_of_one_name(talk: Talk, _: Path) -> dict[str, Any]:
    for ref, who in (("E-28", "Moderator One"), ("E-29", "Moderator Two")):
        await ask(talk, f"/retract {ref} duplicate", MODERATOR, who)
    return await ask(talk, "/log by:Moderator", MODERATOR)


async def refuse_what_was_seen_otherwise(talk: Talk, _: Path) -> dict[str, Any]:
    await ask(talk, f"/add claim {CLAIM}", MODERATOR)
    return await ask(talk, "/draft file D-1 seen:99", MODERATOR)


async def refuse_one_submission_too_many(talk: Talk, _: Path) -> dict[str, Any]:
    for number in range(SUBMISSIONS):
        await ask(talk, f'/submit "A shell fell, number {number}."')
    return await ask(talk, '/submit "Another one."')


async def refuse_while_frozen(talk: Talk, _: Path) -> dict[str, Any]:
    await ask(talk, "/freeze vandalism", ADMIN)
    return await ask(talk, "/retract E-28 duplicate", MODERATOR)


async def refuse_to_write_where_one_only_reads(_: Talk, file: Path) -> dict[str, Any]:
    async with await open_store(file, writing=False) as store:
        return await ask(Talk(store), "/retract E-28 duplicate", MODERATOR)


async def refuse_who_asks_too_fast(talk: Talk, _: Path) -> dict[str, Any]:
    talk.dispatch = dispatch(talk.store, pace=RateLimiter(lambda: 0.0))
    return [await ask(talk, "/about") for _ in range(100)][-1]


async def refuse_what_takes_too_long(talk: Talk, _: Path) -> dict[str, Any]:
    talk.dispatch = dispatch(talk.store, limit_s=0)
    return await ask(talk, "/status Pokrovsk")


AFTERWARDS: Mapping[Code, Callable[[Talk, Path], Awaitable[dict[str, Any]]]] = {
    Code.AMBIGUOUS_SOURCE: refuse_two_sources_of_one_name,
    Code.AMBIGUOUS_PERSON: refuse_two_people_of_one_name,
    Code.CHANGED_MEANWHILE: refuse_what_was_seen_otherwise,
    Code.TOO_MANY: refuse_one_submission_too_many,
    Code.FROZEN: refuse_while_frozen,
    Code.READ_ONLY: refuse_to_write_where_one_only_reads,
    Code.TOO_FAST: refuse_who_asks_too_fast,
    Code.TOO_SLOW: refuse_what_takes_too_long,
}


@pytest.mark.parametrize("code", AFTERWARDS)
async def test_a_refusal_of_what_came_before_has_its_code(
    code: Code, talk: Talk, seeded: Path
) -> None:
    assert (await AFTERWARDS[code](talk, seeded))["code"] == code


def test_there_is_no_code_that_no_line_here_is_refused_with() -> None:
    assert {code for _, _, code in REFUSALS} | set(AFTERWARDS) == set(Code)


async def test_a_refusal_says_what_could_be_read(talk: Talk) -> None:
    refusal = await ask(talk, "/claims Xyzzy since:yesterday by:Putin")
    assert refusal["code"] == Code.UNKNOWN_PLACE
    assert refusal["understood"] == {
        "command": "claims",
        "given": {"by": PUTIN, "since": "2025-11-06"},
    }
    assert "understood" not in await ask(talk, "/nonsense Pokrovsk")
    assert (await ask(talk, "/retract E-28 duplicate"))["understood"]["given"] == {}


ENTRY = "E-65"
"""The first entry that is filed after the seeds."""
ANSWERS: list[tuple[Role, str, list[str], Mapping[str, str]]] = [
    (
        READER,
        "/status Покровськ at:29.10.2025",
        [POKROVSK],
        {"place": POKROVSK, "at": "2025-10-29"},
    ),
    (READER, "/claims", [], {}),
    (
        READER,
        "/claims Pokrovsk by:Putin since:7d verdict:refuted",
        [POKROVSK, PUTIN],
        {"place": POKROVSK, "by": PUTIN, "since": "2025-10-31", "verdict": "refuted"},
    ),
    (
        READER,
        "/events Kupiansk until:yesterday order:oldest",
        [KUPIANSK],
        {"place": KUPIANSK, "until": "2025-11-06", "order": "oldest"},
    ),
    (
        READER,
        "/disputes Kupiansk since:yesterday",
        [KUPIANSK],
        {"place": KUPIANSK, "since": "2025-11-06"},
    ),
    (READER, "/search flag", [], {"text": "flag"}),
    (READER, "/entry e28", ["E-28"], {"ref": "E-28"}),
    (READER, "/sources Putin", [PUTIN], {"name": PUTIN}),
    (READER, "/sources", [], {}),
    (
        READER,
        "/changes Kupiansk from:yesterday",
        [KUPIANSK],
        {"place": KUPIANSK, "from": "2025-11-06"},
    ),
    (
        READER,
        "/timeline Kupiansk look:dark",
        [KUPIANSK],
        {"place": KUPIANSK, "look": "dark"},
    ),
    (READER, "/map Kupiansk at:yesterday", [KUPIANSK], {"place": KUPIANSK, "at": "2025-11-06"}),
    (
        READER,
        "/timeline Kupiansk until:yesterday",
        [KUPIANSK],
        {"place": KUPIANSK, "until": "2025-11-06"},
    ),
    (READER, "/digest yesterday", [], {"day": "2025-11-06"}),
    (
        ADMIN,
        "/digests add 7:30 zone:kyiv places:Kupiansk,Pokrovsk sure:yes",
        [KUPIANSK, POKROVSK, "T-1"],
        {
            "time": "07:30",
            "zone": "Europe/Kyiv",
            "places": f"{KUPIANSK}, {POKROVSK}",
            "sure": "yes",
        },
    ),
    (READER, "/digests list", [], {}),
    (ADMIN, "/digests remove 1", ["T-1"], {"ref": "T-1"}),
    (READER, "/watch add Kupiansk", [KUPIANSK], {"place": KUPIANSK}),
    (READER, "/watch list", [], {}),
    (READER, "/digest of:W-1-1-2", [KUPIANSK], {"of": "W-1-1-2"}),
    (READER, "/watch remove Kupiansk", [KUPIANSK], {"place": KUPIANSK}),
    (READER, "/tell Kupiansk", [KUPIANSK], {"place": KUPIANSK}),
    (READER, "/check Bridges of Pokrovsk", [POKROVSK], {"text": "Bridges of Pokrovsk"}),
    (READER, "/lookup Bridges of Pokrovsk", [POKROVSK], {"text": "Bridges of Pokrovsk"}),
    (
        READER,
        "/submit Something. day:yesterday",
        ["D-1"],
        {"text": "Something.", "day": "2025-11-06"},
    ),
    (READER, "/me D-1", ["D-1"], {"ref": "D-1"}),
    (READER, "/me", [], {}),
    (MODERATOR, "/review", ["D-1"], {}),
    (
        MODERATOR,
        "/desk member bar D-1 why:spam",
        ["D-1"],
        {"do": "bar", "draft": "D-1", "why": "spam"},
    ),
    (MODERATOR, "/draft reject D-1 spam", ["D-1"], {"ref": "D-1", "why": "spam"}),
    (MODERATOR, "/review skip:D-1", [], {"skip": "D-1"}),
    (
        MODERATOR,
        "/add claim " + CLAIM,
        ["D-2"],
        {
            "text": "The bridge is down.",
            "by": PUTIN,
            "day": "2025-11-06",
            "place": POKROVSK,
            "source": "S-1",
        },
    ),
    (MODERATOR, "/add claim draft:D-2 by:Xyzzy", ["D-2"], {"by": "Xyzzy", "draft": "D-2"}),
    (
        MODERATOR,
        "/draft create D-2 field:by name:Xyzzy",
        ["D-2"],
        {"ref": "D-2", "field": "by", "name": "Xyzzy"},
    ),
    (MODERATOR, "/draft show D-2", ["D-2"], {"ref": "D-2"}),
    (MODERATOR, "/draft fill D-2", ["D-2"], {"ref": "D-2"}),
    (MODERATOR, "/draft file D-2", [ENTRY], {"ref": "D-2"}),
    (MODERATOR, "/add event", [], {}),
    (
        MODERATOR,
        "/add assessment control:Контроль link:contradicts E-28",
        ["D-3"],
        {"control": "Контроль", "link": "contradicts E-28"},
    ),
    (MODERATOR, "/draft drop D-3", ["D-3"], {"ref": "D-3"}),
    (MODERATOR, "/draft show", [], {}),
    (
        MODERATOR,
        "/edit E-28 day:yesterday",
        ["E-28", "D-4"],
        {"ref": "E-28", "set": "day:yesterday"},
    ),
    (MODERATOR, "/draft rebase D-4", ["E-28", "D-4"], {"ref": "D-4"}),
    (
        MODERATOR,
        "/edit E-28 day:yesterday why:typo",
        ["E-28"],
        {"ref": "E-28", "set": "day:yesterday", "why": "typo"},
    ),
    (MODERATOR, "/undo", ["E-28"], {}),
    (
        MODERATOR,
        '/draft from text:"Shells fell near Pokrovsk, Putin said." day:"6 Nov" source:S-1',
        [],
        {
            "text": "Shells fell near Pokrovsk, Putin said.",
            "day": "2025-11-06",
            "source": "S-1",
        },
    ),
    (MODERATOR, f"/retract {ENTRY} duplicate", [ENTRY], {"ref": ENTRY, "why": "duplicate"}),
    (MODERATOR, f"/restore {ENTRY} mistake", [ENTRY], {"ref": ENTRY, "why": "mistake"}),
    (
        MODERATOR,
        f"/link {ENTRY} in tension with E-9",
        [ENTRY, "E-9"],
        {"ref": ENTRY, "type": "in_tension_with", "to": "E-9"},
    ),
    (
        MODERATOR,
        "/verdict E-28 refuted filmed source:S-1",
        ["E-28", "S-1"],
        {"ref": "E-28", "value": "refuted", "why": "filmed", "source": "S-1"},
    ),
    (MODERATOR, "/gaps", [], {}),
    (
        MODERATOR,
        "/log e-28 by:me since:7 Nov",
        ["E-28"],
        {"ref": "E-28", "by": "console:Member One", "since": "2025-11-07"},
    ),
    (
        MODERATOR,
        "/desk actor alias Putin Vova",
        [PUTIN],
        {"do": "alias", "name": "Putin", "value": "Vova"},
    ),
    (
        MODERATOR,
        "/desk source grade S-1 B why:checked",
        ["S-1"],
        {"do": "grade", "name": "S-1", "value": "B", "why": "checked"},
    ),
    (
        MODERATOR,
        "/desk place alias Pokrovsk Pok",
        [POKROVSK],
        {"do": "alias", "name": "Pokrovsk", "value": "Pok"},
    ),
    (
        MODERATOR,
        '/desk status add "Ukrainian advance" symbol:△',
        [],
        {"do": "add", "name": "Ukrainian advance", "symbol": "△"},
    ),
    (MODERATOR, "/desk type add flood", [], {"do": "add", "name": "flood"}),
    (
        MODERATOR,
        "/desk area add Front places:Pokrovsk",
        ["P-1000000001"],
        {"do": "add", "name": "Front", "places": POKROVSK},
    ),
    (
        ADMIN,
        f"/redact {ENTRY} names sure:yes",
        [ENTRY],
        {"ref": ENTRY, "why": "names", "sure": "yes"},
    ),
    (
        READER,
        "/export Pokrovsk by:Putin format:jsonl",
        [POKROVSK, PUTIN],
        {"place": POKROVSK, "by": PUTIN, "format": "jsonl"},
    ),
    (READER, "/room", [], {}),
    (READER, "/help status", [], {"command": "status"}),
    (READER, "/about", [], {}),
    (ADMIN, "/freeze vandalism", [], {"why": "vandalism"}),
]


async def test_an_answer_says_what_it_is_about_and_what_was_understood(talk: Talk) -> None:
    for role, line, about, given in ANSWERS:
        data = await ask(talk, line, role)
        assert data["outcome"] == "answered", (line, data["title"])
        assert (data["about"], data["understood"]["given"]) == (about, given), line


async def test_a_title_about_a_place_begins_with_its_name(talk: Talk) -> None:
    for line in ("/status Покровськ", "/status P-703656 at:2025-10-01", "/watch add Kupiansk"):
        data = await ask(talk, line)
        place = await talk.store.places.get(int(data["about"][0].removeprefix("P-")))
        assert place is not None
        assert data["title"]["text"].startswith(f"{place.name}: ")


async def test_what_is_offered_instead_is_the_same_on_another_day(talk: Talk) -> None:
    """What was typed beside the ambiguous name went into a button as it was: `since:yesterday`."""
    refusal = await ask(talk, "/events Stepanivka since:yesterday")
    first, *_ = refusal["actions"]
    assert first["given"]["since"] == "2025-11-06"
    assert first["given"]["place"].startswith("P-")


async def test_an_import_is_about_its_batch(talk: Talk, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(
        "key,kind,type,text,place,day,source\nx-1,event,fighting,Fighting.,Pokrovsk,2025-11-06,S-1\n"
    )
    data = await ask(talk, f"/import {file}", MODERATOR)
    assert data["about"] == ["B-1"], data["title"]
    assert data["understood"]["given"] == {"file": f"{file}"}


async def test_what_columns_are_is_understood_by_the_file_and_its_rows(
    talk: Talk, tmp_path: Path
) -> None:
    file = tmp_path / "table.csv"
    file.write_text("Date,Place,Who,What\n2025-11-06,Pokrovsk,S-1,Fighting.\n")
    await ask(talk, f"/import {file}", MODERATOR)
    data = await ask(talk, "/columns F-1 rows:event:fighting column:3=source", MODERATOR)
    given = {"file": "F-1", "rows": "event:fighting", "column": "3=source"}
    assert data["understood"]["given"] == given


def test_every_command_is_among_those_that_are_tried() -> None:
    tried = {line.removeprefix("/") for _, line, *_ in ANSWERS} | {"import rows.csv", "columns F-1"}
    missing = [
        command.path
        for command in COMMANDS
        if not any(line == command.path or line.startswith(f"{command.path} ") for line in tried)
    ]
    assert not missing


async def test_what_was_understood_reads_as_the_same_another_day(talk: Talk) -> None:
    """The next day `yesterday` is another day, and the line written from `given` is not."""
    for role, line, *_ in ANSWERS[:6]:
        data = await ask(talk, line, role)
        again = write_line(data["understood"]["command"], data["understood"]["given"])
        assert (await ask(talk, again, role))["understood"] == data["understood"], line
