-- What is undated ("by 7 November") stands after all that is dated, and in no week: its last day is
-- kept a hundred million lower (store/model/entry.py, order_number), and its first as the lowest.
UPDATE entries SET earliest = -99999999, latest = latest - 100000000 WHERE earliest = 0;
UPDATE entry_places SET latest = latest - 100000000
    WHERE entry_id IN (SELECT id FROM entries WHERE latest < 0);
INSERT INTO entry_text (rowid, words, tags)
    SELECT e.latest << 32 | e.id, t.words, t.tags FROM entries e
    JOIN entry_text t ON t.rowid = (e.latest + 100000000) << 32 | e.id WHERE e.latest < 0;
DELETE FROM entry_text WHERE rowid IN
    (SELECT (latest + 100000000) << 32 | id FROM entries WHERE latest < 0);
INSERT INTO retracted_text (rowid, words, tags)
    SELECT e.latest << 32 | e.id, t.words, t.tags FROM entries e
    JOIN retracted_text t ON t.rowid = (e.latest + 100000000) << 32 | e.id WHERE e.latest < 0;
DELETE FROM retracted_text WHERE rowid IN
    (SELECT (latest + 100000000) << 32 | id FROM entries WHERE latest < 0);
