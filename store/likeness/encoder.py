"""Pieces of a text → its vector: the encoder of multilingual-e5-small, in numpy alone.

A text stands for the mean of its last hidden states, of length 1. Texts of one length are read
together; longer ones than the model takes are cut.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

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
        split = [self._tokenizer.split(_PREFIX + text)[:most] for text in texts]
        read = [[pieces.begin, *numbers, pieces.end] for numbers in split]
        parts = [self._read(together) for together in _split(read)]
        return np.concatenate(parts or [np.zeros((0, self.width), np.float32)])

    def _read(self, texts: Sequence[Sequence[int]]) -> Floats:
        """Return the vectors of texts, whose pieces go through each layer as one matrix."""
        file, shape = self._file, self._file.shape
        lengths = [len(text) for text in texts]
        ends = list(accumulate(lengths))
        spans = [slice(end - length, end) for length, end in zip(lengths, ends, strict=True)]
        numbers = [number for text in texts for number in text]
        words = file.blocks["emb.word"].reshape(shape.vocabulary, -1)[numbers]
        states = _weights_of(words).reshape(len(numbers), shape.width)
        spots = [spot for length in lengths for spot in range(length)]
        states += file.floats["emb.pos"].reshape(-1, shape.width)[spots]
        states += file.floats["emb.type"][: shape.width]
        states = self._normalise(states, "emb.ln")
        for layer in range(shape.layers):
            states = self._pass_layer(states, spans, f"l{layer}.")
        means = np.array([states[span].mean(axis=0) for span in spans])
        sizes = np.sqrt((means * means).sum(axis=1, keepdims=True))
        return np.asarray(means / np.maximum(sizes, 1e-6), np.float32)

    def _pass_layer(self, states: Floats, spans: Sequence[slice], layer: str) -> Floats:
        seen = self._apply(self._attend(states, spans, layer), layer + "ao")
        states = self._normalise(states + seen, layer + "aln")
        inner = self._apply(states, layer + "fi")
        return self._normalise(states + self._apply(_gelu(inner), layer + "fo"), layer + "oln")

    def _attend(self, states: Floats, spans: Sequence[slice], layer: str) -> Floats:
        """Return for each token what it takes from the others of its text."""
        width, heads = states.shape[1], self._file.shape.heads
        asked, keys, values = (
            self._apply(states, layer + part).reshape(len(states), heads, -1).swapaxes(0, 1)
            for part in "qkv"
        )
        asked = asked / np.float32((width // heads) ** 0.5)
        taken = np.empty((len(states), heads, width // heads), np.float32)
        for span in spans:
            scores = asked[:, span] @ keys[:, span].swapaxes(1, 2)
            scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
            scores /= scores.sum(axis=-1, keepdims=True)
            taken[span] = (scores @ values[:, span]).swapaxes(0, 1)
        return taken.reshape(len(states), width)

    def _apply(self, states: Floats, name: str) -> Floats:
        # The weights first: with few states on that side they would be copied whole.
        product = (self._weights[name + ".w"] @ states.T).T
        product += self._file.floats[name + ".b"]
        return np.asarray(product)

    def _normalise(self, states: Floats, name: str) -> Floats:
        states = states - states.mean(axis=-1, keepdims=True)
        spread = np.sqrt((states * states).mean(axis=-1, keepdims=True) + self._file.shape.epsilon)
        floats = self._file.floats
        return np.asarray(states / spread * floats[name + ".w"] + floats[name + ".b"])


def _split(texts: Sequence[list[int]]) -> Iterator[list[list[int]]]:
    """Part texts into such as are read in one step, in their order."""
    together, size = list[list[int]](), 0
    for text in texts:
        if together and size + len(text) > _TOGETHER:
            yield together
            together, size = [], 0
        together.append(text)
        size += len(text)
    if together:
        yield together


def _unpack(file: ModelFile, name: str) -> Floats:
    """Return a matrix of weights, outputs in rows."""
    outputs = file.floats[name.removesuffix("w") + "b"].size
    return _weights_of(file.blocks[name]).reshape(outputs, -1)


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
