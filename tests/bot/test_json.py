"""`ask --json` for programs: what answers are about, and what was understood."""

from collections.abc import Mapping
from pathlib import Path

from commands import COMMANDS
from commands.kit.invocation import Role
from commands.kit.parser import write_line
from tests.bot.json_desk import (
    ADMIN,
    CLAIM,
    KUPIANSK,
    MODERATOR,
    POKROVSK,
    PUTIN,
    READER,
    ask,
    seeds_file,
    talk,
)
from tests.fakes import Talk

__all__ = ["seeds_file", "talk"]
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
    (
        READER,
        "/nearest 48.40,37.20 at:yesterday",
        ["P-712613", "P-695581", "P-9111982", "P-710035"],
        {"point": "48.40,37.20", "at": "2025-11-06"},
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
        ["D-5"],
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


async def test_the_drafts_of_a_text_were_once_about_nothing(talk: Talk) -> None:
    text = "Putin said that Pokrovsk is surrounded. Deineha said that Myrnohrad holds."
    line = f'/draft from text:"{text}" day:"6 Nov" source:S-1'
    assert (await ask(talk, line, MODERATOR))["about"] == ["D-1", "D-2"]
    assert (await ask(talk, "/draft show D-1..2", MODERATOR))["about"] == ["D-1", "D-2"]


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
