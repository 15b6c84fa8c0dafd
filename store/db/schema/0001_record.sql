-- What is on record. Days are integers, yyyymmdd, so that they compare as they read; a first day
-- of 0 means "on or before the last day". Moments are UTC, ISO 8601.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE controls (
    key TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    symbol TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE places (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    local_name TEXT NOT NULL DEFAULT '',
    oblast TEXT NOT NULL DEFAULT '',
    latitude REAL,
    longitude REAL,
    population INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX places_towns ON places (population, latitude, longitude, name)
    WHERE population >= 50000;

CREATE TABLE place_names (
    id INTEGER PRIMARY KEY,
    place_id INTEGER NOT NULL REFERENCES places (id),
    name TEXT NOT NULL,
    folded TEXT NOT NULL CHECK (folded <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('preferred', 'local', 'former', 'alias', 'gazetteer')),
    UNIQUE (folded, place_id)
) STRICT;

CREATE INDEX place_names_place ON place_names (place_id);
CREATE INDEX place_names_desk ON place_names (folded) WHERE kind <> 'gazetteer';

CREATE VIRTUAL TABLE place_grams USING fts5 (
    folded, content = 'place_names', content_rowid = 'id', tokenize = 'trigram', detail = 'none'
);

CREATE TABLE actors (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    role TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'group', 'unnamed'))
) STRICT;

-- The key's columns come first: of another order, SQLite 3.40's integrity check complains.
CREATE TABLE actor_names (
    folded TEXT NOT NULL CHECK (folded <> ''),
    actor_id INTEGER NOT NULL REFERENCES actors (id),
    name TEXT NOT NULL,
    PRIMARY KEY (folded, actor_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX actor_names_actor ON actor_names (actor_id);

CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    folded TEXT NOT NULL,
    kind TEXT NOT NULL,
    url TEXT NOT NULL DEFAULT '' CHECK (url = '' OR url GLOB 'http://*' OR url GLOB 'https://*'),
    published TEXT NOT NULL DEFAULT '',
    reliability TEXT NOT NULL DEFAULT 'F' CHECK (reliability IN ('A', 'B', 'C', 'D', 'E', 'F'))
) STRICT;

CREATE INDEX sources_folded ON sources (folded);

CREATE TABLE entries (
    id INTEGER PRIMARY KEY,
    key TEXT UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('event', 'claim', 'assessment')),
    type TEXT NOT NULL,
    text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 2000),
    quote TEXT NOT NULL DEFAULT '',
    actor_id INTEGER REFERENCES actors (id),
    attribution TEXT NOT NULL CHECK (attribution IN
        ('named', 'anonymous', 'unnamed_group', 'narrator', 'hearsay', 'document', 'footage')),
    edtf TEXT NOT NULL,
    basis TEXT NOT NULL CHECK (basis IN ('explicit', 'relative', 'as-of', 'publication')),
    earliest INTEGER NOT NULL,
    latest INTEGER NOT NULL,
    happened_edtf TEXT NOT NULL DEFAULT '',
    happened_basis TEXT NOT NULL DEFAULT '',
    published TEXT NOT NULL DEFAULT '',
    credibility INTEGER NOT NULL DEFAULT 6 CHECK (credibility BETWEEN 1 AND 6),
    control TEXT REFERENCES controls (key),
    share TEXT NOT NULL DEFAULT 'unspecified'
        CHECK (share IN ('all', 'most', 'part', 'unspecified')),
    label TEXT NOT NULL DEFAULT '',
    encirclement TEXT CHECK (encirclement IN ('none', 'threatened', 'claimed', 'assessed')),
    verdict TEXT CHECK (verdict IN ('confirmed', 'disputed', 'refuted', 'unproven')),
    filed_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    retracted_at TEXT,
    retracted_why TEXT NOT NULL DEFAULT '',
    CHECK (earliest <= latest),
    CHECK (kind <> 'assessment' OR actor_id IS NOT NULL)
) STRICT;

CREATE INDEX entries_by_day ON entries (kind, latest DESC, id DESC)
    WHERE retracted_at IS NULL;
CREATE INDEX entries_by_actor ON entries (actor_id, kind, latest DESC, id DESC)
    WHERE retracted_at IS NULL;
CREATE INDEX entries_by_type ON entries (kind, type, latest DESC, id DESC)
    WHERE retracted_at IS NULL;
CREATE INDEX entries_by_verdict ON entries (verdict, kind, latest DESC, id DESC)
    WHERE verdict IS NOT NULL AND retracted_at IS NULL;
CREATE INDEX entries_retracted ON entries (kind, latest DESC, id DESC)
    WHERE retracted_at IS NOT NULL;
CREATE INDEX entries_by_actor_verdict ON entries (actor_id, verdict)
    WHERE verdict IS NOT NULL AND retracted_at IS NULL;

-- Where an entry is about. The columns after `detail` repeat the entry's own, so that every list
-- of a place is one range of one index; entries.write keeps them equal.
CREATE TABLE entry_places (
    entry_id INTEGER NOT NULL REFERENCES entries (id),
    place_id INTEGER NOT NULL REFERENCES places (id),
    position INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('at', 'near', 'toward', 'about')),
    precision TEXT NOT NULL CHECK (precision IN ('exact', 'part', 'town', 'area')),
    detail TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL,
    nearby INTEGER NOT NULL CHECK (nearby IN (0, 1)),
    latest INTEGER NOT NULL,
    actor_id INTEGER,
    has_control INTEGER NOT NULL CHECK (has_control IN (0, 1)),
    has_encirclement INTEGER NOT NULL CHECK (has_encirclement IN (0, 1)),
    live INTEGER NOT NULL CHECK (live IN (0, 1)),
    PRIMARY KEY (entry_id, place_id)
) STRICT, WITHOUT ROWID;

-- `live` stands in these as well, though it is always 1 there: without it SQLite takes them for not
-- covering, and a count looks up the table for every row.
CREATE INDEX entry_places_kind ON entry_places
    (place_id, kind, nearby, latest DESC, entry_id DESC, live) WHERE live = 1;
CREATE INDEX entry_places_newest ON entry_places
    (place_id, kind, latest DESC, entry_id DESC, live) WHERE live = 1;
CREATE INDEX entry_places_actor ON entry_places
    (place_id, kind, actor_id, latest DESC, entry_id DESC, live) WHERE live = 1;
CREATE INDEX entry_places_assessor ON entry_places
    (place_id, actor_id, latest DESC, entry_id DESC)
    WHERE live = 1 AND kind = 'assessment' AND has_control = 1;
CREATE INDEX entry_places_control ON entry_places
    (place_id, latest DESC, entry_id DESC)
    WHERE live = 1 AND kind = 'claim' AND has_control = 1;
CREATE INDEX entry_places_encirclement ON entry_places
    (place_id, latest DESC, entry_id DESC) WHERE live = 1 AND has_encirclement = 1;

CREATE TABLE entry_sources (
    entry_id INTEGER NOT NULL REFERENCES entries (id),
    source_id INTEGER NOT NULL REFERENCES sources (id),
    position INTEGER NOT NULL,
    stance TEXT NOT NULL CHECK (stance IN ('reports', 'confirms', 'denies')),
    relayed INTEGER NOT NULL CHECK (relayed IN (0, 1)),
    verdict TEXT,
    live INTEGER NOT NULL CHECK (live IN (0, 1)),
    PRIMARY KEY (entry_id, source_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX entry_sources_source ON entry_sources (source_id, entry_id) WHERE live = 1;
CREATE INDEX entry_sources_verdict ON entry_sources (source_id, verdict)
    WHERE live = 1 AND verdict IS NOT NULL;

CREATE TABLE links (
    from_id INTEGER NOT NULL REFERENCES entries (id),
    to_id INTEGER NOT NULL REFERENCES entries (id),
    type TEXT NOT NULL CHECK (type IN
        ('supports', 'contradicts', 'denies', 'responds_to', 'about', 'duplicates', 'follows',
         'supersedes', 'in_tension_with')),
    why TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (from_id, to_id, type),
    CHECK (from_id <> to_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX links_to ON links (to_id, from_id, type);

CREATE TABLE verdicts (
    id INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL REFERENCES entries (id),
    value TEXT NOT NULL CHECK (value IN ('confirmed', 'disputed', 'refuted', 'unproven')),
    by TEXT NOT NULL,
    why TEXT NOT NULL,
    at TEXT NOT NULL,
    source_id INTEGER REFERENCES sources (id)
) STRICT;

CREATE INDEX verdicts_entry ON verdicts (entry_id, id);

-- The day is in the rowid (yyyymmdd << 32 | id), so the newest match is the first one read. `tags`
-- holds kind, place and speaker as words of their own (kclaim a4 p17 a4claim p17claim). It keeps its
-- own copy of the words: a deletion then needs no old text that could be the wrong one.
CREATE VIRTUAL TABLE entry_text USING fts5 (
    words, tags, tokenize = 'unicode61 remove_diacritics 2'
);
