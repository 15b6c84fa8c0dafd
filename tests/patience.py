"""How long a test waits for what has to happen."""

PATIENCE_S = 120.0
"""Seconds: long, since a busy machine is slow. A test waits no longer than until it happens."""
