"""Who holds a place by what a sentence says, and that a loss is never read as a gain."""

import pytest

from tests.extraction.conftest import ReadText
from tests.extraction.states_of_places import map_statuses


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("Kyiv’s troops have lost control of Rodynske, Ihor Tkach wrote.", "russian_held"),
        ("Ukraine acknowledged the loss of Rodynske.", "russian_held"),
        ("Rodynske has fallen to Russian forces, the map shows.", "russian_held"),
        ("The town of Rodynske is under the control of the Ukrainian army.", "ukrainian_held"),
        ("Half of Rodynske is in Russian hands, one soldier said.", "russian_held"),
        ("Росіяни втратили контроль над Родинським.", None),
        ("Українська сторона визнала втрату Родинського.", "russian_held"),
        ("Ми тримаємо Родинське, каже комбат Микола Дзюба.", "ukrainian_held"),
        ("Украинская сторона признала потерю Родинского.", "russian_held"),
        ("Бойцы «Южной» группировки заняли Родинское.", "russian_held"),
    ],
)
def test_what_one_side_lost_or_has_in_its_hands(
    read: ReadText, text: str, control: str | None
) -> None:
    assert [draft.control for draft in read(text)] == [control]


@pytest.mark.parametrize(
    "text",
    [
        "The battle for control of Rodynske goes on, the Ukrainian army said.",
        "Rodynske is under Russian fire control.",
        "Russia lost Colonel Petrov near Rodynske.",
        "Russian troops lost 20 soldiers in Rodynske.",
        "If Rodynske were to fall to Russian forces, Dobropillia would be next.",
        "Росіяни втратили 20 бійців у Родинському.",
    ],
)
def test_neither_a_fight_nor_a_loss_of_men_tells_who_holds_a_town(
    read: ReadText, text: str
) -> None:
    assert {draft.control for draft in read(text)} <= {None}


@pytest.mark.parametrize(
    "text",
    [
        "Говорити про оточення Мирнограда не можна, наголосив речник Іван Тягай.",
        "Повідомлення про оточення Мирнограда не підтверджуються.",
        "Сообщения об окружении Мирнограда не подтверждаются.",
        "Moscow’s claims that Myrnohrad is encircled are baseless, Ihor Tkach said.",
    ],
)
def test_a_denied_encirclement_is_none(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert (draft.encirclement, draft.negation) == ("none", True)
    assert [place.name for place in draft.places] == ["Myrnohrad"]


@pytest.mark.parametrize(
    "text",
    [
        "В Родинском продолжается уничтожение противника, занято ещё 37 зданий.",
        "Kostiantynivka: footage shows soldiers. We move the grey zone 600 metres west.",
    ],
)
def test_houses_that_were_taken_or_a_zone_that_moved_give_a_town_no_status(
    read: ReadText, text: str
) -> None:
    assert {draft.control for draft in read(text)} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "Russian forces control neither Rodynske nor Hryshyne.",
        "Russian forces hold none of Dobropillia.",
        "Росіяни контролюють не Родинське, а лише околиці Мирнограда.",
        "Росіяни захопили все, крім північних околиць Покровська.",
        "Російські війська контролюють усі села, окрім Родинського.",
        "Russian forces captured everything except Rodynske.",
    ],
)
def test_what_is_named_as_not_held_is_not_held(read: ReadText, text: str) -> None:
    """“They control neither X nor Y” gave them X: only a “not” before the verb was seen."""
    assert {draft.control for draft in read(text)} <= {None}


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Russian forces control all of Pokrovsk except the northern outskirts.", "most"),
        ("Росіяни контролюють Покровськ, крім північних околиць.", "unspecified"),
    ],
)
def test_all_but_a_part_is_not_all_and_not_that_part(read: ReadText, text: str, share: str) -> None:
    (draft,) = read(text)
    assert (draft.control, draft.share) == ("russian_held", share)


def test_to_have_taken_is_no_plan(read: ReadText) -> None:
    (draft,) = read("Russia claims to have captured Hryshyne.")
    assert (draft.by, draft.control) == ("Russia", "russian_held")


def test_the_forces_of_defence_are_no_village(read: ReadText) -> None:
    """“Под контролем Сил обороны” was held at a village by the name of Sil."""
    *_, draft = read("Противник заявляет о захвате Мирнограда. Город под контролем Сил обороны.")
    assert [place.name for place in draft.places] == ["Myrnohrad"]
    assert draft.control == "ukrainian_held"


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Russian forces have captured nearly all of Myrnohrad.", "most"),
        ("Росіяни захопили майже весь Мирноград.", "most"),
        ("Россияне захватили почти весь Мирноград.", "most"),
        ("Russian forces partially captured Myrnohrad.", "part"),
        ("ЗСУ частково звільнили Мирноград.", "part"),
        ("ВСУ частично освободили Мирноград.", "part"),
    ],
)
def test_nearly_all_is_not_all_and_partially_is_a_part(
    read: ReadText, text: str, share: str
) -> None:
    (draft,) = read(text)
    assert draft.share == share


@pytest.mark.parametrize(
    "text",
    [
        "The grey zone in Pokrovsk has grown.",
        "The grey zone in Pokrovsk expanded.",
        "The grey zone in Pokrovsk is shrinking.",
        "Сіра зона в Покровську збільшилася.",
        "Серая зона в Покровске уменьшилась.",
        "Серая зона в Покровске сократилась.",
        "Pokrovsk left the grey zone.",
        "Pokrovsk is out of the grey zone.",
    ],
)
def test_a_zone_that_grows_or_is_left_makes_no_town_contested(read: ReadText, text: str) -> None:
    """“The grey zone in X has grown” and “X left the grey zone” made X contested."""
    (draft,) = read(text)
    assert draft.control is None


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("Pokrovsk turned from grey zone into Russian control.", "russian_held"),
        ("Pokrovsk went from the grey zone to Russian control.", "russian_held"),
        ("Pokrovsk passed from Ukrainian control into the grey zone.", "contested"),
        ("Покровськ перейшов з-під українського контролю в сіру зону.", "contested"),
        ("Pokrovsk is in the grey zone, and the fighting is growing.", "contested"),
        ("Russian forces moved into the grey zone in Pokrovsk.", "contested"),
        ("Ukrainian forces liberated Pokrovsk from Russian control.", "ukrainian_held"),
    ],
)
def test_a_town_that_changed_has_the_status_after_the_change(
    read: ReadText, text: str, control: str
) -> None:
    """“From the grey zone to Russian control” was contested: the status before the change."""
    (draft,) = read(text)
    assert draft.control == control


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (
            "На фланзі ворог захопив два опорники, наші утримують Родинське.",
            {"Rodynske": "ukrainian_held unspecified"},
        ),
        ("From Novohrodivka, which Russia controls, drones strike Pokrovsk.", {}),
        (
            "Рік тому ворог зайшов у Куп’янськ, тепер місто тримаємо ми.",
            {"Kupiansk": "ukrainian_held unspecified"},
        ),
        ("The Siversk salient is held by Ukrainian forces.", {}),
        ("The Siversk area is under Russian control.", {}),
        ("Российские войска вошли в Северск и контролируют вокзал.", {}),
        ("Russian troops entered Siversk and seized ten apartment blocks.", {}),
        (
            "Russian troops entered Siversk and hold half of the town.",
            {"Siversk": "russian_held part"},
        ),
        ("Kyivska Street in Pokrovsk is contested.", {}),
        ("Russian forces captured Rodynske and were driven out of it a day later.", {}),
        ("Russian forces seized Rodynske, only to lose it again.", {}),
        ("Russian forces seized Rodynske in March 2025 and lost it in June.", {}),
        ("Росіяни захопили Родинське у березні, але втратили його.", {}),
    ],
)
def test_behind_a_comma_another_verb_holds(read: ReadText, text: str, held: dict[str, str]) -> None:
    """Who took a hill, or a town named before, held the village behind the comma."""
    assert map_statuses(read(text)) == held


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("In September Russian forces controlled Kupiansk.", None),
        ("У вересні росіяни контролювали Куп’янськ.", None),
        ("В сентябре россияне контролировали Купянск.", None),
        ("In September Russian forces captured Kupiansk.", "russian_held"),
        ("Since September Russian forces control Kupiansk.", "russian_held"),
    ],
)
def test_who_held_it_in_a_month_may_hold_it_no_more(
    read: ReadText, text: str, control: str | None
) -> None:
    (draft,) = read(text)
    assert draft.control == control


def test_a_line_with_a_town_and_what_it_is_gives_it_that_status(read: ReadText) -> None:
    """Behind a colon a town had no status, and behind a dash it had one."""
    text = "Hotspots:\n– Pokrovsk: contested\n– Siversk: Russian-held"
    assert map_statuses(read(text)) == {
        "Pokrovsk": "contested unspecified",
        "Siversk": "russian_held unspecified",
    }


def test_the_town_of_which_a_unit_is_is_no_place_of_what_it_does(read: ReadText) -> None:
    (draft,) = read("Fighters of the Kupiansk territorial defence battalion hold Petropavlivka.")
    assert [place.name for place in draft.places] == ["Petropavlivka"]
