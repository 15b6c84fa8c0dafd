"""Where platforms differ in earnest: what is not had there, and why.

All else is the same words. What each platform has of its own, such as its prefix and its marks of
bold text, is taken off in tests/conversations/words.py.
"""

from collections.abc import Mapping

from tests.conversations.saying import On

Reasons = Mapping[On, str]

ONLY_READS: Reasons = {On.TERMINAL: "a reader of a terminal only reads the record"}
NOT_THERE: Reasons = dict.fromkeys((On.DISCORD, On.MATRIX), "a reader writes there too")
ONE_LANGUAGE: Reasons = {On.TERMINAL: "a terminal speaks as it was told when it was opened"}
MANAGES: Reasons = {On.MATRIX: "who moderates a room manages it"}
MANAGES_NOT: Reasons = dict.fromkeys((On.TERMINAL, On.DISCORD), "only admins manage the room")

ROOM_OR_SERVER = "Only managers …"
"""On Discord a room is set by who manages its server, and the refusal says so."""
ITS_OWN_WORDS = "…"
"""Of a form, the title: on Discord it opens. Of what one person is told, their own language: on
Discord it may be another than the room's."""
SHOWN_AS_IT_STANDS = "/submit"
"""Written to the bot by its name on Discord, it is answered by what became of it, not by thanks."""
