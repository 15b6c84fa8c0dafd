-- What an earlier import of a file of the same name filed.
CREATE INDEX batches_file ON batches (file) WHERE state = 'filed';

-- Files whose columns somebody is asked about. They go a day later.
CREATE TABLE held_files (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    platform TEXT NOT NULL,
    person TEXT NOT NULL,
    at TEXT NOT NULL,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    columns TEXT NOT NULL,
    data BLOB NOT NULL
) STRICT;

CREATE INDEX held_files_at ON held_files (at);

-- What the columns of a table are, kept by the desk under a name.
CREATE TABLE kept_mappings (
    name TEXT PRIMARY KEY,
    columns TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Verdicts and links of rows that wait to be filed: they come after every entry.
CREATE TABLE staged_ties (
    batch_id INTEGER NOT NULL REFERENCES batches (id),
    part INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (batch_id, part)
) STRICT, WITHOUT ROWID;
