"""Text → the model's pieces: the likeliest split of each word, by the pieces' scores (unigram)."""

from functools import lru_cache

from store.likeness.model_file import Pieces

_MARK = "\u2581"  # stands where a word begins
_RARE = 10  # how much less likely than the rarest piece an unknown letter is


class Tokenizer:
    """Splits texts as the model's own tokenizer does."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._unlikely = min(pieces.scores) - _RARE
        self.split_word = lru_cache(8192)(self._split_word)

    def split(self, text: str) -> list[int]:
        """Return the numbers of a text's pieces, without begin and end."""
        normal = self._pieces.normal
        words = "".join(normal.get(ord(letter), letter) for letter in text).split(" ")
        return [number for word in words if word for number in self.split_word(word)]

    def _split_word(self, word: str) -> tuple[int, ...]:
        """Return the likeliest pieces of a word, which none crosses the beginning of."""
        word = _MARK + word
        scores = [0.0] + [float("-inf")] * len(word)
        steps = [(0, self._pieces.unknown)] * (len(word) + 1)
        numbers = self._pieces.numbers
        for start in range(len(word)):
            for end in range(start + 1, min(len(word), start + self._pieces.longest) + 1):
                number = numbers.get(word[start:end])
                if number is not None:
                    score = scores[start] + self._pieces.scores[number]
                    if score > scores[end]:
                        scores[end], steps[end] = score, (start, number)
            if scores[start] + self._unlikely > scores[start + 1]:
                scores[start + 1] = scores[start] + self._unlikely
                steps[start + 1] = start, self._pieces.unknown
        pieces, end = list[int](), len(word)
        while end:
            end, number = steps[end]
            pieces.append(number)
        return tuple(reversed(pieces))
