-- Imports: each is a batch. Its rows are staged first and filed in steps; a batch that was begun
-- and not finished is finished when the store is next opened for writing.

CREATE TABLE batches (
    id INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    why TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('staging', 'filing', 'filed', 'undoing', 'undone')),
    at TEXT NOT NULL,
    -- Who does it. Kept while it goes on; a finished batch's person stands in its revision alone.
    person TEXT,
    new INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    kept INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX batches_unfinished ON batches (state)
    WHERE state IN ('staging', 'filing', 'undoing');

-- What waits to be filed: some entries a part. Parts below 0 are speakers and sources that come
-- first; an entry names them by that number, and `made` is the one that they then have.
CREATE TABLE staged (
    batch_id INTEGER NOT NULL REFERENCES batches (id),
    part INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('actor', 'source', 'entries')),
    made INTEGER,
    content TEXT NOT NULL,
    PRIMARY KEY (batch_id, part)
) STRICT, WITHOUT ROWID;

-- The entries of rows without an external id, by a digest of the row: it goes when an entry's words
-- have to.
CREATE TABLE filed_rows (
    mark TEXT PRIMARY KEY,
    entry_id INTEGER NOT NULL REFERENCES entries (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX filed_rows_entry ON filed_rows (entry_id);

CREATE INDEX sources_url ON sources (url) WHERE url <> '';
