-- What is to be said in a room because somebody there asked for it, as the bot's own message. Such a
-- notice names nobody: its `person` is empty.
ALTER TABLE notices ADD COLUMN room TEXT NOT NULL DEFAULT '';
