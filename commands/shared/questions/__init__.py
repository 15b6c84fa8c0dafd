"""Plain questions, in English, Ukrainian and Russian: "who holds Pokrovsk?" is a /status.

A question is read by the patterns of its language, never guessed: what fits none is no question
that this desk can answer. None leads to a command that writes. The values are read by that command
like any that were typed.
"""

from commands.shared.questions.matters import drop_matters, is_matter
from commands.shared.questions.pattern import Asks
from commands.shared.questions.read_question import (
    LONGEST,
    BoundedDays,
    Question,
    are_several,
    frame_question,
    offer_others,
    read_question,
    separate_days,
)
from commands.shared.questions.small_words import drop_small_words

__all__ = [
    "LONGEST",
    "Asks",
    "BoundedDays",
    "Question",
    "are_several",
    "drop_matters",
    "drop_small_words",
    "frame_question",
    "is_matter",
    "offer_others",
    "read_question",
    "separate_days",
]
