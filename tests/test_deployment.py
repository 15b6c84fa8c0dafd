"""The units, the compose file and the image: what they call, name and copy is there, and runs."""

import asyncio
import re
import shlex
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from bot.cli.arguments import build_parser
from bot.ops.heartbeat import find_trouble, path_beside
from tests.bot.command_line import run
from tests.discord.loopback import TOKEN, Loopback
from tests.fakes import ROOT
from tests.patience import PATIENCE_S
from tests.replica.shipper import Process, plain_environment, require_program, short_socket, until

yaml = pytest.importorskip("yaml")

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
COMPOSES = [DEPLOY / "compose.yaml", DEPLOY / "try-matrix.yaml"]
PROGRAM = "/usr/local/bin/sitrep"


def text_of(file: Path, *, whole: bool = False) -> str:
    """Return a file's text; `whole` takes the # away that an operator takes away."""
    text = file.read_text(encoding="utf-8")
    return re.sub(r"^( *)#(?=[A-Za-z-])", r"\1", text, flags=re.MULTILINE) if whole else text


def read_unit(file: Path, *, whole: bool = False) -> Mapping[str, list[str]]:
    """Return what a unit says under each key."""
    lines = [line.partition("=") for line in text_of(file, whole=whole).splitlines()]
    values = defaultdict(list)
    for key, equals, value in lines:
        if equals and not key.startswith("#"):
            values[key].append(value)
    return values


def read_dockerfile() -> list[str]:
    """Return the instructions of the Dockerfile, each on one line."""
    text = re.sub(r"\\\n\s*", "", text_of(ROOT / "Dockerfile"))
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def instruction(name: str) -> list[str]:
    """Return what follows each instruction of that name."""
    return [line.split(maxsplit=1)[1] for line in read_dockerfile() if line.startswith(f"{name} ")]


def calls() -> Iterator[tuple[str, list[str]]]:
    """Yield each call of the program: where it stands, and its words."""
    for unit in UNITS:
        for line in read_unit(unit)["ExecStart"]:
            program, *words = shlex.split(line)
            assert program == PROGRAM
            yield unit.name, words
    for file in COMPOSES:
        for name, service in yaml.safe_load(text_of(file))["services"].items():
            if "command" in service:
                yield f"{file.name} {name}", shlex.split(service["command"])
    entry = yaml.safe_load(instruction("ENTRYPOINT")[0])
    check = re.search(r"CMD (\[.*\])", instruction("HEALTHCHECK")[0])
    assert check
    for line in (yaml.safe_load(check[1]), entry + yaml.safe_load(instruction("CMD")[0])):
        assert line[: len(entry)] == entry == ["python", "-m", "bot"]
        yield "Dockerfile", line[len(entry) :]
    service = text_of(ROOT / "docs/service.md")
    for line in re.findall(rf"ExecStart={PROGRAM} ([^`]+)`|`command: ([^`]+)`", service):
        yield "service.md", shlex.split("".join(line))


def test_each_call_is_one_that_the_program_reads() -> None:
    """A renamed option was found by whoever upgraded, when the service did not start."""
    read = [build_parser().parse_args(words).command for _, words in calls()]
    assert sorted(read) == ["health", "replicate", "replicate", "run", "run", "run", "run"]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: str(unit.name))
@pytest.mark.parametrize("whole", [False, True], ids=["as it is", "with secrets"])
def test_systemd_finds_nothing_wrong_with_a_unit(
    unit: Path, tmp_path: Path, *, whole: bool
) -> None:
    if (analyze := shutil.which("systemd-analyze")) is None:
        pytest.skip("systemd-analyze is not installed")
    text = text_of(unit, whole=whole).replace(PROGRAM, sys.executable)
    (tmp_path / unit.name).write_text(text, encoding="utf-8")
    (tmp_path / "sitrep.service").touch()
    done = subprocess.run(
        [analyze, "verify", "--man=no", tmp_path / unit.name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_each_secret_and_volume_of_a_compose_file_is_declared_there() -> None:
    for file in COMPOSES:
        for whole in (False, True):
            content = yaml.safe_load(text_of(file, whole=whole))
            secrets, volumes = content.get("secrets", {}), content["volumes"]
            for service in content["services"].values():
                assert set(service.get("secrets", ())) <= set(secrets)
                used = {each.partition(":")[0] for each in service["volumes"]}
                assert {each for each in used if not each.startswith(".")} <= set(volumes)
                files = [
                    path.removeprefix("/run/secrets/")
                    for name, path in service.get("environment", {}).items()
                    if name.endswith("_FILE")
                ]
                assert files == service.get("secrets", [])


def test_a_compose_file_builds_with_arguments_that_the_image_has() -> None:
    known = {each.partition("=")[0] for each in instruction("ARG")}
    for file in COMPOSES:
        for service in yaml.safe_load(text_of(file))["services"].values():
            assert set(service.get("build", {}).get("args", ())) <= known
    services = yaml.safe_load(text_of(COMPOSES[0]))["services"].values()
    assert all({*service["build"]["args"], "BASE"} == known for service in services)


def test_the_base_image_is_named_by_its_digest_too() -> None:
    """A tag names another image every few weeks; `make lock` renews the digest."""
    base = next(each for each in instruction("ARG") if each.startswith("BASE="))
    assert re.fullmatch(r"BASE=python:3\.\d+-slim@sha256:[0-9a-f]{64}", base)


def is_sent(path: PurePosixPath, patterns: list[str]) -> bool:
    """Tell whether the build is sent a file: the last pattern that names it, or a folder of it."""
    sent = True
    for pattern in patterns:
        named = pattern.removeprefix("!")
        above = [path, *path.parents][:-1]
        if any(fnmatch(str(each), named.removeprefix("**/")) for each in above) or any(
            named.startswith("**/") and fnmatch(each.name, named[3:]) for each in above
        ):
            sent = pattern.startswith("!")
    return sent


def build_context() -> list[PurePosixPath]:
    """Return the files of the project that a build is sent."""
    lines = text_of(ROOT / ".dockerignore").splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    tops = [ROOT / line.removeprefix("!") for line in patterns if line.startswith("!")]
    there = [file for top in tops for file in (top, *top.rglob("*")) if file.is_file()]
    files = (PurePosixPath(file.relative_to(ROOT)) for file in there)
    return [file for file in files if is_sent(file, patterns)]


def files_in_image() -> list[tuple[str, PurePosixPath]]:
    """Return what the image copies from the project, each with where to."""
    lines = [line.split() for line in instruction("COPY") if not line.startswith("--from")]
    return [(source, PurePosixPath(to)) for *sources, to in lines for source in sources]


def test_the_build_is_sent_all_that_the_image_copies() -> None:
    """The locks of the extras were left out, and no image could be built."""
    sent = build_context()
    names = {str(each) for file in sent for each in (file, *file.parents)}
    assert {source for source, _ in files_in_image()} <= names
    assert not [file for file in sent if file.suffix in {".pyc", ".db"}]


def test_what_the_image_copies_answers(tmp_path: Path) -> None:
    """Stage two of the image, in a folder: no file that an answer needs was left out."""
    image, sent = tmp_path / "image", build_context()
    for source, to in files_in_image():
        if str(to) != "/tmp/":  # noqa: S108 -- the locks, for stage one
            for file in sent:
                if file.is_relative_to(source):
                    (image / file).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(ROOT / file, image / file)
    compiling = next(line for line in instruction("RUN") if "compileall" in line)
    subprocess.run([sys.executable, *shlex.split(compiling)[1:]], check=True, cwd=image)
    result = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--now", "2025-11-07T12:00", "/status Pokrovsk"],
        env={"SITREP_STORE": str(tmp_path / "sitrep.db")},
        cwd=image,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Contested" in result.stdout


class Service:
    """A unit, run by hand: its environment, its folders and its secrets under a root of its own."""

    def __init__(self, unit: Path, root: Path, settings: Mapping[str, str]) -> None:
        self._unit, self._root, self._settings = read_unit(unit, whole=True), root, settings

    def _place(self, text: str) -> str:
        return text.replace("%d", str(self._root / "credentials")).replace(
            "/var/lib", str(self._root)
        )

    def environment(self) -> dict[str, str]:
        lines = [self._place(line).partition("=") for line in self._unit["Environment"]]
        given = {name: value for name, _, value in lines}
        secrets = {name for name in given if name.endswith("_FILE")}
        absent = {name for name in secrets if not Path(given[name]).exists()}
        return {name: value for name, value in given.items() if name not in absent} | {
            **self._settings,
            "PYTHONPATH": str(ROOT),
        }

    async def start(self) -> Process:
        """Start its line as systemd does, in its folder, with what it may write made before."""
        for name in self._unit["StateDirectory"][0].split():
            (self._root / name).mkdir(exist_ok=True)
        (line,) = self._unit["ExecStart"]
        words = (sys.executable, "-m", "bot", *shlex.split(line)[1:])
        folder = self._root / "sitrep"
        assert self._place(self._unit["WorkingDirectory"][0]) == str(folder)
        process = await asyncio.create_subprocess_exec(
            *words, cwd=folder, env={**plain_environment(), **self.environment()}
        )
        return Process(process)

    async def stop(self, process: Process) -> int:
        """Stop it as systemd does; return its exit code."""
        process.process.terminate()
        limit_s = int(self._unit["TimeoutStopSec"][0])
        return await asyncio.wait_for(process.process.wait(), max(limit_s, PATIENCE_S))


async def test_the_units_lines_run_a_bot_and_its_replica_and_stop_when_told(tmp_path: Path) -> None:
    require_program("litestream")
    (tmp_path / "credentials").mkdir()
    (tmp_path / "credentials/discord-token").write_text(f"{TOKEN}\n")
    async with Loopback() as server, AsyncExitStack() as undo:
        home = server.guild("Home")
        room, reader = server.channel(home, "general"), server.member(home, "Reader One")
        settings: dict[str, Any] = {
            "SITREP_DISCORD_API": server.api,
            "SITREP_DISCORD_GATEWAY": server.gateway,
            "SITREP_REPLICA": str(tmp_path / "sitrep-replica"),
            "SITREP_REPLICA_SOCKET": str(short_socket(tmp_path)),
        }
        bot, shipper = (
            Service(DEPLOY / f"{name}.service", tmp_path, settings)
            for name in ("sitrep", "sitrep-replica")
        )
        running = await bot.start()
        undo.push_async_callback(running.kill)
        await server.connected()
        shipping = await shipper.start()
        undo.push_async_callback(shipping.kill)
        await (await reader.slash(room, "about")).answer()
        await until(lambda: list((tmp_path / "sitrep-replica").rglob("*.ltx")) != [])
        store = tmp_path / "sitrep/sitrep.db"
        await until(lambda: not find_trouble(path_beside(store)))
        await until(lambda: list((tmp_path / "sitrep-copies").glob("*.db")) != [])
        health = await asyncio.to_thread(run, tmp_path, "health", SITREP_STORE=str(store))
        assert health.returncode == 0, health.stdout
        assert await bot.stop(running) == 0
        assert await shipper.stop(shipping) == 0
