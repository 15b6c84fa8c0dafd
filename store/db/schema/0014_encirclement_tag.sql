-- What is marked with an encirclement is found by such words, whatever its own words are.
UPDATE entry_text SET tags = tags || ' xencirclement' WHERE rowid IN
    (SELECT latest << 32 | id FROM entries WHERE encirclement IS NOT NULL);
UPDATE retracted_text SET tags = tags || ' xencirclement' WHERE rowid IN
    (SELECT latest << 32 | id FROM entries WHERE encirclement IS NOT NULL);
