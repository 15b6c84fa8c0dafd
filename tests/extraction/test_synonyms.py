"""A sentence means the same with another verb of its class: no rule knows one word of it only."""

import pytest

from tests.extraction.conftest import ReadText

SAID = {
    "en": (
        "{} that troops shelled Rodynske and wounded two people.",
        ["The brigade", "Mayor Ihor Tkach"],
        (
            "said reported stressed emphasised underlined noted asserted alleged declared revealed"
            " reiterated conceded boasted clarified admitted stresses alleges suggested highlighted"
        ),
    ),
    "uk": (
        "{}, що війська обстріляли Родинське й поранили двох людей.",
        ["Міноборони РФ", "Міністерство"],
        (
            "повідомило зазначило наголосило підкреслило відзначило поінформувало запевняє визнало"
            " зауважило переконує вказує констатувало доповіло похвалилося розповіло передає"
        ),
    ),
    "ru": (
        "{}, что войска обстреляли Родинское и ранили двух человек.",
        ["Минобороны РФ", "Министерство"],
        (
            "сообщило отметило подчеркнуло рассказало указало уверяет признало констатировало"
            " проинформировало поясняет заверило напомнило похвасталось заметило передаёт"
        ),
    ),
}
EACH_SAID = [
    (language, by, verb, rest)
    for language, (rest, speakers, verbs) in SAID.items()
    for by in speakers
    for verb in verbs.split()
]


@pytest.mark.parametrize(("language", "by", "verb", "rest"), EACH_SAID)
def test_whoever_says_it_is_its_speaker_whatever_the_verb(
    read: ReadText, language: str, by: str, verb: str, rest: str
) -> None:
    """Behind a verb that no rule knew, what somebody said was an event, or the author's words."""
    (draft,) = read(rest.format(f"{by} {verb}"), language)
    assert (draft.by, draft.kind) == (by, "claim")


@pytest.mark.parametrize(
    "text",
    [
        "As reported by the brigade, troops entered Rodynske.",
        "Per the brigade, troops entered Rodynske.",
        "За версією бригади, війська увійшли до Родинського.",
        "Згідно зі зведенням бригади, війська увійшли до Родинського.",
        "Війська увійшли до Родинського, йдеться у повідомленні бригади.",
        "По версии бригады, войска вошли в Родинское.",
        "Согласно сводке бригады, войска вошли в Родинское.",
    ],
)
def test_words_before_a_source_have_their_synonyms_too(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert draft.by in {"the brigade", "бригади", "бригады"}


@pytest.mark.parametrize(
    "text",
    [
        "Російські війська встановили прапор у Родинському.",
        "Волонтери передали автівку підрозділу в Родинському.",
        "Российские войска установили флаг в Родинском.",
        "Бойцы заметили дрон над Родинским, двое ранены.",
        "The town boasted a market until shells hit Rodynske.",
        "Russian troops maintained positions near Rodynske.",
    ],
)
def test_a_verb_of_speech_that_means_something_else_here_makes_no_speaker(
    read: ReadText, text: str
) -> None:
    """“Set up” a flag was read as “established that”: the troops spoke."""
    assert [draft.by for draft in read(text)] == [None]
