"""Tasks of a confined process, in place of the parser of documents."""

import json
import os
from collections.abc import Iterator, Mapping

from store.confined.child import TaskRefusal

Given = Mapping[str, str]


def tell_settings(_data: bytes, _given: Given) -> Iterator[bytes]:
    yield json.dumps({"text": repr(dict(os.environ))}).encode()


def miss_parser(_data: bytes, _given: Given) -> Iterator[bytes]:
    raise TaskRefusal("missing")


def fill_memory(_data: bytes, _given: Given) -> Iterator[bytes]:
    yield bytes(3_000_000_000)


def break_down(_data: bytes, _given: Given) -> Iterator[bytes]:
    yield bytes(1 // 0)
