"""The bot on Matrix."""
