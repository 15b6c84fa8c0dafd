"""Pictures as plain data, and the answers that they go with."""
