"""Matrix's limits, each from its reference, and what of them an answer may use."""

EVENT = 65_536
"""Bytes of a whole event.

https://spec.matrix.org/latest/client-server-api/#size-limits
"""
PART = 40_000
"""Bytes of an answer's two texts as JSON in ASCII, as the library encrypts it: a third more in
base64, and the rest of the event, stay within the limit."""
SHOWN = 5_000
"""Characters after which an answer is cut, with a way to the rest: what reads well in a room."""
MODERATOR, ADMIN = 50, 100
"""The power levels by which clients name a moderator and an admin.

https://spec.matrix.org/latest/client-server-api/#mroompower_levels
"""
