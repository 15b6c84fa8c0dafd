-- The areas of which a batch filed the places inside, as their source drew them, but coarser. They
-- go when the batch is taken back or one of its entries is redacted.
CREATE TABLE batch_outlines (
    batch_id INTEGER NOT NULL REFERENCES batches (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    assessor TEXT NOT NULL,
    day TEXT NOT NULL,
    control TEXT NOT NULL,
    source TEXT NOT NULL,
    -- As it was given. An export has the outline only where this is a licence that lets it.
    licence TEXT NOT NULL,
    -- A MultiPolygon of GeoJSON.
    geometry TEXT NOT NULL,
    PRIMARY KEY (batch_id, position)
) STRICT, WITHOUT ROWID;
