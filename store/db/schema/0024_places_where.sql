-- What a map shows of the gazetteer: the places of a frame, by where they lie.
CREATE INDEX places_where ON places (latitude, longitude, population)
WHERE kind NOT IN ('region', 'raion', 'hromada', 'direction', 'country', 'area');
