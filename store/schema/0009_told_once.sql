-- When a notice was sent last, as long as nobody knows whether it went out.
ALTER TABLE notices ADD COLUMN tried_at TEXT NOT NULL DEFAULT '';
