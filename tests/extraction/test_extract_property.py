"""Whatever the text: each field rests on words of it, and none of it makes the reader fall over."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commands.shared.extraction.extracted_draft import ExtractedDraft
from store.model.entry import Attribution, Encirclement, Kind, PlaceRole, Precision, Share
from store.model.span import Span
from tests.extraction.conftest import ReadText

TEXTS = sorted((Path(__file__).parent / "texts").glob("*.txt"))
SENTENCES = [
    sentence
    for file in TEXTS
    for sentence in file.read_text(encoding="utf-8").replace("\n", " ").split(". ")
]
SCRAPS = st.one_of(
    st.sampled_from(SENTENCES),
    st.sampled_from(
        ["\n", "\n\n", "«", "»", "“", "”", "(", ")", " – ", ": ", "? ", "!", "🔥", "• "]
    ),
    st.text(max_size=12),
)
MANY = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def check(draft: ExtractedDraft, text: str) -> None:
    """Fail where a field is filled that no words of the text are given for."""
    start, end = draft.span
    assert 0 <= start < end <= len(text)
    assert " ".join(text[start:end].split()) == draft.text
    for first, last in (*draft.why.values(), *(place.why for place in draft.places)):
        assert 0 <= first < last <= len(text)
    if draft.quote is not None:
        assert draft.quote in text[start:end]
    if draft.by is not None:
        assert text[slice(*draft.why["by"])] == draft.by
    for name in ("control", "share", "encirclement", "happened"):
        assert getattr(draft, name) is None or name in draft.why, name
    assert draft.day is not None
    assert Span.parse(draft.day).edtf == draft.day
    assert (draft.control is None) == (draft.share is None)
    for place in draft.places:
        assert PlaceRole(place.role)
        assert Precision(place.precision)
        assert place.ref is not None or draft.problems
    assert Kind(draft.kind)
    assert Attribution(draft.attribution)
    assert draft.share is None or Share(draft.share)
    assert draft.encirclement is None or Encirclement(draft.encirclement)


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.stem)
def test_each_field_of_a_text_rests_on_its_words(read: ReadText, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    drafts = read(text)
    assert len(drafts) >= 3
    assert [draft.span for draft in drafts] == sorted(draft.span for draft in drafts)
    for draft in drafts:
        check(draft, text)


@MANY
@given(scraps=st.lists(SCRAPS, max_size=8))
def test_each_field_of_any_mixture_rests_on_its_words(read: ReadText, scraps: list[str]) -> None:
    text = "".join(scraps)
    for draft in read(text):
        check(draft, text)


@pytest.mark.parametrize(
    "text",
    [
        "«" * 3_000,
        "“a” " * 2_000,
        "said " * 3_000,
        "Pokrovsk, " * 1_000,
        "in the village of " * 800,
        "(" * 3_000 + "Pokrovsk",
        "Аа" * 4_000,
        "А" * 20_000,
        "Ліс, " * 4_000,
        "Олена Марчук " * 3_000,
        "A-" * 10_000,  # a name in a table took forever
        "— Rybar\n\nPokrovsk fell.\n" * 300,
        "ISW: Putin: " * 1_000,
        "Although Putin said that X, said, " * 300,
        "[17.11.2025, 08:14] " * 1_000,
        "A.B. " * 2_000,
        "\u202ePokrovsk\u202c said \x00\x07 in Pokrovsk",
        "🔥" * 3_000,
        "1 " * 4_000,
        ". " * 4_000,
        "Pokrovsk\n" * 800,
        "Vyhadanyi, a nurse, " * 500 + "said that Pokrovsk burned.",
    ],
    ids=lambda text: text[:12].encode("unicode_escape").decode(),
)
def test_a_hostile_text_is_read_like_any_other(read: ReadText, text: str) -> None:
    for draft in read(text):
        check(draft, text)
        assert draft.span[1] - draft.span[0] <= 1_200
