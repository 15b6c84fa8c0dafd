"""The bot in a terminal; needs no account."""
