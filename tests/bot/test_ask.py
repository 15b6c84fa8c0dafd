"""`python -m bot ask` as somebody runs it: a process, its output, its exit code."""

import asyncio
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from store import open_store
from tests.bot.command_line import run
from tests.fakes import ROOT
from tests.forked import ForkedProgram
from tests.patience import PATIENCE_S


def test_the_first_question_makes_and_fills_the_store(tmp_path: Path) -> None:
    result = run(tmp_path, "ask", "--now", "2025-11-07T12:00", "status Kupiansk")
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("Kupiansk: NO ASSESSMENT ON RECORD · 1 claim")
    assert (tmp_path / "sitrep.db").exists()
    again = run(tmp_path, "ask", "/nonsense")
    assert again.returncode == 2
    assert again.stdout == ""
    assert len(again.stderr.splitlines()) <= 3


def test_two_first_questions_at_once_are_both_answered(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda line: run(tmp_path, "ask", line), ["/about", "/sources"]))
    assert [result.returncode for result in both] == [0, 0], both


def test_no_seeds_leaves_a_new_store_empty(tmp_path: Path) -> None:
    result = run(tmp_path, "ask", "--no-seeds", "/claims")
    assert result.stdout.startswith("No claims")


def test_json_has_the_documented_names(store_folder: Path) -> None:
    result = run(store_folder, "ask", "--json", "/claims by:Putin")
    data = json.loads(result.stdout)
    always = {"outcome", "title", "blocks", "actions", "tone", "audience"}
    assert set(data) == always | {"about", "understood"}
    assert data["title"]["text"] == "1 claim · by Vladimir Putin"
    item = data["blocks"][0]["items"][0]
    assert item["under"][0]["refs"] == ["E-28"]
    assert item["under"][0]["days"][0]["edtf"] == "2025-10-29"


def test_json_once_left_out_the_picture_that_it_wrote_and_named_no_file_as_it_is(
    store_folder: Path,
) -> None:
    for line, stem in (("/map Pokrovsk", "map"), ("/timeline Pokrovsk look:light", "timeline")):
        result = [run(store_folder, "ask", "--json", line) for _ in range(2)]
        files = [file for each in result for file in json.loads(each.stdout)["files"]]
        assert [file["name"].rpartition("-2.")[2] for file in files][1] == "png"
        assert len({file["name"] for file in files}) == len(files)
        for file in files:
            assert file["name"].startswith(stem)
            assert (store_folder / file["name"]).stat().st_size == file["bytes"]
            assert any(f"Written: {file['name']}" in each.stderr for each in result)


def test_all_wrong_settings_are_named_at_once_and_no_path_of_a_secret_is_shown(
    tmp_path: Path,
) -> None:
    result = run(
        tmp_path,
        "ask",
        "/about",
        SITREP_ZONE="Mars/Base",
        SITREP_STALE_DAYS="soon",
        SITREP_STOER="x.db",
        SITREP_DISCORD_TOKEN_FILE="nowhere",
    )
    assert result.returncode == 1
    assert "SITREP_STOER: no such setting; did you mean SITREP_STORE?" in result.stderr
    for name in ("SITREP_ZONE", "SITREP_STALE_DAYS", "SITREP_DISCORD_TOKEN_FILE"):
        assert name in result.stderr
    assert "“Mars/Base” does not suit; write a zone such as Europe/Kyiv." in result.stderr
    assert "“soon” does not suit" in result.stderr
    assert "nowhere" not in result.stderr


def test_the_environment_wins_over_the_file(store_folder: Path) -> None:
    (store_folder / "sitrep.toml").write_text('zone = "Europe/Paris"\nstale_days = 30\n')
    assert "Europe/Paris" in run(store_folder, "ask", "/about").stdout
    result = run(store_folder, "ask", "/about", SITREP_ZONE="Europe/London")
    assert "Europe/London" in result.stdout


def test_ask_loads_no_chat_library_and_nothing_it_does_not_need(store_folder: Path) -> None:
    heavy = ["discord", "mautrix", "pydantic", "rich", "prompt_toolkit", "structlog", "dateutil"]
    heavy += ["asyncio", "aiosqlite", "threading", "ssl", "hashlib", "commands.claims"]
    heavy += ["aiohttp", "prometheus_client"]
    heavy += ["store.transfer", "store.maintenance", "store.seeding.load", "store.record.as_of"]
    heavy += ["commands.kit.days", "store.places.typos", "store.queries.lists", "bot.replica"]
    code = (
        "import sys, zoneinfo; own = set(sys.modules);"  # of 3.13 and later threading is part of it
        "from bot.cli.main import main; main(['ask', '/status Pokrovsk']);"
        f"print([name for name in {heavy} if name in sys.modules.keys() - own])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=store_folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    assert result.stdout.splitlines()[-1] == "[]"


def test_health_says_that_nothing_runs(tmp_path: Path) -> None:
    result = run(tmp_path, "health")
    assert result.returncode == 1
    assert "not running" in result.stderr


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("doktor",), "no command “doktor”; did you mean doctor?"),
        (("places", "imprt"), "no command “imprt”; did you mean import?"),
        (("statuss",), 'no command “statuss”; did you mean ask "/status"?'),
        (("xyzzy",), "no command “xyzzy”; --help lists them."),
        (("invite", "abc"), "'abc' is not an application's id: write digits such as"),
    ],
)
def test_a_misspelt_line_is_refused_with_what_was_surely_meant(
    words: tuple[str, ...], hint: str, tmp_path: Path
) -> None:
    """All commands were listed in one line, and a link was made for “abc”."""
    refused = run(tmp_path, *words)
    assert refused.returncode == 2
    assert hint in refused.stderr
    assert refused.stdout == ""


def test_without_a_command_all_are_listed_with_what_each_does(tmp_path: Path) -> None:
    refused = run(tmp_path)
    assert refused.returncode == 2
    assert "write a command." in refused.stderr
    spaced = " ".join(refused.stderr.split())  # Python 3.13 puts them further apart
    assert " doctor check the store; changes nothing " in spaced


def test_the_invite_link_asks_for_no_more_than_it_needs(tmp_path: Path) -> None:
    result = run(tmp_path, "invite", "123456789012345678")
    assert "client_id=123456789012345678&" in result.stdout
    assert "scope=bot+applications.commands" in result.stdout
    view, send, history, threads = 1 << 10, 1 << 11, 1 << 16, 1 << 38
    assert f"permissions={view | send | history | threads}\n" in result.stdout


async def test_of_two_moderators_at_once_one_was_told_to_start_a_terminal(
    store_folder: Path,
) -> None:
    """Now the second waits for the first, whose store is open here."""
    errors = store_folder / "errors"
    streams = (os.devnull, str(store_folder / "answer"), str(errors))
    words = ("ask", "--as", "moderator", "/retract E-36 It repeats E-35.")
    environment = {**os.environ, "SITREP_LOG": "info"}
    errors.touch()
    async with await open_store(store_folder / "sitrep.db"):
        second = ForkedProgram(words, streams, store_folder, environment)
        async with asyncio.timeout(PATIENCE_S):
            while "refused" not in errors.read_text(encoding="utf-8"):  # noqa: ASYNC110 -- no event
                await asyncio.sleep(0.01)
    assert await asyncio.to_thread(second.wait, PATIENCE_S) == 0
    assert (store_folder / "answer").read_text(encoding="utf-8").startswith("E-36 retracted: ")


async def test_whoever_may_write_and_waits_in_vain_hears_who_does(store_folder: Path) -> None:
    words = ("ask", "--json", "--as", "moderator", "/retract E-36 It repeats E-35.")
    async with await open_store(store_folder / "sitrep.db"):
        asked = await asyncio.to_thread(run, store_folder, *words)
    refusal = json.loads(asked.stderr)
    assert refusal["code"] == "read_only"
    assert refusal["title"]["text"].endswith("is writing to this record right now.")


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        (("--store", "x.db", "ask", "/about"), "ask /about --store x.db"),
        (("--as", "moderator", "ask", "/log by:me"), "ask '/log by:me' --as moderator"),
        (("--store", "x.db", "places", "import", "UA.zip"), "places import UA.zip --store x.db"),
        (("--store=x.db", "export"), "export --store=x.db"),
    ],
)
def test_a_flag_before_the_command_was_once_read_as_no_command(
    tmp_path: Path, words: tuple[str, ...], instead: str
) -> None:
    asked = run(tmp_path, *words)
    assert asked.returncode == 2
    assert asked.stderr == f"Flags come after the command: sitrep {instead}\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("year", ["0001", "1899", "3000", "9999"])
def test_a_clock_in_the_first_or_the_last_year_was_once_a_traceback(
    tmp_path: Path, year: str
) -> None:
    asked = run(tmp_path, "ask", "--now", f"{year}-01-01T00:00", "/digest")
    assert asked.returncode == 2
    assert asked.stderr.endswith(f"'{year}-01-01T00:00': write a year from 1900 to 2999\n")
    assert list(tmp_path.iterdir()) == []
