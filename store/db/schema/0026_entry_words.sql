-- The words of all entries, each once: a search finds the other forms of a word among them. The
-- vocabulary of the full text has them too, but reads of each word where it stands, so that a search
-- took the longer the more entries there were. A word that no entry has any more stays until
-- something is redacted.
CREATE TABLE entry_words (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

DROP TABLE entry_vocabulary;
CREATE VIRTUAL TABLE entry_vocabulary USING fts5vocab (entry_text, 'col');
CREATE VIRTUAL TABLE retracted_vocabulary USING fts5vocab (retracted_text, 'col');

INSERT INTO entry_words SELECT term FROM entry_vocabulary WHERE col = 'words'
    UNION SELECT term FROM retracted_vocabulary WHERE col = 'words';
