"""/add: file an entry, by way of a draft."""
