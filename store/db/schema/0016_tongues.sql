-- An entry's sentence in other languages than its own, as somebody wrote it: {"uk": "…"}.
ALTER TABLE entries ADD COLUMN translations TEXT NOT NULL DEFAULT '{}'
    CHECK (json_valid(translations));

-- What kinds of event there are in this situation, as it has its control statuses. `labels` are in
-- other languages than `label`.
CREATE TABLE event_types (
    key TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    labels TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(labels)),
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE controls ADD COLUMN labels TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(labels));

-- A store that is filled had the program's own, and whatever else was imported.
INSERT INTO event_types (key, label, position)
    SELECT value, value, key FROM json_each('["fighting", "advance", "strike", "operation",
        "visit", "footage", "logistics", "movement", "other"]')
    WHERE EXISTS (SELECT 1 FROM controls);
INSERT INTO event_types (key, label, position)
    SELECT DISTINCT type, replace(type, '_', ' '), 100 FROM entries
    WHERE kind = 'event' AND type NOT IN (SELECT key FROM event_types);
