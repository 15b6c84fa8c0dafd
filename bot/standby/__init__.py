"""Two machines, of which one answers: a lease says which, and a term tells one from the next."""
