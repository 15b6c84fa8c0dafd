"""What keeps a store: copies of it, a copy put in its place, a look at whether it is sound."""
