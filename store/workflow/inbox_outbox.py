"""What came in and what has to go out, so that each message is answered once, whatever crashes.

What came in is kept together with how far was read. An answer is kept, under the key that makes a
repeat harmless, before it is sent. Words are kept only until they were dealt with.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence

from msgspec import Struct

from store.db.part import Part, query, update_aside

_DAY_MS = 86_400_000
_INBOX_DAYS, _OUTBOX_DAYS = 2, 30
_SHORT = 3  # letters: longer names may have an ending
FILE = "file"
"""The kind of a post that is a file, in which no words can be looked for."""


class InboxEvent(Struct, frozen=True):
    """Something that came in, as it came; `at` in milliseconds since 1970."""

    id: str
    room: str
    event: str
    at: int


class OutboxMessage(Struct, frozen=True):
    """Something to send under a key of its own, worth sending until a moment in milliseconds.

    `pages` is the platform's own note of what can be done with it ("": nothing).
    """

    key: str
    room: str
    kind: str
    content: str
    until: int
    pages: str = ""


class Backlog(Struct, frozen=True):
    """How much waits, since when (`oldest_at`), and when the first post is too late.

    Moments are in milliseconds since 1970, and None where nothing waits.
    """

    unanswered: int
    oldest_at: int | None
    unsent: int
    first_until: int | None


class SentPost(Struct, frozen=True):
    """A message that answers something that came in."""

    room: str
    kind: str
    message: str


def _receive(
    db: sqlite3.Connection, place: str, token: str, letters: Sequence[InboxEvent]
) -> tuple[InboxEvent, ...]:
    """Keep what came in and up to where was read, as one; return what is new of it."""
    db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (place, token))
    new = []
    for letter in letters:
        inserted = db.execute(
            "INSERT OR IGNORE INTO inbox VALUES (?, ?, ?, ?, 0)",
            (letter.id, letter.room, letter.event, letter.at),
        )
        new += [letter] if inserted.rowcount else []
    if new:
        old = new[-1].at - _DAY_MS * _INBOX_DAYS
        db.execute("DELETE FROM inbox WHERE done = 1 AND at < ?", (old,))
    return tuple(new)


def _waiting(db: sqlite3.Connection) -> tuple[InboxEvent, ...]:
    """Return what came in and was not dealt with, oldest first."""
    rows = db.execute("SELECT id, room, event, at FROM inbox WHERE done = 0 ORDER BY at")
    return tuple(InboxEvent(*row) for row in rows)


def _answer(
    db: sqlite3.Connection,
    letter: str,
    posts: Sequence[OutboxMessage] = (),
    turned: tuple[str, str] | None = None,
    left: str = "",
) -> tuple[OutboxMessage, ...]:
    """Deal with a letter by these posts, none of them twice; return what is to be sent.

    `turned` is a message and the new note of its pages; `left` stays in the letter's place.
    """
    db.execute("UPDATE inbox SET done = 1, event = ? WHERE id = ?", (left, letter))
    if turned is not None:
        message, pages = turned
        db.execute(
            "UPDATE outbox SET pages = ? WHERE message = ? AND message > ''", (pages, message)
        )
    return _put(db, posts)


def _receipt(db: sqlite3.Connection, letter: str) -> str:
    """Return what was left in place of a letter that was dealt with a short while ago."""
    row = db.execute("SELECT event FROM inbox WHERE id = ? AND done = 1", (letter,)).fetchone()
    return "" if row is None else str(row[0])


def _withdraw(db: sqlite3.Connection, letter: str) -> tuple[SentPost, ...]:
    """Give up what is not sent yet of the answer to a letter; return what was sent of it.

    Nothing can be done with that any more. The answer's keys are `r-` and the letter's id, with an
    ending for each post but the first.
    """
    first, more, end = (f"r-{letter}{ending}" for ending in ("", "-", "."))
    # Named, since later versions of SQLite would walk through all that is unsent instead.
    outbox = "outbox INDEXED BY sqlite_autoindex_outbox_1"
    ours = "(key = ? OR (key > ? AND key < ?))"
    keys = (first, more, end)
    db.execute(
        f"UPDATE {outbox} SET message = '', content = '', pages = ''"
        f" WHERE message IS NULL AND {ours}",
        keys,
    )
    db.execute(f"UPDATE {outbox} SET pages = '' WHERE message > '' AND {ours}", keys)
    rows = db.execute(
        f"SELECT key, room, kind, message FROM {outbox} WHERE message > '' AND {ours}", keys
    )
    return tuple(SentPost(*post) for _, *post in sorted(rows))


def _forget(db: sqlite3.Connection, message: str) -> None:
    """Forget what can be done with a message, which somebody took away."""
    db.execute("UPDATE outbox SET pages = '' WHERE message = ? AND message > ''", (message,))


def _to_send(db: sqlite3.Connection) -> tuple[OutboxMessage, ...]:
    """Return what has not been sent yet, in the order in which it will be too late."""
    # From nought: without a bound SQLite 3.46 sorts what it reads along the index of a small table.
    rows = db.execute(
        "SELECT key, room, kind, content, until, pages FROM outbox"
        " WHERE message IS NULL AND until > 0 ORDER BY until"
    )
    return tuple(OutboxMessage(*row) for row in rows)


def _is_unsent(db: sqlite3.Connection, key: str) -> bool:
    """Tell whether a post is still to be sent: its words may have been taken away meanwhile."""
    row = db.execute("SELECT 1 FROM outbox WHERE key = ? AND message IS NULL", (key,)).fetchone()
    return row is not None


def _backlog(db: sqlite3.Connection) -> Backlog:
    """Return how much came in and was not dealt with, and how much is to be sent."""
    came = db.execute("SELECT count(*), min(at) FROM inbox WHERE done = 0 AND at > 0").fetchone()
    goes = db.execute(
        "SELECT count(*), min(until) FROM outbox WHERE message IS NULL AND until > 0"
    ).fetchone()
    return Backlog(*came, *goes)


def _mark_sent(
    db: sqlite3.Connection, key: str, message: str, then: Sequence[OutboxMessage] = ()
) -> tuple[OutboxMessage, ...]:
    """Note what a post became ("": it was given up), and what is to follow it."""
    db.execute("UPDATE outbox SET message = ?, content = '' WHERE key = ?", (message, key))
    return _put(db, then)


def _put(db: sqlite3.Connection, posts: Sequence[OutboxMessage]) -> tuple[OutboxMessage, ...]:
    new = []
    for post in posts:
        inserted = db.execute(
            "INSERT OR IGNORE INTO outbox VALUES (?, ?, ?, ?, ?, ?, NULL)",
            (post.key, post.room, post.kind, post.content, post.until, post.pages),
        )
        new += [post] if inserted.rowcount else []
    if new:
        old = new[-1].until - _DAY_MS * _OUTBOX_DAYS
        db.execute("DELETE FROM outbox WHERE message IS NOT NULL AND until < ?", (old,))
    return tuple(new)


def forget_offers(db: sqlite3.Connection) -> None:
    """Forget what can be done with messages: the notes name people, and may hold anybody's words.

    It is part of the transaction that is under way.
    """
    for which in ("message > ''", "message IS NULL"):
        db.execute(f"UPDATE outbox SET pages = '' WHERE {which}")


def withdraw_naming(db: sqlite3.Connection, *names: str) -> None:
    """Give up what is not sent yet and may tell of an entry or a person: what names it, any file.

    A name may have an ending, as in Ukrainian, if it is not so short that it begins other words.
    It is part of the transaction that is under way.
    """
    unsent = "message IS NULL AND until > 0"
    naming = re.compile("|".join(map(_as_word, filter(None, names))) or "(?!)", re.IGNORECASE)
    rows = db.execute(f"SELECT key, kind, content FROM outbox WHERE {unsent}").fetchall()
    for key, kind, content in rows:
        if kind == FILE or any(map(naming.search, _list_texts(content))):
            db.execute(
                "UPDATE outbox SET message = '', content = '', pages = '' WHERE key = ?", (key,)
            )


def _as_word(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}" + (r"(?!\w)" if len(name) <= _SHORT else "")


def _list_texts(content: str) -> Iterator[str]:
    """Yield every text that a post holds, which is JSON or a text itself."""
    try:
        waiting = [json.loads(content)]
    except ValueError:
        waiting = [content]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            waiting += value.values() if isinstance(value, dict) else value


def _pages(db: sqlite3.Connection, message: str) -> str:
    """Return the note of what can be done with a message; "" if it is none of ours."""
    row = db.execute(
        "SELECT pages FROM outbox WHERE message = ? AND message > ''", (message,)
    ).fetchone()
    return "" if row is None else str(row[0])


class Mailbox(Part):
    """Letters and posts, of one platform."""

    receive = update_aside(_receive)
    waiting = query(_waiting)
    answer = update_aside(_answer)
    receipt = query(_receipt)
    withdraw = update_aside(_withdraw)
    forget = update_aside(_forget)
    to_send = query(_to_send)
    is_unsent = query(_is_unsent)
    backlog = query(_backlog)
    mark_sent = update_aside(_mark_sent)
    pages = query(_pages)
