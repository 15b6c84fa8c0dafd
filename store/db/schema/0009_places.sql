-- Places by every name: what kind of place it is, in which areas it lies, and how well its point is
-- known. Regions, raions, hromadas and countries are places too.

ALTER TABLE places ADD COLUMN code TEXT NOT NULL DEFAULT '';
ALTER TABLE places ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE places ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE places ADD COLUMN raion TEXT NOT NULL DEFAULT '';
ALTER TABLE places ADD COLUMN hromada TEXT NOT NULL DEFAULT '';
-- Kilometres: 0 for a point of its own, more for the middle of an area that it lies in.
ALTER TABLE places ADD COLUMN approximate INTEGER NOT NULL DEFAULT 0;
ALTER TABLE places ADD COLUMN oblast_id INTEGER;
ALTER TABLE places ADD COLUMN raion_id INTEGER;
ALTER TABLE places ADD COLUMN hromada_id INTEGER;
-- The city of which it is a district or a quarter.
ALTER TABLE places ADD COLUMN city_id INTEGER;

CREATE INDEX places_code ON places (code) WHERE code <> '';
CREATE INDEX places_city ON places (city_id) WHERE city_id IS NOT NULL;

-- The desk's own names are preferred, local, former and alias; a gazetteer's are official,
-- romanised, renamed (official once) and other, and gazetteer what came from a file of somebody's
-- own. `key` is store.places.name_key; empty until the seeds are loaded.
CREATE TABLE place_names_keyed (
    place_id INTEGER NOT NULL,
    folded TEXT NOT NULL CHECK (folded <> ''),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN (
        'preferred', 'local', 'former', 'alias',
        'official', 'romanised', 'renamed', 'other', 'gazetteer'
    )),
    key TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (place_id, folded)
) STRICT, WITHOUT ROWID;

INSERT INTO place_names_keyed (place_id, folded, name, kind)
    SELECT place_id, folded, name, iif(kind = 'gazetteer', 'other', kind) FROM place_names;
DROP TABLE place_grams;
DROP TABLE place_names;
ALTER TABLE place_names_keyed RENAME TO place_names;

CREATE INDEX place_names_key ON place_names (key, place_id);
CREATE INDEX place_names_desk ON place_names (place_id)
    WHERE kind IN ('preferred', 'local', 'former', 'alias');

-- Names that a gazetteer gave a place and that turned out to be another place's: what was filed
-- under one may be filed wrongly.
CREATE TABLE misleading_names (
    place_id INTEGER NOT NULL REFERENCES places (id),
    name TEXT NOT NULL,
    PRIMARY KEY (place_id, name)
) STRICT, WITHOUT ROWID;

-- What an area takes in that the desk drew itself.
CREATE TABLE area_places (
    area_id INTEGER NOT NULL REFERENCES places (id),
    place_id INTEGER NOT NULL REFERENCES places (id),
    PRIMARY KEY (area_id, place_id)
) STRICT, WITHOUT ROWID;
