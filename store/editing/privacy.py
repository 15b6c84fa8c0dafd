"""What is kept about a person, and how one is forgotten.

Forgetting replaces name and id, wherever they are kept, by one random pseudonym: the history stays
readable as the work of one person, and what was limited or barred stays so, for somebody who comes
back is known by a keyed hash of their id alone.
"""

import os
import sqlite3

from msgspec import Struct

from store.db.part import Part, query
from store.editing import scrub as scrubbing
from store.model.canonical_json import canonical
from store.model.refusals import Already, State
from store.model.revision import Act, Change, Person, Revision
from store.record.revisions import on_record, record
from store.workflow import inbox_outbox as mailbox
from store.workflow.pseudonyms import hash_person, ids_of, is_barred, remember_secret

_PERSON = "json_extract(person, '$.platform') = ? AND json_extract(person, '$.id') = ?"


class PersonalData(Struct, frozen=True):
    """How much is kept about somebody: acts on record under their name, and drafts of theirs."""

    revisions: int
    drafts: int
    forgotten: bool
    barred: bool


def forget(db: sqlite3.Connection, who: Person) -> Change:
    """Replace somebody's name and id by their pseudonym."""
    remember_secret(db)
    mailbox.withdraw_naming(db, who.id, *_list_names(db, who))
    mark = hash_person(db, who)
    fresh = f"person {os.urandom(4).hex()}"
    db.execute("INSERT OR IGNORE INTO pseudonyms VALUES (?, ?)", (mark, fresh))
    (name,) = db.execute("SELECT name FROM pseudonyms WHERE mark = ?", (mark,)).fetchone()
    person = canonical({"platform": who.platform, "id": name, "name": name})
    db.execute(
        "UPDATE revision_people INDEXED BY revision_people_who"
        f" SET salt = NULL, person = ? WHERE {_PERSON}",
        (person, who.platform, who.id),
    )
    given = (name, name, who.platform, who.id)
    db.execute("UPDATE drafts SET owner = ?, name = ? WHERE platform = ? AND owner = ?", given)
    db.execute(
        "UPDATE drafts SET reviewer = ?, reviewer_name = ?"
        " WHERE reviewer_platform = ? AND reviewer = ? AND reviewer <> ''",
        given,
    )
    db.execute(
        "UPDATE OR REPLACE authors SET id = ?, name = ? WHERE platform = ? AND id = ?", given
    )
    db.execute(
        "UPDATE OR REPLACE barred SET person = ? WHERE platform = ? AND person = ?",
        (name, who.platform, who.id),
    )
    db.execute(
        "UPDATE digests SET person = '' WHERE platform = ? AND person = ?", (who.platform, who.id)
    )
    for table in ("notices", "watches", "inquiries"):
        db.execute(f"DELETE FROM {table} WHERE platform = ? AND person = ?", (who.platform, who.id))
    db.execute("DELETE FROM lines")  # what stands behind long buttons may name them
    db.execute("DELETE FROM held_files WHERE platform = ? AND person = ?", (who.platform, who.id))
    mailbox.forget_offers(db)
    db.execute(
        "UPDATE batches SET person = ? WHERE state IN ('staging', 'filing', 'undoing')"
        f" AND {_PERSON}",
        (person, who.platform, who.id),
    )
    scrubbing.mark(db)
    return Change("people", None, {"forgotten": name})


def _list_names(db: sqlite3.Connection, who: Person) -> set[str]:
    """Return every name under which somebody is kept, and the one that they have now."""
    kept = db.execute(
        "SELECT json_extract(person, '$.name')"
        f" FROM revision_people INDEXED BY revision_people_who WHERE {_PERSON}",
        (who.platform, who.id),
    ).fetchall()
    kept += db.execute(
        "SELECT name FROM drafts WHERE platform = ? AND owner = ?", (who.platform, who.id)
    ).fetchall()
    return {who.name, *(name for (name,) in kept)}


def bar(db: sqlite3.Connection, who: Person, *, lift: bool = False) -> Change:
    """Let somebody no longer submit, or let them again."""
    if is_barred(db, who) is not lift:
        raise Already(who.name, State.SAME)
    names = ids_of(db, who)
    if lift:
        db.executemany(
            "DELETE FROM barred WHERE platform = ? AND person = ?",
            [(who.platform, name) for name in names],
        )
    else:  # the pseudonym, if there is one: a draft from before then bars the same person
        db.execute("INSERT OR IGNORE INTO barred VALUES (?, ?)", (who.platform, names[-1]))
    return Change("people", {"barred": lift}, {"barred": not lift})


def _without_name(act: Act) -> Act:
    """Return the act of forgetting without the name that it is about."""
    nobody = Person(act.by.platform, "forgotten", "Somebody who asked to be forgotten")
    return Act(act.key, act.act, nobody, act.at, act.why)


def _data_about(db: sqlite3.Connection, about: Person) -> PersonalData:
    """Return what is kept about somebody."""
    given = (about.platform, about.id)
    (revisions,) = db.execute(
        f"SELECT count(*) FROM revision_people INDEXED BY revision_people_who WHERE {_PERSON}",
        given,
    ).fetchone()
    (drafts,) = db.execute(
        "SELECT count(*) FROM drafts WHERE platform = ? AND owner = ?", given
    ).fetchone()
    return PersonalData(revisions, drafts, len(ids_of(db, about)) > 1, is_barred(db, about))


class People(Part):
    """Those who ask and file."""

    bar = on_record(bar)
    data_about = query(_data_about)

    async def forget(self, act: Act) -> Revision:
        """Forget who acts: replace their name and id by a pseudonym, everywhere."""
        revision = await self.db.write(record, _without_name(act), lambda db: forget(db, act.by))
        await self.db.alone(scrubbing.scrub)
        return revision
