"""Any answer fits Discord, part by part, and nothing of it is lost.

The figures are Discord's, counted here apart from the program's own limits.
"""

import asyncio
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.discord.rendering.card import Card, render
from bot.adapters.discord.rendering.custom_ids import parse_custom_id
from bot.adapters.discord.rendering.modals import form_button
from bot.adapters.discord.rendering.selects import menu_value
from bot.adapters.discord.rendering.views import view
from commands.kit.inlines import Line
from commands.kit.parser import write_line
from commands.kit.reply import (
    Action,
    Block,
    Choice,
    Facts,
    Form,
    Heading,
    Item,
    Items,
    Pick,
    Reply,
    Small,
    Text,
)
from tests.discord.given_replies import given_texts, labels
from tests.discord.markdown_reader import (
    MEANT,
    VOICE,
    inlines,
    kinds,
    line_words,
    lines,
    read,
    squeeze,
    visible_words,
)

ROW, CONTAINER, BUTTON, SELECT, TEXT_DISPLAY = 1, 17, 2, 3, 10
AGAIN = Action("Again", "claims", {"text": "again"})

many = st.sampled_from([1, 1, 1, 1, 1, 7])
long_lines = st.builds(lambda line, times: line * times, lines, st.sampled_from([1, 1, 1, 1, 40]))
items = st.builds(Item, long_lines, st.lists(lines, max_size=2).map(tuple))
rows = st.tuples(inlines, long_lines)
blocks: st.SearchStrategy[Block] = st.one_of(
    inlines.map(Heading),
    long_lines.map(Text),
    lines.map(Small),
    st.builds(lambda some, n: Items(tuple(some * n)), st.lists(items, max_size=2), many),
    st.builds(lambda some, n: Facts(tuple(some * n)), st.lists(rows, max_size=2), many),
)
actions = st.builds(
    Action,
    inlines | st.text(min_size=81, max_size=99),
    st.sampled_from(["status", "claims", "room"]),
    st.dictionaries(st.sampled_from(["place", "after", "text"]), given_texts, max_size=2),
)
many_actions = st.builds(
    lambda some, n: tuple(some * n), st.lists(actions, max_size=20), st.integers(1, 2)
)
choices = st.builds(Choice, labels, given_texts)
picks = st.builds(
    Pick,
    labels,
    st.sampled_from(["add claim", "review"]),
    st.dictionaries(st.sampled_from(["draft", "text"]), given_texts, max_size=2),
    st.sampled_from(["kind", "status"]),
    st.builds(lambda some, n: tuple(some[:n]), st.lists(choices, max_size=60), st.integers(0, 60)),
    given_texts,
)
forms = st.builds(Form, labels, st.sampled_from(["add claim"]), st.just({}), st.just(()))
replies = st.builds(
    Reply,
    long_lines,
    st.builds(lambda some, n: tuple(some * n), st.lists(blocks, max_size=3), many),
    many_actions,
    picks=st.builds(
        lambda some, n: tuple(some * n), st.lists(picks, max_size=4), st.integers(1, 2)
    ),
    form=st.none() | forms,
)


UNREACHED = re.compile(r"\n-# (\d+) more fits?: be more precise\.$")


def inside(components: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield all components, those in others among them."""
    for component in components:
        yield component
        yield from inside(component.get("components", []))
        if "accessory" in component:
            yield from inside([component["accessory"]])


def card_payload(card: Card) -> list[dict[str, Any]]:
    """Return what the library sends for a card."""

    async def components() -> list[dict[str, Any]]:
        payload: list[dict[str, Any]] = view(card).to_components()  # type: ignore[no-untyped-call]
        return payload

    return asyncio.run(components())


def check(payload: list[dict[str, Any]]) -> None:
    """Hold a message to Discord's rules."""
    every = list(inside(payload))
    assert 1 <= len(every) <= 40
    contents = [part["content"] for part in every if part["type"] == TEXT_DISPLAY]
    assert contents
    assert all(content.strip() for content in contents)
    assert sum(map(len, contents)) <= 4000
    for component in every:
        if component["type"] == ROW:
            held = component["components"]
            assert 1 <= len(held) <= 5
            assert len(held) == 1 or all(part["type"] == BUTTON for part in held)
        if component["type"] == CONTAINER:
            assert component["components"]
        if component["type"] == SELECT:
            check_menu(component)
    buttons = [part for part in every if part["type"] == BUTTON]
    assert all(button["label"].strip() and len(button["label"]) <= 80 for button in buttons)
    ids = [part["custom_id"] for part in every if "custom_id" in part]
    assert all(1 <= len(number) <= 100 for number in ids)
    assert len(set(ids)) == len(ids)
    json.dumps(payload, ensure_ascii=False).encode()


def check_menu(menu: dict[str, Any]) -> None:
    """Hold a select menu to Discord's rules."""
    assert 1 <= len(menu["placeholder"]) <= 150
    assert 1 <= len(menu["options"]) <= 25
    assert all(
        option["label"].strip() and len(option["label"]) <= 100 for option in menu["options"]
    )
    assert all(1 <= len(option["value"]) <= 100 for option in menu["options"])
    assert len({option["value"] for option in menu["options"]}) == len(menu["options"])
    assert sum(option.get("default", False) for option in menu["options"]) <= 1


def leads(card: Card, payload: list[dict[str, Any]]) -> dict[int, set[str]]:
    """Return the lines that a message asks for, by the part of the answer they ask for."""
    places: dict[int, set[str]] = {}
    for component in inside(payload):
        if component["type"] in (BUTTON, SELECT):
            asked = parse_custom_id(component["custom_id"])
            assert asked is not None
            line = asked.line or card.kept[asked.key]
            values = [menu_value([option["value"]]) for option in component.get("options", [])]
            led = {line_with(line, asked.param, value) for value in values} or {line}
            places.setdefault(0 if asked.verb == "post" else asked.part, set()).update(led)
    return places


def line_with(line: str, param: str, value: str) -> str:
    return f"{line} with {param} = {value!r}"


def offers(reply: Reply) -> set[str]:
    """Return all that an answer offers, as `leads` finds it."""
    lines = {write_line(action.command, action.given) for action in reply.actions}
    if reply.form:
        lines.add(form_button("Fill it in", reply.form).target.kept)
    for pick in reply.picks:
        for choice in pick.choices:
            given = {**pick.given, pick.param: choice.value}
            in_menu = line_with(write_line(pick.command, pick.given), pick.param, choice.value)
            lines.add(in_menu if len(choice.value) < 100 else write_line(pick.command, given))
    return lines


def all_parts(reply: Reply, asked: Action | None, *, post: bool) -> list[list[dict[str, Any]]]:
    """Return all messages of an answer, going by its own buttons from one to the next.

    Every action is on one of them; where nothing leads on, the first says how many are missing.
    """
    line = asked and write_line(asked.command, asked.given)
    actions = offers(reply)
    messages, cites, part = [], set[str](), 1
    while True:
        card = render(reply, VOICE, asked, part, post=post)
        payload = card_payload(card)
        check(payload)
        messages.append(payload)
        led = leads(card, payload)
        assert led.get(0, set()) == ({line} if post and asked else set())
        cites |= led.get(1, set())
        if asked is None or card.part == card.parts:
            assert led.keys() <= {0, 1}
            missing = len(actions - cites) if asked is None else 0
            assert len(cites) == len(actions) - missing
            assert cites <= actions
            assert missing <= count_unreached(payload) * (asked is None)
            return messages
        part += 1
        assert led[part] == {line}


def count_unreached(payload: list[dict[str, Any]]) -> int:
    """Return how many actions a message says that it does not show."""
    match = UNREACHED.search(text_of([payload])[-1])
    return int(match[1]) if match else 0


def text_of(messages: list[list[dict[str, Any]]]) -> list[str]:
    return [
        component["content"]
        for every in messages
        for component in inside(every)
        if "content" in component
    ]


def lines_of(reply: Reply) -> Iterator[Line]:
    yield reply.title
    for block in reply.blocks:
        match block:
            case Heading():
                yield (block.inline,)
            case Text() | Small():
                yield block.line
            case Items():
                yield from (line for item in block.items for line in (item.lead, *item.under))
            case Facts():
                yield from (line for label, line in block.rows for line in ((label,), line))


@settings(max_examples=30)
@given(replies, actions, st.booleans())
def test_any_answer_fits_and_its_parts_together_say_all_of_it(
    reply: Reply,
    asked: Action,
    post: bool,  # noqa: FBT001 -- drawn, not passed
) -> None:
    shown = text_of(all_parts(reply, asked, post=post))
    assert all(kinds(read(card)) <= MEANT | {"heading", "small"} for card in shown)
    together = "".join(map(visible_words, shown)).replace("…", "")
    at = 0
    for line in lines_of(reply):
        text = line_words(line).replace("…", "")
        assert text in together[at:], text
        at = together.index(text, at) + len(text)


@settings(max_examples=20)
@given(replies)
def test_an_answer_that_cannot_be_asked_for_again_shows_where_it_is_cut(reply: Reply) -> None:
    messages = all_parts(reply, None, post=True)
    assert len(messages) == 1
    if render(reply, VOICE).parts > 1:
        assert re.search(r"\n…(\n-# .+)?$", text_of(messages)[-1])


def test_an_answer_without_any_words_is_still_a_message() -> None:
    unseen = Reply((), (Text(("\u200b",)), Items((Item(()),)), Facts((("", ()),))))
    assert text_of(all_parts(unseen, None, post=False)) == ["…"]


@pytest.mark.parametrize(("words", "times"), [("word", 12), ("word " * 900, 4), ("*" * 5000, 2)])
def test_an_answer_of_very_much_fits(words: str, times: int) -> None:
    facts = Facts((("Label", (words,)),))
    offered = tuple(Action(words, "claims", {"text": f"{n} {words}"}) for n in range(30))
    reply = Reply((words,), (Heading(words), facts, Items((Item((words,)),))) * times, offered)
    shown = text_of(all_parts(reply, Action("Again", "claims", {"text": words}), post=True))
    text = "".join(map(visible_words, shown))
    whole, text = squeeze(words) * (1 + 3 * times), re.sub("Label:|[•…]", "", text)
    # The title stands once more over actions that have a part of their own.
    assert text in (whole, whole + squeeze(words))


def test_more_actions_than_fit_a_message_come_in_parts_of_their_own_below_the_title() -> None:
    """What came after the fifteenth action was dropped without a word."""
    offered = tuple(Action(f"Number {n}", "claims", {"text": str(n)}) for n in range(32))
    shown = [render(Reply(("A list",), (), offered), VOICE, AGAIN, part) for part in (1, 2, 3)]
    assert [card.sections for card in shown] == [("**A list**",)] * 3
    labels = [button.label for card in shown for row in card.rows for button in row]
    assert [label for label in labels if label.startswith("Number")] == [
        f"Number {n}" for n in range(32)
    ]
    assert [label for label in labels if label.startswith("The")] == [
        "The rest (2 of 3)",
        "The rest (3 of 3)",
    ]


def test_choices_of_a_refusal_that_do_not_fit_are_counted() -> None:
    """Nothing leads to another part of a refusal, as it cannot be asked for again."""
    choices = tuple(Action(f"Number {n}", "claims", {"text": str(n)}) for n in range(17))
    card = render(Reply(("Which?",), (), choices), VOICE)
    assert card.sections == ("**Which?**\n-# 2 more matches. Narrow your search.",)
    card = render(Reply(("Which?",), (), choices[:16]), VOICE)
    assert card.sections == ("**Which?**\n-# 1 more match. Narrow your search.",)
