"""A second copy of the store elsewhere: waiting for it, writing its settings, restoring from it."""
