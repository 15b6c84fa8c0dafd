-- A direction is watched and summed up as its town is: what lies around that, not in it alone.
CREATE TABLE watches_of_now (
    id INTEGER PRIMARY KEY,
    platform TEXT NOT NULL,
    room TEXT NOT NULL,
    person TEXT NOT NULL,
    place_id INTEGER NOT NULL REFERENCES places (id),
    told INTEGER NOT NULL,
    claimed INTEGER,
    tried_at TEXT NOT NULL DEFAULT '',
    tries INTEGER NOT NULL DEFAULT 0,
    again_at TEXT NOT NULL DEFAULT '',
    around INTEGER NOT NULL DEFAULT 0 CHECK (around IN (0, 1)),
    UNIQUE (platform, room, person, place_id, around)
) STRICT;

INSERT INTO watches_of_now (
    id, platform, room, person, place_id, told, claimed, tried_at, tries, again_at
) SELECT id, platform, room, person, place_id, told, claimed, tried_at, tries, again_at FROM watches;

DROP TABLE watches;
ALTER TABLE watches_of_now RENAME TO watches;

CREATE INDEX watches_claimed ON watches (again_at) WHERE claimed IS NOT NULL;
CREATE INDEX watches_waiting ON watches (told) WHERE claimed IS NULL;

-- The towns of those directions: a JSON list, beside that of the places.
ALTER TABLE digests ADD COLUMN directions TEXT NOT NULL DEFAULT '[]';
