"""What is said of one place is not said of another that is set apart from it in the sentence."""

import pytest

from tests.extraction.conftest import ReadText
from tests.extraction.states_of_places import map_encirclements, map_statuses


@pytest.mark.parametrize(
    ("text", "held", "ringed"),
    [
        ("Russian forces captured Selydove and surrounded Pokrovsk.", "Selydove", "Pokrovsk"),
        ("Russian forces hold Selydove and Pokrovsk is surrounded.", "Selydove", "Pokrovsk"),
        ("Ворог контролює Селидове, Покровськ оточений.", "Selydove", "Pokrovsk"),
        (
            "ВС РФ взяли под контроль Селидово, кроме того, окружён Мирноград.",
            "Selydove",
            "Myrnohrad",
        ),
        ("Ukrainian troops surrounded in Myrnohrad hold Pokrovsk.", "Pokrovsk", "Myrnohrad"),
    ],
)
def test_one_place_held_and_another_surrounded_are_two_drafts(
    read: ReadText, text: str, held: str, ringed: str
) -> None:
    """“Captured Selydove and surrounded Pokrovsk” had Selydove surrounded, and both captured."""
    drafts = read(text)
    assert list(map_statuses(drafts)) == [held]
    assert {name for name, ring in map_encirclements(drafts).items() if ring} == {ringed}


@pytest.mark.parametrize(
    "text",
    ["Not Pokrovsk but Myrnohrad is surrounded.", "Не Покровськ, а Мирноград оточений."],
)
def test_what_is_surrounded_instead_of_another_place_is_not_denied(
    read: ReadText, text: str
) -> None:
    """The denial of Pokrovsk was read as one of Myrnohrad."""
    assert map_encirclements(read(text)) == {"Myrnohrad": "claimed", "Pokrovsk": None}


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (
            "Russian forces captured all of Selydove, apart from that they shelled Pokrovsk.",
            {"Selydove": "russian_held all"},
        ),
        (
            "Pokrovsk was captured by Russian troops; now they attack Myrnohrad.",
            {"Pokrovsk": "russian_held unspecified"},
        ),
        (
            "As expected, Russian forces captured Selydove.",
            {"Selydove": "russian_held unspecified"},
        ),
    ],
)
def test_a_word_of_another_matter_takes_nothing_from_a_status(
    read: ReadText, text: str, held: dict[str, str]
) -> None:
    """“Apart from that” left a part out, “now they attack” ended it, “as expected” was a plan."""
    assert map_statuses(read(text)) == held


@pytest.mark.parametrize(
    "text",
    [
        "The defenders, partly encircled, hold Pokrovsk.",
        "Захисники, частково оточені, утримують Покровськ.",
    ],
)
def test_who_is_partly_encircled_holds_no_part(read: ReadText, text: str) -> None:
    """They held a part of the town, and it was wholly encircled."""
    drafts = read(text)
    assert map_statuses(drafts) == {"Pokrovsk": "ukrainian_held unspecified"}
    assert map_encirclements(drafts) == {"Pokrovsk": "threatened"}


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Selydove, unlike Pokrovsk, is under Russian control.", ["Selydove"]),
        ("Unlike Pokrovsk, Selydove is under Russian control.", []),
        ("Росіяни захопили Селидове, Покровськ обороняють українці.", ["Selydove"]),
        ("Selydove as well as Pokrovsk is under Russian control.", ["Selydove", "Pokrovsk"]),
    ],
)
def test_what_is_set_against_a_place_or_has_its_own_verb_has_not_its_status(
    read: ReadText, text: str, held: list[str]
) -> None:
    """“Unlike Pokrovsk” had Pokrovsk held, and so had “Pokrovsk is defended”."""
    assert list(map_statuses(read(text))) == held


def test_neither_of_two_places_is_surrounded(read: ReadText) -> None:
    """Only the nearer to the verb was denied to be."""
    drafts = read("Neither Pokrovsk nor Myrnohrad is surrounded.")
    assert map_encirclements(drafts) == {"Pokrovsk": "none", "Myrnohrad": "none"}


def test_a_long_word_between_two_places_is_read_at_once(read: ReadText) -> None:
    """Fifty capitals in a row were parted in every way there is, for longer than anybody waits."""
    text = f"Russian forces captured Pokrovsk, {'A' * 50} of Myrnohrad."
    assert map_statuses(read(text)) == {"Pokrovsk": "russian_held unspecified"}


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (
            "60% of Pokrovsk and all of Selydove are under Russian control.",
            {"Selydove": "russian_held all"},
        ),
        (
            "Three quarters of Pokrovsk are under Russian control.",
            {"Pokrovsk": "russian_held most"},
        ),
        ("Росіяни контролюють дві третини Покровська.", {"Pokrovsk": "russian_held most"}),
    ],
)
def test_a_share_is_of_the_place_behind_it(read: ReadText, text: str, held: dict[str, str]) -> None:
    """The 60% of Pokrovsk were of Selydove, and three quarters were a part."""
    assert map_statuses(read(text)) == held


@pytest.mark.parametrize(
    ("text", "ring"),
    [
        ("Pokrovsk is surrounded on three sides.", "threatened"),
        ("Покровськ оточений з трьох боків.", "threatened"),
        ("The encirclement of Pokrovsk has been broken.", None),
    ],
)
def test_what_is_open_on_a_side_or_was_broken_is_not_surrounded(
    read: ReadText, text: str, ring: str | None
) -> None:
    """Both were claims that Pokrovsk is surrounded."""
    assert map_encirclements(read(text)) == {"Pokrovsk": ring}
