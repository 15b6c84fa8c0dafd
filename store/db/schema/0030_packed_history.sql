-- Digests and salts are bytes, not hex; bodies are packed (store/db/packing.py), and beside them stands
-- what each links with, so that none has to be unpacked to find it. `revision_bodies` is a view that
-- shows them as they were written. What refers to revisions is made anew with them.
CREATE TABLE new_revisions (
    seq INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    act TEXT NOT NULL,
    target TEXT NOT NULL,
    at TEXT NOT NULL,
    platform TEXT NOT NULL,
    body_digest BLOB NOT NULL,
    person_digest BLOB NOT NULL,
    previous BLOB NOT NULL,
    digest BLOB NOT NULL
) STRICT;

CREATE TABLE packed_bodies (
    seq INTEGER PRIMARY KEY REFERENCES new_revisions (seq),
    salt BLOB,
    body BLOB,
    linked TEXT
) STRICT;

CREATE TABLE new_people (
    seq INTEGER PRIMARY KEY REFERENCES new_revisions (seq),
    salt BLOB,
    person TEXT NOT NULL
) STRICT;

CREATE TABLE new_verdicts (
    seq INTEGER PRIMARY KEY REFERENCES new_revisions (seq) DEFERRABLE INITIALLY DEFERRED,
    entry_id INTEGER NOT NULL REFERENCES entries (id),
    value TEXT CHECK (value IN ('confirmed', 'disputed', 'refuted', 'unproven')),
    source_id INTEGER REFERENCES sources (id)
) STRICT;

INSERT INTO new_revisions
    SELECT seq, key, act, target, at, platform, from_hex(body_digest), from_hex(person_digest),
        from_hex(previous), from_hex(digest)
    FROM revisions ORDER BY seq;
INSERT INTO packed_bodies
    SELECT seq, from_hex(salt), pack(body), json_extract(body, '$.after.to')
    FROM revision_bodies ORDER BY seq;
INSERT INTO new_people SELECT seq, from_hex(salt), person FROM revision_people ORDER BY seq;
INSERT INTO new_verdicts SELECT seq, entry_id, value, source_id FROM verdicts ORDER BY seq;

DROP TABLE verdicts;
DROP TABLE revision_people;
DROP TABLE revision_bodies;
DROP TABLE revisions;
ALTER TABLE new_revisions RENAME TO revisions;
ALTER TABLE new_people RENAME TO revision_people;
ALTER TABLE new_verdicts RENAME TO verdicts;

CREATE INDEX revisions_target ON revisions (target, seq);
CREATE INDEX revisions_at ON revisions (at);
CREATE INDEX revision_people_who ON revision_people
    (json_extract(person, '$.platform'), json_extract(person, '$.id'), seq);
CREATE INDEX packed_bodies_linked ON packed_bodies (linked) WHERE linked IS NOT NULL;
CREATE INDEX verdicts_entry ON verdicts (entry_id, seq);

CREATE VIEW revision_bodies AS
    SELECT seq, to_hex(salt) AS salt, unpack(body) AS body, linked FROM packed_bodies;

CREATE TRIGGER revisions_stay BEFORE UPDATE ON revisions
BEGIN SELECT RAISE (ABORT, 'a revision is never changed'); END;

CREATE TRIGGER revisions_remain BEFORE DELETE ON revisions
BEGIN SELECT RAISE (ABORT, 'a revision is never deleted'); END;

CREATE TRIGGER bodies_stay BEFORE UPDATE ON packed_bodies
WHEN NEW.body IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.linked IS NOT NULL OR NEW.seq <> OLD.seq
BEGIN SELECT RAISE (ABORT, 'a body is redacted or left as it is'); END;

CREATE TRIGGER bodies_remain BEFORE DELETE ON packed_bodies
BEGIN SELECT RAISE (ABORT, 'a body is redacted, not deleted'); END;

CREATE TRIGGER people_stay BEFORE UPDATE ON revision_people
WHEN NEW.salt IS NOT NULL OR NEW.seq <> OLD.seq
BEGIN SELECT RAISE (ABORT, 'a person is forgotten or left as they are'); END;

CREATE TRIGGER people_remain BEFORE DELETE ON revision_people
BEGIN SELECT RAISE (ABORT, 'a person is forgotten, not deleted'); END;

CREATE TRIGGER revisions_follow BEFORE INSERT ON revisions
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM revisions)
    OR NEW.previous <> coalesce((SELECT digest FROM revisions WHERE seq = NEW.seq - 1), x'')
    OR EXISTS (SELECT 1 FROM revisions WHERE key = NEW.key)
BEGIN SELECT RAISE (ABORT, 'a revision follows the last one, under a key of its own'); END;

CREATE TRIGGER bodies_once BEFORE INSERT ON packed_bodies
WHEN EXISTS (SELECT 1 FROM packed_bodies WHERE seq = NEW.seq)
BEGIN SELECT RAISE (ABORT, 'a revision has one body'); END;

CREATE TRIGGER people_once BEFORE INSERT ON revision_people
WHEN EXISTS (SELECT 1 FROM revision_people WHERE seq = NEW.seq)
BEGIN SELECT RAISE (ABORT, 'a revision has one person'); END;

INSERT INTO meta VALUES ('body dictionary', body_dictionary());

-- The room that the old tables took is given back as after a redaction, when the file is opened.
INSERT OR REPLACE INTO state SELECT 'to scrub', '1' WHERE EXISTS (SELECT 1 FROM revisions);
