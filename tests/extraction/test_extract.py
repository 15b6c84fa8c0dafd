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


def test_a_title_that_ends_in_a_bracket_states_nothing(read: ReadText) -> None:
    assert read("Сводка из Покровска (по состоянию на 6 ноября 2025 г.)\n") == []


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


def test_a_measure_is_not_a_denial(read: ReadText) -> None:
    (draft,) = read("По словам пленного, в Покровске остаётся не больше роты.")
    assert not draft.negation
