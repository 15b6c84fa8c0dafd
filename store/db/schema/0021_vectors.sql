-- What each entry says, as a vector of a language model (store/likeness/entry_vectors.py): so many
-- bytes, each a number from -127 to 127. Made in the background where the extra is there; none of it
-- is on record, and a correction or a redaction takes it away.
CREATE TABLE entry_vectors (
    made INTEGER PRIMARY KEY AUTOINCREMENT,
    entry_id INTEGER NOT NULL UNIQUE REFERENCES entries (id),
    model TEXT NOT NULL,
    vector BLOB NOT NULL
) STRICT;
