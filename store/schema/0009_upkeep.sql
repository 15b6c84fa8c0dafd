-- What is to go, or to be told once, in time.

-- When a notice was sent last, as long as nobody knows whether it went out.
ALTER TABLE notices ADD COLUMN tried_at TEXT NOT NULL DEFAULT '';

CREATE INDEX drafts_rejected ON drafts (changed_at) WHERE state = 'rejected' AND fields <> '{}';
