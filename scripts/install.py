"""Install the program: into PREFIX/lib/sitrep-…, with the command PREFIX/bin/sitrep.

    make install    or    python3 scripts/install.py PREFIX [EXTRA …]

A new environment is made beside the one in use, and in the end the command leads to it, in one
step: what fails on the way leaves the old one as it was. The one before stays, as a bot that still
runs loads modules from it; older ones go. Nothing is written into the checkout, whoever runs this.
"""

import os
import shutil
import subprocess
import sys
import venv
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

ROOT = Path(__file__).resolve().parent.parent
NAME = "sitrep"
BUILD_LOCK = ROOT / "requirements-build.txt"


def install(prefix: Path, extras: list[str]) -> None:
    """Install with these extras; CalledProcessError if a package cannot be had."""
    command, lib = prefix / "bin" / NAME, prefix / "lib"
    for folder in (command.parent, lib):
        folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as undo:
        environment = Path(mkdtemp(prefix=f"{NAME}-", dir=lib))
        undo.callback(shutil.rmtree, environment)
        environment.chmod(0o755)
        print(f"Installing into {environment} with Python {sys.version.split()[0]}…", flush=True)
        venv.create(environment, symlinks=True, with_pip=True)
        fill(environment, extras)
        before = switch(command, environment)
        undo.pop_all()
    remove_all_but({environment, before}, lib)
    print(f"Installed: {command}")


def fill(environment: Path, extras: list[str]) -> None:
    """Install what the program needs, as locked, and the program."""
    for lock in ("", *(f"-{extra}" for extra in extras)):
        pip(environment, "install", "--require-hashes", f"-r{ROOT}/requirements{lock}.txt")
    with TemporaryDirectory() as folder:
        tools, wheels = f"{folder}/tools", f"{folder}/wheels"
        pip(environment, "install", "--require-hashes", f"--target={tools}", f"-r{BUILD_LOCK}")
        wheel = ("wheel", "--no-deps", "--no-build-isolation", "-w", wheels, str(ROOT))
        pip(environment, *wheel, PYTHONPATH=tools)
        pip(environment, "install", "--no-deps", "--no-index", *map(str, Path(wheels).iterdir()))


def pip(environment: Path, *words: str, **variables: str) -> None:
    """Run the environment's pip, silent but for errors; CalledProcessError if it cannot."""
    python = str(environment / "bin" / "python")
    line = [python, "-m", "pip", *words, "-qq", "--disable-pip-version-check"]
    subprocess.run(line, env={**os.environ, **variables}, check=True)  # noqa: S603 -- pip


def switch(command: Path, environment: Path) -> Path:
    """Have the command lead to an environment, in one step; return the one to which it led."""
    before = command.resolve().parent.parent
    link = command.with_name(f".{environment.name}")
    link.symlink_to(Path(os.path.relpath(environment, command.parent)) / "bin" / NAME)
    link.replace(command)
    return before


def remove_all_but(kept: set[Path], lib: Path) -> None:
    """Remove the other environments that this or an earlier version made, also half of one."""
    for file in [*lib.glob(f"{NAME}/pyvenv.cfg"), *lib.glob(f"{NAME}-*/pyvenv.cfg")]:
        if file.parent not in kept:
            shutil.rmtree(file.parent)


if __name__ == "__main__":
    folder, *wanted = sys.argv[1:]
    try:
        install(Path(folder).expanduser().resolve(), wanted)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"{error}\nNot installed; what was there before is as it was.")
