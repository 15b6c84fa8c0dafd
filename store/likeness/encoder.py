"""Pieces of a text → its vector: the encoder of multilingual-e5-small, in numpy alone.

A text stands for the mean of its last hidden states, of length 1. Texts of one length are read
together; longer ones than the model takes are cut.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from store.likeness.model_file import Floats, ModelFile
from store.likeness.tokenizer import Tokenizer

_TOGETHER = 512  # tokens: what is read in one step
_PREFIX = "query: "  # the model was taught to compare two texts that both begin so


class Encoder:
    """Makes vectors of texts; likeness is their product."""

    def __init__(self, file: ModelFile) -> None:
        self._file = file
        self._tokenizer = Tokenizer(file.pieces)
        self._weights = {name: _unpack(file, name) for name in file.blocks if name != "emb.word"}

    @property
    def width(self) -> int:
        """How many numbers a vector has."""
        return self._file.shape.width

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a vector of length 1 for each text, one a row."""
        pieces, most = self._file.pieces, self._file.shape.longest - 2
        by_length: defaultdict[int, list[tuple[int, list[int]]]] = defaultdict(list)
        for at, text in enumerate(texts):
            numbers = self._tokenizer.split(_PREFIX + text)[:most]
            by_length[len(numbers)].append((at, [pieces.begin, *numbers, pieces.end]))
        vectors = np.zeros((len(texts), self.width), np.float32)
        for group in by_length.values():
            step = max(1, _TOGETHER // len(group[0][1]))
            for first in range(0, len(group), step):
                part = group[first : first + step]
                vectors[[at for at, _ in part]] = self._read([numbers for _, numbers in part])
        return vectors

    def _read(self, texts: Sequence[Sequence[int]]) -> Floats:
        """Return the vectors of texts that have as many pieces each."""
        file, shape = self._file, self._file.shape
        numbers = np.array(texts)
        words = file.blocks["emb.word"].reshape(shape.vocabulary, -1)[numbers]
        states = _weights_of(words).reshape(*numbers.shape, shape.width)
        states += file.floats["emb.pos"].reshape(-1, shape.width)[: numbers.shape[1]]
        states += file.floats["emb.type"][: shape.width]
        states = self._normalise(states, "emb.ln")
        for layer in range(shape.layers):
            states = self._pass_layer(states, f"l{layer}.")
        means = states.mean(axis=1)
        lengths = np.sqrt((means * means).sum(axis=1, keepdims=True))
        return np.asarray(means / np.maximum(lengths, 1e-6), np.float32)

    def _pass_layer(self, states: Floats, layer: str) -> Floats:
        seen = self._apply(self._attend(states, layer), layer + "ao")
        states = self._normalise(states + seen, layer + "aln")
        inner = self._apply(states, layer + "fi")
        return self._normalise(states + self._apply(_gelu(inner), layer + "fo"), layer + "oln")

    def _attend(self, states: Floats, layer: str) -> Floats:
        """Return for each token what it takes from the others of its text."""
        count, length, width = states.shape
        heads = self._file.shape.heads
        asked, keys, values = (
            self._apply(states, layer + part).reshape(count, length, heads, -1).swapaxes(1, 2)
            for part in "qkv"
        )
        scores = asked @ keys.swapaxes(2, 3) / np.float32((width // heads) ** 0.5)
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        return np.asarray((scores @ values).swapaxes(1, 2).reshape(count, length, width))

    def _apply(self, states: Floats, name: str) -> Floats:
        flat = states.reshape(-1, states.shape[-1]) @ self._weights[name + ".w"]
        flat += self._file.floats[name + ".b"]
        return flat.reshape(*states.shape[:-1], -1)

    def _normalise(self, states: Floats, name: str) -> Floats:
        states = states - states.mean(axis=-1, keepdims=True)
        spread = np.sqrt((states * states).mean(axis=-1, keepdims=True) + self._file.shape.epsilon)
        floats = self._file.floats
        return np.asarray(states / spread * floats[name + ".w"] + floats[name + ".b"])


def _unpack(file: ModelFile, name: str) -> Floats:
    """Return a matrix of weights, inputs in rows, so that states are multiplied by it as it is."""
    outputs = file.floats[name.removesuffix("w") + "b"].size
    return np.ascontiguousarray(_weights_of(file.blocks[name]).reshape(outputs, -1).T)


def _weights_of(blocks: "np.typing.NDArray[np.void]") -> Floats:
    halves = blocks["halves"]
    numbers = np.concatenate((halves & 0x0F, halves >> 4), axis=-1).astype(np.float32) - 8
    return np.asarray(numbers * blocks["scale"].astype(np.float32)[..., None], np.float32)


def _gelu(values: Floats) -> Floats:
    """Return x · Φ(x), by its usual approximation with tanh, in few passes and one more array."""
    bent = values * values
    bent *= np.float32(0.0356774)
    bent += np.float32(0.7978846)
    bent *= values
    np.tanh(bent, out=bent)
    bent += 1
    bent *= values
    bent *= np.float32(0.5)
    return bent
