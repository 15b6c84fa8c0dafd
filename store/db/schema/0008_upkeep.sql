-- What is to go, or to be told once, in time.

-- When a notice was sent last, as long as nobody knows whether it went out.
ALTER TABLE notices ADD COLUMN tried_at TEXT NOT NULL DEFAULT '';

CREATE INDEX drafts_rejected ON drafts (changed_at) WHERE state = 'rejected' AND fields <> '{}';

-- With all that is asked for in them, so that SQLite takes these and not the index of a place's
-- claims, which it walked to the end where few or none of them are about control.
DROP INDEX entry_places_assessor;
DROP INDEX entry_places_control;
DROP INDEX entry_places_encirclement;

CREATE INDEX entry_places_assessor ON entry_places
    (place_id, actor_id, latest DESC, entry_id DESC, kind, has_control, live)
    WHERE live = 1 AND kind = 'assessment' AND has_control = 1;
CREATE INDEX entry_places_control ON entry_places
    (place_id, latest DESC, entry_id DESC, kind, has_control, live)
    WHERE live = 1 AND kind = 'claim' AND has_control = 1;
CREATE INDEX entry_places_encirclement ON entry_places
    (place_id, latest DESC, entry_id DESC, has_encirclement, live)
    WHERE live = 1 AND has_encirclement = 1;
