-- Of the links those that make entries disagree: for the disputes that are open.
CREATE INDEX links_disputing ON links (from_id, to_id)
    WHERE type IN ('contradicts', 'denies', 'in_tension_with');
