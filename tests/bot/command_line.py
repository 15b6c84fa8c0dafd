"""The program as a process of its own, asked on its command line."""

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fakes import ROOT
from tests.forked import ForkedProgram
from tests.patience import PATIENCE_S


def run(folder: Path, *words: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run it in a folder until it ends, with more of the environment; nobody types anything."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("SITREP_")}
    env |= {"PYTHONPATH": str(ROOT), **extra}
    with TemporaryDirectory(prefix="sitrep-") as own:
        out, err = Path(own, "out"), Path(own, "err")
        code = ForkedProgram(words, (os.devnull, str(out), str(err)), folder, env).wait(PATIENCE_S)
        texts = [file.read_text(encoding="utf-8") for file in (out, err)]
    return subprocess.CompletedProcess(words, code, *texts)
