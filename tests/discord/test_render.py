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
    expected,
    inlines,
    kinds,
    lines,
    read,
    seen,
    squeezed,
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
    for one in components:
        yield one
        yield from inside(one.get("components", []))
        if "accessory" in one:
            yield from inside([one["accessory"]])


def sent(card: Card) -> list[dict[str, Any]]:
    """Return what the library sends for a card."""

    async def components() -> list[dict[str, Any]]:
        payload: list[dict[str, Any]] = view(card).to_components()  # type: ignore[no-untyped-call]
        return payload

    return asyncio.run(components())


def check(payload: list[dict[str, Any]]) -> None:
    """Hold a message to Discord's rules."""
    every = list(inside(payload))
    assert 1 <= len(every) <= 40
    contents = [one["content"] for one in every if one["type"] == TEXT_DISPLAY]
    assert contents
    assert all(content.strip() for content in contents)
    assert sum(map(len, contents)) <= 4000
    for one in every:
        if one["type"] == ROW:
            held = one["components"]
            assert 1 <= len(held) <= 5
            assert len(held) == 1 or all(part["type"] == BUTTON for part in held)
        if one["type"] == CONTAINER:
            assert one["components"]
        if one["type"] == SELECT:
            check_menu(one)
    buttons = [one for one in every if one["type"] == BUTTON]
    assert all(one["label"].strip() and len(one["label"]) <= 80 for one in buttons)
    ids = [one["custom_id"] for one in every if "custom_id" in one]
    assert all(1 <= len(one) <= 100 for one in ids)
    assert len(set(ids)) == len(ids)
    json.dumps(payload, ensure_ascii=False).encode()


def check_menu(menu: dict[str, Any]) -> None:
    """Hold a select menu to Discord's rules."""
    assert 1 <= len(menu["placeholder"]) <= 150
    assert 1 <= len(menu["options"]) <= 25
    assert all(one["label"].strip() and len(one["label"]) <= 100 for one in menu["options"])
    assert all(1 <= len(one["value"]) <= 100 for one in menu["options"])
    assert len({one["value"] for one in menu["options"]}) == len(menu["options"])
    assert sum(one.get("default", False) for one in menu["options"]) <= 1


def leads(card: Card, payload: list[dict[str, Any]]) -> dict[int, set[str]]:
    """Return the lines that a message asks for, by the part of the answer they ask for."""
    found: dict[int, set[str]] = {}
    for one in inside(payload):
        if one["type"] in (BUTTON, SELECT):
            asked = parse_custom_id(one["custom_id"])
            assert asked is not None
            line = asked.line or card.kept[asked.key]
            values = [menu_value([option["value"]]) for option in one.get("options", [])]
            led = {chosen(line, asked.param, value) for value in values} or {line}
            found.setdefault(0 if asked.verb == "post" else asked.part, set()).update(led)
    return found


def chosen(line: str, param: str, value: str) -> str:
    return f"{line} with {param} = {value!r}"


def offers(reply: Reply) -> set[str]:
    """Return all that an answer offers, as `leads` finds it."""
    lines = {write_line(one.command, one.given) for one in reply.actions}
    if reply.form:
        lines.add(form_button("Fill it in", reply.form).target.kept)
    for pick in reply.picks:
        for one in pick.choices:
            given = {**pick.given, pick.param: one.value}
            in_menu = chosen(write_line(pick.command, pick.given), pick.param, one.value)
            lines.add(in_menu if len(one.value) < 100 else write_line(pick.command, given))
    return lines


def all_parts(reply: Reply, asked: Action | None, *, post: bool) -> list[list[dict[str, Any]]]:
    """Return all messages of an answer, going by its own buttons from one to the next.

    Every action is on one of them; where nothing leads on, the first says how many are missing.
    """
    line = asked and write_line(asked.command, asked.given)
    actions = offers(reply)
    messages, found, part = [], set[str](), 1
    while True:
        card = render(reply, VOICE, asked, part, post=post)
        payload = sent(card)
        check(payload)
        messages.append(payload)
        led = leads(card, payload)
        assert led.get(0, set()) == ({line} if post and asked else set())
        found |= led.get(1, set())
        if asked is None or card.part == card.parts:
            assert led.keys() <= {0, 1}
            missing = len(actions - found) if asked is None else 0
            assert len(found) == len(actions) - missing
            assert found <= actions
            assert missing <= missed(payload) * (asked is None)
            return messages
        part += 1
        assert led[part] == {line}


def missed(payload: list[dict[str, Any]]) -> int:
    """Return how many actions a message says that it does not show."""
    said = UNREACHED.search(text_of([payload])[-1])
    return int(said[1]) if said else 0


def text_of(messages: list[list[dict[str, Any]]]) -> list[str]:
    return [one["content"] for every in messages for one in inside(every) if "content" in one]


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
    assert all(kinds(read(one)) <= MEANT | {"heading", "small"} for one in shown)
    together = "".join(map(seen, shown)).replace("…", "")
    at = 0
    for line in lines_of(reply):
        said = expected(line).replace("…", "")
        assert said in together[at:], said
        at = together.index(said, at) + len(said)


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
    said = "".join(map(seen, shown))
    whole, said = squeezed(words) * (1 + 3 * times), re.sub("Label:|[•…]", "", said)
    # The title stands once more over actions that have a part of their own.
    assert said in (whole, whole + squeezed(words))


def test_more_actions_than_fit_a_message_come_in_parts_of_their_own_below_the_title() -> None:
    """What came after the fifteenth action was dropped without a word."""
    offered = tuple(Action(f"Number {n}", "claims", {"text": str(n)}) for n in range(32))
    shown = [render(Reply(("A list",), (), offered), VOICE, AGAIN, part) for part in (1, 2, 3)]
    assert [card.sections for card in shown] == [("**A list**",)] * 3
    labels = [one.label for card in shown for row in card.rows for one in row]
    assert [one for one in labels if one.startswith("Number")] == [f"Number {n}" for n in range(32)]
    assert [one for one in labels if one.startswith("The")] == [
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
