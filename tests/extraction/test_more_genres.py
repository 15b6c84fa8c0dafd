"""Faults that sixteen more genres showed: tables, transcripts, threads, briefings, live pages."""

import pytest

from commands.shared.extraction.extracted_draft import ExtractedDraft
from tests.extraction.conftest import ReadText


def name_places(drafts: list[ExtractedDraft]) -> list[str]:
    return [place.name for draft in drafts for place in draft.places]


@pytest.mark.parametrize(
    "text",
    [
        "Удар по Новоэкономическому нанесён ночью, сообщили в Покровске.",
        "Вночі вдарили по Новоекономічному, повідомили у Покровську.",
        "A missile hit Novoekonomichne overnight, officials said in Pokrovsk.",
    ],
)
def test_where_somebody_said_it_is_not_where_it_happened(read: ReadText, text: str) -> None:
    """“They said in Pokrovsk” made the strike one on Pokrovsk, and left the village out."""
    assert name_places(read(text)) == ["Novoekonomichne"]


def test_a_russian_form_of_a_village_is_known_by_how_it_is_formed(read: ReadText) -> None:
    (draft,) = read("Бои у Мирнограда. Новоэкономическое взято российскими войсками.")[1:]
    assert (draft.places[0].ref, draft.control) == ("P-5664", "russian_held")


@pytest.mark.parametrize(
    "text",
    [
        "У Покровську вбито двох, розповів журналістам Ковальський.",
        "У Покровську вбито двох, додав він зі слів Петровського.",
        "В Покровске убиты двое, добавил он со слов Соколова.",
    ],
)
def test_what_is_formed_like_a_surname_is_no_village(read: ReadText, text: str) -> None:
    assert name_places(read(text)) == ["Pokrovsk"]


def test_a_city_of_another_oblast_is_not_the_village_of_this_one(read: ReadText) -> None:
    """The city of Synelnykove stood for a village of Kharkiv Oblast."""
    text = "Бои у Покровска. Снаряды упали в Синельниково Харьковской области."
    (place,) = read(text)[1].places
    assert place.ref == "P-21945"


def test_the_oblast_behind_a_list_is_that_of_the_whole_list(read: ReadText) -> None:
    text = "Бої біля Покровська. Ворог обстріляв Стариково та Бачівськ Сумської області."
    assert not any(place.ref == "P-704422" for place in read(text)[1].places)


def test_a_town_that_is_named_twice_stands_once(read: ReadText) -> None:
    text = "They attacked near Pokrovsk; north of Pokrovsk; and east of Pokrovsk."
    assert name_places(read(text)) == ["Pokrovsk"]


def test_near_a_far_village_goes_on_with_the_list(read: ReadText) -> None:
    text = "Ворог просунувся у Мирнограді, поблизу Рівнопілля та Яблукового."
    assert [place.role for place in read(text)[0].places] == ["at", "near", "near"]


def test_the_land_behind_a_village_is_no_place_of_its_own(read: ReadText) -> None:
    (draft,) = read("Росіяни захопили село Новомиколаївка на Запоріжжі.")
    assert len(draft.places) == 1


def test_the_road_from_one_town_to_another_is_in_neither(read: ReadText) -> None:
    (draft,) = read("Two tanks burned on the road from Rodynske to Krasnyi Lyman.")
    assert [place.role for place in draft.places] == ["toward", "toward"]


def test_a_name_that_was_settled_is_the_same_place_below(read: ReadText) -> None:
    drafts = read("They seized Sukhyi Yar and attacked in Pokrovsk. Sukhyi Yar burned on Monday.")
    assert {place.ref for draft in drafts for place in draft.places if "Yar" in place.name} == {
        "P-5846"
    }


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Росіяни з Покровська готуються йти на Гришине.", "toward"),
        ("ВСУ тащат в район Доброполья две бригады.", "near"),
        ("Атаки тривали у напрямках Родинського та Гришиного.", "toward"),
        ("Next Russia will turn to Kramatorsk, a general said.", "toward"),
    ],
)
def test_who_goes_to_a_place_is_not_in_it(read: ReadText, text: str, role: str) -> None:
    assert {place.role for place in read(text)[0].places} - {"about"} == {role}


def test_the_place_whose_name_opens_a_paragraph_is_that_of_it(read: ReadText) -> None:
    drafts = read("Покровск. Наши докладывают, что вокзал взят, идут бои. Рано кричать ура.")
    assert name_places(drafts) == ["Pokrovsk"]
    assert (drafts[0].by, drafts[0].attribution) == ("Наши", "unnamed_group")


def test_each_line_of_a_table_is_a_statement(read: ReadText) -> None:
    """Lines without a full stop were taken for headings: a table gave no draft."""
    drafts = read(
        "Ситуація 18.11.2025\n\nПокровськ — сіра зона, бої в центрі\n"
        "Гришине — під контролем ЗСУ\nНовоекономічне — під контролем РФ\n"
    )
    assert [(draft.places[0].name, draft.control) for draft in drafts] == [
        ("Pokrovsk", "contested"),
        ("Hryshyne", "ukrainian_held"),
        ("Novoekonomichne", "russian_held"),
    ]


def test_a_title_with_an_hour_is_no_statement(read: ReadText) -> None:
    drafts = read("18:42 Two killed in Pokrovsk\nA bomb hit Pokrovsk, killing two, police said.")
    assert [draft.by for draft in drafts] == ["police"]


def test_a_line_with_an_hour_that_heads_nothing_is_one(read: ReadText) -> None:
    assert (
        len(read("14:05 Вибухи у Покровську, двоє поранених\n14:30 Пожежа в Гришиному, один")) == 2
    )


def test_who_speaks_in_a_transcript_is_named_in_capitals(read: ReadText) -> None:
    drafts = read(
        "HOST: Is Pokrovsk lost?\n\nKRUK: No. Pokrovsk is not lost. Fighting goes on there.\n\n"
        "HOST: Moscow says its troops hold Myrnohrad.\n\nKRUK: Myrnohrad is not encircled."
    )
    assert [draft.by for draft in drafts] == ["KRUK", "KRUK", "Moscow", "KRUK"]


def test_a_turn_that_ends_with_a_question_is_the_interviewers(read: ReadText) -> None:
    drafts = read(
        "Интервью с комбатом Романом Ковалем\n\n– Вы ушли из Покровска. Что там было?\n"
        "– В Покровске шли бои, погибли двое."
    )
    assert [draft.text for draft in drafts] == ["В Покровске шли бои, погибли двое."]


@pytest.mark.parametrize(
    ("heading", "by"),
    [
        ("⚡️ Брифинг Минобороны России, 18 ноября 2025 г.", "Минобороны России"),
        ("Сводка Генштаба ВСУ за 18 ноября", "Генштаба ВСУ"),
        ("Минобороны России, 18 ноября", "Минобороны России"),
    ],
)
def test_whose_briefing_it_is_publishes_it(read: ReadText, heading: str, by: str) -> None:
    (draft,) = read(f"{heading}\n\nВ Покровске продолжаются бои, зачищено 12 домов.")
    assert (draft.by, draft.kind) == (by, "claim")


def test_a_centre_of_war_studies_assesses(read: ReadText) -> None:
    text = "Centre for Frontline Studies (CFS)\n\nRussian forces hold most of Pokrovsk."
    (draft,) = read(text)
    assert (draft.kind, draft.control) == ("assessment", "russian_held")


def test_who_is_introduced_above_a_quotation_says_it(read: ReadText) -> None:
    text = "Roman Koval, head of the regional administration:\n\n“Shells fell in Pokrovsk.”"
    (draft,) = read(text)
    assert draft.by == "Roman Koval"


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("We found no proof of a strike on Pokrovsk.", None),
        ("Гришино пока за ВСУ, кто пишет обратное – врёт.", None),
        ("Учора бригада заявила, що в Покровську бої.", "бригада"),
        ("У колонці для газети історик Роман Коваль заявив про бої в Покровську.", "історик"),
        ("Двоє людей загинули в Покровську, повідомив мер Роман Коваль.", "мер Роман Коваль"),
        ("Як уточнили в обласній прокуратурі, у Покровську горіло.", "обласній прокуратурі"),
        ("A clip was uploaded by a drone unit, which says two died in Pokrovsk.", "a drone unit"),
        ("A paper quotes Roman Koval, who denies that Pokrovsk is encircled.", "Roman Koval"),
        ("According to preliminary estimates, 12 people died in Pokrovsk.", None),
        ("В мае 2023 года Россия объявила о взятии Покровска.", "Россия"),
    ],
)
def test_a_speaker_is_somebody(read: ReadText, text: str, by: str | None) -> None:
    (draft,) = read(text)
    assert (draft.by or "").startswith(by or "")
    assert (draft.by is None) is (by is None)


def test_a_dateline_in_capitals_is_no_statement(read: ReadText) -> None:
    text = "ХАРКІВ, 17 листопада. Агенція «Вісник» – Двоє загинули в Покровську, сказав мер Коваль."
    (draft,) = read(text)
    assert draft.text.startswith("Двоє")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Pokrovsk is almost encircled, Roman Koval said.", "threatened"),
        ("Місто Покровськ майже оточене, сказав Роман Коваль.", "threatened"),
        ("They tried to break out of the encirclement near Pokrovsk, Roman Koval said.", "claimed"),
        ("Ukraine denies its troops are surrounded.", "none"),
    ],
)
def test_what_is_almost_encircled_is_not_yet(read: ReadText, text: str, value: str) -> None:
    """A denial without a place was left out; there is a claim of it to file."""
    assert [draft.encirclement for draft in read(text)] == [value]


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("Russian forces had taken Novohrodivka, a village near Pokrovsk.", "russian_held"),
        ("Ukraine recaptured Novohrodivka in October 2025.", "ukrainian_held"),
        ("Russian forces took Friday off in Pokrovsk.", None),
        ("Russian troops have taken 12 prisoners in Pokrovsk.", None),
        ("Котлине — окуповано, за 5 км від Покровська.", None),
    ],
)
def test_a_place_that_is_taken_is_named_right_behind(
    read: ReadText, text: str, control: str | None
) -> None:
    assert {draft.control for draft in read(text)} - {None} == ({control} - {None})


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("The mayor said that Ukrainian brigades moved to Pokrovsk.", "operation"),
        ("The mayor said that ten families arrived from Pokrovsk.", None),
    ],
)
def test_a_move_of_troops_is_an_operation_and_one_of_people_none(
    read: ReadText, text: str, type_: str | None
) -> None:
    """Claims about movement alone had no type."""
    (draft,) = read(text)
    assert draft.type == type_


def test_an_adjective_before_an_office_is_no_town(read: ReadText) -> None:
    text = "У Покровську загинули двоє. Справу розслідує Краматорське районне управління поліції."
    assert name_places(read(text)) in (["Pokrovsk"], ["Pokrovsk", "Pokrovsk"])


def test_the_sector_with_which_a_line_begins_is_not_where_it_happened(read: ReadText) -> None:
    (draft,) = read("Покровск: пехота продвинулась у Родинского, погибли двое.")
    assert [place.name for place in draft.places] == ["Rodynske"]


def test_villages_that_nobody_knows_do_not_become_the_place_above(read: ReadText) -> None:
    drafts = read("Гришино. Освобождены Небывалое и Невидимое.")
    assert "Hryshyne" not in name_places(drafts)


def test_a_pocket_of_villages_is_no_encirclement(read: ReadText) -> None:
    (draft,) = read("Roman Koval says Russian troops hold a pocket of villages near Pokrovsk.")
    assert draft.encirclement is None


def test_the_day_at_the_head_of_a_line_is_that_of_the_line(read: ReadText) -> None:
    statement, happened, undated = read(
        "13 October – The army says that its troops hold Pokrovsk.\n"
        "2 November – Ukrainian troops cleared Hryshyne.\n\n"
        "Shells fell in Myrnohrad, killing two."
    )
    assert (statement.day, statement.happened) == ("2025-10-13", None)
    assert "2025-11-02" in {happened.day, happened.happened}
    assert undated.day == "../2025-11-18"


def test_what_the_author_puts_within_a_quotation_is_not_quoted(read: ReadText) -> None:
    (draft,) = read("«В Покровске бои, – рассказывает Роман Коваль. – Погибли двое».")
    assert draft.by == "Роман Коваль"


def test_a_map_that_shows_a_village_as_held_judges_it(read: ReadText) -> None:
    text = "Shells fell in Pokrovsk. DeepState shows Mala Tokmachka as Ukrainian-held."
    judged = read(text)[1]
    assert (judged.by, judged.control) == ("DeepState", "ukrainian_held")


@pytest.mark.parametrize(
    "text",
    [
        "Українські війська відійшли з Рівнопілля, втрата Гуляйполя не підтверджена.",
        "Украинские войска отошли из Гуляйполя, погибли двое.",
        "Під вогнем були Гуляйполе та Полтавка.",
    ],
)
def test_a_place_of_the_next_oblast_is_found_where_a_text_speaks_of_a_city_near(
    read: ReadText, text: str
) -> None:
    """Nothing was looked up unless the text named a place near the desk's own."""
    first = read(f"Вночі росіяни атакували Запоріжжя, поранені шестеро. {text}")[1]
    assert any(place.ref == "P-707898" or "ляйпо" in place.name for place in first.places)


def test_a_village_of_which_a_status_is_told_is_a_place(read: ReadText) -> None:
    (draft,) = read("Уточнено: Затишок залишається в сірій зоні.")
    assert (draft.control, draft.places[0].ref) == ("contested", None)
    assert len(draft.places[0].choices) > 1


@pytest.mark.parametrize(
    ("text", "by", "day"),
    [
        (
            "The army, in a statement on Monday, said its units were in Pokrovsk.",
            "The army",
            "2025-11-17",
        ),
        (
            "Що пишуть: 13 листопада канали написали про удар по Покровську.",
            "канали",
            "2025-11-13",
        ),
        ("О взятии Покровска объявило Минобороны РФ.", "Минобороны РФ", "../2025-11-18"),
        ("Покровськ, попереджає Нечай, можуть відрізати.", "Нечай", "../2025-11-18"),
        ("Глава района Роман Коваль назвал бои в Покровске тяжёлыми.", "Глава", "../2025-11-18"),
    ],
)
def test_who_says_it_and_when_stands_in_many_orders(
    read: ReadText, text: str, by: str, day: str
) -> None:
    (draft,) = read(text)
    assert (draft.by or "").startswith(by)
    assert draft.day == day


def test_a_photograph_that_shows_something_is_no_caption(read: ReadText) -> None:
    assert read("Фото: пресслужба бригади в Покровську") == []
    assert len(read("Фото, яке додають до допису, зроблене у 2023 році в Покровську.")) == 1


def test_those_who_continue_to_hold_a_town_hold_it(read: ReadText) -> None:
    (draft,) = read("Сили оборони продовжують утримувати Покровськ.")
    assert draft.control == "ukrainian_held"


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell near Pokrovsk, and strikes hit Zaporizhzhia and Odesa oblasts.",
        "Снаряди впали біля Покровська, постраждали Запорізька та Одеська області.",
    ],
)
def test_two_oblasts_with_a_noun_in_common_are_no_cities(read: ReadText, text: str) -> None:
    assert not {"Odesa", "Zaporizhzhia"} & set(name_places(read(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Село Новоэкономическое под Мирноградом перешло под контроль российских войск.",
        "Russian troops hold the village of Novoekonomichne near Myrnohrad.",
    ],
)
def test_the_town_near_which_a_village_lies_only_locates_it(read: ReadText, text: str) -> None:
    assert name_places(read(text)) == ["Novoekonomichne"]


def test_by_his_words_goes_with_who_is_named_in_the_sentence(read: ReadText) -> None:
    drafts = read(
        "Аналитики проекта считают, что Покровск потерян. Представитель корпуса Роман Коваль"
        " назвал это ложью: по его словам, в Покровске идут бои."
    )
    assert (drafts[-1].by or "").startswith("Представитель")


def test_who_denies_something_is_heard_though_the_place_is_not_known(read: ReadText) -> None:
    (draft,) = read('An RSF spokesman denied losing Kazgil, calling the statement "a fantasy".')
    assert (draft.by, draft.negation, draft.places) == ("An RSF spokesman", True, ())


def test_a_quoted_noun_before_a_town_leads_to_it(read: ReadText) -> None:
    (draft,) = read("Канали пишуть про «повне взяття» Покровська – це не відповідає дійсності.")
    assert name_places([draft]) == ["Pokrovsk"]
    assert draft.control is None
