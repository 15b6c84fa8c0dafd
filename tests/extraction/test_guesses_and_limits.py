"""What is likely to a judge, who is surrounded, until when, and all of a town but a part."""

import pytest

from tests.extraction.conftest import ReadText
from tests.extraction.states_of_places import map_encirclements, map_statuses


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Russian forces likely seized Hrodivka, ISW assessed.", "ISW"),
        ("ISW assesses that Russian forces have likely seized Hrodivka.", "ISW"),
        ("Росіяни, ймовірно, захопили Гродівку, вважає ISW.", "ISW"),
        ("DeepState assesses that Russian forces seized Hrodivka.", "DeepState"),
    ],
)
def test_what_is_likely_to_who_judges_the_front_is_their_assessment(
    read: ReadText, text: str, by: str
) -> None:
    """“Likely seized, ISW assessed” was a claim of whoever ISW may be."""
    (draft,) = read(text)
    assert (draft.kind, draft.by, draft.control) == ("assessment", by, "russian_held")


@pytest.mark.parametrize(
    "text",
    [
        "Russian forces probably hold Hrodivka.",
        "Hrodivka was apparently captured by Russian troops.",
        "Russian forces have likely captured Hrodivka, Ihor Tkach said.",
        "Росіяни, мабуть, захопили Гродівку.",
        "Русские, вероятно, захватили Гродовку.",
        "Hrodivka is probably surrounded.",
    ],
)
def test_what_is_likely_to_anybody_else_gives_no_status(read: ReadText, text: str) -> None:
    """“Probably hold Hrodivka” was Russian-held."""
    (draft,) = read(text)
    assert (draft.control, draft.encirclement) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Russian troops were surrounded in Pokrovsk.",
        "Russian troops surrounded in Pokrovsk have surrendered.",
        "A group of Russian soldiers was surrounded in the north of Pokrovsk.",
        "Russian troops entered Pokrovsk and were surrounded.",
        "Russian soldiers found themselves in encirclement in Pokrovsk.",
        "Ukrainian forces encircled a Russian company near Pokrovsk.",
        "The encirclement of Russian troops in Pokrovsk continues.",
        "Російські війська потрапили в оточення в Покровську.",
        "В Покровську оточили групу росіян.",
        "Ukrainian marines surrounded dozens of Russian soldiers in Pokrovsk.",
        "Pokrovsk: Russian troops cut off and surrounded.",
        "Противник оточений у Покровську, каже Сирський.",
        "Российская группировка в Покровске в окружении.",
        "Російська група, оточена в Покровську, здалася.",
        "Russian troops broke out of encirclement in Pokrovsk.",
        "Оточені в Покровську росіяни здаються.",
        "Ворог оточений у Покровську.",
        "ВСУ окружили русских в Покровске.",
    ],
)
def test_a_town_in_which_russian_troops_are_surrounded_is_not(read: ReadText, text: str) -> None:
    """“Russian troops were surrounded in Pokrovsk” said that Pokrovsk is."""
    assert map_encirclements(read(text)) == {"Pokrovsk": None}


@pytest.mark.parametrize(
    "text",
    [
        "Russian troops have surrounded Pokrovsk.",
        "Russian troops are surrounding Pokrovsk.",
        "Russian forces advanced and Pokrovsk is surrounded.",
        "The Russian ministry said that units in Pokrovsk are encircled.",
        "Ukrainian troops were encircled in Pokrovsk, Putin said.",
        "Pokrovsk was surrounded when Russian troops took the heights.",
        "Our units continued to destroy the encircled enemy in Pokrovsk.",
        "Покровськ оточений росіянами.",
        "Росіянами оточене місто Покровськ.",
        "Покровськ в оточенні російських військ.",
        "Російські війська оточили українські підрозділи в Покровську.",
        "Покровск окружён русскими войсками.",
    ],
)
def test_a_town_that_they_surround_is(read: ReadText, text: str) -> None:
    assert map_encirclements(read(text)) == {"Pokrovsk": "claimed"}


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("До 5 листопада росіяни захопили Гродівку.", {"Hrodivka": "russian_held unspecified"}),
        ("Росіяни захопили Гродівку до 5 листопада.", {"Hrodivka": "russian_held unspecified"}),
        (
            "Russian forces captured Hrodivka before 5 November.",
            {"Hrodivka": "russian_held unspecified"},
        ),
        ("До 5 листопада росіяни утримували Гродівку.", {}),
        ("До літа росіяни контролювали Гродівку.", {}),
        ("Russian forces held Hrodivka before 2024.", {}),
        ("Russian forces held Hrodivka before 5 November.", {}),
        ("До 5 листопада захопили Гродівку.", {}),
    ],
)
def test_what_was_taken_before_a_day_is_held_and_what_was_held_until_it_is_not(
    read: ReadText, text: str, held: dict[str, str]
) -> None:
    """“До 5 листопада росіяни захопили …” gave no status, as if they had held it until then."""
    assert map_statuses(read(text)) == held


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Russian forces hold all of Pokrovsk but the station.", "most"),
        ("Russian forces hold the whole of Pokrovsk but for the station.", "most"),
        ("Russian forces control all of Pokrovsk, but not the station.", "most"),
        ("Russian forces control all of Pokrovsk save the train station.", "most"),
        ("Росіяни повністю захопили Покровськ за винятком вокзалу.", "most"),
        ("Росіяни повністю захопили Покровськ, але не вокзал.", "most"),
        ("Except for the station, Russian forces hold all of Pokrovsk.", "unspecified"),
        ("Russian forces hold all of Pokrovsk but the fighting continues.", "unspecified"),
        ("Росіяни повністю захопили Покровськ, але бої тривають.", "all"),
        ("All but two streets of Pokrovsk are in Russian hands.", "most"),
    ],
)
def test_all_of_a_town_but_a_part_is_not_all_of_it(read: ReadText, text: str, share: str) -> None:
    """“All of Pokrovsk but the station” was all of it, and with “but not” a denial."""
    (draft,) = read(text)
    assert (draft.control, draft.share, draft.negation) == ("russian_held", share, False)


def test_a_town_is_surrounded_when_another_falls_and_not_the_other(read: ReadText) -> None:
    """“Pokrovsk was surrounded when Russian troops took Rodynske” surrounded Rodynske."""
    drafts = read("Pokrovsk was surrounded when Russian troops took Rodynske.")
    assert map_encirclements(drafts) == {"Pokrovsk": "claimed", "Rodynske": None}


def test_what_seems_to_have_happened_is_a_claim_and_no_event(read: ReadText) -> None:
    (draft,) = read("Russian troops seemingly advanced in Pokrovsk.")
    assert draft.kind == "claim"


@pytest.mark.parametrize(
    "text",
    [
        "ISW has not observed confirmation that Russian forces seized Hrodivka.",
        "There is no evidence that Russian forces hold Hrodivka.",
        "Генштаб не підтвердив, що росіяни захопили Гродівку.",
        "Немає підтвердження, що росіяни захопили Гродівку.",
        "Russian troops captured Hrodivka by 10 November but lost it two days later.",
        "Росіяни захопили Гродівку, але потім її відбили.",
        "Only the station in Hrodivka is under Ukrainian control.",
        "Школа в Гродівці під контролем росіян.",
    ],
)
def test_what_nobody_has_seen_what_was_undone_and_a_house_give_no_status(
    read: ReadText, text: str
) -> None:
    """“Has not observed confirmation that …” and “… but lost it” made it Russian-held."""
    assert map_statuses(read(text)) == {}


def test_another_town_that_is_left_out_is_no_part_of_the_one_that_is_held(read: ReadText) -> None:
    """“They control A fully, but not B” was most of A."""
    drafts = read("Росіяни контролюють повністю Родинське, але не Мирноград.")
    assert map_statuses(drafts) == {"Rodynske": "russian_held all"}


@pytest.mark.parametrize(
    "text",
    [
        "Вулиця Першого Травня в Покровську зруйнована.",
        "На вулиці 8-Березня в Покровську пожежа.",
        "На площади Первого Мая в Покровске пожар.",
    ],
)
def test_the_name_of_a_street_is_no_day(read: ReadText, text: str) -> None:
    """“Вулиця Першого Травня” was of 1 May."""
    (draft,) = read(text)
    assert (draft.day, draft.happened) == ("../2025-11-18", None)


@pytest.mark.parametrize(
    "text",
    [
        "ISW said it cannot confirm that Russian forces hold Pokrovsk.",
        "ISW does not assess that Russian forces hold Pokrovsk.",
        "ISW said it does not think that Russian forces hold Pokrovsk.",
        "DeepState said it has no data that Russian forces hold Pokrovsk.",
        "ISW заявив, що поки не може однозначно підтвердити, що росіяни контролюють Покровськ.",
        "ISW не считает, что россияне контролируют Покровск.",
        "ISW does not assess that Pokrovsk is surrounded.",
    ],
)
def test_what_somebody_cannot_confirm_or_does_not_assess_is_not_said(
    read: ReadText, text: str
) -> None:
    """“ISW said it cannot confirm that …” was an assessment that it is so."""
    (draft,) = read(text)
    assert (draft.kind, draft.control, draft.encirclement) == ("claim", None, None)


@pytest.mark.parametrize(
    "text",
    [
        "If ISW is right, Russian forces hold Pokrovsk.",
        "ISW said that if Putin is right, Russian forces hold Pokrovsk.",
        "Russian forces hold Pokrovsk, if ISW is right.",
        "Якщо вірити аналітикам проєкту DeepState, то росіяни контролюють Покровськ.",
        "Если верить аналитикам проекта DeepState, то россияне контролируют Покровск.",
    ],
)
def test_what_hangs_on_whether_somebody_is_right_gives_no_status(read: ReadText, text: str) -> None:
    """“If ISW is right, they hold X” said that they hold it: “if” was looked for right before."""
    assert map_statuses(read(text)) == {}


@pytest.mark.parametrize(
    "text",
    [
        "ISW does not report on losses, but Russian forces hold Pokrovsk.",
        "Russian forces hold Pokrovsk, and it is unclear whether they advance.",
        "Asked if Rodynske is lost, Putin said that Russian forces hold Pokrovsk.",
    ],
)
def test_what_is_not_said_or_asked_of_something_else_leaves_the_status(
    read: ReadText, text: str
) -> None:
    assert map_statuses(read(text)) == {"Pokrovsk": "russian_held unspecified"}


@pytest.mark.parametrize(
    "text",
    [
        "In 2014, Russian-backed separatists captured Sloviansk.",
        "Ukraine recaptured Novohrodivka in October 2022.",
        "Russian forces held Kupiansk from February to September 2022.",
        "Russian forces held Rodynske from 5 to 9 November.",
        "8 вересня 2022 року Сили оборони звільнили Балаклію.",
        "Hardly any of Toretsk is still held by Ukrainian forces.",
    ],
)
def test_what_was_long_ago_is_no_status_of_today(read: ReadText, text: str) -> None:
    """Who took a town years ago held it on the day of the text."""
    (draft,) = read(text)
    assert draft.control is None


def test_what_a_channel_wrote_earlier_is_not_said_again_behind_upd(read: ReadText) -> None:
    (draft,) = read("UPD: Раніше ми писали, що ворог окупував Гришине. Село в сірій зоні.")
    assert draft.control == "contested"
