"""Each rule of the language tables catches the example that stands beside it."""

import re

import pytest

from commands.shared.extraction.wording.languages import RULES, choose_rules
from commands.shared.extraction.wording.rule_table import Rule, Rules, Topic

EACH = [(rules, rule) for rules in RULES.values() for rule in rules.rules]
EVERY_RULE = [rule for _, rule in EACH]
NO_HARM = [
    ("en", "Russian troops entered Vilne."),
    ("en", "The marines advanced through Vilne."),
    ("en", "Fighting goes on in Vilne."),
    ("en", "They were pushed out towards Vilne."),
    ("uk", "Російські війська увійшли до Вільного."),
    ("uk", "Піхота просунулася у Вільному."),
    ("uk", "Бої тривають у Вільному."),
    ("ru", "Российские войска вошли в Вольное."),
    ("ru", "Пехота продвинулась в Вольном."),
    ("ru", "Идут бои в Вольном."),
]


def name_rule(value: object) -> str | None:
    return f"{value.topic} {value.means}" if isinstance(value, Rule) else None


@pytest.mark.parametrize("rule", EVERY_RULE, ids=name_rule)
def test_a_rule_catches_its_own_example(rule: Rule) -> None:
    pattern = re.compile(rf"(?<!\w)(?:{rule.pattern})(?!\w)", re.IGNORECASE)
    assert pattern.search(rule.example), rule.pattern
    assert pattern.groups == 0, "a group of its own would shift the others"
    assert not pattern.fullmatch(""), "it would catch everywhere"
    assert rule.why


@pytest.mark.parametrize(("rules", "rule"), EACH, ids=name_rule)
def test_a_table_finds_the_topic_in_the_example(rules: Rules, rule: Rule) -> None:
    assert rules.has(rule.topic, rule.example)


@pytest.mark.parametrize(("language", "sentence"), NO_HARM)
def test_no_rule_makes_a_status_of_entering_or_advancing(language: str, sentence: str) -> None:
    assert not RULES[language].has(Topic.CONTROL, sentence)


@pytest.mark.parametrize("rules", RULES.values(), ids=lambda rules: rules.language)
def test_every_language_has_rules_for_every_topic_that_keeps_a_draft_safe(rules: Rules) -> None:
    topics = {rule.topic for rule in rules.rules}
    needed = {Topic.NEGATION, Topic.THREAT, Topic.DEBUNKING, Topic.WEAK_OBJECT, Topic.ORIGIN}
    assert needed <= topics


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The mill burned.", "en"),
        ("Криниця вже суха, і млин згорів.", "uk"),
        ("Вони тримають Покровськ.", "uk"),
        ("Мельница сгорела, и колодец высох.", "ru"),
        ("123", "en"),
    ],
)
def test_a_text_is_read_in_the_language_that_most_of_it_is_in(text: str, language: str) -> None:
    assert choose_rules(text).language == language
