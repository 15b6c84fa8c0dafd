"""A stretch of a sentence with one subject, and what its readers need to know."""

from collections.abc import Sequence

from msgspec import Struct

from commands.shared.extraction.extracted_draft import Spot
from commands.shared.extraction.wording.rule_table import Hit, Rules, Topic

_OTHER = {"russian": "ukrainian", "ukrainian": "russian"}
_BEFORE, _WORDS_TO_GUESS, _WORDS_OF_A_CLAIM = 45, 5, 4


def denies_a_saying(text: str, verbs: Sequence[Hit]) -> bool:
    """Tell whether what is denied is what others say: "rejected a Russian claim that …"."""
    if len(verbs) < 2 or verbs[-2].means != "denied":  # noqa: PLR2004 -- a pair
        return False
    between = text[verbs[-2].end : verbs[-1].start]
    return len(between.split()) <= _WORDS_OF_A_CLAIM and "," not in between


class Clause(Struct, frozen=True):
    """A stretch of a sentence with one subject, in a text, and what its readers need to know.

    `side` is the speaker's, `denied` whether what is said is denied, all of it or what stands
    behind `denied_from`; `is_authors` whether the author of the text says it: where no other side
    is named, it is the author's that acts; `is_judged` whether it is an assessment, in which also
    what is likely is a status; `is_retold` whether it only tells what others claim. `speaker` are
    the words that name who says it.
    """

    text: str
    start: int
    end: int
    rules: Rules
    side: str | None
    denied: bool
    is_second_hand: bool = False
    is_retold: bool = False
    is_authors: bool = False
    is_judged: bool = False
    denied_from: int = 0
    speaker: Spot = (-1, -1)

    def denies(self, hit: Hit) -> bool:
        """Tell whether words are part of what is denied, by the last verb or that before them."""
        if self.denied and hit.start >= self.denied_from:
            return True
        verbs = self.rules.find(Topic.SAYING, self.text, self.start, hit.start)
        is_last = bool(verbs) and verbs[-1].means == "denied"
        return is_last or denies_a_saying(self.text, verbs)

    def side_of(self, hit: Hit) -> str | None:
        """Return the side that words name; of the enemy, the one that is not the speaker's."""
        return _OTHER.get(self.side or "") if hit.means == "other" else hit.means

    def is_guess(self, start: int, end: int) -> bool:
        """Tell whether what stands between two characters is likely only to who does not judge."""
        if self.is_judged:
            return False
        words = self.text[max(self.start, start - _BEFORE) : start].split()[-_WORDS_TO_GUESS:]
        told = self.text[start : max(start, min(end, self.end))]
        return any(self.rules.has(Topic.GUESS, part) for part in (" ".join(words), told))
