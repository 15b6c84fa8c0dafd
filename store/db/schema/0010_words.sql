-- The words of all entries, each once: a search finds the other forms of a word among them.
CREATE VIRTUAL TABLE entry_vocabulary USING fts5vocab (entry_text, 'row');
