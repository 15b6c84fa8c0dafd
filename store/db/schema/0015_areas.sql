-- The circles of an area that the desk drew itself: what lies within so many kilometres of a place.
CREATE TABLE area_circles (
    area_id INTEGER NOT NULL REFERENCES places (id),
    place_id INTEGER NOT NULL REFERENCES places (id),
    km INTEGER NOT NULL CHECK (km > 0),
    PRIMARY KEY (area_id, place_id)
) STRICT, WITHOUT ROWID;
