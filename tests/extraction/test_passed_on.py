"""What an office that judges the war only passes on is a claim of whoever says it."""

import pytest

from tests.extraction.conftest import ReadText

HELD = "Russian forces hold Pokrovsk"


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (
            f"ISW reported that the Russian Ministry of Defence claimed that {HELD}.",
            "the Russian Ministry of Defence",
        ),
        (f"ISW noted that Gerasimov said that {HELD}.", "Gerasimov"),
        (f"According to ISW, Putin claimed that {HELD}.", "Putin"),
        (f"ISW: Russian MoD claims that {HELD}.", "Russian MoD"),
        (f'ISW: "{HELD}," Putin said.', "Putin"),
        (f"Russian sources claimed that {HELD}, ISW reported.", "Russian sources"),
        (f"Putin claimed that {HELD}, according to ISW.", "Putin"),
        (f"“{HELD}”, DeepState wrote, quoting Rybar.", "Rybar"),
        (f"{HELD}, ISW reported Gerasimov as saying.", "Gerasimov"),
        (f"ISW quoted Putin as saying that {HELD}.", "Putin"),
        (f"ISW\n\nISW reported that Russian milbloggers said that {HELD}.", "Russian milbloggers"),
        ("ISW повідомив, що Путін заявив, що росіяни контролюють Покровськ.", "Путін"),
        ("DeepState: Міноборони РФ заявило, що росіяни взяли Покровськ.", "Міноборони РФ"),
        ("DeepState: за словами Путіна, росіяни контролюють Покровськ.", "Путіна"),
        ("DeepState: «Росіяни контролюють Покровськ», – сказав Путін.", "Путін"),
        ("По данным ISW, Минобороны РФ заявило о захвате Родинского.", "Минобороны РФ"),
        ("DeepState сообщает со ссылкой на Рыбаря, что россияне взяли Покровск.", "Рыбаря"),
    ],
)
def test_what_a_judge_says_that_others_say_was_its_own_assessment(
    read: ReadText, text: str, by: str
) -> None:
    """“ISW reported that Moscow claimed …” was an assessment of ISW with a status."""
    (draft,) = read(text)
    assert (draft.kind, draft.by, draft.control) == ("claim", by, "russian_held")


@pytest.mark.parametrize("by", ["the Ukrainian General Staff", "Syrskyi", "Zelensky"])
def test_what_a_judge_says_that_kyiv_says_is_a_claim_of_kyiv(read: ReadText, by: str) -> None:
    (draft,) = read(f"ISW reported that {by} said that Ukrainian forces hold Pokrovsk.")
    assert (draft.kind, draft.by, draft.control) == ("claim", by, "ukrainian_held")


@pytest.mark.parametrize(
    "text",
    [
        f"DeepState wrote that Rybar lies that {HELD}.",
        f"ISW reports Russian claims that {HELD}.",
        f"ISW noted Putin’s assertion that {HELD}.",
        f"ISW noted Putin’s claim in Moscow that {HELD}.",
        f"ISW noted that the Russian MoD is claiming that {HELD}.",
        f"DeepState mocked Putin's claim that {HELD}.",
        "DeepState висміяв заяву Путіна, що росіяни контролюють Покровськ.",
        "DeepState высмеял заявление Путина, что россияне контролируют Покровск.",
    ],
)
def test_a_claim_of_which_somebody_tells_gives_no_status(read: ReadText, text: str) -> None:
    """“DeepState mocked Putin's claim that …” was the narrator's, with a status."""
    (draft,) = read(text)
    assert (draft.kind, draft.control) == ("claim", None)


def test_a_ring_that_a_judge_says_others_claim_is_not_assessed(read: ReadText) -> None:
    (draft,) = read("According to ISW, Putin claimed that Pokrovsk is surrounded.")
    assert (draft.by, draft.encirclement) == ("Putin", "claimed")


@pytest.mark.parametrize(
    "text",
    [
        f"ISW said it assesses that {HELD}.",
        f"ISW assessed that {HELD} and noted that fighting continues.",
        f"ISW reported that geolocated footage indicates that {HELD}.",
        f"ISW assessed that {HELD}, citing geolocated footage.",
        f"ISW said in its latest report that {HELD}.",
        "DeepState повідомив у своєму повідомленні, що росіяни взяли Покровськ.",
        f"ISW assesses that {HELD}, as Putin claimed.",
        f"ISW: {HELD}, but Putin said more.",
        "DeepState повідомив, що росіяни взяли Покровськ, і зазначив, що бої тривають.",
    ],
)
def test_what_a_judge_says_itself_twice_or_has_seen_is_still_its_assessment(
    read: ReadText, text: str
) -> None:
    (draft,) = read(text)
    assert (draft.kind, draft.control) == ("assessment", "russian_held")


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (f"ISW: Putin: {HELD}.", "Putin"),
        (f"ISW: Rybar: {HELD}.", "Rybar"),
        ("DeepState: Генштаб ЗСУ: росіяни взяли Покровськ.", "Генштаб ЗСУ"),
    ],
)
def test_of_two_names_before_colons_the_second_says_it(read: ReadText, text: str, by: str) -> None:
    """It was an assessment of the first, who only passes it on."""
    (draft,) = read(text)
    assert (draft.kind, draft.by, draft.control) == ("claim", by, "russian_held")


@pytest.mark.parametrize("label", ["Pokrovsk", "Update", "Map"])
def test_a_place_and_a_title_behind_a_name_say_nothing(read: ReadText, label: str) -> None:
    (draft,) = read(f"ISW: {label}: {HELD}.")
    assert draft.by == "ISW"


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (f"Trump said Putin had told him that {HELD}.", "Putin"),
        (f"Reuters reported that Putin said {HELD}.", "Putin"),
        (f"Peskov said that, according to Gerasimov, {HELD}.", "Gerasimov"),
        ("Песков сообщил, что Герасимов доложил, что россияне взяли Покровск.", "Герасимов"),
        (f"A soldier told Reuters that {HELD}.", "A soldier"),
    ],
)
def test_what_anybody_says_that_others_say_is_theirs(read: ReadText, text: str, by: str) -> None:
    """Only an office that judges the war passed on what others say."""
    (draft,) = read(text)
    assert (draft.kind, draft.by, draft.control) == ("claim", by, "russian_held")


@pytest.mark.parametrize("quote", ["«Росіяни взяли Покровськ»", "“Росіяни взяли Покровськ”"])
def test_a_paper_before_a_quotation_passes_on_who_signs_it(read: ReadText, quote: str) -> None:
    (draft,) = read(f"BBC Ukrainian: {quote} – Генштаб.")
    assert draft.by == "Генштаб"


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("@rybar: Наши взяли Гришино.", None),
        ("@DeepStateUA: Гришине – сіра зона.", "@DeepStateUA"),
    ],
)
def test_an_account_before_a_colon_speaks(read: ReadText, text: str, by: str | None) -> None:
    """A Russian account's “наши” held a village for Ukraine, as its words might be Ukrainian."""
    first, *_ = read(f"{text}\n\nЦе ще не підтверджено, кажуть військові.")
    assert (first.by, first.control) == (by, "contested" if by else None)


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("Фейк: ЗСУ втратили Мирноград.", None),
        ("CLAIM: Russian forces control Siversk.", None),
        ("Myth: Russian forces control Siversk.", None),
        ("Update: Russian forces control Siversk.", "russian_held"),
        ("Reports that Siversk has fallen to Russian forces are premature.", None),
        ("Putin was cheered for the alleged seizure of Siversk by Russian forces.", None),
    ],
)
def test_what_is_called_a_fake_or_alleged_is_no_status(
    read: ReadText, text: str, control: str | None
) -> None:
    """Behind “Fake:” the text itself stated it."""
    (draft,) = read(text)
    assert draft.control == control


def test_where_who_speaks_goes_on_behind_what_others_say_nobody_says_it_all(
    read: ReadText,
) -> None:
    """Putin said that Ukrainian forces hold the town."""
    text = "Zelensky said that Putin claims that Kupiansk fell but that Ukrainians hold the town."
    assert {draft.control for draft in read(text)} == {None}


def test_who_calls_reports_propaganda_denies_them(read: ReadText) -> None:
    (draft,) = read("Syrskyi said that reports of Pokrovsk's encirclement were propaganda.")
    assert (draft.by, draft.encirclement) == ("Syrskyi", "none")


def test_what_several_do_is_no_name_of_who_says_it(read: ReadText) -> None:
    """Somebody called “Росіяни поширюють фейк” said it."""
    (draft,) = read("Росіяни поширюють фейк про захоплення Куп’янська, заявили в ЦПД.")
    assert draft.by == "ЦПД"


def test_what_somebody_quotes_of_others_is_not_his(read: ReadText) -> None:
    """Who quoted the ministry said that the town was taken."""
    (draft,) = read("Олексій Гончаренко: «Міноборони РФ каже, що росіяни взяли Сіверськ».")
    assert draft.control is None


def test_to_whom_it_is_said_makes_no_plan_of_it(read: ReadText) -> None:
    (draft,) = read("Gerasimov reported to Putin that Russian troops took Kupiansk.")
    assert (draft.by, draft.control) == ("Gerasimov", "russian_held")


def test_what_is_told_of_somebody_leaves_him_who_speaks(read: ReadText) -> None:
    """Nobody said it."""
    (draft,) = read("Putin, who visited Kursk in May, said that Russian forces hold Siversk.")
    assert (draft.by, draft.control) == ("Putin", "russian_held")
