"""Two places, two speakers, then and now: each has its own, and nothing goes to the other."""

import pytest

from tests.extraction.conftest import ReadText
from tests.extraction.states_of_places import map_encirclements, map_statuses


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (
            "Pokrovsk is contested and Selydove is occupied, Ihor Tkach said.",
            {"Pokrovsk": "contested unspecified"},
        ),
        (
            "Hrodivka is under Russian control, Rodynske under Ukrainian control, Ihor Tkach said.",
            {"Hrodivka": "russian_held unspecified"},
        ),
        (
            "Новогродовка под контролем ВС РФ, Родинское за ВСУ, Покровск в серой зоне.",
            {"Novohrodivka": "russian_held unspecified"},
        ),
        (
            "The south of Pokrovsk is marked as gray zone and Zvirove as occupied.",
            {"Pokrovsk": "contested part"},
        ),
    ],
)
def test_the_status_of_a_place_is_not_that_of_the_next(
    read: ReadText, text: str, held: dict[str, str]
) -> None:
    """“Pokrovsk is contested and Selydove is occupied” made Selydove contested."""
    assert map_statuses(read(text)) == held


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (
            "Russian forces hold Selydove and the outskirts of Pokrovsk.",
            {"Selydove": "russian_held unspecified"},
        ),
        (
            "Росіяни захопили Сухий Яр і східну околицю Мирнограда.",
            {"Sukhyi Yar": "russian_held unspecified"},
        ),
        (
            "ВС РФ заняли Родинское и вышли к окраинам Доброполья.",
            {"Rodynske": "russian_held unspecified"},
        ),
        (
            "Росіяни захопили південну частину Покровська та Звірове.",
            {"Pokrovsk": "russian_held part"},
        ),
    ],
)
def test_the_outskirts_of_one_place_are_no_part_of_another(
    read: ReadText, text: str, held: dict[str, str]
) -> None:
    """Who held a village and the outskirts of a town held only a part of the village."""
    assert map_statuses(read(text)) == held


@pytest.mark.parametrize(
    ("text", "ringed"),
    [
        (
            "Once Pokrovsk is captured, Kostiantynivka will be surrounded.",
            {"Kostiantynivka": "threatened", "Pokrovsk": None},
        ),
        (
            "Чтобы окружить Мирноград, противник должен взять Родинское.",
            {"Myrnohrad": "threatened", "Rodynske": None},
        ),
        (
            "Russian forces have not taken Pokrovsk, and Myrnohrad is not surrounded.",
            {"Pokrovsk": None, "Myrnohrad": "none"},
        ),
        (
            "Putin claimed that Pokrovsk and Kupiansk were already surrounded.",
            {"Pokrovsk": "claimed", "Kupiansk": "claimed"},
        ),
        (
            "Troops near Pokrovsk and Myrnohrad are surrounded, Ihor Tkach said.",
            {"Pokrovsk": None, "Myrnohrad": None},
        ),
        (
            "Had they captured Dobropillia, Kramatorsk would have been surrounded.",
            {"Dobropillia": None, "Kramatorsk": None},
        ),
        (
            "Якби ворог захопив Добропілля, Краматорськ був би в оточенні.",
            {"Dobropillia": None, "Kramatorsk": None},
        ),
    ],
)
def test_of_two_places_only_the_one_that_is_surrounded_is(
    read: ReadText, text: str, ringed: dict[str, str | None]
) -> None:
    """An encirclement went to every place of its sentence, and one that never came to all."""
    assert map_encirclements(read(text)) == ringed


@pytest.mark.parametrize(
    ("text", "who_holds"),
    [
        (
            "Kyiv says it controls northern Pokrovsk; Moscow claims the whole town.",
            [("Kyiv", "ukrainian_held")],
        ),
        (
            "Київ заявляє, що тримає північ Покровська; Москва стверджує, що взяла все місто.",
            [("Київ", None), ("Москва", None)],
        ),
        (
            "Russia claims full control of Kupiansk, a claim Ukraine rejects.",
            [("Russia", "russian_held")],
        ),
    ],
)
def test_behind_a_semicolon_somebody_else_speaks(
    read: ReadText, text: str, who_holds: list[tuple[str, str | None]]
) -> None:
    """What Kyiv said was filed as said by Moscow, who spoke last."""
    assert [(draft.by, draft.control) for draft in read(text)] == who_holds


@pytest.mark.parametrize(
    ("text", "by", "day"),
    [
        ("Myrnohrad is surrounded, claimed Putin on Sunday.", "Putin", "2025-11-16"),
        ("Pokrovsk is not encircled, said Syrskyi on 5 November.", "Syrskyi", "2025-11-05"),
        ("Pokrovsk holds, wrote Zelensky on X on 6 November.", "Zelensky", "2025-11-06"),
        ("Покровськ тримається, сказав Зеленський 5 листопада.", "Зеленський", "2025-11-05"),
        ("Покровск держится, сказал Зеленский 5 ноября.", "Зеленский", "2025-11-05"),
    ],
)
def test_who_is_named_behind_the_verb_said_it(read: ReadText, text: str, by: str, day: str) -> None:
    """“Myrnohrad is surrounded” was read as the name of who claimed it."""
    (draft,) = read(text)
    assert (draft.by, draft.day, draft.happened) == (by, day, None)
    assert len(draft.places) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Contrary to what Moscow says, Russian forces do not control Pokrovsk.",
        "Whatever Moscow says, Ukrainian forces are in Pokrovsk.",
    ],
)
def test_who_is_contradicted_does_not_say_it(read: ReadText, text: str) -> None:
    """Somebody called “Contrary to what Moscow” denied it."""
    (draft,) = read(text)
    assert draft.by is None


@pytest.mark.parametrize(
    "text",
    [
        "Раніше ми писали, що ворог захопив Гришине. Ця інформація не підтвердилася.",
        "Ранее мы сообщали, что противник взял Родинское. Информация не подтвердилась.",
        "We previously reported that Russian forces captured Hryshyne. This is not confirmed.",
    ],
)
def test_what_a_text_recalls_of_its_own_words_is_not_said_again(read: ReadText, text: str) -> None:
    """What a channel took back became a claim of who holds the village."""
    assert not read(text)


@pytest.mark.parametrize(
    "text",
    [
        "До 1 листопада Родинське було під контролем ЗСУ.",
        "До 15 октября Родинское было под контролем ВСУ.",
        "Before 1 November, Rodynske was under Ukrainian control.",
        "In October, Pokrovsk was fully under Ukrainian control; now it is not.",
        "Ще влітку Покровськ був під контролем ЗСУ, але тепер там росіяни.",
    ],
)
def test_what_was_so_then_is_no_status_of_now(read: ReadText, text: str) -> None:
    """A town that was held until a day was held on the day of the text."""
    assert {draft.control for draft in read(text)} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "Russian troops who captured Selydove last year are attacking Pokrovsk.",
        "The brigade that liberated Kupiansk in 2022 is fighting in Pokrovsk.",
        "Бригада, яка звільнила Куп'янськ у 2022, б'ється в Покровську.",
    ],
)
def test_the_year_that_tells_who_they_are_is_not_that_of_what_they_do(
    read: ReadText, text: str
) -> None:
    """An attack of today was filed under the year in which its troops had taken another town."""
    assert {draft.day for draft in read(text)} == {"../2025-11-18"}


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("Російські війська захопили Гришине", "russian_held"),
        ("Покровськ не оточений, але логістика ускладнена, — Ігор Ткач", None),
        ("Russian forces took Hryshyne", "russian_held"),
    ],
)
def test_a_text_of_one_line_states_something_without_a_full_stop(
    read: ReadText, text: str, control: str | None
) -> None:
    """One line of a channel was read as the title of nothing."""
    (draft,) = read(text)
    assert draft.control == control


@pytest.mark.parametrize(
    "text",
    [
        "Уночі на 6 листопада дрони атакували Добропілля.",
        "Ночью на 6 ноября дроны атаковали Доброполье.",
        "У ніч проти 6 листопада дрони атакували Добропілля.",
    ],
)
def test_the_night_into_a_day_begins_on_the_evening_before(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert draft.day == "2025-11-05/2025-11-06"


@pytest.mark.parametrize(
    "text",
    [
        "Fighting continues in Pokrovsk; Selydove, captured in October 2024, is used as a base.",
        "Селидово, захваченное в октябре 2024 года, служит базой для штурма Покровска.",
    ],
)
def test_the_month_in_which_a_place_was_taken_is_not_that_of_a_fight_of_today(
    read: ReadText, text: str
) -> None:
    assert {draft.day for draft in read(text)} == {"../2025-11-18"}


@pytest.mark.parametrize(
    "text",
    [
        "На Костянтинівському напрямку атаки біля Щербинівки, на Покровському — біля Родинського.",
        "На Покровському — 42 атаки, бої біля Родинського.",
        "На Лиманском направлении бои, на Покровском отбито пять атак у Родинского.",
    ],
)
def test_the_adjective_of_a_direction_alone_is_no_village(read: ReadText, text: str) -> None:
    """“На Покровському — …” was in Pokrovske, a village 70 km off, without a word."""
    (draft,) = read(text)
    names = [place.name for place in draft.places]
    assert names[-1] == "Rodynske"
    assert not any(name.startswith("Покровс") or name == "Pokrovske" for name in names)


def test_who_signs_on_the_air_is_named_behind_the_dash(read: ReadText) -> None:
    """The words of a spokesman were those of the text itself."""
    (draft,) = read("Росіяни брешуть про оточення Покровська, — речник ОСУВ Ігор Ткач в етері.")
    assert (draft.by, draft.encirclement) == ("речник ОСУВ Ігор Ткач", "none")


@pytest.mark.parametrize("part", ["'s north", "’s southern districts"])
def test_the_north_of_a_town_named_behind_it_is_a_part(read: ReadText, part: str) -> None:
    (draft,) = read(f"Russian forces hold Pokrovsk{part}.")
    assert (draft.control, draft.share) == ("russian_held", "part")


@pytest.mark.parametrize(
    "text",
    [
        "Roman Koval denied that Pokrovsk was encircled, saying it was being absorbed.",
        "Роман Коваль заперечив, що Покровськ оточений, і додав, що ворог просочується.",
        "Роман Коваль отрицал, что Покровск окружён, заявив, что враг просачивается.",
    ],
)
def test_what_somebody_denies_stays_denied_though_they_say_more(read: ReadText, text: str) -> None:
    """“X denied that the town was encircled, saying …” claimed that it was."""
    (draft,) = read(text)
    assert (draft.encirclement, draft.negation) == ("none", True)


@pytest.mark.parametrize(
    "text",
    [
        "Syrskyi, who visited Dobropillia on Sunday, said that Myrnohrad is not encircled.",
        "Сирський, який у неділю був під Добропіллям, заявив, що Мирноград не оточений.",
    ],
)
def test_the_day_that_is_told_of_the_speaker_is_not_that_of_what_they_say(
    read: ReadText, text: str
) -> None:
    (draft,) = read(text)
    assert draft.happened is None


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (
            "The Russian MoD, which claimed Kupiansk in August, now claims Hryshyne.",
            "The Russian MoD",
        ),
        (
            "Міноборони РФ, яке раніше заявляло про Куп'янськ, тепер заявляє про Гришине.",
            "Міноборони РФ",
        ),
    ],
)
def test_now_says_nothing(read: ReadText, text: str, by: str) -> None:
    """Somebody called “now” claimed it."""
    assert {draft.by for draft in read(text)} == {by}


def test_who_repeats_it_on_another_day_says_so_apart(read: ReadText) -> None:
    first, again = read(
        "Путин 29 октября заявил, что Покровск окружён, а 4 ноября Песков повторил это."
    )
    assert (first.by, first.day, first.happened) == ("Путин", "2025-10-29", None)
    assert (again.by, again.day) == ("Песков", "2025-11-04")


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Українські військові відступили з Покровська, повідомив Bild.", "Bild"),
        ("Українські війська вибили ворога з Родинського, заявив Сирський.", "Сирський"),
        ("«Ми відходимо з Мирнограда», — нібито сказав комбриг.", None),
        ("Footage claimed to be from Myrnohrad was filmed in Selydove.", None),
    ],
)
def test_what_is_told_is_nobody_who_tells_it(read: ReadText, text: str, by: str | None) -> None:
    """Somebody called “Українські військові відступили” said it, and somebody called “нібито”."""
    (draft,) = read(text)
    assert draft.by == by
