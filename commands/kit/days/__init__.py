"""Days as people write them, in English, Ukrainian and Russian.

`read_day` reads the whole of a value or refuses it; nothing here guesses where a guess could be
wrong. `find_days` finds them in running text, where `read_days` reads a piece that is thought to be
some, and `latest_of` what names a week, a month or a weekday without saying which. `day_words` has
the vocabulary, `ordinals` the numbers in words, `partial` what a date may leave out, `shapes` one
day in each way of writing it, `intervals` several, `bad_day` the reasons and what to write instead.
"""

from commands.kit.days.bad_day import BadDay, plain
from commands.kit.days.finder import FoundDay, find_days
from commands.kit.days.names_of_days import is_part_of_name
from commands.kit.days.ordinals import ENGLISH_ORDINAL, SLAVIC_ORDINAL, read_ordinal
from commands.kit.days.read_days import read_day, read_days
from commands.kit.days.shapes import is_in_hours, is_length
from commands.kit.days.vague import latest_of

__all__ = [
    "ENGLISH_ORDINAL",
    "SLAVIC_ORDINAL",
    "BadDay",
    "FoundDay",
    "find_days",
    "is_in_hours",
    "is_length",
    "is_part_of_name",
    "latest_of",
    "plain",
    "read_day",
    "read_days",
    "read_ordinal",
]
