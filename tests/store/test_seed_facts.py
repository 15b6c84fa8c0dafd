"""The seeds say what their article says, and no more."""

import re
import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from store import SEEDS, Store
from store.model.entry import Attribution, Kind, LinkType, PlaceRole, Total
from tests.store.conftest import (
    KUPIANSK,
    MYRNOHRAD,
    POKROVSK,
)
from tests.store.seed_folder import ENTRIES, entry_of_key

ARTICLE = SEEDS.parent.parent / "shared" / "seed-article.txt"


def entries(test: Callable[[dict[str, Any]], bool]) -> list[str]:
    return [entry["key"] for entry in ENTRIES if test(entry)]


def roles(key: str, place: int = POKROVSK) -> set[str]:
    (entry,) = (entry for entry in ENTRIES if entry["key"] == key)
    return {at.get("role", "at") for at in entry["places"] if at["geoname"] == place}


def day(key: str) -> tuple[str, str]:
    (entry,) = (entry for entry in ENTRIES if entry["key"] == key)
    return entry["day"]["edtf"], entry["day"]["basis"]


def test_there_are_over_forty_entries_each_with_its_kind() -> None:
    assert len(ENTRIES) > 40
    assert {entry["kind"] for entry in ENTRIES} == set(Kind)


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article does not ship with the program")
@pytest.mark.parametrize("field", ["quote", "label"])
def test_quoted_words_stand_in_the_article(field: str) -> None:
    article = " ".join(ARTICLE.read_text(encoding="utf-8").replace("’", "'").split())
    for entry in ENTRIES:
        for words in filter(None, re.split(r" … ", entry.get(field, ""))):
            assert words.casefold() in article.casefold(), (entry["key"], words)


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article does not ship with the program")
def test_the_words_of_a_place_stand_in_the_article() -> None:
    article = ARTICLE.read_text(encoding="utf-8")
    for entry in ENTRIES:
        for at in entry["places"]:
            assert at.get("detail", "") in article, entry["key"]


def test_no_address_is_made_up() -> None:
    """The article gives none."""
    for file in SEEDS.glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"https?:|www\.|^\s*url\s*=", text, re.MULTILINE), file.name


def test_the_articles_own_outlet_is_not_named() -> None:
    sources = tomllib.loads((SEEDS / "sources.toml").read_text(encoding="utf-8"))["source"]
    (article,) = (source for source in sources if source["kind"] == "article")

    assert article["name"] == "Article of 7 November 2025 (outlet not named)"


def test_what_was_said_on_no_given_day_lies_before_the_publication() -> None:
    """Only Putin's claim has a day; the narrator speaks on the article's."""
    for entry in ENTRIES:
        if entry["kind"] == "claim" and entry["by"] not in {"article-narrator", "putin"}:
            assert entry["day"] == {"edtf": "../2025-11-07", "basis": "publication"}, entry["key"]


def test_every_day_is_one_that_the_article_gives_or_implies() -> None:
    known = {"2025-10-24", "2025-10-29", "2025-10-31", "2025-11-06", "2025-11-07", "2025-10-08~"}
    for entry in ENTRIES:
        for field in ("day", "happened"):
            if field in entry:
                ends = set(entry[field]["edtf"].split("/")) - {".."}
                assert ends <= known, entry["key"]


def test_over_two_weeks_began_on_or_before_24_october() -> None:
    assert day("heavy-fighting-two-weeks") == ("../2025-10-24", "relative")


def test_thirty_days_ago_is_approximate_for_the_day_it_was_said_is_not_given() -> None:
    (entry,) = (entry for entry in ENTRIES if entry["key"] == "fysun-one-car")

    assert entry["happened"] == {"edtf": "../2025-10-08~", "basis": "relative"}


def test_the_claim_of_an_encirclement_is_putins_of_29_october_about_two_cities() -> None:
    (claim,) = (entry for entry in ENTRIES if entry.get("encirclement") == "claimed")

    assert (claim["by"], claim["kind"], claim["type"]) == ("putin", "claim", "encirclement")
    assert day(claim["key"]) == ("2025-10-29", "explicit")
    assert {at["geoname"] for at in claim["places"]} == {POKROVSK, KUPIANSK}
    assert "control" not in claim


def test_the_landing_of_31_october_is_near_the_city_and_not_in_it() -> None:
    about_it = entries(lambda entry: "landing" in entry["text"] or "landed" in entry["text"])

    assert day("black-hawk-landing") == ("2025-10-31", "explicit")
    assert len(about_it) >= 4
    for key in about_it:
        assert roles(key) == {"near"}, key
    linked = entries(
        lambda entry: any(link["entry"] == "black-hawk-landing" for link in entry.get("links", []))
    )
    assert set(about_it) == {"black-hawk-landing", *linked}


def test_the_footage_has_its_day_and_the_flag_was_raised_before() -> None:
    assert day("flag-footage-released") == ("2025-11-06", "explicit")
    assert roles("flag-footage-released") == {"about"}
    assert day("flag-raised-city-council") == ("../2025-11-06", "relative")
    assert roles("flag-raised-city-council") == {"at"}


def test_only_the_map_assesses() -> None:
    assert entries(lambda entry: entry["kind"] == "assessment") == ["deepstate-map-pokrovsk"]
    (entry,) = (entry for entry in ENTRIES if entry["kind"] == "assessment")
    assert (entry["by"], entry["control"], entry["share"]) == ("deep-state", "contested", "most")


def test_what_was_only_reported_is_hearsay() -> None:
    """The supervision of the landing, and how the culture of command is described."""
    assert set(entries(lambda entry: entry["attribution"] == "hearsay")) == {
        "budanov-supervision",
        "not-one-step-back",
    }


def test_who_stays_unnamed_stays_so() -> None:
    for entry in ENTRIES:
        if entry.get("by") in {"drone-operator", "battalion-commander"}:
            assert entry["attribution"] == Attribution.ANONYMOUS, entry["key"]
            assert any(source.get("relayed") for source in entry["sources"]), entry["key"]
        if entry.get("by") == "critics":
            assert entry["attribution"] == Attribution.UNNAMED_GROUP, entry["key"]
        if entry.get("by") == "article-narrator":
            assert entry["attribution"] in {"narrator", "hearsay"}, entry["key"]


def test_only_what_another_source_said_first_is_relayed() -> None:
    for entry in ENTRIES:
        for source in entry.get("sources", []):
            relayed = source["source"] != "article-2025-11-07"
            assert source.get("relayed", False) is relayed, entry["key"]


def test_a_statement_is_one_neutral_sentence() -> None:
    for entry in ENTRIES:
        text = entry["text"].removesuffix(".")
        assert entry["text"].endswith("."), entry["key"]
        assert not re.search(r"[.!?] [A-Z]", text), entry["key"]
        assert "“" not in text, entry["key"]


async def test_who_disagrees_is_linked(full: Store) -> None:
    surrounded = await entry_of_key(full, "putin-surrounded")
    lost = await entry_of_key(full, "deineha-practically-lost")

    against = [link for link in surrounded.links if link.disputes]
    assert {(entry.type, entry.by) for entry in against} == {
        (LinkType.CONTRADICTS, "Roman Pohorilyi"),
        (LinkType.CONTRADICTS, "Article's narrator"),
    }
    (tension,) = (link for link in lost.links if link.disputes)
    assert (tension.type, tension.by) == (LinkType.IN_TENSION_WITH, "Deep State")


async def test_the_commentator_claims_and_does_not_assess(full: Store) -> None:
    lost = await entry_of_key(full, "deineha-practically-lost")

    assert lost.kind is Kind.CLAIM
    assert lost.control is not None
    assert not lost.control.assessed
    assert (lost.control.status, lost.control.source_label) == ("russian_held", "practically lost")


async def test_the_picture_of_each_city_has_what_the_article_says_of_it(full: Store) -> None:
    pokrovsk, myrnohrad, kupiansk = [
        await full.places.get(number) for number in (POKROVSK, MYRNOHRAD, KUPIANSK)
    ]
    assert pokrovsk is not None
    assert myrnohrad is not None
    assert kupiansk is not None
    today = date(2025, 11, 7)

    whole = await full.place_overviews.of(pokrovsk, today)
    assert [assessment.by.name for assessment in whole.assessments if assessment.by] == [
        "Deep State"
    ]
    assert next(event.day.latest for event in whole.events if event.day.earliest) == today
    assert not whole.events[-1].day.earliest  # what is undated stands last
    assert "landed" in " ".join(entry.text for entry in whole.nearby)
    assert all(event.places[0].role is not PlaceRole.NEAR for event in whole.events)
    before = await full.place_overviews.of(pokrovsk, date(2025, 10, 30))
    assert [claim.by.name for claim in before.encirclement if claim.by] == ["Vladimir Putin"]
    assert not before.assessments
    assert not any(claim.links for claim in before.encirclement)
    other = await full.place_overviews.of(kupiansk, today)
    assert (other.assessments, other.total, other.claims_ever) == ((), Total(1), Total(1))
    corridor = await full.place_overviews.of(myrnohrad, today)
    assert any("corridor" in claim.text for claim in corridor.encirclement)


NAMES = {
    "Pokrovsk": "Покровськ",
    "Myrnohrad": "Мирноград",
    "Kupiansk": "Куп’янськ",
    "Bakhmut": "Бахмут",
    "Avdiivka": "Авдіїв",
    "Deep State": "DeepState",
    "Rubicon": "Рубікон",
    "Roman Pohorilyi": "Роман Погорілий",
    "Artem Fysun": "Артем Фисун",
    "Putin": "Путін",
    "Vladimir": "Володимир Путін",
    "Volodymyr": "Володимир Зеленськ",
    "Zelensky": "Зеленськ",
    "Vitalii Deineha": "Віталій Дейнега",
    "Oleksandr Syrskyi": "Олександра Сирського",
    "Kyrylo Budanov": "Кирило Буданов",
    "Skelia": "Скеля",
    "Black Hawk": "Black Hawk",
    "Moscow": "Москва",
    "Kyiv": "Київ",
    "General Staff": "Генерального штабу",
    "7 November": "7 листопада",
    "thirty days": "тридцятьма днями",
    "five kilo": "п’ять кіло",
}
"""Names and numbers of the sentences, and how they begin in Ukrainian."""


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["key"])
def test_a_sentence_names_the_same_in_ukrainian_nothing_added_and_nothing_lost(
    entry: dict[str, Any],
) -> None:
    text, ours = entry["text"], entry["text.uk"]
    assert {name for name in NAMES if name in text} == {
        name for name, stem in NAMES.items() if stem in ours
    }
    assert ours[-1] == text[-1] == "."
    assert not set("ыэъё'\"") & set(ours.casefold())
    assert set(re.findall("[A-Za-z]+", ours)) <= {"DeepState", "Black", "Hawk"}
    assert 0.6 < len(ours) / len(text) < 1.6, ours
