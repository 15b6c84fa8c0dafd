"""Whose words they are in lists, fact checks and live pages: faults of a first reading."""

import pytest

from tests.extraction.conftest import ReadText

_REPORTED = "A shell hit Kostiantynivka this morning, according to the prosecutor's office."


def test_a_list_with_dashes_is_not_a_talk_with_whoever_spoke_before(read: ReadText) -> None:
    """Each line of a list went to the last speaker, as if it answered in an interview."""
    _, entered, out = read(f"{_REPORTED}\n\n- Troops entered Rodynske\n- Power is out in Chernihiv")
    assert [draft.by for draft in (entered, out)] == [None, None]


def test_a_dash_below_a_question_is_an_answer(read: ReadText) -> None:
    *_, answer = read(
        "Roman Koval, a spokesman, said that Pokrovsk is not lost.\n\n"
        "Is Rodynske lost?\n– Troops entered Rodynske and left it."
    )
    assert answer.by == "Roman Koval"


def test_a_line_with_dashes_below_who_is_introduced_is_theirs(read: ReadText) -> None:
    (draft,) = read("Roman Koval, a spokesman, on the air:\n– Troops entered Rodynske.")
    assert draft.by == "Roman Koval"


@pytest.mark.parametrize(
    "text",
    [
        "CLAIM: 50 soldiers surrendered in Myrnohrad.\n\nRATING: No.\n\nFACT CHECK: Not so, no.",
        "ФЕЙК: у Мирнограді здалися 50.\n\nФАКТ: у Мирнограді бої.\n\nВИСНОВОК: його не взято.",
        "СРОЧНО: в Мирнограде идут бои.\n\nСРОЧНО: удар по Мирнограду.\n\nИТОГ: Мирноград не взят.",
        'Fact Check: "Russian troops hold Myrnohrad."',
    ],
)
def test_what_a_line_is_does_not_speak(read: ReadText, text: str) -> None:
    """Three labels in capitals made a transcript, in which somebody called CLAIM spoke."""
    drafts = read(text)
    assert drafts
    assert {draft.by for draft in drafts} == {None}


@pytest.mark.parametrize("by", ["a brigade spokesman", "the brigade", "Ivan Koval"])
def test_whoever_says_who_holds_a_part_of_a_town_has_no_office_of_it(
    read: ReadText, by: str
) -> None:
    """“… the north of Pokrovsk, N. N. said” was read as the title of N. N.: the draft was lost."""
    (draft,) = read(f"Ukrainian forces still hold the northern part of Pokrovsk, {by} said.")
    assert (draft.by, draft.control, draft.share) == (by, "ukrainian_held", "part")
    assert [place.name for place in draft.places] == ["Pokrovsk"]


def test_the_head_of_a_town_is_still_a_title(read: ReadText) -> None:
    (draft,) = read("The head of Pokrovsk, Ivan Koval, said that shells hit Rodynske.")
    assert [place.name for place in draft.places] == ["Rodynske"]


def test_who_was_hurt_does_not_tell_by_what(read: ReadText) -> None:
    """Wounded soldiers made an event a strike, of which the text says nothing."""
    (draft,) = read("Eleven wounded soldiers reached Hryshyne.")
    assert (draft.kind, draft.type) == ("event", None)
    (draft,) = read("Two people were killed as shells hit Hryshyne.")
    assert (draft.kind, draft.type) == ("event", "strike")


def test_a_road_named_after_a_village_is_not_in_it(read: ReadText) -> None:
    assert not read("Along the Hryshyne road the troops advanced.")


def test_who_came_into_a_village_is_in_it(read: ReadText) -> None:
    """«Увійшли до» was read as on the way there."""
    (draft,) = read("Росіяни увійшли до Родинського.")
    assert [(place.name, place.role) for place in draft.places] == [("Rodynske", "at")]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Russia claimed the capture of Rodynske; Ukraine denied it.", "Russia"),
        (
            "Міноборони РФ заявило про взяття Родинського, але у Генштабі ЗСУ це заперечили.",
            "Міноборони РФ",
        ),
    ],
)
def test_what_one_side_denies_is_not_denied_by_the_other(
    read: ReadText, text: str, by: str
) -> None:
    """One draft had both: the status that one side claims, and the denial of the other."""
    claim, *_ = read(text)
    assert (claim.by, claim.control, claim.negation) == (by, "russian_held", False)


def test_where_people_leave_for_they_are_not_yet(read: ReadText) -> None:
    (draft,) = read("Forty residents left Bilozerske for Dobropillia.")
    roles = [(place.name, place.role) for place in draft.places]
    assert roles == [("Bilozerske", "about"), ("Dobropillia", "toward")]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("If Rodynske falls, hundreds could be trapped, warned analyst Petro Hlukhyi.", "Hlukhyi"),
        ("Об освобождении Родинского сообщил глава района Денис Малов.", "Денис Малов"),
        ("Про втрату Родинського повідомив речник корпусу Іван Тягай.", "Іван Тягай"),
        ("Втрату Родинського спростували в угрупованні «Схід».", "угрупованні «Схід»"),
        ('Штаб ОК "Схід" спростував втрату Родинського.', 'Штаб ОК "Схід"'),
    ],
)
def test_who_says_it_is_named_behind_the_verb_or_in_quotation_marks(
    read: ReadText, text: str, by: str
) -> None:
    assert [(draft.by or "").endswith(by) for draft in read(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Russian forces do not control Rodynske, despite Moscow’s claims.",
        "Інформація про захоплення Родинського не відповідає дійсності.",
        "Information about the loss of Rodynske is false.",
    ],
)
def test_a_claim_or_an_information_says_nothing_itself(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert draft.by is None
    assert [place.name for place in draft.places] == ["Rodynske"]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor of Kramatorsk, Oleh Pidhirny, said that 50,000 people still live in the city.",
        "Мер Краматорська Олег Підгірний повідомив про два вибухи в місті.",
        "Officials in Kramatorsk reported three injured after a drone strike.",
    ],
)
def test_what_the_head_of_a_town_or_its_police_say_is_of_that_town(
    read: ReadText, text: str
) -> None:
    (draft,) = read(text)
    assert [(place.name, place.role) for place in draft.places] == [("Kramatorsk", "at")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Пятого октября ракета попала в жилой дом в Родинском.", "2025-10-05"),
        ("Двадцять першого жовтня ракета влучила в будинок у Родинському.", "2025-10-21"),
    ],
)
def test_a_day_may_be_written_in_words(read: ReadText, text: str, day: str) -> None:
    assert [draft.day for draft in read(text)] == [day]


def test_what_another_reported_at_the_same_time_is_not_the_first_ones(read: ReadText) -> None:
    text = (
        "Two soldiers were killed in Rodynske, Moscow’s defence ministry said on Sunday, "
        "as Kyiv reported heavy fighting around Kostiantynivka."
    )
    first, second = read(text)
    assert (first.by, [place.name for place in first.places]) == (
        "Moscow’s defence ministry",
        ["Rodynske"],
    )
    assert (second.by, [place.name for place in second.places]) == ("Kyiv", ["Kostiantynivka"])


def test_nobody_says_something_overnight(read: ReadText) -> None:
    (draft,) = read("Vadym Filin said overnight attacks killed two people in Sloviansk.")
    assert (draft.day, draft.happened) == ("../2025-11-18", "2025-11-17/2025-11-18")


def test_one_word_and_the_day_of_the_saying_may_open_a_sentence(read: ReadText) -> None:
    (draft,) = read("Нагадаємо, 14 листопада президент заявив про оборону Родинського.")
    assert (draft.by, draft.day) == ("президент", "2025-11-14")


def test_whom_it_was_told_does_not_say_it(read: ReadText) -> None:
    text = (
        "Russia’s army chief, Valerii Vyhadanyi, told Semen Semenov yesterday that Rodynske was"
        " surrounded, state media report."
    )
    assert [draft.by for draft in read(text)] == ["Valerii Vyhadanyi"]


def test_what_is_called_untruthful_is_denied(read: ReadText) -> None:
    (draft,) = read("Генштаб: інформація про втрату Родинського є неправдивою.")
    assert (draft.negation, draft.control) == (True, None)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (
            "«Бої в Мирнограді», – розповів виданню речник корпусу Іван Коваль.",
            "речник корпусу Іван",
        ),
        (
            "«Бои в Мирнограде», – рассказал изданию «Даль» комбат Иван Коваль.",
            "комбат Иван Коваль",
        ),
        ("Минобороны РФ эту информацию о Мирнограде опровергло.", "Минобороны РФ"),
    ],
)
def test_neither_who_hears_it_nor_what_is_denied_is_part_of_a_speaker(
    read: ReadText, text: str, by: str
) -> None:
    (draft,) = read(text)
    assert draft.by is not None
    assert draft.by.startswith(by)
    assert "информ" not in draft.by


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "ISW (Nov 15): Russian forces hold Pokrovsk. Deineha (16 Nov): Pokrovsk is lost.",
            ["ISW", "Deineha"],
        ),
        (
            "ISW: Russian forces hold Pokrovsk. Ihor Tkach (16 Nov): They hold Rodynske.",
            ["ISW", "Ihor Tkach"],
        ),
        ("Генштаб: ворог захопив Гродівку. DeepState: бої у Покровську.", ["Генштаб", "DeepState"]),
        ("Fighting in Pokrovsk goes on. DeepState: Rodynske is contested.", [None, "DeepState"]),
        ("ISW: Russian forces hold Pokrovsk. Rodynske: it is contested.", ["ISW", "ISW"]),
        ("ISW: Russian forces hold Pokrovsk. Update: they hold Rodynske.", ["ISW", "ISW"]),
    ],
)
def test_another_name_before_a_colon_ends_what_the_first_one_says(
    read: ReadText, text: str, speakers: list[str | None]
) -> None:
    """“ISW: … Deineha (16 Nov): Pokrovsk is lost.” gave both sentences to ISW."""
    assert [draft.by for draft in read(text)] == speakers


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("DeepState updated the map: Russian forces hold Pokrovsk.", "DeepState"),
        ("ISW corrected its map: Russian forces hold Pokrovsk.", "ISW"),
        ("DeepState оновив мапу: росіяни захопили Покровськ.", "DeepState"),
        ("DeepState обновил карту: россияне захватили Покровск.", "DeepState"),
    ],
)
def test_what_was_done_to_a_map_is_no_part_of_a_name(read: ReadText, text: str, by: str) -> None:
    """A speaker was called “DeepState updated the map”."""
    (draft,) = read(text)
    assert (draft.kind, draft.by, draft.control) == ("assessment", by, "russian_held")
