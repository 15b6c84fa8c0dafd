"""Plain questions of sixty people, on Friday 7 November 2025; each example of a pattern, too."""

from datetime import UTC, date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import COMMANDS
from commands.kit.errors import Code
from commands.kit.invocation import Caller, Role
from commands.shared.questions import (
    english,
    of_the_desk,
    of_the_front,
    read_question,
    russian,
    ukrainian,
)
from commands.shared.questions.pattern import Pattern
from tests.fakes import Talk

TODAY = date(2025, 11, 7)
PATTERNS = [
    pytest.param(pattern, id=pattern.example)
    for language in (of_the_desk, of_the_front, english, ukrainian, russian)
    for pattern in language.PATTERNS
]


QUESTIONS = [
    ("Who holds Pokrovsk?", "status place:Pokrovsk"),
    ("who controls Myrnohrad right now", "status place:Myrnohrad"),
    ("Who is in control of Rodynske?", "status place:Rodynske"),
    ("Is Pokrovsk encircled?", "status place:Pokrovsk"),
    ("is Pokrovsk already surrounded or not?", "status place:Pokrovsk"),
    ("Has Pokrovsk fallen yet?", "status place:Pokrovsk"),
    ("Is Chasiv Yar under Russian control?", "status place:Chasiv Yar"),
    ("did Pokrovsk fall", "status place:Pokrovsk"),
    ("what's happening in Kupiansk?", "status place:Kupiansk"),
    ("What is the situation near Kostiantynivka", "status place:Kostiantynivka"),
    ("Hi, any news from Pokrovsk please?", "status place:Pokrovsk"),
    ("where is Hrodivka?", "status place:Hrodivka"),
    ("What did Putin say on 29 October?", "claims by:Putin since:2025-10-29 until:2025-10-29"),
    (
        "what did Deineha say about Pokrovsk yesterday",
        "claims by:Deineha place:Pokrovsk since:2025-11-06 until:2025-11-06",
    ),
    ("Who says what about Pokrovsk?", "claims place:Pokrovsk"),
    ("did Putin claim anything about Kupiansk", "claims by:Putin place:Kupiansk"),
    ("what changed since 24 October?", "events since:2025-10-24"),
    ("What's new in Pokrovsk since yesterday?", "events place:Pokrovsk since:2025-11-06"),
    ("what changed?", "digest"),
    (
        "what happened in Pokrovsk on 6 Nov?",
        "events place:Pokrovsk since:2025-11-06 until:2025-11-06",
    ),
    ("Is this true?", "lookup"),
    ("who held Pokrovsk", ""),
    ("who held Pokrovsk on 24 October?", "status place:Pokrovsk at:2025-10-24"),
    ("Did Russia take Pokrovsk?", "status place:Pokrovsk"),
    ("Have the Russians already taken Pokrovsk?", "status place:Pokrovsk"),
    ("Is it true that Pokrovsk is encircled?", "status place:Pokrovsk"),
    ("what happened on 31 October", "events since:2025-10-31 until:2025-10-31"),
    ("what happened", ""),
    ("Anything new about Pokrovsk since 4 November?", "events place:Pokrovsk since:2025-11-04"),
    ("any news from Myrnohrad since yesterday?", "events place:Myrnohrad since:2025-11-06"),
    ("any news?", "digest"),
    ("how are things going in Pokrovsk?", "status place:Pokrovsk"),
    (
        "what happened the day before yesterday?",
        "events since:2025-11-05 until:2025-11-05",
    ),
    ("Які новини з Куп’янська?", "status place:з Куп'янська"),
    ("які новини?", "digest"),
    ("Какие новости из Купянска?", "status place:из Купянска"),
    ("что говорит Погорелый о Покровске?", "claims by:Погорелый place:о Покровске"),
    ("Що сталося вчора?", "events since:2025-11-06 until:2025-11-06"),
    ("Чи взяли росіяни Покровськ?", "status place:Покровськ"),
    ("Чи правда, що Покровськ оточений?", "status place:Покровськ"),
    ("Хто каже, що Покровськ оточений?", "claims place:Покровськ"),
    ("Взяли ли русские Покровск?", "status place:Покровск"),
    ("Правда ли, что Покровск окружён?", "status place:Покровск"),
    ("Кто говорит, что Покровск окружён?", "claims place:Покровск"),
    ("что произошло вчера", "events since:2025-11-06 until:2025-11-06"),
    ("Хто контролює Покровськ?", "status place:Покровськ"),
    ("хто зараз тримає Мирноград", "status place:Мирноград"),
    ("Під чиїм контролем Родинське?", "status place:Родинське"),
    ("чий зараз Куп'янськ?", "status place:Куп'янськ"),
    ("Чи оточений Покровськ?", "status place:Покровськ"),
    ("Покровськ вже оточений?", "status place:Покровськ"),
    ("Чи впав Покровськ?", "status place:Покровськ"),
    ("Покровськ у котлі чи ні?", "status place:Покровськ"),
    ("Що відбувається в Покровську?", "status place:в Покровську"),
    ("що там у Мирнограді", "status place:у Мирнограді"),
    ("яка ситуація під Костянтинівкою?", "status place:під Костянтинівкою"),
    ("Привіт, як там Покровськ?", "status place:Покровськ"),
    ("Де знаходиться Гродівка?", "status place:Гродівка"),
    (
        "Що сказав Путін 29 жовтня?",
        "claims by:Путін since:2025-10-29 until:2025-10-29",
    ),
    ("що Дейнега казав про Покровськ?", "claims by:Дейнега place:про Покровськ"),
    ("хто що каже про Покровськ", "claims place:про Покровськ"),
    ("Що змінилося з 24 жовтня?", "events since:2025-10-24"),
    ("що нового в Покровську", "events place:в Покровську"),
    ("що нового?", "digest"),
    (
        "Що сталося в Покровську вчора?",
        "events place:в Покровську since:2025-11-06 until:2025-11-06",
    ),
    ("Це правда?", "lookup"),
    ("чи це правда", "lookup"),
    ("Кто контролирует Покровск?", "status place:Покровск"),
    ("кто сейчас удерживает Мирноград", "status place:Мирноград"),
    ("Под чьим контролем Родинское?", "status place:Родинское"),
    ("Окружён ли Покровск?", "status place:Покровск"),
    ("Покровск уже окружен?", "status place:Покровск"),
    ("взят ли Покровск", "status place:Покровск"),
    ("Покровск пал?", "status place:Покровск"),
    ("Что происходит в Покровске?", "status place:в Покровске"),
    ("что там в Мирнограде", "status place:в Мирнограде"),
    ("какая обстановка под Купянском?", "status place:под Купянском"),
    ("как там Покровск", "status place:Покровск"),
    ("где находится Гродовка?", "status place:Гродовка"),
    (
        "Что сказал Путин 29 октября?",
        "claims by:Путин since:2025-10-29 until:2025-10-29",
    ),
    ("что Дейнега говорил о Покровске", "claims by:Дейнега place:о Покровске"),
    ("кто что говорит о Покровске?", "claims place:о Покровске"),
    ("Что изменилось с 24 октября?", "events since:2025-10-24"),
    ("что нового в Покровске", "events place:в Покровске"),
    ("что нового?", "digest"),
    (
        "что случилось в Покровске вчера?",
        "events place:в Покровске since:2025-11-06 until:2025-11-06",
    ),
    ("это правда?", "lookup"),
    ("What's up with Rodynske?", "status place:Rodynske"),
    ("show me the map of Pokrovsk", "map place:Pokrovsk"),
    ("map of Pokrovsk on 5 November", "map place:Pokrovsk at:2025-11-05"),
    (
        "map of Pokrovsk on 29 October and 7 November",
        "map place:Pokrovsk from:2025-10-29 to:2025-11-07",
    ),
    ("timeline of Myrnohrad since 1 November", "timeline place:Myrnohrad since:2025-11-01"),
    (
        "compare Pokrovsk 29 October and 7 November",
        "changes place:Pokrovsk from:2025-10-29 to:2025-11-07",
    ),
    (
        "порівняй Покровськ 29 жовтня і 7 листопада",
        "changes place:Покровськ from:2025-10-29 to:2025-11-07",
    ),
    (
        "сравни Покровск 29 октября с 7 ноября",
        "changes place:Покровск from:2025-10-29 to:2025-11-07",
    ),
    ("compare Pokrovsk", ""),
    ("who said what on 29 October and 7 November", ""),
    ("claims by Putin about Pokrovsk", "claims by:Putin place:Pokrovsk"),
    ("the latest claims about Pokrovsk", "claims place:Pokrovsk"),
    ("заяви Путіна про Покровськ", "claims by:Путіна place:про Покровськ"),
    ("последние заявления Путина", "claims by:Путина"),
    ("events in Pokrovsk since 1 November", "events place:Pokrovsk since:2025-11-01"),
    ("події 31 жовтня", "events since:2025-10-31 until:2025-10-31"),
]


def read(text: str) -> str:
    question = read_question(text, TODAY, UTC)
    if question is None:
        return ""
    return " ".join([question.command, *(f"{k}:{v}" for k, v in question.given.items())])


@pytest.mark.parametrize("pattern", PATTERNS)
def test_each_pattern_reads_its_example(pattern: Pattern) -> None:
    question = read_question(f"{pattern.example}?", TODAY, UTC)

    assert question is not None
    assert question.command in {pattern.asks.value, "events", "digest", "changes"}


@pytest.mark.parametrize(("text", "line"), QUESTIONS)
def test_a_plain_question_is_read_as_what_was_meant(text: str, line: str) -> None:
    assert read(text) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("What has Deineha said since 24 October?", "claims by:Deineha since:2025-10-24"),
        ("What did Putin say after 29 October?", "claims by:Putin since:2025-10-30"),
        ("Что сказал Путин после 29 октября?", "claims by:Путин since:2025-10-30"),
        ("Що сказав Путін з 24 жовтня?", "claims by:Путін since:2025-10-24"),
        (
            "Что случилось в Мирнограде с 24 октября?",
            "events place:в Мирнограде since:2025-10-24",
        ),
        ("Who holds Pokrovsk since 24 October?", "status place:Pokrovsk"),
        ("ситуация в Покровске от 24 октября", "status place:в Покровске at:2025-10-24"),
        (
            "What changed between 24 and 26 October?",
            "events since:2025-10-24 until:2025-10-26",
        ),
        ("what changed before 24 October?", "events until:2025-10-23"),
        ("What did Putin say until 29 October?", "claims by:Putin until:2025-10-29"),
        (
            "what changed since 24 October until 26 October",
            "events since:2025-10-24 until:2025-10-26",
        ),
        ("what changed since the night of 28–29 October", "events since:2025-10-28"),
        ("what did Putin say after 9999-12-31", "claims by:Putin since:9999-12-31"),
        ("Since 24 October, what has changed?", "events since:2025-10-24"),
        ("що змінилося від 24 жовтня", "events since:2025-10-24"),
    ],
)
def test_since_and_after_leave_the_end_open_and_were_once_read_as_one_day(
    text: str, line: str
) -> None:
    assert read(text) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "what happened in Pokrovsk last week",
            "events place:Pokrovsk since:2025-10-27 until:2025-11-02",
        ),
        ("what happened in October?", "events since:2025-10-01 until:2025-10-31"),
        ("what happened this week", "events since:2025-11-03 until:2025-11-07"),
        (
            "what happened on Wednesday in Myrnohrad",
            "events place:Myrnohrad since:2025-11-05 until:2025-11-05",
        ),
        ("what's new since Monday?", "events since:2025-11-03"),
        ("What did Putin say in 2024?", "claims by:Putin since:2024-01-01 until:2024-12-31"),
        (
            "What did Putin say on 30 February?",
            "claims by:Putin since:30 February until:30 February",
        ),
        ("Who holds Pokrovsk on 30 February?", "status place:Pokrovsk at:30 February"),
        ("Who controlled Pokrovsk last month?", "status place:Pokrovsk at:2025-10-31"),
        ("Що змінилося за добу?", "events since:2025-11-06 until:2025-11-07"),
        ("що змінилося за тиждень?", "events since:2025-10-31 until:2025-11-07"),
        ("Що нового за останні три дні?", "events since:2025-11-04 until:2025-11-07"),
        (
            "Що сталося в Мирнограді на вихідних?",
            "events place:в Мирнограді since:2025-11-01 until:2025-11-02",
        ),
        (
            "що казав Путін наприкінці жовтня",
            "claims by:Путін since:2025-10-01 until:2025-10-31",
        ),
        (
            "что произошло за последнюю неделю в Мирнограде",
            "events place:в Мирнограде since:2025-10-31 until:2025-11-07",
        ),
        (
            "что сказал Путин на прошлой неделе",
            "claims by:Путин since:2025-10-27 until:2025-11-02",
        ),
        ("кто контролировал Покровск в октябре", "status place:Покровск at:2025-10-31"),
    ],
)
def test_the_week_the_month_and_the_weekday_of_a_question_were_once_read_as_part_of_a_place(
    text: str, line: str
) -> None:
    assert read(text) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("claims about the encirclement of Pokrovsk", "claims place:Pokrovsk"),
        ("what did Putin say about the fall of Lyman", "claims by:Putin place:Lyman"),
        ("any news on the battle for Kupiansk since yesterday?", "events place:Kupiansk"),
        ("що Путін сказав про оточення Покровська", "claims by:Путін place:про Покровська"),
        ("заяви про оборону Мирнограда", "claims place:про Мирнограда"),
        ("хто заперечує падіння Покровська", "claims place:Покровська"),
        ("заявления об окружении Покровска", "claims place:об Покровска"),
        ("кто отрицает взятие Покровска", "claims place:Покровска"),
    ],
)
def test_a_question_about_what_happens_to_a_place_is_about_the_place(text: str, line: str) -> None:
    """“The encirclement of Pokrovsk” was a place, and not known."""
    assert read(text).split(" since:")[0] == line


def test_words_of_the_question_were_read_into_the_place() -> None:
    assert read("правда что Покровск взят?") == "status place:Покровск"
    assert read("чи взяли Покровськ росіяни") == "status place:Покровськ"
    assert read("is it true Pokrovsk fell?") == "status place:Pokrovsk"
    assert read("хто заперечує оточення") == "claims text:оточення"
    assert read("Pokrovsk news of last week").startswith("events place:Pokrovsk since:")


@pytest.mark.parametrize(
    "text",
    [
        "who may hold Pokrovsk",
        "what did May say",
        "who holds Pokrovsk 2",
        "what happened in Saturn",
    ],
)
def test_a_word_that_is_also_a_month_or_a_weekday_is_no_day_by_itself(text: str) -> None:
    assert "20" not in read(text)


def test_days_apart_are_not_understood_rather_than_all_but_the_first_dropped() -> None:
    assert read("on 24 October what did Putin say about Pokrovsk on 29 October?") == ""


@pytest.mark.parametrize(
    "text",
    [
        "thanks",
        "дякую!",
        "lol",
        "good morning everyone",
        "I think you are wrong",
        "",
        "?",
        "спасибо",
    ],
)
def test_chatter_is_no_question(text: str) -> None:
    assert read(text) == ""


@given(st.text(max_size=400))
def test_any_text_asks_at_most_for_what_a_reader_may_ask(text: str) -> None:
    question = read_question(text, TODAY, UTC)

    if question is not None:
        (command,) = [each for each in COMMANDS if each.path == question.command]
        assert command.role is Role.READER
        assert all(command.param(name) for name in question.given)


async def test_plain_questions_are_answered_with_what_was_meant(ask: Talk) -> None:
    """At least 55 of sixty, and none wrongly: what could be two places is asked about."""
    answered = 0
    for text, line in QUESTIONS:
        if not line or line == "lookup":  # about the message that it replies to
            continue
        answer = await ask(text)
        meant = await ask(f"/{line}")
        assert answer.first == meant.first, text
        assert answer.answer.about == meant.answer.about, text
        answered += not answer.refused
    assert answered + sum(line == "lookup" for _, line in QUESTIONS) >= 55


@pytest.mark.parametrize("text", [text for text, line in QUESTIONS if line == "lookup"])
async def test_whether_a_message_is_true_is_asked_in_reply_to_it(ask: Talk, text: str) -> None:
    caller = Caller("console", "1", "Somebody", Role.READER)
    more = {"text": "Pokrovsk is encircled"}
    answer = await ask.dispatch.line(caller, text, more=more)
    assert answer.about[0] == "P-704422"
    assert (await ask(text)).answer.code is Code.MISSING_VALUE
