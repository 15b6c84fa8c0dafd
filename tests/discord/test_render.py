"""Any answer fits Discord, part by part, and nothing of it is lost.

The figures are Discord's, counted here apart from the program's own limits.
"""

import asyncio
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from bot.adapters.discord.client import Client
from bot.adapters.discord.lines import pressed
from bot.adapters.discord.render import Card, render
from bot.adapters.discord.view import view
from bot.dispatch import Desk, Dispatch
from bot.platform import Port
from bot.roles import Homes
from commands.kit.context import Context, Role
from commands.kit.line import write_line
from commands.kit.reply import (
    Action,
    Block,
    Choice,
    Facts,
    Heading,
    Item,
    Items,
    Line,
    Reply,
    Small,
    Text,
)
from commands.kit.spec import Command, Param
from commands.kit.words import T
from tests.discord.test_escape import (
    MEANT,
    VOICE,
    expected,
    inlines,
    kinds,
    lines,
    read,
    seen,
    squeezed,
    texts,
)
from tests.fakes import NOON, ZONE

ROW, CONTAINER, BUTTON, TEXT_DISPLAY = 1, 17, 2, 10

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
given_texts = st.one_of(texts, st.text(max_size=20), st.text(min_size=90, max_size=200))
labels = st.one_of(
    inlines.filter(lambda one: expected((one,)) != ""),
    st.text(min_size=81, max_size=200),
    st.just(""),
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
replies = st.builds(
    Reply,
    long_lines,
    st.builds(lambda some, n: tuple(some * n), st.lists(blocks, max_size=3), many),
    many_actions,
)


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
            assert 1 <= len(one["components"]) <= 5
        if one["type"] == CONTAINER:
            assert one["components"]
    buttons = [one for one in every if one["type"] == BUTTON]
    assert all(1 <= len(one["custom_id"]) <= 100 for one in buttons)
    assert all(one["label"].strip() and len(one["label"]) <= 80 for one in buttons)
    assert len({one["custom_id"] for one in buttons}) == len(buttons)
    json.dumps(payload, ensure_ascii=False).encode()


def leads(card: Card, payload: list[dict[str, Any]]) -> dict[int, set[str]]:
    """Return the lines that a message's buttons ask for, by the part of the answer they ask for."""
    found: dict[int, set[str]] = {}
    for one in inside(payload):
        if one["type"] == BUTTON:
            asked = pressed(one["custom_id"])
            assert asked is not None
            line = asked.line or card.kept[asked.key]
            found.setdefault(0 if asked.post else asked.part, set()).add(line)
    return found


def all_parts(reply: Reply, asked: Action | None, *, post: bool) -> list[list[dict[str, Any]]]:
    """Return all messages of an answer, going by its own buttons from one to the next."""
    line = asked and write_line(asked.command, asked.given)
    messages, part = [], 1
    while True:
        card = render(reply, VOICE, asked, part, post=post)
        payload = sent(card)
        check(payload)
        messages.append(payload)
        led = leads(card, payload)
        assert led.get(0, set()) == ({line} if post and asked else set())
        offered = [write_line(one.command, one.given) for one in reply.actions]
        assert led.get(1, set()) == set(offered[:15])
        if asked is None or card.part == card.parts:
            assert led.keys() <= {0, 1}
            return messages
        part += 1
        assert led[part] == {line}


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
        assert text_of(messages)[-1].endswith("…")


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
    assert re.sub("Label:|[•…]", "", said) == squeezed(words) * (1 + 3 * times)


class Suggesting(Struct):
    """A kind of value that suggests what it is told to."""

    help: T = T("Anything")
    shape: str = "ANY"
    example: str = "any"
    raw: bool = True
    found: Sequence[Choice] = ()

    def takes(self, _words: Sequence[str]) -> int:
        return 0

    async def read(self, text: str, _ctx: Context) -> object:
        return text

    async def suggest(self, _text: str, _ctx: Context) -> Sequence[Choice]:
        return self.found


def suggested(found: Sequence[Choice]) -> list[dict[str, Any]]:
    """Return what the client sends of suggestions."""

    def log(event: str, /, *, error: BaseException | None = None, **fields: object) -> None:
        raise AssertionError(event, error, fields)

    async def presence() -> str:
        return ""

    async def run(ctx: Context) -> Reply:
        raise AssertionError(ctx)

    param = Param(
        "any",
        "any",
        Suggesting(found=found),
        required=True,
        positional=True,
        hidden=False,
        role=Role.READER,
    )
    command = Command("any", "Any", run, (param,), Role.READER)
    nothing: Any = None  # neither the store nor what the program keeps is asked for these
    desk = Desk(nothing, (command,), lambda: NOON, ZONE, 7)
    port = Port(Dispatch(desk, log), nothing, Homes(), log, lambda _: VOICE, presence)
    client = Client(port)
    asked: Any = {
        "id": "1", "application_id": "2", "type": 4, "token": "t", "version": 1, "entitlements": [],
        "attachment_size_limit": 1, "user": {"id": "3", "username": "reader", "discriminator": "0",
                                             "avatar": None},
    }  # fmt: skip
    interaction: discord.Interaction[Any] = discord.Interaction(
        data=asked, state=client._connection
    )
    choices = asyncio.run(client.suggest(interaction, command, "any", ""))
    return [one.to_dict() for one in choices]


@settings(max_examples=30)
@given(
    st.lists(st.builds(Choice, labels, given_texts.filter(squeezed)), max_size=60),
    st.integers(1, 2),
)
def test_suggestions_fit_and_none_is_there_twice(some: list[Choice], times: int) -> None:
    choices = suggested(some * times)
    assert len(choices) == min(25, len({one.value for one in some if len(one.value) <= 100}))
    assert all(one["name"].strip() and len(one["name"]) <= 100 for one in choices)
    assert all(1 <= len(one["value"]) <= 100 for one in choices)
    assert len({one["value"] for one in choices}) == len(choices)
