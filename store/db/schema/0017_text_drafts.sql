-- Drafts read from one text are a batch: each has the number of the first, the words that it rests
-- on, and after its filing the key of the act by which it was filed together with others.
ALTER TABLE drafts ADD COLUMN batch INTEGER;
ALTER TABLE drafts ADD COLUMN passage TEXT NOT NULL DEFAULT '';
ALTER TABLE drafts ADD COLUMN filed_by TEXT;
CREATE INDEX drafts_batch ON drafts (batch) WHERE batch IS NOT NULL;
CREATE INDEX drafts_texts ON drafts (platform, owner, batch, changed_at)
    WHERE batch IS NOT NULL AND state = 'open';
CREATE INDEX drafts_filed_by ON drafts (filed_by) WHERE filed_by IS NOT NULL;
