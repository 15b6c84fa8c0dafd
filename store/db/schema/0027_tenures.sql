-- With `run --standby`: who wrote the record from when on. `after_seq` is the last revision before its
-- term; the next term begins where this one ends.
CREATE TABLE tenures (
    term INTEGER PRIMARY KEY CHECK (term > 0),
    holder TEXT NOT NULL,
    at TEXT NOT NULL,
    after_seq INTEGER NOT NULL CHECK (after_seq >= 0)
) STRICT;
