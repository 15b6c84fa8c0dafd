"""The package as somebody installs it: no checkout beside it, another folder, a home of its own."""

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from bot import __version__
from bot.setting_values import read_settings
from bot.settings import FILE, default_path, settings_file
from tests.fakes import ROOT
from tests.patience import PATIENCE_S

LOCKS = sorted(ROOT.glob("requirements*.txt"))
COMMANDS = (
    "ask",
    "console",
    "demo",
    "bench",
    "run",
    "health",
    "invite",
    "import",
    "export",
    "backup",
    "restore",
    "doctor",
)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, built from the checkout without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (file,) = folder.iterdir()
    return file


@pytest.fixture(scope="session")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what pip installs of the package."""
    folder = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    own = ["--no-deps", "--no-index", "--target", str(folder), str(wheel)]
    subprocess.run([*pip, *own], check=True, capture_output=True)
    return folder


class Installed:
    """The command `sitrep` in a folder, for somebody with a home."""

    def __init__(self, site: Path, folder: Path) -> None:
        self.site, self.home, self.cwd = site, folder / "home", folder / "elsewhere"
        self.home.mkdir()
        self.cwd.mkdir()

    @property
    def store(self) -> Path:
        return self.home / "data" / "sitrep" / "sitrep.db"

    @property
    def settings(self) -> Path:
        return self.home / "config" / "sitrep" / "sitrep.toml"

    def __call__(self, *words: str, **extra: str) -> subprocess.CompletedProcess[str]:
        plain = {name: value for name, value in os.environ.items() if name[:7] != "SITREP_"}
        plain |= {"PYTHONPATH": str(self.site), "HOME": str(self.home)}
        plain |= {"XDG_DATA_HOME": str(self.home / "data")}
        plain |= {"XDG_CONFIG_HOME": str(self.home / "config")}
        return subprocess.run(
            [sys.executable, str(self.site / "bin" / "sitrep"), *words],
            cwd=self.cwd,
            env={**plain, **extra},
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )


@pytest.fixture
def sitrep(site: Path, tmp_path: Path) -> Installed:
    """The installed command of somebody who has never used it."""
    return Installed(site, tmp_path)


def test_it_has_all_commands_and_its_version(sitrep: Installed) -> None:
    assert sitrep("--version").stdout == f"sitrep {__version__}\n"
    shown = sitrep("--help").stdout
    assert shown.startswith("usage: sitrep ")
    assert [name for name in COMMANDS if f"\n    {name} " not in shown] == []


def test_the_first_start_says_where_the_record_is_and_the_second_does_not(
    sitrep: Installed,
) -> None:
    first = sitrep("ask", "--now", "2025-11-07T12:00", "/status Pokrovsk")
    assert first.stdout.startswith("Pokrovsk: "), first.stderr
    assert first.stderr == (
        f"The record is kept in {sitrep.store}; settings are read from {sitrep.settings}.\n"
    )
    assert sitrep.store.exists()
    assert list(sitrep.cwd.iterdir()) == []
    assert sitrep("ask", "/about").stderr == ""


def test_the_words_of_another_language_travel_with_it(sitrep: Installed) -> None:
    shown = sitrep("ask", "--lang", "uk", "/help").stdout
    assert "Ця довідка" in shown or "команд" in shown.casefold(), shown


def test_its_settings_are_in_one_place_and_the_current_folder_goes_before(
    sitrep: Installed,
) -> None:
    sitrep.settings.parent.mkdir(parents=True)
    sitrep.settings.write_text('zone = "Europe/Paris"\nstore = "kept.db"\n', encoding="utf-8")
    assert "Europe/Paris" in sitrep("ask", "/about").stdout
    assert sitrep.settings.with_name("kept.db").exists(), "a path starts from the file's folder"
    (sitrep.cwd / "sitrep.toml").write_text('zone = "Europe/London"\n', encoding="utf-8")
    assert "Europe/London" in sitrep("ask", "/about").stdout
    assert sitrep.store.exists()


def test_the_environment_and_a_flag_go_before_the_place_of_its_own(sitrep: Installed) -> None:
    mine = sitrep("ask", "/about", SITREP_STORE="mine.db")
    flag = sitrep("ask", "--store", "flag.db", "/about")
    assert mine.stderr == "mine.db is new and is filled first.\n"
    assert flag.stderr == "flag.db is new and is filled first.\n"
    assert {"mine.db", "flag.db"} <= {file.name for file in sitrep.cwd.iterdir()}
    assert not sitrep.store.exists()


def test_the_wheel_has_the_data_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
    assert {name.split("/")[0] for name in names} == {"bot", "commands", "store", "seeds"}
    for kept in ("seeds/situation.toml", "store/db/schema/0001_record.sql"):
        assert kept in names
    assert any(name.endswith("uk/LC_MESSAGES/sitrep.po") for name in names)
    assert any(name.startswith("store/mappings/") for name in names)
    assert [name for name in names if name.endswith((".db", ".pyc", ".toml.example"))] == []


def test_from_a_checkout_all_is_where_it_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert settings_file() == FILE
    assert default_path("store") == Path("sitrep.db")
    file = tmp_path / "other" / "sitrep.toml"
    file.parent.mkdir()
    file.write_text('backup_folder = "copies"\nmatrix_state = "/keys"\n', encoding="utf-8")
    settings = read_settings(file)
    assert settings.backup_folder == str(file.parent / "copies")
    assert settings.matrix_state == Path("/keys")
    assert settings.store == Path("sitrep.db")


@pytest.mark.parametrize("file", LOCKS, ids=lambda file: file.name)
def test_a_lock_has_hashes_and_no_addresses(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    requirements = text.replace("\\\n", "").splitlines()
    pinned = [line for line in requirements if line and not line.lstrip().startswith("#")]
    assert pinned
    assert [line for line in pinned if "==" not in line or "--hash=sha256:" not in line] == []
    assert "://" not in text
    assert "--index" not in text
    assert str(ROOT) not in text


def test_each_requirement_of_the_package_is_in_the_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8").casefold()
    for requirement in project["dependencies"]:
        name = requirement.split(">")[0].casefold().replace("_", "-").replace(".", "-")
        assert f"\n{name}==" in lock, requirement
