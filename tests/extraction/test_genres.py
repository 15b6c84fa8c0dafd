"""Faults that texts of other kinds showed; each test names its own, with a made-up sentence."""

import pytest

from tests.extraction.conftest import ReadText


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Міністерство оборони України. Зведення станом на 22:00", "Міністерство оборони України"),
        ("Донецька ОВА | Роман Коваль", "Донецька ОВА"),
        ("Служба порятунку: станом на 8:30", "Служба порятунку"),
    ],
)
def test_a_heading_with_a_second_sentence_or_an_hour_names_its_author_alone(
    read: ReadText, text: str, by: str
) -> None:
    (draft,) = read(f"{text}\n\nУ Покровську поранено двох мешканців міста.")
    assert draft.by == by


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Fuel has run out in Pokrovsk, an aid worker said on condition of anonymity.", "an aid"),
        ("За словами військових, ворог накопичує сили біля Покровська.", "військових"),
        ("По словам жителей, в Покровске нет света.", "жителей"),
        ("Ранее глава района Роман Коваль заявил, что в Покровске идут бои.", "глава района"),
        ("Водночас мер Роман Коваль заявив, що у Покровську тривають бої.", "мер Роман Коваль"),
        ("Мер Роман Коваль 7 листопада заявив, що в Покровську бої.", "Мер Роман Коваль"),
        ("В Покровске идут бои, сообщили в штабе бригады.", "штабе бригады"),
        ("2/ The 9th Brigade says it repelled an attack in Pokrovsk.", "The 9th Brigade"),
    ],
)
def test_a_speaker_is_named_without_what_stands_around(read: ReadText, text: str, by: str) -> None:
    (draft,) = read(text)
    assert draft.by is not None
    assert draft.by.startswith(by)
    assert not any(char.isdigit() for char in draft.by.replace("9th", ""))


@pytest.mark.parametrize(
    ("text", "attribution"),
    [
        ("Fuel has run out in Pokrovsk, an aid worker said.", "anonymous"),
        ("За словами військових, у Покровську тихо, вбито двох.", "unnamed_group"),
    ],
)
def test_people_by_a_common_noun_are_not_the_author(
    read: ReadText, text: str, attribution: str
) -> None:
    (draft,) = read(text)
    assert draft.attribution == attribution


@pytest.mark.parametrize(
    "text",
    [
        "They attacked near Pokrovsk but made no confirmed advances.",
        "Troops of the “Center” group attacked in Pokrovsk with no reported losses.",
    ],
)
def test_a_participle_before_a_thing_is_no_saying(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert draft.by is None


def test_what_he_says_is_not_the_narrators_though_nobody_knows_who_he_is(read: ReadText) -> None:
    (draft,) = read("За його словами, у Покровську вбито двох росіян.")
    assert (draft.kind, draft.attribution, draft.by) == ("claim", "named", None)


def test_where_a_speaker_was_is_not_where_it_happened(read: ReadText) -> None:
    text = "Governor Roman Koval, visiting Dobropillia, said that shells fell in Pokrovsk."
    (draft,) = read(text)
    assert [place.name for place in draft.places] == ["Pokrovsk"]


def test_the_day_between_a_name_and_its_verb_is_that_of_the_saying(read: ReadText) -> None:
    (draft,) = read("Мер Роман Коваль 7 листопада заявив, що в Покровську бої.")
    assert (draft.day, draft.happened) == ("2025-11-07", None)


def test_who_rejects_what_others_claim_denies_it_and_holds_what_he_holds(read: ReadText) -> None:
    text = (
        "The Ukrainian army said it still held Pokrovsk, rejecting a Russian claim that the"
        " city had been surrounded."
    )
    (draft,) = read(text)
    assert (draft.control, draft.encirclement) == ("ukrainian_held", "none")


@pytest.mark.parametrize(
    "text",
    [
        "The observer Roman Koval said that the encirclement of Pokrovsk is not complete.",
        "Оглядач Роман Коваль сказав, що оточення Покровська ще не повне.",
    ],
)
def test_a_ring_that_is_not_whole_is_neither_none_nor_one(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert draft.encirclement is None


def test_a_past_denial_in_ukrainian_is_one(read: ReadText) -> None:
    (draft,) = read("Речник Роман Коваль спростував їхні заяви про втрату Покровська.")
    assert draft.negation
    assert draft.by == "Речник Роман Коваль"


def test_a_share_before_a_dash_is_no_dateline(read: ReadText) -> None:
    text = "Російські війська контролюють близько 46% Покровська, ще 48% — сіра зона."
    (draft,) = read(text)
    assert (draft.control, draft.share) == ("russian_held", "part")


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Russian forces hold 80 percent of Pokrovsk.", "most"),
        ("Russian forces hold 20 percent of Pokrovsk.", "part"),
        ("Російські війська контролюють 60 відсотків Покровська.", "most"),
        ("Російські війська контролюють третину Покровська.", "part"),
        ("Российские войска контролируют 15 процентов Покровска.", "part"),
    ],
)
def test_a_share_is_most_only_from_half_on(read: ReadText, text: str, share: str) -> None:
    """Twenty percent was read as most of a town."""
    (draft,) = read(text)
    assert (draft.control, draft.share) == ("russian_held", share)


def test_half_of_a_quotation_speaks_nothing(read: ReadText) -> None:
    text = 'Части группы "Север" ведут бои в Покровске, сообщили в штабе.'
    (draft,) = read(text)
    assert draft.by == "штабе"
    assert [place.name for place in draft.places] == ["Pokrovsk"]


def test_the_ministry_by_its_common_noun_is_the_one_named_before(read: ReadText) -> None:
    text = "В Покровске идут бои, сообщили в Минобороны.\n\nПо данным ведомства, в Мирнограде тихо."
    first, *_ = read(text)
    assert {draft.by for draft in read(text)} == {first.by}


def test_an_area_that_something_happens_in_is_no_town(read: ReadText) -> None:
    (draft,) = read("У Шахівській громаді пошкоджено три будинки.")
    (place,) = draft.places
    assert place.precision == "area"


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("The mayor said that shelling hit Pokrovsk.", "operation"),
        ("Мер сказав, що росіяни вбили двох людей у Покровську.", "losses"),
        ("Мэр сказал, что попытки деблокирования Покровска отбиты.", "operation"),
    ],
)
def test_a_claim_of_fighting_has_its_type(read: ReadText, text: str, type_: str) -> None:
    (draft,) = read(text)
    assert (draft.kind, draft.type) == ("claim", type_)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Генштаб: ворог двічі атакував Покровськ.", "Генштаб"),
        ("ISW: Russian forces have not encircled Pokrovsk.", "ISW"),
        ("Petrenko: fighting goes on in Pokrovsk.", "Petrenko"),
        ("Петренко: в Покровске идут бои.", "Петренко"),
        ("A depot burned down in Pokrovsk – police.", "police"),
        ("У Покровську згорів склад боєприпасів — ОВА.", "ОВА"),
        ("У Покровську згорів склад, — Вигаданко.", "Вигаданко"),
        (
            "В Покровске сгорел склад боеприпасов – глава ОВА Пётр Выдуманный.",
            "глава ОВА Пётр Выдуманный",
        ),
    ],
)
def test_who_stands_before_a_colon_or_behind_the_last_dash_says_it(
    read: ReadText, text: str, by: str
) -> None:
    """The author of the text was taken for the one who says it."""
    (draft,) = read(f"Town burned.\n\n{text}")
    kind = "assessment" if by == "ISW" else "claim"
    assert (draft.by, draft.attribution, draft.kind) == (by, "named", kind)


@pytest.mark.parametrize(
    "text",
    [
        "Kharkov: a strike hit Pokrovsk.",
        "Ситуація: у Покровську тривають бої.",
        "Головна мета ворога цієї осені — Покровськ.",
        "Покровськ: у центрі тривають бої.",
        "Покровськ обороняє одна бригада — 138-ма.",
    ],
)
def test_a_place_or_a_thing_before_a_colon_or_behind_a_dash_says_nothing(
    read: ReadText, text: str
) -> None:
    assert {draft.by for draft in read(text)} <= {None}


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("5 листопада Генштаб повідомив про бої в Покровську.", "Генштаб"),
        ("5 лист. 2025 р. Генштаб повідомив про бої в Покровську.", "Генштаб"),
        ("5 ноября Минобороны сообщило о боях в Покровске.", "Минобороны"),
        ("On November 5 the brigade reported fighting in Pokrovsk.", "the brigade"),
        ("The brigade reported on Nov. 5 that Pokrovsk burned. Sept. 30 was quiet.", "The brigade"),
    ],
)
def test_the_day_before_a_name_is_that_of_the_saying_and_no_part_of_the_name(
    read: ReadText, text: str, by: str
) -> None:
    """“Nov.” ended the sentence, and what followed it was the author's."""
    draft = read(text)[0]
    assert (draft.by, draft.day) == (by, "2025-11-05")


@pytest.mark.parametrize(
    "words",
    ["the village of Blahodatne", "the settlement Blahodatne", "the village of Rivnopillia"],
)
def test_the_village_of_a_name_is_not_the_town_named_before(read: ReadText, words: str) -> None:
    text = f"Ukrainian troops hold Pokrovsk. Russian troops captured {words} on Sunday."
    _, captured = read(text)
    assert [place.name for place in captured.places] == [words.rpartition(" ")[2]]


def test_an_oblast_with_its_article_tells_namesakes_apart(read: ReadText) -> None:
    (draft,) = read("Shells fell in Pokrovsk in the Donetsk region, killing two people.")
    assert [place.name for place in draft.places] == ["Pokrovsk"]


_OURS = "ukrainian_held"  # "we", of a brigade that a Ukrainian text need not call Ukrainian
_TALK = (
    ("Інтерв’ю з речником бригади Романом Ковалем, 5 листопада", "речником бригади Романом", _OURS),
    ("Интервью с пресс-секретарём бригады Романом Ковалем", "пресс-секретарём бригады", None),
    ("Interview with Roman Koval, a spokesman", "Roman Koval", None),
)


@pytest.mark.parametrize(("heading", "by", "control"), _TALK)
def test_whom_an_interview_speaks_of_gives_no_answers(
    read: ReadText, heading: str, by: str, control: str | None
) -> None:
    turns = "— Росіяни кажуть, що взяли Мирноград.\n— Ми контролюємо Покровськ і не відійшли."
    asked, answered = read(f"{heading}\n\n{turns}")
    assert asked.by == "Росіяни"
    assert (answered.by or "").startswith(by)
    assert answered.control == control


def test_a_letter_before_an_answer_is_no_speaker(read: ReadText) -> None:
    (draft,) = read("Interview with Roman Koval\n\nQ: And Pokrovsk?\nA: Pokrovsk is not lost yet.")
    assert (draft.by, draft.text) == ("Roman Koval", "Pokrovsk is not lost yet.")


def test_a_neuter_office_speaks(read: ReadText) -> None:
    (draft,) = read("Міноборони РФ заявило про бої за Покровськ.")
    assert draft.by == "Міноборони РФ"


def test_as_reported_names_nobody(read: ReadText) -> None:
    (draft,) = read("Around 5 November 2025 (as reported), a drone struck a depot near Pokrovsk.")
    assert draft.by is None


def test_a_day_of_next_week_without_its_year_is_not_last_years(read: ReadText) -> None:
    (draft,) = read("20 листопада автобус із Покровська вирушить о 10:00.")
    assert (draft.happened, draft.basis) == (None, "publication")


def test_the_loss_of_a_town_is_no_casualty(read: ReadText) -> None:
    (draft,) = read("Мирноград під контролем ЗСУ, бригада спростовує вкиди про втрату міста.")
    assert draft.type != "losses"
    assert draft.negation


def test_the_town_after_a_governor_is_not_the_governors(read: ReadText) -> None:
    text = "Kharkiv governor Roman Koval denied it. Russian troops control 60 percent of the town."
    assert all(place.name != "Kharkiv" for draft in read(text) for place in draft.places)


def test_a_bridge_called_after_a_village_is_not_the_village(read: ReadText) -> None:
    text = "Ворог двічі атакував у районі Антонівського мосту та біля Покровська."
    assert [place.name for place in read(text)[0].places] == ["Pokrovsk"]


def test_new_year_is_no_place(read: ReadText) -> None:
    (draft,) = read("Наш командир говорит: «Покровск будет взят до Нового года».")
    assert [place.name for place in draft.places] == ["Pokrovsk"]


@pytest.mark.parametrize(
    "text",
    [
        "У Покровську вбито двох людей, без Маріуполя і Волновахи.",
        "В Покровске погибли двое, кроме Волновахи.",
        "Two people were killed in Pokrovsk, excluding Volnovakha.",
    ],
)
def test_what_is_left_out_is_not_where_it_happened(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert [place.name for place in draft.places] == ["Pokrovsk"]


def test_a_date_at_the_head_of_a_line_is_no_hour(read: ReadText) -> None:
    (draft,) = read("17.11.2025 о 15:20 дрон влучив в автомобіль у Покровську.")
    assert (draft.day, draft.text[:10]) == ("2025-11-17", "17.11.2025")


@pytest.mark.parametrize("mark", ["🔺", "💥", "➡️", "1/ 🧵", "▫️"])
def test_a_sign_before_a_line_is_no_part_of_it(read: ReadText, mark: str) -> None:
    (draft,) = read(f"{mark} Ворог атакував біля Покровська.")
    assert draft.text == "Ворог атакував біля Покровська."


@pytest.mark.parametrize(
    ("heading", "by"),
    [
        ("Генеральний штаб ЗСУ, ранкове зведення 19 листопада 2025 року", "Генеральний штаб ЗСУ"),
        ("Дружківська міська рада інформує", "Дружківська міська рада"),
    ],
)
def test_what_a_text_is_belongs_to_no_name(read: ReadText, heading: str, by: str) -> None:
    (draft,) = read(f"{heading}\n\nВорог атакував біля Покровська.")
    assert draft.by == by


def test_the_road_to_a_town_is_not_in_it(read: ReadText) -> None:
    (draft,) = read("The road to Pokrovsk has been closed since Friday, police said.")
    assert draft.places[0].role == "toward"


def test_an_encircled_enemy_is_encircled(read: ReadText) -> None:
    (draft,) = read("Our units continued to destroy the encircled enemy in Pokrovsk.")
    assert draft.encirclement == "claimed"


def test_grishino_is_the_village_of_today(read: ReadText) -> None:
    """The desk knew it as what Pokrovsk was called before 1934."""
    (draft,) = read("Six attacks were repelled near Grishino.")
    assert [place.name for place in draft.places] == ["Hryshyne"]


def test_earlier_reports_are_nobodys(read: ReadText) -> None:
    (draft,) = read("Earlier reports of a strike on Pokrovsk were false.")
    assert draft.by is None


@pytest.mark.parametrize(
    "text",
    [
        "У Покровську до 300 окупантів. Сили оборони контролюють північ міста.",
        "В Покровске идут бои. Украинские войска контролируют север города.",
    ],
)
def test_the_north_of_the_town_is_a_part_of_it(read: ReadText, text: str) -> None:
    draft = read(text)[-1]
    assert (draft.control, draft.share) == ("ukrainian_held", "part")
