-- Filing, correcting and taking back from inside chat.

-- Something being filed: not on record, seen by its owner and by reviewers. `fields` holds the text
-- of each parameter as it was typed. A correction names the entry it `edits` and the version of that
-- entry from which it began. No number is given twice: a button may name one that is gone.
CREATE TABLE drafts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('event', 'claim', 'assessment')),
    state TEXT NOT NULL CHECK (state IN ('open', 'waiting', 'filed', 'rejected', 'dropped')),
    fields TEXT NOT NULL,
    edits INTEGER REFERENCES entries (id),
    base INTEGER NOT NULL DEFAULT 0,
    platform TEXT NOT NULL,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    reviewer_platform TEXT NOT NULL DEFAULT '',
    reviewer TEXT NOT NULL DEFAULT '',
    reviewer_name TEXT NOT NULL DEFAULT '',
    reviewed_at TEXT NOT NULL DEFAULT '',
    entry_id INTEGER REFERENCES entries (id),
    why TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

CREATE INDEX drafts_waiting ON drafts (id) WHERE state = 'waiting';
CREATE INDEX drafts_owner ON drafts (platform, owner, id);
CREATE INDEX drafts_reviewer ON drafts (reviewer_platform, reviewer) WHERE reviewer <> '';
CREATE INDEX drafts_entry ON drafts (entry_id) WHERE entry_id IS NOT NULL;
CREATE INDEX drafts_edits ON drafts (edits) WHERE edits IS NOT NULL;
CREATE INDEX drafts_aging ON drafts (changed_at) WHERE state = 'open';

-- What is still to be told to somebody: as a line whose answer is what they are told, so that no
-- words of an entry are kept here.
CREATE TABLE notices (
    key TEXT PRIMARY KEY,
    platform TEXT NOT NULL,
    person TEXT NOT NULL,
    line TEXT NOT NULL,
    due TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX notices_due ON notices (platform, due);

-- Who asked to be forgotten, by a keyed digest of who they were, and the name that stands for them.
CREATE TABLE pseudonyms (
    mark TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- Who may no longer submit. `person` is an id, or a pseudonym once they are forgotten.
CREATE TABLE barred (
    platform TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (platform, person)
) STRICT, WITHOUT ROWID;

-- Those who ever changed the record, by the name they showed last.
CREATE TABLE authors (
    platform TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (platform, id)
) STRICT, WITHOUT ROWID;

INSERT OR REPLACE INTO authors
    SELECT json_extract(person, '$.platform'), json_extract(person, '$.id'),
        json_extract(person, '$.name')
    FROM revision_people WHERE json_extract(person, '$.id') IS NOT NULL ORDER BY seq;

CREATE INDEX revision_people_who ON revision_people
    (json_extract(person, '$.platform'), json_extract(person, '$.id'), seq);

-- Which revisions linked another entry with this one, or took that back.
CREATE INDEX revision_bodies_to ON revision_bodies (json_extract(body, '$.after.to'))
    WHERE json_extract(body, '$.after.to') IS NOT NULL;

-- What the seeds gave a thing last, as a digest that can go when its words have to.
CREATE TABLE seeded (
    name TEXT PRIMARY KEY,
    times INTEGER NOT NULL,
    digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT OR REPLACE INTO seeded
    SELECT substr(key, 6, length(key) - 22), 1, substr(key, -16) FROM revisions
    WHERE key GLOB 'seed:*' ORDER BY seq;

-- A verdict's author, day and reason are those of its revision. Without a value it was withdrawn.
DROP TABLE verdicts;

CREATE TABLE verdicts (
    seq INTEGER PRIMARY KEY REFERENCES revisions (seq) DEFERRABLE INITIALLY DEFERRED,
    entry_id INTEGER NOT NULL REFERENCES entries (id),
    value TEXT CHECK (value IN ('confirmed', 'disputed', 'refuted', 'unproven')),
    source_id INTEGER REFERENCES sources (id)
) STRICT;

CREATE INDEX verdicts_entry ON verdicts (entry_id, seq);

-- The full text of what was retracted: apart, so that a search needs no look at the entries.
CREATE VIRTUAL TABLE retracted_text USING fts5 (
    words, tags, tokenize = 'unicode61 remove_diacritics 2'
);

ALTER TABLE entries ADD COLUMN redacted_at TEXT;
