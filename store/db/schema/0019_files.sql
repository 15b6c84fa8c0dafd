-- What an earlier import of a file of the same name filed.
CREATE INDEX batches_file ON batches (file) WHERE state = 'filed';
