"""How a part of the store declares what it reads and what it writes.

    class Actors(Part):
        get = query(_get)          # await store.actors.get(42)

`_get` takes a plain connection first and runs whole, in one hop; the method takes what comes after.
"""

import sqlite3
from collections.abc import Callable, Coroutine
from functools import WRAPPER_ASSIGNMENTS, update_wrapper
from typing import Any, Concatenate, ParamSpec, TypeVar

from store.db.database import Database

P = ParamSpec("P")
R = TypeVar("R")


class Part:
    """A part of the store: methods on one database."""

    def __init__(self, db: Database) -> None:
        self.db = db


Work = Callable[Concatenate[sqlite3.Connection, P], R]
Method = Callable[Concatenate[Part, P], Coroutine[Any, Any, R]]


def query(work: Work[P, R]) -> Method[P, R]:
    """Return the method that runs `work` on one snapshot of the record."""

    async def read(part: Part, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return await part.db.read(work, *args, **kwargs)

    return take_name(work, read)


def update(work: Work[P, R]) -> Method[P, R]:
    """Return the method that runs `work` in one transaction, whole or absent."""

    async def write(part: Part, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return await part.db.write(work, *args, **kwargs)

    return take_name(work, write)


def update_aside(work: Work[P, R]) -> Method[P, R]:
    """Return the method that does the same; what it writes is nothing that an answer shows."""

    async def write(part: Part, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return await part.db.write_aside(work, *args, **kwargs)

    return take_name(work, write)


M = TypeVar("M", bound=Callable[..., object])


def take_name(work: Callable[..., object], method: M) -> M:
    """Give a method the name and the docstring of the work that it runs, not its signature."""
    update_wrapper(method, work, assigned=WRAPPER_ASSIGNMENTS, updated=())
    del method.__wrapped__  # type: ignore[attr-defined]  # its first parameter is another
    return method
