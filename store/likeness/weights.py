"""What each kind of likeness is worth, and how much of it is enough; all figures stand here.

They were chosen by what finds the right entry for eighty forwarded messages in five languages, and
by a hundred and twelve more that were measured before they were looked at; docs/performance.md has
the figures. tests/commands/test_check.py says what they must keep apart.
"""

from msgspec import Struct


class Weights(Struct, frozen=True):
    """The worth of each signal, in the units of a term's rarity (a natural logarithm).

    That of the likeness is what an entry of the same meaning would have, at 1.
    """

    skeleton: float = 1.0
    type: float = 0.3
    meaning: float = 0.9
    role: float = 0.8
    place: float = 1.5
    place_rarity: float = 0.5
    place_around: float = 0.5
    elsewhere: float = 1.0
    length: float = 0.3
    usual: float = 6.0
    fewest: float = 3.0
    covered: float = 2.0
    likeness: float = 30.0


WEIGHTS = Weights()


class Gate(Struct, frozen=True):
    """How much must be shared for an entry to be shown, and to be said to say the same.

    The places count apart: what is shared `with_place` is in names and words besides. Where one is
    shown, others of its place stand `beside` it for less. What a language model says is enough by
    itself from its own marks on. The same says what is `same_as_best` of what the likest scores.
    """

    with_place: float = 4.0
    name_with_place: float = 3.0
    place_around: float = 6.0
    beside: float = 2.5
    name: float = 2.0
    with_name: float = 2.5
    words_alone: float = 9.0
    likeness_with_place: float = 0.46
    likeness_with_name: float = 0.42
    likeness_alone: float = 0.42
    same_covered: float = 0.33
    same_words: float = 2.4
    same_shared: float = 5.0
    same_as_best: float = 0.85


GATE = Gate()
