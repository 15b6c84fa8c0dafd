-- By which day an area was drawn as it is, and between which degrees it lies: for maps.
-- One whose day nobody could read has no `latest`, and is on no map.
ALTER TABLE batch_outlines ADD COLUMN latest INTEGER;
ALTER TABLE batch_outlines ADD COLUMN south REAL NOT NULL DEFAULT -90;
ALTER TABLE batch_outlines ADD COLUMN west REAL NOT NULL DEFAULT -180;
ALTER TABLE batch_outlines ADD COLUMN north REAL NOT NULL DEFAULT 90;
ALTER TABLE batch_outlines ADD COLUMN east REAL NOT NULL DEFAULT 180;
UPDATE batch_outlines SET latest = CAST(replace(day, '-', '') AS INTEGER)
    WHERE day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]';
CREATE INDEX batch_outlines_latest ON batch_outlines (assessor, latest);

-- Of the links those that make entries disagree: for the disputes that are open.
CREATE INDEX links_disputing ON links (from_id, to_id)
    WHERE type IN ('contradicts', 'denies', 'in_tension_with');
