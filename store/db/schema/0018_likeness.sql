-- What each entry is found by when somebody checks a message: stems, skeletons, marks
-- (store/likeness/signals.py). The rowid is that of entry_text. Rows are made beside the entry, and
-- for entries of before when the file is opened.
CREATE VIRTUAL TABLE entry_signals USING fts5 (
    terms, tokenize = 'unicode61 remove_diacritics 0', detail = 'none', columnsize = 0
);
CREATE VIRTUAL TABLE entry_signal_terms USING fts5vocab (entry_signals, 'row');

-- Who asked to be told when there is something about a place, by a speaker or of a type where given:
-- once, of entries above `seen`, until the day it ends. None of it is on record.
CREATE TABLE inquiries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    platform TEXT NOT NULL,
    person TEXT NOT NULL,
    place_id INTEGER NOT NULL REFERENCES places (id),
    actor_id INTEGER NOT NULL DEFAULT 0,
    type TEXT NOT NULL DEFAULT '',
    seen INTEGER NOT NULL,
    ends_at TEXT NOT NULL,
    UNIQUE (platform, person, place_id, actor_id, type)
) STRICT;

CREATE INDEX inquiries_place ON inquiries (place_id);
CREATE INDEX inquiries_end ON inquiries (ends_at);
