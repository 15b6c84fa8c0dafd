-- What a speaker is called, and which role they have, in the language of the place.
ALTER TABLE actors ADD COLUMN local_name TEXT NOT NULL DEFAULT '';
ALTER TABLE actors ADD COLUMN local_role TEXT NOT NULL DEFAULT '';
