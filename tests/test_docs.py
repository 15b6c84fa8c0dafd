"""The docs say what the code does: their tables, links, examples and recipes are tried."""

import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import date
from enum import StrEnum
from pathlib import Path
from sqlite3 import connect

import pytest

from bot.adapters.console.data import as_data
from bot.dispatch import Desk, Dispatch, Outcome
from bot.i18n.formatter import Voice
from bot.setting_values import read_settings
from bot.settings import PREFIX, SECRETS, Secret, Settings, table
from commands import COMMANDS
from commands.kit.days import BadDay, read_day
from commands.kit.errors import Code
from commands.kit.invocation import Role
from commands.kit.reply import Audience, Tone
from scripts.fresh import packages
from scripts.write_docs import ROOT, fill, make_files
from store import open_store
from store.db.packing import teach
from store.model.canonical_json import canonical, hash_of
from store.record.revisions import chain_hash
from tests.fakes import NOON, ZONE, Talk, copy_store, seed_store
from tests.markdown import code_blocks, rows, text_of

DOCS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "seeds").glob("*.md")]
ASKING = ROOT / "docs" / "asking.md"
KEEPING = ROOT / "docs" / "keeping.md"
RECORD = ROOT / "docs" / "record.md"
SUMMARIES = ROOT / "docs" / "summaries.md"
PATHS = re.compile(r"(?<![\w.])/(?:home|root|tmp|Users|work|mnt|srv|workspace)/|[A-Z]:\\")
LEFTOVER = re.compile(r"\b(?:TODO|FIXME|XXX|TBD)\b")
NO_COMMANDS = {"backups", "data", "etc", "healthz", "metrics"}  # folders, and pages that are served
OF_EACH = pytest.mark.parametrize("file", DOCS, ids=lambda file: file.name)


def lines_in(file: Path) -> list[str]:
    """Return the lines that a doc says one can ask: in a table's cell, a block or a shell line."""
    tables = r"<!-- (commands|moderators) -->.*<!-- /\1 -->"
    text = re.sub(tables, "", text_of(file), flags=re.DOTALL)
    inline = re.findall(r"`([/!][a-z]+ [^`]+)`", text)
    shell = re.findall(r'(?:-m bot|sitrep) ask [^"\n]*"(/[^"\n]+)"', text)
    blocks = [
        match[1]
        for block in code_blocks(file, "text")
        for match in re.finditer(r"^(?:> )?(/[a-z]+(?: .+)?)$", block, re.MULTILINE)
    ]
    return list(dict.fromkeys([*inline, *shell, *blocks]))


@pytest.fixture(scope="module")
def seeds_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store filled from the seeds, closed."""
    return seed_store(tmp_path_factory.mktemp("docs") / "seeded.db")


@pytest.fixture
async def ask(seeds_file: Path) -> AsyncIterator[Talk]:
    async with await open_store(seeds_file, writing=False) as store:
        yield Talk(store)


def test_the_tables_of_commands_and_settings_are_those_of_the_code() -> None:
    """`python scripts/write_docs.py` makes them again."""
    for file, text in make_files().items():
        assert text_of(file) == text, file.name


def test_a_doc_without_marks_is_not_passed_over_in_silence() -> None:
    with pytest.raises(ValueError, match="no marks"):
        fill("No table.", "commands", "| a |")


def test_the_example_of_settings_sets_what_holds_anyway(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = text_of(ROOT / "sitrep.example.toml").splitlines()
    set_ = "\n".join(line.removeprefix("# ") for line in lines if " = " in line)
    monkeypatch.chdir(tmp_path)  # where its paths start from
    file = Path("sitrep.toml")
    file.write_text(set_, encoding="utf-8")
    assert set(tomllib.loads(set_)) == set(Settings.__struct_fields__)
    settings, plain = read_settings(file), Settings()
    for name in Settings.__struct_fields__:
        value = getattr(settings, name)
        shown = value.reveal() if isinstance(value, Secret) else value
        assert shown == getattr(plain, name) or not (shown or getattr(plain, name)), name


def test_the_toml_in_the_docs_is_read(tmp_path: Path) -> None:
    file = tmp_path / "sitrep.toml"
    for block in code_blocks(ROOT / "docs" / "settings.md", "toml"):
        file.write_text(block, encoding="utf-8")
        assert read_settings(file) != Settings()


@OF_EACH
def test_every_link_leads_somewhere(file: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text_of(file)):
        assert (file.parent / target).exists(), target


@OF_EACH
def test_every_target_of_make_exists(file: Path) -> None:
    makefile = text_of(ROOT / "Makefile")
    for target in re.findall(r"(?:^|^ {4}|`)make ([a-z]+)(?=[ `\n])", text_of(file), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@OF_EACH
def test_no_doc_names_a_machine_or_leaves_something_over(file: Path) -> None:
    text = text_of(file)
    assert not PATHS.findall(text)
    assert not LEFTOVER.findall(text)


@OF_EACH
def test_every_command_that_a_doc_names_exists(file: Path) -> None:
    known = {command.group or command.name for command in COMMANDS} | NO_COMMANDS
    assert set(re.findall(r"(?<![\w/`.])`/([a-z]+)[ `]", text_of(file))) <= known


async def test_every_line_about_summaries_is_answered(seeds_file: Path, tmp_path: Path) -> None:
    async with await open_store(copy_store(seeds_file, tmp_path / "own.db")) as store:
        desk = Talk(store)
        await desk("/digests add sure:yes", Role.ADMIN)
        lines = lines_in(SUMMARIES)
        answers = {line: await desk(line, Role.ADMIN) for line in lines}
    assert len(lines) > 5
    assert not [line for line, answer in answers.items() if answer.refused]


@pytest.mark.parametrize("file", [ROOT / "README.md", ASKING], ids=lambda file: file.name)
async def test_every_line_that_a_doc_shows_is_answered(file: Path, ask: Talk) -> None:
    lines = lines_in(file)
    assert lines
    refused = [line for line in lines if (await ask(line)).answer.outcome is not Outcome.ANSWERED]
    assert not refused


async def test_every_line_that_the_docs_give_a_moderator_is_answered(
    seeds_file: Path, tmp_path: Path
) -> None:
    absent = re.compile(r"E-70|D-17|B-1\b")  # on a new desk
    lines = [line for line in lines_in(KEEPING) if not absent.search(line)]
    lines.sort(key=lambda line: line.startswith(("/restore", "/redact")))
    async with await open_store(copy_store(seeds_file, tmp_path / "own.db")) as store:
        answers = {line: await Talk(store)(line, Role.ADMIN) for line in lines}
    assert len(lines) > 15
    assert not [line for line, answer in answers.items() if answer.refused]


async def test_the_answer_shown_in_the_readme_is_the_answer_with_lines_left_out(ask: Talk) -> None:
    question, *shown = code_blocks(ROOT / "README.md", "text")[0].splitlines()
    lines = iter((await ask(question.removeprefix("> "))).lines)
    missing = [line for line in shown[1:] if line != "[…]" and line not in lines]
    assert not missing


async def test_what_is_shown_of_filing_is_what_happens(seeds_file: Path, tmp_path: Path) -> None:
    who = {">": (Role.MODERATOR, "Moderator One"), "member>": (Role.READER, "Member One")}
    played = 0
    async with await open_store(copy_store(seeds_file, tmp_path / "own.db")) as store:
        desk, lines = Talk(store), list[str]()
        for block in code_blocks(ROOT / "docs" / "filing.md", "text"):
            for shown in block.splitlines():
                prompt, _, line = shown.partition(" ")
                if prompt in who:
                    role, name = who[prompt]
                    lines = (await desk(line, as_=role, who=name)).lines
                    played += 1
                elif shown != "[…]":
                    assert shown in lines
    assert played > 8


@pytest.mark.parametrize("row", rows(ASKING, "days"), ids=lambda row: row[0])
def test_a_day_is_read_as_the_table_says(row: list[str]) -> None:
    typed, read = row
    assert read_day(typed, date(2025, 11, 7)).edtf == read


@pytest.mark.parametrize("row", rows(ASKING, "refused"), ids=lambda row: row[0])
def test_a_day_is_refused_as_the_table_says(row: list[str]) -> None:
    with pytest.raises(BadDay):
        read_day(row[0], date(2025, 11, 7))


async def test_the_days_of_the_tables_are_read_and_refused_in_whole_lines(ask: Talk) -> None:
    """A refused day was taken for a place: "No place …" said a line that had "last week"."""
    for typed, edtf in rows(ASKING, "days"):
        answer = await ask(f"/claims until:{typed}")
        assert answer.answer.understood is not None
        assert answer.answer.understood.given == {"until": edtf}, typed
        assert not answer.refused, typed
    for typed, _ in rows(ASKING, "refused"):
        for line in (
            f"/claims Pokrovsk since:{typed}",
            f"/claims Pokrovsk {typed}",
            f"/claims {typed}",
        ):
            answer = await ask(line)
            assert answer.answer.code is Code.BAD_DAY, line
            assert answer.first.startswith("since: "), line


async def test_the_example_of_json_is_what_is_printed(ask: Talk) -> None:
    (example,) = code_blocks(ROOT / "docs" / "json.md", "json")
    answer = (await ask("/status Kupiansk", whole=True)).answer
    assert json.loads(example) == as_data(answer, Voice(ZONE, whole=True))


@pytest.mark.parametrize(
    ("name", "values"), [("outcome", Outcome), ("tone", Tone), ("audience", Audience)]
)
def test_the_closed_lists_of_json_are_those_of_the_code(name: str, values: type[StrEnum]) -> None:
    text = text_of(ROOT / "docs" / "json.md")
    (line,) = re.findall(rf"^\| `{name}` \| (.*) \|$", text, re.MULTILINE)
    assert sorted(re.findall(r"`(\w+)`", line)) == sorted(values)


def test_the_codes_of_json_are_those_of_the_code() -> None:
    assert [code for code, _ in rows(ROOT / "docs" / "json.md", "codes")] == list(Code)


async def test_what_json_shows_of_an_answer_is_printed(ask: Talk) -> None:
    (shown,) = code_blocks(ROOT / "docs" / "json.md", "jsonc")
    answer = (await ask("/claims Pokrovsk by:Putin since:7d", whole=True)).answer
    given = as_data(answer, Voice(ZONE, whole=True))
    assert json.loads(f"{{{shown}}}").items() <= given.items()


@pytest.mark.parametrize("row", rows(RECORD, "canonical"), ids=lambda row: row[0])
def test_canonical_json_is_as_the_table_says(row: list[str]) -> None:
    value, text = row
    assert canonical(json.loads(value)) == text


def test_the_example_of_a_chain_holds() -> None:
    (example,) = code_blocks(RECORD, "json")
    first, second = json.loads(example)
    names = ("seq", "key", "act", "target", "at", "platform", "body_digest", "person_digest")
    for row, previous in ((first, ""), (second, first["digest"])):
        assert row["previous"] == previous
        assert row["digest"] == chain_hash((*(row[name] for name in names), previous))
    for part in ("body", "person"):
        assert first[f"{part}_digest"] == hash_of(first[f"{part}_salt"], first[part])
        assert canonical(json.loads(first[part])) == first[part]
        assert second[f"{part}_salt"] is None


def run_verifier(store: Path, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run the program of docs/record.md on a store, with nothing but Python."""
    (program,) = code_blocks(RECORD, "python")
    file = folder / "verify.py"
    file.write_text(program, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-I", file, store], capture_output=True, text=True, check=False
    )


async def test_the_recipe_verifies_a_store(seeds_file: Path, tmp_path: Path, ask: Talk) -> None:
    seq, head = await ask.store.history.head()
    result = run_verifier(seeds_file, tmp_path)
    assert result.stdout == f"{seq} revisions hold. The last hash is {head}\n"
    assert result.returncode == 0


@pytest.mark.parametrize(
    ("tampering", "where"),
    [
        ("UPDATE revisions SET act = 'file' WHERE seq = 3", "3"),
        ("DELETE FROM revisions WHERE seq = 5", "5"),
        ("UPDATE packed_bodies SET body = pack('{}') WHERE seq = 7", "7"),
        ("UPDATE packed_bodies SET body = x'00ff' WHERE seq = 7", "7"),
        ("UPDATE packed_bodies SET salt = NULL WHERE seq = 7", "7"),
        ("UPDATE revision_people SET person = '{}' WHERE seq = 9", "9"),
        ("DELETE FROM revision_people WHERE seq = 9", "9"),
    ],
)
def test_the_recipe_finds_what_was_tampered_with(
    seeds_file: Path, tmp_path: Path, tampering: str, where: str
) -> None:
    store = copy_store(seeds_file, tmp_path / "own.db")
    with closing(connect(store)) as db, db:
        for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'"):
            db.execute(f"DROP TRIGGER {name}")
        teach(db)
        db.execute(tampering)
    assert run_verifier(store, tmp_path).stderr.startswith(f"Revision {where} ")


def test_the_recipe_lets_what_was_redacted_and_forgotten_go(
    seeds_file: Path, tmp_path: Path
) -> None:
    store = copy_store(seeds_file, tmp_path / "own.db")
    with closing(connect(store)) as db, db:
        db.execute("UPDATE packed_bodies SET salt = NULL, body = NULL, linked = NULL WHERE seq = 7")
        db.execute("UPDATE revision_people SET salt = NULL, person = '{}' WHERE seq = 9")
    assert run_verifier(store, tmp_path).returncode == 0


async def test_the_command_that_contributing_makes_up_works(ask: Talk, tmp_path: Path) -> None:
    program, *_ = code_blocks(ROOT / "CONTRIBUTING.md", "python")
    file = tmp_path / "names.py"
    file.write_text(program, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("names", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    desk = Desk(ask.store, (*COMMANDS, module.names), lambda: NOON, ZONE, 7)
    ask.dispatch = Dispatch(desk, lambda *_, **__: None)
    answer = await ask("/names Pokrovsk")
    assert answer.first == "Names of Pokrovsk"
    assert "Krasnoarmiisk" in answer.text


def test_docs_and_deployment_name_only_settings_that_exist() -> None:
    known = {name for name, _, _ in table()}
    known |= {f"{PREFIX}{name.upper()}_FILE" for name in SECRETS}
    for file in [*DOCS, *(ROOT / "deploy").iterdir()]:
        names = set(re.findall(rf"{PREFIX}[A-Z_]+[A-Z]", text_of(file)))
        assert names <= known, file.name


def test_docs_name_only_subcommands_that_exist() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "bot", "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout
    known = set(re.findall(r"^ {4}([a-z]+)\s", shown, re.MULTILINE))
    assert len(known) > 10
    for file in DOCS:
        names = set(re.findall(r"(?:^ {4,}|`|\bsudo )sitrep ([a-z]+)", text_of(file), re.MULTILINE))
        assert names <= known, file.name


@OF_EACH
def test_a_doc_calls_the_program_by_its_name_or_by_the_python_of_the_checkout(file: Path) -> None:
    """In the image `python` is the only Python, so the page on services may say so."""
    calls = re.findall(r"\S*python3? -m bot", text_of(file))
    if file.name != "service.md":
        assert set(calls) <= {".venv/bin/python -m bot", "`.venv/bin/python -m bot"}


@pytest.mark.parametrize(("name", "count"), [("sitrep", 3), ("sitrep-replica", 1)])
def test_the_unit_hands_over_each_secret_that_it_names(name: str, count: int) -> None:
    unit = text_of(ROOT / "deploy" / f"{name}.service")
    loaded = re.findall(r"^#LoadCredential=([\w-]+):/etc/sitrep/\1$", unit, re.MULTILINE)
    used = re.findall(r"_FILE=%d/([\w-]+)$", unit, re.MULTILINE)
    assert loaded == used
    assert len(loaded) == count


def test_fresh_systems_get_the_packages_that_the_readme_names() -> None:
    assert packages().split() == ["make", "python3", "python3-venv"]
