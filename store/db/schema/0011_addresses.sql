-- The address of a source in its normal form (store/model/address.py), by which two spellings of
-- one page are one. The program fills it when it opens the file, since SQL cannot.
ALTER TABLE sources ADD COLUMN address TEXT NOT NULL DEFAULT '';
CREATE INDEX sources_address ON sources (address) WHERE address <> '';
CREATE INDEX sources_without_address ON sources (id) WHERE url <> '' AND address = '';
