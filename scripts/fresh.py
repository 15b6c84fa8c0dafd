"""Follow the README on fresh Debian systems and print how far each came: ``make fresh``.

debootstrap makes each system in a temporary folder, which gets a fresh clone of what is committed.
An ordinary user there does what the README says, then runs the quick tests. Where apt and pip find
their packages is read from this machine while it runs. Each step has namespaces of its own: its
mounts and processes end with it, however it ends.
"""

import ast
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
SYSTEMS = ("bookworm", "trixie", "sid")
QUICK = "tests/bot tests/commands tests/discord tests/store tests/test_docs.py"
"""The tests that need neither a homeserver nor a crash campaign."""
TOOLS = ("apt-config", "apt-get", "chroot", "debootstrap", "git", "unshare")
PASSED_ON = re.compile(r"(?i)^(https?|all|no)_proxy$|^(ssl_cert_|requests_ca_|curl_ca_)|^pip_")
NAMESPACES = ("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
UNPACKED, INSTALLED, SET_UP, TESTED = 900, 900, 1200, 2400
"""How long each step may take, in seconds."""
VERSIONS = "import platform as p, sqlite3 as s; print(p.python_version(), s.sqlite_version)"
TAIL = 150


@dataclass
class System:
    """One fresh system: its folder, and what came of each step."""

    name: str
    folder: Path
    python: str = "–"
    sqlite: str = "–"
    demo: str = "–"
    tests: str = "–"
    log: list[str] = field(default_factory=list)

    @property
    def row(self) -> tuple[str, ...]:
        return self.name, self.python, self.sqlite, self.demo, self.tests

    def run(self, command: str, seconds: float, *, admin: bool = False) -> str | None:
        """Run a command inside, as the user in the clone or as admin, with standard input closed.

        Return what it printed, or None if it failed; then the end of it is in `log`.
        """
        user = [] if admin else ["--userspec=1000:1000"]
        chroot = shlex.join(["chroot", *user, str(self.folder), "sh", "-ec", command])
        paths = [] if admin else paths_to_share()
        # The shell stays, as root: the first process of a namespace takes all others along, and one
        # that changes its user no longer ends with unshare.
        script = "\n".join([*mounts(self.folder, paths), chroot, "exit 0"])
        return self.wait(["sh", "-ec", script], seconds)

    def wait(self, line: Sequence[str], seconds: float) -> str | None:
        """Run a command outside, in namespaces of its own; the rest as `run`."""
        try:
            done = subprocess.run(  # noqa: S603 -- the lines are this script's own
                [*NAMESPACES, *line],
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            self.log += [*lines(error.stdout)[-TAIL:], f"Stopped after {seconds:.0f} seconds."]
            return None
        if done.returncode:
            self.log += [*lines(done.stdout)[-TAIL:], f"Exit code {done.returncode}."]
            return None
        return done.stdout.decode(errors="replace")


def lines(output: bytes | None) -> list[str]:
    """Return what a program printed, line by line."""
    return (output or b"").decode(errors="replace").splitlines()


def environment() -> dict[str, str]:
    """Return the variables of a step: a plain system's, and how this machine reaches packages."""
    passed = {name: value for name, value in os.environ.items() if PASSED_ON.match(name)}
    plain = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/home/user", "TERM": "dumb"}
    return {**plain, "DEBIAN_FRONTEND": "noninteractive", **pip_settings(), **passed}


def pip_settings() -> dict[str, str]:
    """Return what pip's files on this machine say, as the variables that say the same."""
    line = [sys.executable, "-m", "pip", "config", "list"]
    done = subprocess.run(line, capture_output=True, text=True, check=False)  # noqa: S603 -- pip
    settings = re.findall(r"^(?:global|install)\.([\w-]+)=(.*)$", done.stdout, re.MULTILINE)
    return {
        f"PIP_{name.replace('-', '_').upper()}": str(ast.literal_eval(value))
        for name, value in settings
    }


def paths_to_share() -> list[Path]:
    """Return the files and folders that the variables name, none inside another.

    Of a local index the whole folder is needed: its pages lead to files beside it.
    """
    words = [
        word
        for name, value in environment().items()
        if PASSED_ON.match(name)
        for word in re.split(r"[\s,]+", value)
    ]
    indexes = [Path(word.removeprefix("file://")).parent for word in words if "file://" in word]
    named = {path for path in [*indexes, *map(Path, words)] if path.is_absolute() and path.exists()}
    return sorted(path for path in named if named.isdisjoint(path.parents))


def mounts(folder: Path, shared: Sequence[Path]) -> Iterator[str]:
    """Yield the shell lines that make a system whole; the namespace they run in undoes them."""
    yield f"mount -t proc proc {folder}/proc"
    yield f"mount --rbind /dev {folder}/dev"
    for path in shared:
        inside = folder / path.relative_to("/")
        (inside if path.is_dir() else inside.parent).mkdir(parents=True, exist_ok=True)
        if not path.is_dir():
            inside.touch()
        yield f"mount --bind -o ro {shlex.quote(str(path))} {shlex.quote(str(inside))}"


def archive() -> str | None:
    """Return the address of the Debian archive that apt uses on this machine, if it uses one."""
    line = ["apt-get", "indextargets", "--format", "$(LABEL) $(REPO_URI)", "Created-By: Packages"]
    done = subprocess.run(line, capture_output=True, text=True, check=False)  # noqa: S603 -- apt
    addresses = re.findall(r"^Debian (\S+)$", done.stdout, re.MULTILINE)
    return addresses[0] if addresses else None


def packages() -> str:
    """Return the packages that the README says to install."""
    line = re.search(r"\bapt install ([a-z0-9 .+-]+)", (ROOT / "README.md").read_text("utf-8"))
    if line is None:
        raise SystemExit("The README names no packages after “apt install”.")
    return line[1].strip()


def unpack(system: System, address: str) -> bool:
    """Make the system, with apt and names set up as on this machine, and put a clone into it."""
    folder, apt = system.folder, "etc/apt/apt.conf.d/00host"
    line = ["debootstrap", "--variant=minbase", system.name, str(folder), address]
    if system.wait(line, UNPACKED) is None:
        return False
    wanted = (
        "Acquire::Check-Valid-Until",
        "Acquire::Check-Date",
        "Acquire::http",
        "Acquire::https",
    )
    dump = subprocess.run(["apt-config", "dump", *wanted], capture_output=True, check=True)  # noqa: S603, S607 -- apt
    (folder / apt).write_bytes(dump.stdout)
    for name in ("resolv.conf", "hosts"):
        shutil.copy(f"/etc/{name}", folder / "etc" / name)
    clone = ["git", "clone", "--quiet", f"file://{ROOT}", str(folder / "home/user/sitrep")]
    return system.wait(clone, UNPACKED) is not None


def follow(system: System, address: str) -> None:
    """Do what the README says, and note what came of it."""
    user = "useradd --uid 1000 user && chown -R user:user /home/user"
    apt = f"apt-get -qq update && apt-get -qq install -y {packages()}"
    if not unpack(system, address) or system.run(f"{user} && {apt}", INSTALLED, admin=True) is None:
        return
    system.demo = "passed" if system.run("cd ~/sitrep && make demo", SET_UP) else "FAILED"
    python = "$(ls .venv/bin/python || echo python3)"
    versions = system.run(f"cd ~/sitrep && {python} -c {shlex.quote(VERSIONS)}", SET_UP)
    system.python, system.sqlite = (versions or "– –").split()
    if system.run("cd ~/sitrep && make .venv/dev.stamp", SET_UP) is None:
        system.tests = "not installed"
        return
    output = system.run(f"cd ~/sitrep && .venv/bin/python -m pytest -q --tb=short {QUICK}", TESTED)
    counts = re.findall(
        r"\d+ (?:failed|passed|skipped|errors?)", "\n".join([output or "", *system.log])
    )
    system.tests = ", ".join(counts) or "FAILED"


def reason_to_skip() -> str | None:
    """Return why no system can be made here, if so."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        return f"there is no {', '.join(missing)} here (on Debian: apt install debootstrap)"
    if os.geteuid():
        return "only root can make a system; run it as root"
    if subprocess.run([*NAMESPACES, "true"], check=False).returncode:  # noqa: S603 -- found above
        return "this machine allows no namespaces"
    return None


def print_table(systems: Sequence[System]) -> None:
    """Print a row a system, and under the table the end of what failed."""
    rows = [("root", "Python", "SQLite", "demo", "tests"), *(system.row for system in systems)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )
    for system in systems:
        if system.log:
            print(f"\n{system.name}:", *system.log, sep="\n")


def main(names: Sequence[str]) -> int:
    """Make each system and print the table; the exit code is 1 if anything failed."""
    reason = reason_to_skip()
    address = None if reason else archive()
    if address is None:
        print(f"Skipped: {reason or 'apt uses no Debian archive here'}.")
        return 0
    # So that a step ends, and its folder goes, when somebody ends this.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    systems = []
    for name in names or SYSTEMS:
        with TemporaryDirectory(prefix=f"sitrep-{name}-") as folder:
            Path(folder).chmod(0o755)
            systems.append(System(name, Path(folder)))
            print(f"{name}…", file=sys.stderr, flush=True)
            follow(systems[-1], address)
    print_table(systems)
    return int(any(system.log for system in systems))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
