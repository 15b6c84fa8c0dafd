"""A sentence means the same with another verb of its class: no rule knows one word of it only."""

import pytest

from commands.shared.extraction.wording.languages import choose_rules
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


TAKEN = {
    "en": (
        (
            "captured|seized|occupied|conquered|secured|reclaimed|have taken|took control of|retain"
            "|took full control of|retain control of|regained control of|hold|are holding|remain in"
            " control of"
        ),
        "Russian forces {} Rodynske.",
    ),
    "uk": (
        (
            "захопили|окупували|зайняли|взяли|взяли під контроль|взяли під повний контроль"
            "|контролюють|відвоювали|повернули собі|тримають|продовжують утримувати"
        ),
        "Російські війська {} Родинське.",
    ),
    "ru": (
        (
            "захватили|оккупировали|заняли|взяли|взяли под полный контроль|контролируют|отвоевали"
            "|вернули под контроль|держат|продолжают удерживать"
        ),
        "Российские войска {} Родинское.",
    ),
}
EACH_TAKEN = [
    (language, rest, verb) for language, (verbs, rest) in TAKEN.items() for verb in verbs.split("|")
]


@pytest.mark.parametrize(("language", "rest", "verb"), EACH_TAKEN)
def test_whoever_took_or_holds_a_place_holds_it_whatever_the_verb(
    read: ReadText, language: str, rest: str, verb: str
) -> None:
    (draft,) = read(rest.format(verb), language)
    assert (draft.control, draft.by) == ("russian_held", None)
    assert [place.name for place in draft.places] == ["Rodynske"]


@pytest.mark.parametrize(
    "text",
    [
        "The Ukrainian General Staff said that Rodynske was captured by Russian forces.",
        "Ukrainian officials said that Rodynske is in the hands of the Russian army.",
        "Rodynske fell to Russian forces, the Ukrainian army said.",
        "Генштаб ЗСУ повідомив, що Родинське захоплено російськими військами.",
        "За даними ЗСУ, Родинське під контролем росіян.",
        "Українські військові кажуть, що Родинське контролює противник.",
        "За даними ЗСУ, Родинське під російським контролем.",
        "ВСУ признали, что Родинское занято российскими войсками.",
        "По данным ВСУ, Родинское перешло под контроль российских войск.",
    ],
)
def test_whoever_tells_of_a_loss_does_not_hold_the_place(read: ReadText, text: str) -> None:
    """The side of who spoke was the nearest before the verb, and so the holder."""
    (draft,) = read(text)
    assert draft.control == "russian_held"


@pytest.mark.parametrize(
    "text",
    [
        "Ukrainian forces repelled four Russian attacks and hold Rodynske.",
        "ЗСУ відбили атаки росіян і утримують Родинське.",
        "ВСУ отбили атаки россиян и удерживают Родинское.",
        "ВСУ контратакуют, наши держат Родинское.",
        "Генштаб ЗСУ повідомив, що Родинське захоплено.",
        "Ukraine's General Staff said that Rodynske was captured.",
        "It is unclear whether Rodynske was captured by Russian forces.",
    ],
)
def test_who_holds_it_stays_blank_where_two_may(read: ReadText, text: str) -> None:
    """“They beat off the Russian attacks and hold X” gave X to the Russians."""
    (draft,) = read(text)
    assert draft.control is None


@pytest.mark.parametrize(
    "text",
    [
        "Russian forces kept Rodynske under fire.",
        "Російські війська тримають Родинське під обстрілом.",
        "Росіяни взяли Родинське під вогневий контроль.",
        "Росіяни зайняли позиції у Родинському.",
        "ВСУ держат оборону в Родинском.",
        "Россияне держат Родинское под огнём.",
    ],
)
def test_who_keeps_a_town_under_fire_does_not_hold_it(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert draft.control is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Troops attacked twice to the north of Rodynske.", "near"),
        ("Troops attacked twice adjacent to Rodynske.", "near"),
        ("Війська двічі атакували поруч із Родинським.", "near"),
        ("Війська двічі атакували в околицях Родинського.", "near"),
        ("Війська двічі атакували за п’ять кілометрів від Родинського.", "near"),
        ("Войска дважды атаковали рядом с Родинским.", "near"),
        ("Войска дважды атаковали в пяти километрах от Родинского.", "near"),
    ],
)
def test_beside_a_place_is_not_in_it_whatever_the_preposition(
    read: ReadText, text: str, role: str
) -> None:
    """“To the north of X” was read as the north of X, and “поруч із X” as from X."""
    (draft,) = read(text)
    assert [(place.role, place.ref is not None) for place in draft.places] == [(role, True)]


@pytest.mark.parametrize(
    "text",
    [
        "Russian forces pounded Rodynske.",
        "Russian forces fired on Rodynske.",
        "Russian forces pulled out of Rodynske.",
        "Російські війська накрили артилерією Родинське.",
        "Російські війська вибили противника з Родинського.",
        "Российские войска форсировали реку у Родинского.",
        "Российские войска ранили двоих в Родинском.",
        "Росіяни встановили прапор у Родинському.",
    ],
)
def test_what_the_author_tells_of_is_an_event_whatever_the_verb(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert (draft.kind, draft.control) == ("event", None)


@pytest.mark.parametrize(
    ("text", "ring"),
    [
        ("Russian forces closed the ring around Myrnohrad.", "claimed"),
        ("Russian forces threaten to surround Myrnohrad.", "threatened"),
        ("Myrnohrad is partially encircled.", "threatened"),
        ("Місто Мирноград оточено.", "claimed"),
        ("Росіяни взяли Мирноград у кільце.", "claimed"),
        ("Мирноград у напівкільці.", "threatened"),
        ("Мирнограду загрожує оточення.", "threatened"),
        ("Про оточення Мирнограда не йдеться.", "none"),
        ("Мирноград окружён.", "claimed"),
        ("Мирнограду грозит окружение.", "threatened"),
        ("Мирноград не в окружении.", "none"),
        ("Об окружении Мирнограда речи не идёт.", "none"),
    ],
)
def test_a_ring_has_its_synonyms(read: ReadText, text: str, ring: str) -> None:
    (draft,) = read(text)
    assert draft.encirclement == ring


def test_villages_around_a_town_do_not_surround_it(read: ReadText) -> None:
    (draft,) = read("Shells hit the surrounding villages of Myrnohrad.")
    assert draft.encirclement is None


def test_not_is_the_same_word_in_two_languages() -> None:
    """A short Russian sentence with “не” was read by the Ukrainian rules."""
    assert choose_rules("Мирноград не в окружении.").language == "ru"


def test_since_a_weekday_is_from_it_on(read: ReadText) -> None:
    (draft,) = read("Shells have hit Rodynske since Sunday.")
    assert draft.day == "2025-11-16/2025-11-18"


def test_the_south_of_a_town_is_in_it_though_the_word_is_short(read: ReadText) -> None:
    """«Юг» has three letters: only longer words before a name were taken for a part of a place."""
    *_, draft = read("В Покровске идут бои. Российские войска контролируют юг Северска.")
    assert [(place.name, place.precision) for place in draft.places] == [("Siversk", "part")]


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit Rodynske over the weekend.",
        "На вихідних снаряди влучили в Родинське.",
        "На выходных снаряды попали в Родинское.",
    ],
)
def test_a_weekend_is_its_two_days(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert draft.day == "2025-11-15/2025-11-16"


@pytest.mark.parametrize(
    ("text", "attribution"),
    [
        ("A paramedic said that shells hit Rodynske.", "anonymous"),
        ("Rescuers said that shells hit Rodynske.", "unnamed_group"),
        ("Піхотинець розповів, що снаряди влучили в Родинське.", "anonymous"),
        ("Російські воєнкори пишуть, що снаряди влучили в Родинське.", "unnamed_group"),
        ("Военкор пишет, что снаряды попали в Родинское.", "anonymous"),
        ("Russian shells purportedly hit Rodynske.", "hearsay"),
        ("Кажуть, снаряди влучили в Родинське.", "hearsay"),
        ("По неофициальным данным, снаряды попали в Родинское.", "hearsay"),
    ],
)
def test_somebody_without_a_name_is_so_by_any_common_noun(
    read: ReadText, text: str, attribution: str
) -> None:
    (draft,) = read(text)
    assert draft.attribution == attribution


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("The city council: shells hit Rodynske, two wounded.", "The city council"),
        ("Обласна прокуратура: снаряди влучили в Родинське.", "Обласна прокуратура"),
        ("Росгвардия: снаряды попали в Родинское.", "Росгвардия"),
        ("Police station: two shells hit Rodynske.", None),
        ("City centre: two shells hit Rodynske.", None),
    ],
)
def test_an_office_before_a_colon_speaks_and_a_building_does_not(
    read: ReadText, text: str, by: str | None
) -> None:
    (draft,) = read(text)
    assert draft.by == by


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Defence Forces took control of Rodynske.", "ukrainian_held"),
        ("Бійці Нацгвардії утримують Родинське.", "ukrainian_held"),
        ("Русня контролює Родинське.", "russian_held"),
        ("Силы обороны удерживают Родинское.", "ukrainian_held"),
        ("Учора русня казала, що взяла Родинське, – брешуть.", None),
    ],
)
def test_a_side_has_more_than_one_name(read: ReadText, text: str, status: str | None) -> None:
    (draft,) = read(text)
    assert draft.control == status


@pytest.mark.parametrize(
    "text",
    [
        "Russian forces held Rodynske until October.",
        "Russian forces briefly held Rodynske.",
        "Before the war Ukraine controlled Rodynske.",
        "Had Russian forces captured Rodynske, the road would be cut.",
        "Ukrainian forces drove out the Russian troops who had captured Rodynske.",
        "Росіяни тримали Родинське до жовтня.",
        "До війни Родинське контролювала Україна.",
        "До войны Родинское контролировала Украина.",
    ],
)
def test_what_was_so_only_once_gives_no_status(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert draft.control is None


@pytest.mark.parametrize(
    "text",
    [
        "Russian forces captured a house in Rodynske.",
        "Russian forces hold exercises in Rodynske.",
        "Росіяни захопили склад у Родинському.",
        "Росіяни збрехали, що захопили Родинське.",
        "Российские войска захватили склад в Родинском.",
    ],
)
def test_who_holds_something_smaller_holds_no_town(read: ReadText, text: str) -> None:
    (draft,) = read(text)
    assert draft.control is None


@pytest.mark.parametrize(
    ("text", "by", "day"),
    [
        ("Russian forces shelled Rodynske, said Mayor Ihor Tkach.", "Mayor Ihor Tkach", None),
        ("Ihor Tkach, the mayor, said Russian forces shelled Rodynske.", "Ihor Tkach", None),
        ("Speaking on Sunday, Ihor Tkach said shells hit Rodynske.", "Ihor Tkach", "2025-11-16"),
        ("In a post on Sunday, Ihor Tkach said shells hit Rodynske.", "Ihor Tkach", "2025-11-16"),
        ("Про це в неділю повідомив Ігор Ткач: горить Родинське.", "Ігор Ткач", "2025-11-16"),
        ("Снаряды попали в Родинское, говорится в сообщении бригады.", "бригады", None),
        ("Об ударе по Родинскому сообщила областная прокуратура.", "областная прокуратура", None),
        ("Про удар по Родинському повідомило військове відомство.", "військове відомство", None),
    ],
)
def test_who_says_it_and_when_in_any_order(
    read: ReadText, text: str, by: str, day: str | None
) -> None:
    """“They shelled X, said N. N.”: the troops were taken for the speaker."""
    (draft,) = read(text)
    assert (draft.by, draft.day) == (by, day or "../2025-11-18")


def test_a_ring_goes_to_the_place_of_its_own_clause(read: ReadText) -> None:
    """What is said of one town in a sentence was told of the other, too."""
    held, ring = read("Russian forces captured Rodynske, while Pokrovsk is encircled.")
    assert (held.control, held.encirclement) == ("russian_held", None)
    assert ([it.name for it in ring.places], ring.encirclement) == (["Pokrovsk"], "claimed")
