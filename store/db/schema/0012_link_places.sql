-- A link may hold for some of the places only that its entries are about: their numbers as JSON.
-- "" is not said: then it holds for the places that both have, or everywhere if they share none.
ALTER TABLE links ADD COLUMN places TEXT NOT NULL DEFAULT '';
