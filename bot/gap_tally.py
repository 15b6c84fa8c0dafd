"""How many people asked today for what is not on record; told apart till midnight, in memory.

A person who asks about something is a keyed hash of both, so not even the memory says who asked
about two things. The key is random and goes at midnight with the hashes; a restart ends it too.
"""

import os
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from hashlib import blake2b

from commands.kit.invocation import Caller
from commands.kit.reply import Unanswered
from store.model.ref import Ref
from store.model.subject import Subject
from store.workflow.gaps import FEWEST, DayCount

_MOST = 100_000
"""Hashes a day: beyond, nobody is counted."""


def read_subject(asked: Unanswered) -> Subject:
    """Return what was asked about, as the store names it."""
    actor = Ref.parse(asked.by).number if asked.by else 0
    return Subject(Ref.parse(asked.place).number, actor, asked.type)


class GapTally:
    """Counts the people of one day."""

    def __init__(self) -> None:
        self._day = date.min
        self._key = b""
        self._people: defaultdict[Subject, set[bytes]] = defaultdict(set)
        self._size = 0
        self._changed: set[Subject] = set()
        self._ended: list[DayCount] = []

    def note(self, caller: Caller, unanswered: Iterable[Unanswered], today: date) -> None:
        """Count somebody who asked today for what is not there."""
        self._turn_to(today)
        for subject in map(read_subject, unanswered):
            whole = "\0".join((caller.platform, caller.id, repr(subject)))
            mark = blake2b(whole.encode("utf-8", "replace"), key=self._key, digest_size=8).digest()
            if self._size < _MOST and mark not in self._people[subject]:
                self._people[subject].add(mark)
                self._changed.add(subject)
                self._size += 1

    def take(self, today: date) -> tuple[DayCount, ...]:
        """Return the numbers that grew since they were taken; drop what is of an earlier day."""
        self._turn_to(today)
        taken = (*self._ended, *self._take_changed())
        self._ended.clear()
        return taken

    def _take_changed(self) -> list[DayCount]:
        counts = [
            DayCount(subject, self._day, len(self._people[subject])) for subject in self._changed
        ]
        self._changed.clear()
        return [count for count in counts if count.people >= FEWEST]

    def _turn_to(self, today: date) -> None:
        if today == self._day:
            return
        self._ended += self._take_changed()
        self._day, self._key, self._size = today, os.urandom(32), 0
        self._people.clear()
