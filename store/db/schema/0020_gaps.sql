-- What was asked and not answered: how many people of a day asked about a place, by a speaker or of a
-- type where given. Fewer than three are never written, nor who they were. None of it is on record.
CREATE TABLE gaps (
    place_id INTEGER NOT NULL REFERENCES places (id),
    actor_id INTEGER NOT NULL,
    type TEXT NOT NULL,
    day TEXT NOT NULL,
    people INTEGER NOT NULL CHECK (people >= 3),
    PRIMARY KEY (place_id, actor_id, type, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX gaps_day ON gaps (day);
