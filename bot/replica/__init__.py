"""A second copy of the store elsewhere, kept while the bot runs: shipped by Litestream."""
