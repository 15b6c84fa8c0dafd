"""What runs in the confined process: limits first, then the task, from standard input to output."""

import contextlib
import ctypes
import importlib
import json
import os
import resource
import sys
from collections.abc import Mapping
from types import ModuleType

REFUSED, NO_MEMORY, FULL = 3, 4, 27  # the last: EFBIG of the system
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FORBIDDEN = (
    *("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.kill"),
    *("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate"),
    *("os.chmod", "os.chown", "shutil.", "ctypes.dlopen", "pty.", "ftplib.", "smtplib.", "urllib."),
)


class TaskRefusal(Exception):
    """The task refuses its bytes; `words` goes to whoever started the process."""

    def __init__(self, *words: str) -> None:
        super().__init__(*words)
        self.words = words


def _limit(seconds: int, memory: int, output: int) -> None:
    for what, soft, hard in (
        (resource.RLIMIT_CPU, seconds, seconds + 2),  # told at the first, killed at the second
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_FSIZE, output, output),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a system that has no such limit
            resource.setrlimit(what, (soft, hard))


def _leave_network() -> None:
    """Go into a network of one's own, with nothing in it, where the system lets everybody."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NET)


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what reading a file needs no more: the audit hook of the interpreter."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & _TO_WRITE:
        raise PermissionError(event)


def find_tasks(root: str) -> None:
    """Find the program's modules, but not what these two packages open with.

    No task needs a database, nor starts a process; loading that takes longer than most files.
    """
    for name in ("store", "store.confined"):
        package = sys.modules[name] = ModuleType(name)
        package.__path__ = [os.path.join(root, *name.split("."))]  # noqa: PTH118 -- pathlib loads for long
    sys.modules["store.confined.child"] = sys.modules[__name__]
    sys.path.insert(0, root)


def run_task(task: str, given: Mapping[str, str], *limits: int) -> int:
    """Run a task within its limits, from standard input to output; return the exit code."""
    _leave_network()
    _limit(*limits)
    module, _, name = task.partition(":")
    run = getattr(importlib.import_module(module), name)
    sys.addaudithook(_watch)
    try:
        for piece in run(sys.stdin.buffer.read(), given):
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
    except TaskRefusal as refused:
        sys.stderr.write(f"{json.dumps(refused.words)}\n")
        return REFUSED
    except (MemoryError, RecursionError):
        return NO_MEMORY
    except OSError as error:
        return NO_MEMORY if error.errno == FULL else 1
    return 0


if __name__ == "__main__":
    root, *work = json.loads(sys.argv[1])
    find_tasks(root)
    code = run_task(*work)
    sys.stdout = None  # what could not be written is not tried again
    sys.exit(code)
