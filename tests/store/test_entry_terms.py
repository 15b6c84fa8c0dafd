"""The terms that an entry is found by when a message is checked."""

import pytest

from store.likeness.signals import Wording, index_terms

LONG = 500  # characters, for which a text is read as a whole

TEXTS = (
    "Fighting continued along the rail line near Pokrovsk; drones struck a warehouse.",
    "Бої тривали вздовж дороги, штурмова група просунулася до північної околиці.",
    "ВС РФ заявили: 1,500 осіб, 05 танків; об'єкт зруйновано з FPV-дрона.",
    "The Russian MOD says an UGV-led group/2nd battalion entered Rodynske (300ті).",
    "Німецькою: Panzer, großes Gerät; п’ять-шість «кабів» на Мирноград…",
    "supercalifragilisticexpialidociousandmuchmoreofit stood there",
)


def _terms(text: str) -> list[str]:
    wording = Wording(text, "", ("Pokrovsk Покровськ", "Mine 05"), "Putin", "strike", "kevent p1")
    return index_terms(wording).split()


@pytest.mark.parametrize("text", TEXTS)
def test_a_short_text_has_the_terms_that_it_has_when_it_is_said_again_and_again(text: str) -> None:
    often = " ".join([text] * (LONG // len(text) + 1))
    assert _terms(text) == _terms(often)
    assert len(_terms(text)) >= 10
