-- A source is found by the address that somebody gives.

CREATE INDEX IF NOT EXISTS sources_url ON sources (url) WHERE url <> '';
