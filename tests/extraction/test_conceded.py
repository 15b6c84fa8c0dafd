"""What a sentence only concedes, "Although X says it, …", is of whoever is named there."""

import pytest

from tests.extraction.conftest import ReadText

Told = list[tuple[str | None, str | None, str | None]]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Although Putin claimed that Pokrovsk fell, ISW assesses that Ukrainians hold it.",
            [("Putin", "Pokrovsk", None), ("ISW", "Pokrovsk", "ukrainian_held")],
        ),
        (
            "While the Kremlin says Kupiansk was taken, Kyiv officials say they hold the city.",
            [
                ("the Kremlin", "Kupiansk", None),
                ("Kyiv officials", "Kupiansk", "ukrainian_held"),
            ],
        ),
        (
            "Although Putin claimed that Russian forces hold Pokrovsk, Ukrainian forces hold it.",
            [("Putin", "Pokrovsk", "russian_held"), (None, "Pokrovsk", "ukrainian_held")],
        ),
        (
            "While Ukrainian forces hold Rodynske, Putin claims that Russian forces hold Pokrovsk.",
            [(None, "Rodynske", "ukrainian_held"), ("Putin", "Pokrovsk", "russian_held")],
        ),
        (
            "Хоча Путін заявив, що росіяни взяли Куп’янськ, Генштаб каже, що місто тримають ЗСУ.",
            [
                ("Путін", "Kupiansk", "russian_held"),
                ("Генштаб", "Kupiansk", "ukrainian_held"),
            ],
        ),
        (
            "Хотя ВСУ утверждают, что удерживают Северск, Минобороны РФ заявило о взятии города.",
            [
                ("ВСУ", "Siversk", "ukrainian_held"),
                ("Минобороны РФ", "Siversk", "russian_held"),
            ],
        ),
    ],
)
def test_what_is_conceded_is_of_whoever_is_named_there(
    read: ReadText, text: str, told: Told
) -> None:
    """All of it was said by whoever stood behind the comma, or before it."""
    assert [(it.by, it.places[0].name, it.control) for it in read(text)] == told


@pytest.mark.parametrize(
    "text",
    [
        "Although Russian troops entered Rodynske, the village is held, the mayor said.",
        "Although they hold Kotlyne, Pokrovsk and Rodynske, trucks get through, the mayor said.",
    ],
)
def test_who_is_named_at_the_end_says_also_what_is_conceded(read: ReadText, text: str) -> None:
    assert {draft.by for draft in read(text)} == {"the mayor"}


@pytest.mark.parametrize(
    "text",
    [
        "Contrary to Putin's claim that Kupiansk is encircled, Ukrainian forces hold the city.",
        "Despite Putin's claim that Russians seized Kupiansk, ISW says that Ukrainians hold it.",
    ],
)
def test_a_claim_that_is_only_conceded_gives_no_status(read: ReadText, text: str) -> None:
    """Who contradicted the claim said that the city might be encircled."""
    (draft,) = read(text)
    assert (draft.control, draft.encirclement) == ("ukrainian_held", None)


def test_of_two_headlines_with_as_between_them_each_has_its_speaker(read: ReadText) -> None:
    """Russia said that Ukraine held the town."""
    text = "Russia claims capture of Kupiansk as Ukraine insists it still holds city"
    first = read(text)[0]
    assert (first.by, first.control) == ("Russia", "russian_held")


def test_of_two_who_only_have_a_comma_between_them_each_speaks_for_itself(read: ReadText) -> None:
    """The first of them denied what it said."""
    first = read("The Kremlin says Myrnohrad is encircled, DeepState says it is not.")[0]
    assert (first.by, first.encirclement, first.negation) == ("The Kremlin", "claimed", False)


@pytest.mark.parametrize(
    ("text", "by", "ring"),
    [
        (
            "Putin claimed that Russians encircled Kupiansk, a claim ISW assesses is false.",
            "Putin",
            "claimed",
        ),
        ("Putin said that Kupiansk is surrounded, but this is false.", "Putin", None),
        (
            "Kyiv denied Russian claims of having encircled Myrnohrad and said that trucks get in.",
            "Kyiv",
            "none",
        ),
    ],
)
def test_who_claims_it_does_not_deny_it_too(
    read: ReadText, text: str, by: str, ring: str | None
) -> None:
    """Putin denied what he claimed, and who denied a claim made it."""
    (draft,) = read(text)
    assert (draft.by, draft.encirclement) == (by, ring)


@pytest.mark.parametrize(
    "text",
    [
        "Earlier reports that Russians had seized Hryshyne were not confirmed, the mayor said.",
        "There is no truth in the claim that Russian troops hold Kupiansk, the mayor said.",
        "Nothing suggests that Russian forces control Rodynske, ISW wrote.",
        "ISW has yet to observe confirmation of Russian claims that Russians seized Rodynske.",
    ],
)
def test_who_speaks_of_a_claim_of_others_does_not_make_it(read: ReadText, text: str) -> None:
    """The mayor said that the Russians held the town, as did “Nothing”."""
    (draft,) = read(text)
    assert draft.control is None
    assert draft.by not in {"Nothing", "ISW has yet to observe confirmation of Russian"}


def test_who_confirms_a_report_says_so(read: ReadText) -> None:
    (draft,) = read("The General Staff confirmed reports that Russian troops seized Hryshyne.")
    assert (draft.by, draft.control) == ("The General Staff", "russian_held")


@pytest.mark.parametrize(
    "text",
    [
        "Украинские источники сообщают, что наши войска взяли Гришино.",
        "Росіяни повідомили, що наші тримають Гришине.",
    ],
)
def test_ours_in_what_the_other_side_is_said_to_say_may_be_the_authors(
    read: ReadText, text: str
) -> None:
    """A Russian channel's “наши” held a village for Ukraine."""
    (draft,) = read(text)
    assert draft.control is None
