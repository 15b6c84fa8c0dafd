"""What a claim's words settle is proposed, shown, and changed by a menu; what is unclear is not."""

import pytest

from commands.shared.drafting.claim_words import propose_terms
from store.queries.situation import ControlStatus
from tests.commands.filing import add, file_line
from tests.fakes import Talk, TerminalAnswer

STATUSES = (
    ControlStatus("ukrainian_held", "Ukrainian-held", "▲"),
    ControlStatus("russian_held", "Russian-held", "▼"),
    ControlStatus("contested", "Contested (gray zone)", "◆"),
    ControlStatus("infiltrated", "Infiltrated", "◇"),
    ControlStatus("rsf_held", "RSF-held", "■"),
    ControlStatus("flooded", "Flooded", "~"),
    ControlStatus("unknown", "Unknown", "?"),
)
NAMES = ("Rodynske", "Родинське")
TAKEN = (
    '/add claim "Russian forces have taken the whole of Rodynske." by:Putin place:Rodynske'
    " day:2025-11-05 source:S-1"
)


@pytest.mark.parametrize(
    ("text", "control", "share"),
    [
        ("Russian forces have taken the whole of Rodynske.", "russian_held", "all"),
        ("Putin said that Russian troops had captured part of Rodynske.", "russian_held", "part"),
        (
            "The Ukrainian army has retaken most of Rodynske from the Russians.",
            "ukrainian_held",
            "most",
        ),
        ("Rodynske has been captured by Russian troops.", "russian_held", None),
        ("Rodynske is now under full Ukrainian control.", None, None),
        ("Rodynske is under Ukrainian control.", "ukrainian_held", None),
        ("Russian forces control 60% of Rodynske.", "russian_held", "most"),
        ("Russian forces control more than half of Rodynske.", "russian_held", "most"),
        ("The RSF seized Rodynske.", "rsf_held", None),
        ("Rodynske is a grey zone.", "contested", None),
        ("Rodynske is flooded.", "flooded", None),
        ("Російські війська захопили все Родинське.", "russian_held", "all"),
        ("ЗСУ утримують більшу частину Родинського.", "ukrainian_held", "most"),
        ("Российские войска взяли Родинское.", None, None),
    ],
)
def test_who_holds_a_place_is_read_where_it_is_said_plainly(
    text: str, control: str | None, share: str | None
) -> None:
    given = propose_terms(text, NAMES, STATUSES)
    assert (given.get("control"), given.get("share")) == (control, share)


@pytest.mark.parametrize(
    "text",
    [
        "Russian forces have not taken Rodynske.",
        "Russian forces may take Rodynske.",
        "Russian forces have likely taken Rodynske.",
        "Росіяни, мабуть, захопили Родинське.",
        "Have Russian forces taken Rodynske?",
        "Russian forces took a hill north of Rodynske.",
        "Russian forces hold positions in Rodynske.",
        "Russian forces captured the station in Rodynske.",
        "Russian forces captured Rodynske's railway station.",
        "Russian forces hold the road to Rodynske.",
        "Russian-occupied Donetsk shelled Rodynske.",
        "Russian forces took Zatyshok and advance on Rodynske.",
        "Russian forces hold Rodynske, but Ukrainian forces hold Rodynske too.",
        "Rodynske has fallen.",
    ],
)
def test_nothing_is_proposed_of_control_where_it_is_not_said_plainly(text: str) -> None:
    given = propose_terms(text, NAMES, STATUSES)
    assert "control" not in given
    assert "share" not in given


@pytest.mark.parametrize(
    ("text", "encirclement"),
    [
        ("Rodynske is surrounded.", "claimed"),
        ("Rodynske is not surrounded.", "none"),
        ("The talk of an encirclement of Rodynske is premature.", "none"),
        ("Rodynske is threatened with encirclement.", "threatened"),
        ("Russian troops threaten to cut off the defenders of Rodynske.", "threatened"),
        ("Rodynske may not be surrounded.", None),
        ("A platoon is surrounded near Rodynske.", None),
        ("Kupiansk is surrounded.", None),
        ("The power in Rodynske was cut off.", None),
        ("Родинське не оточене.", "none"),
        ("Родинському загрожує оточення.", "threatened"),
    ],
)
def test_encirclement_is_read_with_its_denial_and_its_threat(
    text: str, encirclement: str | None
) -> None:
    assert propose_terms(text, NAMES, STATUSES).get("encirclement") == encirclement


def test_a_claim_about_no_place_has_neither_control_nor_encirclement() -> None:
    assert propose_terms("Russian forces hold Rodynske. It is surrounded.", (), STATUSES) == {}


async def test_a_claim_filed_by_words_alone_shows_in_the_picture_of_its_place(desk: Talk) -> None:
    """It was counted and never shown: "NO ASSESSMENT · 1 claim"."""
    answer = await add(desk, TAKEN)
    assert "Control  ▼ Russian-held, all of it" in answer.text
    assert "Taken from the sentence; change it below: Control, Share, About" in answer.flat
    await add(desk, file_line(answer))
    shown = await desk("/status Rodynske")
    assert "Russian forces have taken the whole of Rodynske." in shown.text
    assert "Claimed about control" in (await desk("/status Rodynske more:yes")).text
    content = await desk.store.moderation.content(65)
    assert (content.control, content.share, content.type) == ("russian_held", "all", "control")


def menu(answer: TerminalAnswer, param: str) -> dict[str, str]:
    """Return what a menu under an answer offers, and under "" what it shows as chosen."""
    pick = next(pick for pick in answer.reply.picks if pick.param == param)
    return {choice.value: str(choice.label) for choice in pick.choices} | {"": pick.chosen}


async def test_a_menu_changes_what_was_proposed_and_can_take_it_away(desk: Talk) -> None:
    answer = await add(desk, TAKEN)
    assert menu(answer, "control")[""] == "russian_held"
    assert menu(answer, "encirclement")[""] == "-"
    answer = await add(desk, "/add claim draft:D-1 control:contested")
    assert "Control  ◆ Contested (gray zone), all of it" in answer.text
    answer = await add(desk, "/add claim draft:D-1 control:-")
    assert menu(answer, "control")[""] == "-"
    assert "Russian-held" not in answer.text
    await add(desk, file_line(answer))
    assert (await desk.store.moderation.content(65)).control is None


async def test_a_claim_of_two_places_is_proposed_no_status_for_both(desk: Talk) -> None:
    answer = await add(desk, f"{TAKEN} also:Pokrovsk")
    assert menu(answer, "control")[""] == "-"


async def test_other_words_give_other_proposals(desk: Talk) -> None:
    await add(desk, TAKEN)
    answer = await add(desk, "/add claim The mayor left Rodynske. draft:D-1")
    assert menu(answer, "control")[""] == "-"
    assert menu(answer, "type")[""] == "other"


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Pokrovsk is contested and Rodynske is occupied.", {}),
        ("Покровськ у сірій зоні, Родинське окуповане.", {}),
        ("До 1 листопада Родинське було під контролем ЗСУ.", {}),
        ("Before 1 November Rodynske was under Ukrainian control.", {}),
        ("Myrnohrad is surrounded, Rodynske holds.", {}),
        ("Once Rodynske is captured Myrnohrad will be surrounded.", {}),
        (
            "Rodynske and Myrnohrad are surrounded.",
            {"encirclement": "claimed", "type": "encirclement"},
        ),
        (
            "Russian forces hold Rodynske and the outskirts of Pokrovsk.",
            {"control": "russian_held", "type": "control"},
        ),
    ],
)
def test_what_is_said_of_another_place_or_time_is_not_proposed(
    text: str, terms: dict[str, str]
) -> None:
    """“Pokrovsk is contested and Rodynske is occupied” proposed that Rodynske is contested."""
    assert propose_terms(text, NAMES, STATUSES) == terms


@pytest.mark.parametrize(
    ("text", "control", "encirclement"),
    [
        ("Not Pokrovsk but Rodynske is surrounded.", None, "claimed"),
        ("Не Покровськ, а Родинське оточене.", None, "claimed"),
        ("Russian forces took Rodynske and surrounded Pokrovsk.", "russian_held", None),
        ("Росіяни захопили Родинське та оточили Покровськ.", "russian_held", None),
        ("Rodynske and Pokrovsk are surrounded by Russian troops.", None, "claimed"),
        ("Unlike Rodynske, Pokrovsk is under Russian control.", None, None),
        ("The forest near Rodynske is under Russian control.", None, None),
        ("Earlier today Russian forces captured Rodynske.", "russian_held", None),
    ],
)
def test_what_is_said_of_another_place_or_against_it_is_not_proposed(
    text: str, control: str | None, encirclement: str | None
) -> None:
    """“Took Rodynske and surrounded Pokrovsk” proposed that Rodynske is surrounded."""
    given = propose_terms(text, NAMES, STATUSES)
    assert (given.get("control"), given.get("encirclement")) == (control, encirclement)


@pytest.mark.parametrize(
    "text",
    [
        "Russian forces hold all of Rodynske but the station.",
        "Russian forces hold the whole of Rodynske but for the station.",
        "Росіяни захопили все Родинське за винятком вокзалу.",
    ],
)
def test_all_of_a_place_but_a_part_is_not_proposed_as_all(text: str) -> None:
    given = propose_terms(text, NAMES, STATUSES)
    assert (given.get("control"), given.get("share")) == ("russian_held", None)


@pytest.mark.parametrize(
    "text",
    [
        "Russian troops were surrounded in Rodynske.",
        "Ukrainian forces encircled a Russian company in Rodynske.",
        "Російські війська оточені в Родинському.",
    ],
)
def test_surrounded_russian_troops_are_no_encirclement_of_the_place(text: str) -> None:
    """It proposed that the place is surrounded."""
    assert "encirclement" not in propose_terms(text, NAMES, STATUSES)
