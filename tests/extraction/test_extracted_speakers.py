"""Who says what a sentence states, and on which day."""

import pytest

from tests.extraction.conftest import ReadText


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


def test_a_ministry_that_reported_yesterday_is_the_speaker_of_that_day(read: ReadText) -> None:
    (draft,) = read("Минобороны вчера доложило об ударе по складу в Покровске.")
    assert (draft.by, draft.day, draft.happened) == ("Минобороны", "2025-11-17", None)


def test_a_channel_has_its_whole_name_and_the_name_is_no_quotation(read: ReadText) -> None:
    (draft,) = read("Канал «Выдуманный вестник» пишет, что бои идут в Покровске.")
    assert (draft.by, draft.quote) == ("Канал «Выдуманный вестник»", None)


def test_whoever_denies_saying_something_else_is_the_speaker_of_both(read: ReadText) -> None:
    (_, draft) = read(
        "Shells fell in Pokrovsk. The army denied it within hours, saying its garrison still"
        " held the base there."
    )
    assert (draft.by, draft.negation, draft.control) == ("The army", True, None)
    assert [place.name for place in draft.places] == ["Pokrovsk"]


def test_a_post_is_by_the_name_above_its_bracketed_time(read: ReadText) -> None:
    (draft,) = read("Вигадана бригада\n\n[14.11.2025 21:05]\n\nСнаряди впали в Покровську.")
    assert (draft.by, draft.day, draft.kind) == ("Вигадана бригада", "2025-11-14", "claim")


def test_a_call_sign_belongs_to_the_name_of_whoever_bears_it(read: ReadText) -> None:
    (draft,) = read("За словами командира на псевдо «Вигадко», снаряди впали біля Покровська.")
    assert draft.by == "командира на псевдо «Вигадко»"


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
