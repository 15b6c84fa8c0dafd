"""`sitrep run` as a process of its own, to be killed and started again."""

import os
from collections.abc import Callable
from pathlib import Path

from benchmarks.homeserver import NAME, PASSWORD
from tests.fakes import ROOT
from tests.forked import ForkedProgram
from tests.patience import PATIENCE_S


class MatrixProgram:
    """The program in a folder, on a store and a session of its own."""

    prepare: Callable[[], None] | None = None
    """What its process does before it is the program."""

    def __init__(self, folder: Path, address: str, user: str, **settings: str) -> None:
        self.folder, self.user = folder, user
        self._log = folder / "log"
        self._settings = {
            "SITREP_STORE": str(folder / "own.db"),
            "SITREP_MATRIX_HOMESERVER": address,
            "SITREP_MATRIX_USER": user,
            "SITREP_MATRIX_PASSWORD": PASSWORD,
            "SITREP_MATRIX_STATE": str(folder / "state"),
            "SITREP_MATRIX_INVITES": NAME,
            **settings,
        }
        self.process: ForkedProgram | None = None

    def set(self, name: str, value: str) -> None:
        """Set something for the next start."""
        self._settings[name] = value

    def start(self, *flags: str) -> None:
        """Start it; it takes a while until it answers."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("SITREP_")}
        streams = os.devnull, str(self._log), str(self._log)
        environment = own | self._settings
        self.process = ForkedProgram(("run", *flags), streams, ROOT, environment, self.prepare)

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(PATIENCE_S)

    def stop(self) -> int:
        """End it in peace; return its exit code."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(PATIENCE_S)

    def ended(self) -> int:
        """Wait until it ends by itself; return its exit code."""
        assert self.process is not None
        return self.process.wait(PATIENCE_S)

    @property
    def said(self) -> str:
        return self._log.read_text()
