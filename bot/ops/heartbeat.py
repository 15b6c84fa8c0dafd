"""A small file that says that the program runs, and which platforms could answer just now."""

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path

EVERY_S = 15.0
_DEAD_S = 60.0


def path_beside(store: Path) -> Path:
    """Return where the heartbeat of the program that writes to `store` is."""
    return store.with_name(f"{store.name}.heartbeat")


def beat(file: Path, ready: Mapping[str, bool], trouble: str = "") -> None:
    """Write the heartbeat, whole or not at all; `trouble` is what else is wrong, in a sentence."""
    fresh = file.with_name(f"{file.name}.new")
    content = {"at": time.time(), "ready": dict(ready), "trouble": trouble}
    fresh.write_text(json.dumps(content), encoding="utf-8")
    os.replace(fresh, file)  # noqa: PTH105 -- the point is that it is one step


def find_trouble(file: Path) -> str:
    """Return what is wrong in one sentence; empty when all is well."""
    try:
        beat = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return "The bot is not running: it has left no heartbeat."
    age = time.time() - float(beat["at"])
    if age > _DEAD_S:
        return f"No heartbeat for {age:.0f} s."
    silent = [name for name, is_ready in beat["ready"].items() if not is_ready]
    wrong = [f"Not connected: {', '.join(silent)}."] if silent else []
    return " ".join(filter(None, (*wrong, beat.get("trouble", ""))))
