-- What the running program keeps for itself. Not part of the record, except that a room's settings
-- are changed through the history like everything that a person changes.

CREATE TABLE state (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE rooms (
    platform TEXT NOT NULL,
    id TEXT NOT NULL,
    answers TEXT NOT NULL CHECK (answers IN ('private', 'public')),
    language TEXT NOT NULL,
    PRIMARY KEY (platform, id)
) STRICT, WITHOUT ROWID;

-- Lines that are too long for a button, under a hash of their own, until a day.
CREATE TABLE lines (
    key TEXT PRIMARY KEY,
    line TEXT NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX lines_until ON lines (until);
