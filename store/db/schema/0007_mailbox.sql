-- What came in and has to be answered, and what has to go out: on platforms that may hand a message
-- over twice, or none of it again after a crash. Not part of the record.

-- `event` as it came, empty once it was dealt with; `at` in milliseconds.
CREATE TABLE inbox (
    id TEXT PRIMARY KEY,
    room TEXT NOT NULL,
    event TEXT NOT NULL,
    at INTEGER NOT NULL,
    done INTEGER NOT NULL CHECK (done IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE INDEX inbox_open ON inbox (at) WHERE done = 0;
CREATE INDEX inbox_done ON inbox (at) WHERE done = 1;

-- Sent under its key, so that the platform drops a repeat. `content` is empty once it was sent, and
-- `message` what it became ("": given up). `pages` is what can be turned on it, and by whom.
CREATE TABLE outbox (
    key TEXT PRIMARY KEY,
    room TEXT NOT NULL,
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    until INTEGER NOT NULL,
    pages TEXT NOT NULL,
    message TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX outbox_open ON outbox (until) WHERE message IS NULL;
CREATE INDEX outbox_done ON outbox (until) WHERE message IS NOT NULL;
CREATE INDEX outbox_message ON outbox (message) WHERE message > '';
