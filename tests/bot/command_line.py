"""The program as a process of its own, asked on its command line."""

import os
import subprocess
import sys
from pathlib import Path

from tests.patience import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]


def run(folder: Path, *words: str, **extra: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("SITREP_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env={**env, "PYTHONPATH": str(ROOT), **extra},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
