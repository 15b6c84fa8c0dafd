"""What is made of a sentence, and above all what is not."""

import pytest

from commands.shared.extraction.extracted_draft import ExtractedDraft
from tests.extraction.conftest import ReadText


def hold(drafts: list[ExtractedDraft]) -> list[tuple[str, str | None, str | None]]:
    return [(place.name, draft.control, draft.share) for draft in drafts for place in draft.places]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "The bakery opens at seven, and its owner likes jazz.",
        "Who will rebuild Pokrovsk?",
        "Subscribe to our channel for news of Pokrovsk.",
        "Підписуйтесь на канал про Покровськ!",
        "Редакция благодарит читателей.",
        "“War is paperwork,” a clerk in Pokrovsk joked.",
        "By Vasyl Vyhadanyi in Pokrovsk",
        "https://pokrovsk.example/news",
        "🔥🔥🔥",
    ],
)
def test_what_states_nothing_gives_no_draft(read: ReadText, text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Russian troops entered Pokrovsk.",
        "Russian troops advanced in Pokrovsk.",
        "Russian troops are in Pokrovsk.",
        "Russian forces want to capture Pokrovsk.",
        "Russian forces failed to capture Pokrovsk.",
        "Russian forces may have captured Pokrovsk.",
        "Russian forces have not captured Pokrovsk.",
        "Russian forces reportedly captured Pokrovsk.",
        "The army denied that Russian forces controlled Pokrovsk.",
        "Russian forces captured a strongpoint in Pokrovsk.",
        "A road connects Pokrovsk with the rest of Ukrainian-controlled territory.",
        "Russian forces captured the railway station in Pokrovsk.",
        "Reports that Russian forces captured Pokrovsk are untrue.",
        "If Russian forces captured Pokrovsk, the road would close.",
        "Російські війська увійшли до Покровська.",
        "Російські війська просунулися в Покровську.",
        "Російські війська намагаються захопити Покровськ.",
        "Російські війська не захопили Покровськ.",
        "Російські війська нібито захопили Покровськ.",
        "Бригада заперечила, що російські війська захопили Покровськ.",
        "Російські війська захопили опорний пункт у Покровську.",
        "Повідомлення про те, що російські війська захопили Покровськ, – фейк.",
        "Российские войска вошли в Покровск.",
        "Российские войска продвинулись в Покровске.",
        "Российские войска пытаются захватить Покровск.",
        "Российские войска не захватили Покровск.",
        "Российские войска якобы захватили Покровск.",
        "Бригада опровергла, что российские войска захватили Покровск.",
        "Российские войска заняли опорный пункт в Покровске.",
        "Plans for the capture of Pokrovsk were discussed in Moscow.",
        "The battle for the liberation of Pokrovsk goes on, the army said.",
        "Kyiv reported the capture of Pokrovsk by Russian troops.",
        "Ukraine reported the capture of Pokrovsk.",
        "План захоплення Покровська обговорили в Москві.",
        "Бої за звільнення Покровська тривають, повідомила бригада.",
        "Планы по освобождению Покровска обсуждались в Москве.",
        "Бои за освобождение Покровска продолжаются, сообщила бригада.",
    ],
)
def test_no_status_where_none_is_stated(read: ReadText, text: str) -> None:
    drafts = read(text)
    assert drafts, "it is a statement all the same"
    assert {draft.control for draft in drafts} == {None}


@pytest.mark.parametrize(
    ("text", "control", "share"),
    [
        ("Russian forces captured the village of Novohrodivka.", "russian_held", "unspecified"),
        ("Ukrainian forces hold most of Pokrovsk.", "ukrainian_held", "most"),
        ("Russian forces hold the eastern part of Pokrovsk.", "russian_held", "part"),
        ("Most of Pokrovsk is contested.", "contested", "most"),
        ("Російські війська захопили Новогродівку.", "russian_held", "unspecified"),
        ("Сили оборони утримують більшу частину Покровська.", "ukrainian_held", "most"),
        ("Российские войска заняли Новогродовку.", "russian_held", "unspecified"),
        ("Украинские войска удерживают большую часть Покровска.", "ukrainian_held", "most"),
        ("Russian troops completed the capture of Novohrodivka.", "russian_held", "unspecified"),
        ("Russia said the capture of Novohrodivka was complete.", "russian_held", "unspecified"),
        (
            "Генштаб повідомив про звільнення Новогродівки українськими військами.",
            "ukrainian_held",
            "unspecified",
        ),
        ("Росія заявила про захоплення Новогродівки.", "russian_held", "unspecified"),
        (
            "Київ повідомив про захоплення Новогродівки російськими військами.",
            "russian_held",
            "unspecified",
        ),
        (
            "Минобороны России сообщило об освобождении посёлка Новогродовка.",
            "russian_held",
            "unspecified",
        ),
        (
            "Российские войска завершили освобождение Новогродовки, заявил генерал Иванов.",
            "russian_held",
            "unspecified",
        ),
    ],
)
def test_a_status_that_is_stated_is_given_with_its_share(
    read: ReadText, text: str, control: str, share: str
) -> None:
    assert [(draft.control, draft.share) for draft in read(text)] == [(control, share)]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Подразделения освободили Новогродовку, заявило Минобороны РФ.", "Минобороны РФ"),
        ("Ukrainian troops hold Pokrovsk, said the General Staff.", "the General Staff"),
    ],
)
def test_who_took_a_town_is_not_who_says_so(read: ReadText, text: str, by: str) -> None:
    """The whole of what had been done stood as the speaker's name, or there was no draft."""
    (draft,) = read(text)
    assert draft.by == by
    assert draft.control is not None


def test_a_russian_name_is_known_before_the_text_has_named_any_place(read: ReadText) -> None:
    """Places are looked up only in a text that names some near the desk's: this one does, later."""
    first, *_ = read(
        "Минобороны России сообщило об освобождении населённого пункта Новоэкономическое."
        " Бои идут у Мирнограда."
    )
    assert [place.ref for place in first.places] == ["P-5664"]


def test_a_status_goes_to_its_own_village_alone(read: ReadText) -> None:
    drafts = read("Russian forces captured Novohrodivka and attacked near Hryshyne.")
    assert hold(drafts) == [
        ("Novohrodivka", "russian_held", "unspecified"),
        ("Hryshyne", None, None),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Pokrovsk is encircled, Russia’s defence ministry said.", "claimed"),
        ("Pokrovsk is not encircled, Colonel Vasyl Vyhadanyi said.", "none"),
        ("Russian troops may encircle Pokrovsk, Colonel Vasyl Vyhadanyi said.", "threatened"),
        ("Полковник Василь Вигаданий заперечив, що Покровськ оточено.", "none"),
        ("Полковник Вымыслов сообщил, что Покровск окружён.", "claimed"),
    ],
)
def test_encirclement_is_a_field_of_its_own(read: ReadText, text: str, value: str) -> None:
    (draft,) = read(text)
    assert (draft.encirclement, draft.control) == (value, None)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Shells fell near Pokrovsk.", "near"),
        ("Columns moved toward Pokrovsk.", "toward"),
        ("A missile struck a depot in Pokrovsk.", "at"),
        ("Снаряди впали біля Покровська.", "near"),
        ("Колонна двинулась в сторону Покровска.", "toward"),
    ],
)
def test_near_a_place_and_on_the_way_to_it_is_not_in_it(
    read: ReadText, text: str, role: str
) -> None:
    assert [place.role for draft in read(text) for place in draft.places] == [role]


def test_an_undecided_namesake_has_no_reference_and_its_choices_are_told(read: ReadText) -> None:
    (draft,) = read("A missile struck a school in the village of Ivanivka.")
    assert [(place.name, place.ref) for place in draft.places] == [("Ivanivka", None)]
    (problem,) = draft.problems
    assert problem.startswith("“Ivanivka” may be: ")
    assert problem.count("Ivanivka") > 2


def test_what_is_said_and_when_is_kept_apart_from_what_happened(read: ReadText) -> None:
    (draft,) = read(
        "Colonel Vasyl Vyhadanyi said on Monday that a missile hit Pokrovsk on November 14."
    )
    assert (draft.day, draft.happened) == ("2025-11-17", "2025-11-14")
    assert (draft.kind, draft.by, draft.attribution) == (
        "claim",
        "Colonel Vasyl Vyhadanyi",
        "named",
    )


def test_he_is_the_speaker_of_the_sentence_before(read: ReadText) -> None:
    drafts = read(
        "Colonel Vasyl Vyhadanyi said that shells fell near Pokrovsk. He added that two houses"
        " burned in Hryshyne."
    )
    assert [draft.by for draft in drafts] == ["Colonel Vasyl Vyhadanyi"] * 2


def test_whoever_does_not_want_to_be_named_is_anonymous(read: ReadText) -> None:
    (draft,) = read("An officer said on condition of anonymity that shells fell near Pokrovsk.")
    assert draft.attribution == "anonymous"


def test_a_denial_is_marked(read: ReadText) -> None:
    (draft,) = read("Colonel Vasyl Vyhadanyi denied that Russian troops were in Pokrovsk.")
    assert draft.negation


def test_a_quotation_is_word_for_word_without_its_marks(read: ReadText) -> None:
    (draft,) = read("“Nobody  is leaving Pokrovsk, not now,” Colonel Vasyl Vyhadanyi said.")
    assert draft.quote == "Nobody  is leaving Pokrovsk, not now"


def test_offsets_count_code_points(read: ReadText) -> None:
    text = "🔥🔥 Shells fell near Pokrovsk."
    (draft,) = read(text)
    (place,) = draft.places
    assert text[slice(*place.why)] == "Pokrovsk"
    assert draft.span[1] == len(text)


def test_a_speaker_who_holds_a_title_of_a_town_gives_no_place(read: ReadText) -> None:
    (draft,) = read("The mayor of Dnipro, Vasyl Vyhadanyi, said shells fell near Pokrovsk.")
    assert [place.name for place in draft.places] == ["Pokrovsk"]


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell near Pokrovsk, and fighters entered Vyhadane in South Mriia on Monday.",
        "Shells fell near Pokrovsk. A drone hit a mill near Vyhadane, South Mriia, on Monday.",
    ],
)
def test_the_unknown_region_behind_a_village_is_no_place_of_its_own(
    read: ReadText, text: str
) -> None:
    names = [place.name for draft in read(text) for place in draft.places]
    assert names == ["Pokrovsk", "Vyhadane"]


def test_a_list_of_unknown_villages_loses_none(read: ReadText) -> None:
    (draft,) = read("Shells fell near Pokrovsk, Vyhadane, Mriine and Kazkove.")
    assert [place.name for place in draft.places] == ["Pokrovsk", "Vyhadane", "Mriine", "Kazkove"]


def test_an_oblast_right_behind_a_village_settles_it(read: ReadText) -> None:
    (draft,) = read("Бригада отошла северо-восточнее Гуляйполя Запорожской области.")
    assert [place.ref for place in draft.places] == ["P-707898"]


def test_an_oblast_with_several_such_villages_settles_none(read: ReadText) -> None:
    (draft,) = read("Снаряды упали в районе Антоновки Херсонской области.")
    (place,) = draft.places
    assert (place.ref, draft.problems[0].count("Kherson Oblast")) == (None, 3)


def test_a_direction_farther_off_settles_the_villages_of_its_sentence(read: ReadText) -> None:
    (draft,) = read("На Гуляйпільському напрямку снаряди впали біля Солодкого.")
    assert [place.ref for place in draft.places] == ["P-8434"]


def test_since_a_day_tells_when_it_began_and_not_when_it_was_said(read: ReadText) -> None:
    (draft,) = read("Vilne, which the brigade says it has held since 4 November, lies in Pokrovsk.")
    assert (draft.by, draft.day) == ("the brigade", "../2025-11-18")
    assert draft.happened == "2025-11-04/2025-11-18"


def test_what_footage_shows_happened_when_it_came_out_or_before(read: ReadText) -> None:
    (draft,) = read("Geolocated footage published on 14 November shows a burnt mill in Pokrovsk.")
    assert (draft.happened or draft.day) == "../2025-11-14"


def test_whoever_debunks_a_video_does_not_speak_on_the_day_it_was_spread(read: ReadText) -> None:
    (draft,) = read("Відео, яке вчора виклали канали, знято не в Покровську, а торік у Гришиному.")
    assert (draft.attribution, draft.happened or draft.day) == ("narrator", "2024")


def test_a_title_that_ends_in_a_bracket_states_nothing(read: ReadText) -> None:
    assert read("Сводка из Покровска (по состоянию на 6 ноября 2025 г.)\n") == []


def test_what_two_speakers_say_in_one_sentence_is_two_drafts(read: ReadText) -> None:
    drafts = read(
        "Mayor Vasyl Vyhadanyi said shells fell in Dnipro, while the military said its troops"
        " were holding Pokrovsk."
    )
    assert [(draft.by, [place.name for place in draft.places]) for draft in drafts] == [
        ("Mayor Vasyl Vyhadanyi", ["Dnipro"]),
        ("the military", ["Pokrovsk"]),
    ]


def test_a_sentence_with_one_speaker_is_not_parted(read: ReadText) -> None:
    (draft,) = read(
        "Mayor Vasyl Vyhadanyi said shells fell in Dnipro but denied that Pokrovsk burned."
    )
    assert draft.by == "Mayor Vasyl Vyhadanyi"


def test_a_village_is_not_taken_for_the_town_whose_case_its_name_looks_like(
    read: ReadText,
) -> None:
    drafts = read("На Покровському напрямку тихо. Снаряди впали в селі Покровське.")
    refs = [place.ref for draft in drafts for place in draft.places if place.role == "at"]
    assert refs == [None]


def test_an_undecided_direction_is_not_the_town_after_which_it_is_called(read: ReadText) -> None:
    drafts = read("На Олександрівському напрямку ворог тричі атакував.")
    assert {place.role for draft in drafts for place in draft.places} <= {"toward"}


def test_a_region_called_like_a_town_is_not_that_town(read: ReadText) -> None:
    (draft,) = read("Shells fell near Pokrovsk and in Novopavlivka in Dnipropetrovsk region.")
    assert [place.ref for place in draft.places] == ["P-704422", "P-699373"]


@pytest.mark.parametrize(
    "text",
    [
        "Снаряди впали в Покровську. Жоден населений пункт не втрачено вночі 5 листопада.",
        "Снаряды упали в Покровске. Бригада ушла от Небывалого Яра, но в посёлке ещё идут бои.",
    ],
)
def test_the_village_is_not_the_one_named_before_if_another_may_be_meant(
    read: ReadText, text: str
) -> None:
    for draft in read(text)[1:]:
        assert "Pokrovsk" not in [place.name for place in draft.places]


def test_a_direction_alone_states_nothing(read: ReadText) -> None:
    assert read("Красноармейское направление, главное к вечеру.") == []


def test_a_ministry_that_reported_yesterday_is_the_speaker_of_that_day(read: ReadText) -> None:
    (draft,) = read("Минобороны вчера доложило об ударе по складу в Покровске.")
    assert (draft.by, draft.day, draft.happened) == ("Минобороны", "2025-11-17", None)


def test_a_channel_has_its_whole_name_and_the_name_is_no_quotation(read: ReadText) -> None:
    (draft,) = read("Канал «Выдуманный вестник» пишет, что бои идут в Покровске.")
    assert (draft.by, draft.quote) == ("Канал «Выдуманный вестник»", None)


@pytest.mark.parametrize(
    "text",
    [
        "Сьогодні евакуаційний автобус вирушить з Покровська.",
        "Сегодня автобус отправится из Покровска, эвакуация продолжается.",
        "An evacuation bus will leave Pokrovsk today.",
    ],
)
def test_what_is_planned_is_no_event(read: ReadText, text: str) -> None:
    assert {draft.kind for draft in read(text)} == {"claim"}


def test_a_rumour_that_is_called_a_lie_is_denied(read: ReadText) -> None:
    (draft,) = read("Чутки про те, що ворог зайшов у Покровськ, – ІПСО.")
    assert (draft.negation, draft.attribution) == (True, "narrator")


def test_what_goes_on_no_longer_is_not_denied(read: ReadText) -> None:
    (draft,) = read("Ambulances no longer reach Pokrovsk.")
    assert not draft.negation


def test_whoever_denies_saying_something_else_is_the_speaker_of_both(read: ReadText) -> None:
    (_, draft) = read(
        "Shells fell in Pokrovsk. The army denied it within hours, saying its garrison still"
        " held the base there."
    )
    assert (draft.by, draft.negation, draft.control) == ("The army", True, None)
    assert [place.name for place in draft.places] == ["Pokrovsk"]


@pytest.mark.parametrize(
    "text",
    [
        "The column moved along the Pokrovsk–Pavlohrad road near Hryshyne.",
        "Ворог обстріляв трасу Покровськ – Павлоград біля Гришиного.",
        "Колонна шла по трассе Покровск – Павлоград возле Гришино.",
    ],
)
def test_a_road_is_not_the_towns_after_which_it_is_called(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert [place.name for place in draft.places] == ["Hryshyne"]


@pytest.mark.parametrize(
    "text",
    [
        "На Краматорському та Лиманському напрямках двічі горіли склади.",
        "На Краматорском и Константиновском направлениях дважды горели склады.",
    ],
)
def test_two_directions_with_a_noun_in_common_are_no_towns(read: ReadText, text: str) -> None:
    roles = {place.role for draft in read(text) for place in draft.places}
    assert roles <= {"toward"}


def test_quarters_of_a_town_are_a_part_of_it(read: ReadText) -> None:
    (draft,) = read("Штурмовые группы вошли в восточные кварталы Покровска.")
    assert [(place.name, place.precision) for place in draft.places] == [("Pokrovsk", "part")]


@pytest.mark.parametrize(
    "text",
    [
        "If they do not leave in time, Pokrovsk is encircled.",
        "Якщо вони не відійдуть, Покровськ оточено.",
        "Если они не отойдут, Покровск окружён.",
    ],
)
def test_an_encirclement_on_a_condition_is_only_threatened(read: ReadText, text: str) -> None:
    assert [draft.encirclement for draft in read(text)] == ["threatened"]


def test_words_about_the_text_itself_state_nothing(read: ReadText) -> None:
    assert read("An earlier version of this article misstated the number of dead in Dnipro.") == []


def test_the_village_is_not_the_one_before_where_the_speaker_is_from_another(
    read: ReadText,
) -> None:
    drafts = read("Снаряди впали в Іванопіллі. Зі слів мешканки Небувалого, у селі немає води.")
    assert [place.name for place in drafts[1].places] == []


def test_a_post_is_by_the_name_above_its_bracketed_time(read: ReadText) -> None:
    (draft,) = read("Вигадана бригада\n\n[14.11.2025 21:05]\n\nСнаряди впали в Покровську.")
    assert (draft.by, draft.day, draft.kind) == ("Вигадана бригада", "2025-11-14", "claim")


def test_a_call_sign_belongs_to_the_name_of_whoever_bears_it(read: ReadText) -> None:
    (draft,) = read("За словами командира на псевдо «Вигадко», снаряди впали біля Покровська.")
    assert draft.by == "командира на псевдо «Вигадко»"


def test_a_measure_is_not_a_denial(read: ReadText) -> None:
    (draft,) = read("По словам пленного, в Покровске остаётся не больше роты.")
    assert not draft.negation


def test_whoever_is_introduced_before_a_talk_gives_the_answers(read: ReadText) -> None:
    drafts = read(
        "Сергій Вигаданий, речник бригади, в ефірі:\n\n– У Покровську тихо.\n\n– А Гришине?\n\n"
        "– Минулого тижня росіяни втратили в Гришиному 12 людей убитими.\n"
    )
    assert [(draft.by, draft.kind) for draft in drafts] == [("Сергій Вигаданий", "claim")] * 2
    assert (drafts[1].day, drafts[1].happened) == ("../2025-11-18", "2025-11-11/2025-11-18")


def test_a_corps_that_posts_a_video_is_named_without_its_video(read: ReadText) -> None:
    (draft,) = read("The 97th Corps posted a video on Friday that it said showed Pokrovsk.")
    assert draft.by == "The 97th Corps"


def test_there_is_not_where_somebody_may_only_come(read: ReadText) -> None:
    drafts = read(
        "Місто Покровськ оточать, якщо вони прийдуть.\n\nМинулого тижня там загинули 12 людей."
    )
    assert [place.name for draft in drafts[1:] for place in draft.places] == []


@pytest.mark.parametrize(
    "text",
    [
        "The looming winter adds political weight to the battle for Pokrovsk.",
        "The refusal, often described as “not one step back,” costs lives in Pokrovsk.",
    ],
)
def test_what_says_nothing_is_no_speaker(read: ReadText, text: str) -> None:
    """“Winter adds weight” made the winter a speaker, “often described” made one of “often”."""
    assert [draft.by for draft in read(text)] in ([], [None])
