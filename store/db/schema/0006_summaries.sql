-- Summaries that a room chose, and what was told in them.

-- A room's daily summary: at a time of a zone, about some places (a JSON list; empty: all), silent
-- when nothing is new if `quiet`, as a thread or forum post of its own if `thread`. It tells what
-- was written after the revision `begins`. One that was taken back stays, so that what it told can
-- still be shown. `person` is who asked for it, and is told when it cannot be posted.
CREATE TABLE digests (
    id INTEGER PRIMARY KEY,
    platform TEXT NOT NULL,
    room TEXT NOT NULL,
    time TEXT NOT NULL CHECK (time GLOB '[0-2][0-9]:[0-5][0-9]'),
    zone TEXT NOT NULL,
    places TEXT NOT NULL,
    quiet INTEGER NOT NULL CHECK (quiet IN (0, 1)),
    thread INTEGER NOT NULL CHECK (thread IN (0, 1)),
    language TEXT NOT NULL,
    begins INTEGER NOT NULL,
    since TEXT NOT NULL,
    person TEXT NOT NULL,
    removed_at TEXT
) STRICT;

CREATE INDEX digests_room ON digests (platform, room) WHERE removed_at IS NULL;
CREATE INDEX digests_removed ON digests (platform, room, removed_at) WHERE removed_at IS NOT NULL;
CREATE INDEX digests_person ON digests (platform, person);

-- One row a summary and local day: claimed before it is sent, settled after. Its window is all
-- that was written after `after_seq`, up to `up_to`; the next one starts where the last that was
-- told ends, so what is `folded` is told with the next. `tried_at` is when it was sent last, as
-- long as nobody knows whether it went out; `why` what stood in the way; `message` is the post,
-- `published` whether an announcement was passed on.
CREATE TABLE tellings (
    digest_id INTEGER NOT NULL REFERENCES digests (id),
    day TEXT NOT NULL,
    after_seq INTEGER NOT NULL,
    up_to INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('claimed', 'told', 'silent', 'folded', 'dropped')),
    claimed_at TEXT NOT NULL,
    tried_at TEXT NOT NULL DEFAULT '',
    tries INTEGER NOT NULL DEFAULT 0,
    again_at TEXT NOT NULL DEFAULT '',
    why TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    published INTEGER NOT NULL DEFAULT 1 CHECK (published IN (0, 1)),
    PRIMARY KEY (digest_id, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX tellings_claimed ON tellings (again_at) WHERE state = 'claimed';
CREATE INDEX tellings_unpublished ON tellings (again_at) WHERE published = 0;

-- Who wants to be told when something about a place is written: a person, or a room (person '').
-- `told` is the last revision they were told of, `claimed` the one up to which they are being told.
CREATE TABLE watches (
    id INTEGER PRIMARY KEY,
    platform TEXT NOT NULL,
    room TEXT NOT NULL,
    person TEXT NOT NULL,
    place_id INTEGER NOT NULL REFERENCES places (id),
    told INTEGER NOT NULL,
    claimed INTEGER,
    tried_at TEXT NOT NULL DEFAULT '',
    tries INTEGER NOT NULL DEFAULT 0,
    again_at TEXT NOT NULL DEFAULT '',
    UNIQUE (platform, room, person, place_id)
) STRICT;

CREATE INDEX watches_claimed ON watches (again_at) WHERE claimed IS NOT NULL;
CREATE INDEX watches_waiting ON watches (told) WHERE claimed IS NULL;

CREATE INDEX revisions_at ON revisions (at);
