-- The chain holds digests only; bodies and names sit beside it, so that words can be redacted and
-- a person forgotten while every digest still follows from the one before.

CREATE TABLE revisions (
    seq INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    act TEXT NOT NULL,
    target TEXT NOT NULL,
    at TEXT NOT NULL,
    platform TEXT NOT NULL,
    body_digest TEXT NOT NULL,
    person_digest TEXT NOT NULL,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;

CREATE INDEX revisions_target ON revisions (target, seq);

CREATE TABLE revision_bodies (
    seq INTEGER PRIMARY KEY REFERENCES revisions (seq),
    salt TEXT,
    body TEXT
) STRICT;

CREATE TABLE revision_people (
    seq INTEGER PRIMARY KEY REFERENCES revisions (seq),
    salt TEXT,
    person TEXT NOT NULL
) STRICT;

-- Which entries were ever about a place, whatever was corrected since.
CREATE TABLE touched (
    place_id INTEGER NOT NULL REFERENCES places (id),
    entry_id INTEGER NOT NULL REFERENCES entries (id),
    PRIMARY KEY (place_id, entry_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER revisions_stay BEFORE UPDATE ON revisions
BEGIN SELECT RAISE (ABORT, 'a revision is never changed'); END;

CREATE TRIGGER revisions_remain BEFORE DELETE ON revisions
BEGIN SELECT RAISE (ABORT, 'a revision is never deleted'); END;

CREATE TRIGGER bodies_stay BEFORE UPDATE ON revision_bodies
WHEN NEW.body IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.seq <> OLD.seq
BEGIN SELECT RAISE (ABORT, 'a body is redacted or left as it is'); END;

CREATE TRIGGER bodies_remain BEFORE DELETE ON revision_bodies
BEGIN SELECT RAISE (ABORT, 'a body is redacted, not deleted'); END;

CREATE TRIGGER people_stay BEFORE UPDATE ON revision_people
WHEN NEW.salt IS NOT NULL OR NEW.seq <> OLD.seq
BEGIN SELECT RAISE (ABORT, 'a person is forgotten or left as they are'); END;

CREATE TRIGGER people_remain BEFORE DELETE ON revision_people
BEGIN SELECT RAISE (ABORT, 'a person is forgotten, not deleted'); END;

CREATE TRIGGER revisions_follow BEFORE INSERT ON revisions
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM revisions)
    OR NEW.previous <> coalesce((SELECT digest FROM revisions WHERE seq = NEW.seq - 1), '')
    OR EXISTS (SELECT 1 FROM revisions WHERE key = NEW.key)
BEGIN SELECT RAISE (ABORT, 'a revision follows the last one, under a key of its own'); END;

CREATE TRIGGER bodies_once BEFORE INSERT ON revision_bodies
WHEN EXISTS (SELECT 1 FROM revision_bodies WHERE seq = NEW.seq)
BEGIN SELECT RAISE (ABORT, 'a revision has one body'); END;

CREATE TRIGGER people_once BEFORE INSERT ON revision_people
WHEN EXISTS (SELECT 1 FROM revision_people WHERE seq = NEW.seq)
BEGIN SELECT RAISE (ABORT, 'a revision has one person'); END;
