"""What a confined process must not be able to do."""

import socket
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

Given = Mapping[str, str]


def fill_memory(_data: bytes, _given: Given) -> Iterator[bytes]:
    yield b"x" * 900_000_000


def write_much(_data: bytes, _given: Given) -> Iterator[bytes]:
    for _ in range(100):
        yield b"x" * 100_000


def never_end(_data: bytes, _given: Given) -> Iterator[bytes]:
    number = 0
    while number >= 0:
        number += 1
    yield b""


def open_socket(_data: bytes, _given: Given) -> Iterator[bytes]:
    socket.create_connection(("127.0.0.1", 9))
    yield b""


def write_file(_data: bytes, _given: Given) -> Iterator[bytes]:
    Path("/tmp/sitrep-confined-test").write_text("x")  # noqa: S108 -- it must not come to be
    yield b""


def start_process(_data: bytes, _given: Given) -> Iterator[bytes]:
    subprocess.run(["true"], check=False)  # noqa: S607 -- it must not start
    yield b""
