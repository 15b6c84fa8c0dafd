"""Who holds a place, how much of it, and whether it is surrounded, as a sentence says it."""
