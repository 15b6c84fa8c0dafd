"""Interviews and transcripts: who asks states nothing, and who answers is who was introduced."""

import pytest

from tests.extraction.conftest import ReadText

INTERVIEW = """A battalion commander on the fight for Kostiantynivka

Olena Marchuk, 34, commands a drone battalion. We spoke to her in Druzhkivka.

Q: What is happening in Kostiantynivka?
A: Russian infantry is inside the eastern quarters of the city.

Q: The Russian ministry says Predtechyne fell.
A: Kostiantynivka is not surrounded. Our neighbours hold Berestok.
"""


def test_who_is_introduced_above_the_questions_answers_them(read: ReadText) -> None:
    assert {draft.by for draft in read(INTERVIEW)} == {"Olena Marchuk"}


def test_what_somebody_asks_is_no_statement(read: ReadText) -> None:
    assert not any("Predtechyne" in draft.text for draft in read(INTERVIEW))


def test_the_city_in_an_answer_is_the_one_that_was_asked_about(read: ReadText) -> None:
    first = read(INTERVIEW)[0]
    assert [(place.name, place.precision) for place in first.places] == [("Kostiantynivka", "part")]


def test_where_two_people_are_introduced_nobody_is_taken(read: ReadText) -> None:
    text = INTERVIEW.replace("We spoke", "Petro Hlukhyi, a medic, was with her. We spoke")
    assert {draft.by for draft in read(text)} == {None}


IN_ENGLISH = """Host: Is Rodynske lost?
Olena Marchuk: We hold Rodynske.
Host: And Myrnohrad?
Olena Marchuk: There is fighting in Myrnohrad."""
IN_UKRAINIAN = """Ведучий: Родинське втрачено?
Олена Марчук: Ми тримаємо Родинське.
Ведучий: А Мирноград?
Олена Марчук: У Мирнограді тривають бої."""


@pytest.mark.parametrize(
    ("text", "by"), [(IN_ENGLISH, "Olena Marchuk"), (IN_UKRAINIAN, "Олена Марчук")]
)
def test_a_name_that_begins_line_after_line_is_who_speaks_there(
    read: ReadText, text: str, by: str
) -> None:
    assert [draft.by for draft in read(text)] == [by, by]
