"""Confined processes for thousands of files: each a fork of one that has loaded the tasks.

The limits are set in the fork, by the same code as in a process of its own; a fork takes a tenth of
its start.
"""

import importlib
import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Self

_ROOT = Path(__file__).resolve().parents[2]
_LOADED = (
    *("kml:read_kml", "sheet:read_sheet", "json_file:read_rows", "page:read_page"),
    *("defusedxml.ElementTree", "python_calamine"),
)
_LONGEST = 10_000  # bytes of what a task is given


class WarmProcess:
    """The process that forks; `run_process` does what the one in `store.confined.run` does."""

    peak_kb = 0

    def __enter__(self) -> Self:
        self._end, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", __file__, f"{theirs.fileno()}", f"{_ROOT}"],
                pass_fds=[theirs.fileno()],
                cwd="/",
                env={"PYTHONHASHSEED": "0"},
                start_new_session=True,
            )
        return self

    def __exit__(self, *_: object) -> None:
        self._end.close()
        self._process.wait()

    def run_process(
        self, settings: str, stdin: IO[bytes], stdout: IO[bytes], patience_s: float
    ) -> tuple[int, bytes]:
        """Have a fork do it; return its exit code and its standard error."""
        _root, *work = json.loads(settings)
        with TemporaryFile() as stderr:
            files = [stdin.fileno(), stdout.fileno(), stderr.fileno()]
            socket.send_fds(self._end, [json.dumps([patience_s, *work]).encode()], files)
            code, peak_kb = json.loads(self._end.recv(_LONGEST))
            self.peak_kb = max(self.peak_kb, peak_kb)
            if code == -signal.SIGALRM:
                raise subprocess.TimeoutExpired("fork", patience_s)
            stderr.seek(0)
            return code, stderr.read()


def _serve(end: socket.socket, root: str) -> None:
    path = f"{root}/store/confined/child.py"
    spec = importlib.util.spec_from_file_location("store.confined.child", path)
    assert spec is not None
    assert spec.loader is not None
    child = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(child)
    child.find_tasks(root)
    for name in _LOADED:
        module, _, task = name.partition(":")
        importlib.import_module(f"store.transfer.formats.{module}" if task else module)
    while True:
        asked, files, _, _ = socket.recv_fds(end, _LONGEST, 3)
        if not asked:
            return
        if not (pid := os.fork()):
            end.close()
            for number, file in enumerate(files):
                os.dup2(file, number)
            patience_s, *work = json.loads(asked)
            signal.alarm(round(patience_s))
            os._exit(_run(child.run_task, work))
        for file in files:
            os.close(file)
        _, status, used = os.wait4(pid, 0)
        end.send(json.dumps([os.waitstatus_to_exitcode(status), used.ru_maxrss]).encode())


def _run(run_task: Callable[..., int], work: list[Any]) -> int:
    try:
        return run_task(*work)
    except BaseException:  # noqa: BLE001 -- as at the end of any interpreter
        sys.excepthook(*sys.exc_info())
        return 1
    finally:
        sys.stderr.flush()


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])), sys.argv[2])
