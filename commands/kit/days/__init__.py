"""Days as people write them, in English, Ukrainian and Russian.

`read_day` reads the whole of a value or refuses it; nothing here guesses where a guess could be
wrong. `words` has the vocabulary, `calendar_parts` what a date may leave out, `reading` the shapes
of one day, `intervals` the shapes of several, `refusals` the reasons and what to write instead.
"""

from commands.kit.days.reader import read_day
from commands.kit.days.refusals import BadDay, plain

__all__ = ["BadDay", "plain", "read_day"]
