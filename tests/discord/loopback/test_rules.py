"""Every rule is kept: a body that breaks one is refused, and is found in `violations`."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.discord.loopback import Loopback
from tests.discord.loopback.clock import Json
from tests.discord.loopback.rules import At
from tests.discord.loopback.rules_commands import check_choices, check_commands
from tests.discord.loopback.rules_messages import check_message, check_presence
from tests.discord.loopback.rules_modal import check_modal

V2 = 1 << 15
NONE: Json = {"parse": []}


def words(length: int) -> Json:
    return {"type": 10, "content": "x" * length}


def button(custom_id: str = "a", **more: Any) -> Json:
    return {"type": 2, "style": 1, "label": "Go", "custom_id": custom_id, **more}


def link(url: str) -> Json:
    return {"type": 2, "style": 5, "label": "Go", "url": url}


def row(*parts: Json) -> Json:
    return {"type": 1, "components": list(parts)}


def menu(count: int, **more: Any) -> Json:
    options = [{"label": f"{number}", "value": f"{number}"} for number in range(count)]
    return {"type": 3, "custom_id": "menu", "options": options, **more}


def box(*parts: Json) -> Json:
    return {"type": 17, "components": list(parts)}


def layout(*parts: Json, **more: Any) -> Json:
    return {"flags": V2, "components": list(parts), "allowed_mentions": NONE, **more}


def plain(**body: Any) -> Json:
    return {"allowed_mentions": NONE, **body}


def command(name: str = "status", **more: Any) -> Json:
    return {"name": name, "description": "Says how it stands", **more}


def option(name: str = "place", **more: Any) -> Json:
    return {"name": name, "type": 3, "description": "Where", **more}


def choice(name: str, value: object = None) -> Json:
    return {"name": name, "value": name if value is None else value}


def form(*items: Json, title: str = "A note") -> Json:
    return {"title": title, "custom_id": "form", "components": list(items)}


def field(**more: Any) -> Json:
    return in_label({"type": 4, "style": 1, "custom_id": "text", **more})


def in_label(part: Json) -> Json:
    return {"type": 18, "label": "Text", "component": part}


def radios(count: int, **more: Any) -> Json:
    return menu(count, **{"type": 21, "custom_id": "radios", **more})


def upload(**more: Any) -> Json:
    return {"type": 19, "custom_id": "file", **more}


def mark_first(part: Json, count: int) -> Json:
    """Return a part with its first options marked as chosen."""
    options = [{**option, "default": at < count} for at, option in enumerate(part["options"])]
    return part | {"options": options}


LONG_OPTIONS = [{"label": "x" * 101, "value": f"{number}"} for number in range(2)]
SAME_OPTIONS = [{"label": f"{number}", "value": "x"} for number in range(2)]

GOOD_MESSAGES = [
    plain(content="x" * 2_000),
    plain(content="x", components=[row(*(button(str(number)) for number in range(5)))]),
    layout(box(words(3_900), row(button("a" * 100, label="x" * 80))), words(100)),
    layout(*(words(1) for _ in range(40))),
    layout(row(menu(25)), row(link("https://example.org/"))),
    layout({"type": 9, "components": [words(1)], "accessory": button()}),
]
BAD_MESSAGES = {
    "content": plain(content="x" * 2_001),
    "empty": plain(),
    "nonce": plain(content="x", nonce="n" * 26),
    "no mentions": {"content": "x"},
    "mentions everyone": {"content": "x", "allowed_mentions": {"parse": ["everyone"]}},
    "mentions one": {"content": "x", "allowed_mentions": {"parse": [], "users": ["1"]}},
    "mentions the author": {
        "content": "x",
        "allowed_mentions": {"parse": [], "replied_user": True},
    },
    "unknown flag": plain(content="x", flags=1 << 20),
    "no flag": plain(components=[words(1)]),
    "content beside": layout(words(1), content="x"),
    "embeds beside": layout(words(1), embeds=[{"title": "x"}]),
    "too many parts": layout(box(*(words(1) for _ in range(40)))),
    "too much text": layout(box(words(3_000)), words(1_001)),
    "no text": layout(words(0)),
    "six buttons": layout(row(*(button(str(number)) for number in range(6)))),
    "no buttons": layout(row()),
    "bare button": layout(button()),
    "six rows": plain(content="x", components=[row(button(str(number))) for number in range(6)]),
    "long id": layout(row(button("a" * 101))),
    "same id": layout(row(button("a")), box(row(button("a")))),
    "same number": layout(words(1) | {"id": 7}, words(1) | {"id": 7}),
    "long label": layout(row(button(label="x" * 81))),
    "no label": layout(row(button(label=None))),
    "id and link": layout(row(link("https://example.org/") | {"custom_id": "a"})),
    "strange link": layout(row(link("javascript:alert(1)"))),
    "long link": layout(row(link("https://example.org/" + "x" * 500))),
    "options": layout(row(menu(26))),
    "no options": layout(row(menu(0))),
    "placeholder": layout(row(menu(1, placeholder="x" * 151))),
    "more values than options": layout(row(menu(2, max_values=3))),
    "menu beside a button": layout(row(menu(1), button())),
    "box in a box": layout(box(box(words(1)))),
    "no accessory": layout({"type": 9, "components": [words(1)]}),
    "embed": plain(embeds=[{"title": "x" * 257}]),
    "embeds in all": plain(embeds=[{"description": "x" * 3_001}] * 2),
}
GOOD_COMMANDS = [
    [command(f"c{number}") for number in range(100)],
    [command("стан", options=[option(required=True), option("day")])],
    [{"name": "Check this", "type": 3, "default_member_permissions": 32}],
    [command(options=[{"name": "sub", "description": "x", "type": 1, "options": [option()]}])],
    [command(options=[option(choices=[choice(f"{number}") for number in range(25)])])],
]
BAD_COMMANDS = {
    "too many": [command(f"c{number}") for number in range(101)],
    "menus": [{"name": f"m{number}", "type": 3} for number in range(6)],
    "same name": [command(), command()],
    "upper case": [command("Status")],
    "space": [command("room answers")],
    "long name": [command("x" * 33)],
    "no description": [command(description="")],
    "long description": [command(description="x" * 101)],
    "translated description": [command(description_localizations={"uk": "x" * 101})],
    "translated name": [command(name_localizations={"uk": "Стан"})],
    "no such language": [command(description_localizations={"ua": "x"})],
    "options": [command(options=[option(f"o{number}") for number in range(26)])],
    "same option": [command(options=[option(), option()])],
    "option's description": [command(options=[option(description="x" * 101)])],
    "required last": [command(options=[option("a"), option("b", required=True)])],
    "choices": [command(options=[option(choices=[choice(f"{number}") for number in range(26)])])],
    "long choice": [command(options=[option(choices=[choice("x" * 101, "x")])])],
    "choices and suggestions": [
        command(options=[option(choices=[choice("a")], autocomplete=True)])
    ],
    "mixed": [command(options=[option("a"), option("b", type=1)])],
    "too deep": [command(options=[option("a", type=2, options=[option("b", type=2)])])],
    "bounds": [command(options=[option(min_length=5, max_length=4)])],
    "bounds of another type": [command(options=[option(min_value=5)])],
    "contexts": [command(contexts=[0, 3])],
    "too large": [
        command(
            options=[
                option(f"o{number}", choices=[choice(f"{two:0100}") for two in range(20)])
                for number in range(2)
            ]
        )
    ],
}
BAD_CHOICES = {
    "many": [choice(f"{number}") for number in range(26)],
    "long name": [choice("x" * 101, "x")],
    "long value": [choice("x", "x" * 101)],
    "empty": [choice("", "x")],
    "same value": [choice("a", "x"), choice("b", "x")],
    "same name": [choice("a", "x"), choice("a", "y")],
    "a number for a text": [choice("a", 1)],
}
BAD_FORMS = {
    "title": form(field(), title="x" * 46),
    "items": form(*(field(custom_id=f"{number}") for number in range(6))),
    "none": form(),
    "value": form(field(value="x" * 4_001)),
    "over its own limit": form(field(value="xx", max_length=1)),
    "placeholder": form(field(placeholder="x" * 101)),
    "label": form(field() | {"label": "x" * 46}),
    "two labels": form(field(label="Text")),
    "same id": form(field(), field()),
    "a button": form(row(button())),
    "select that is disabled": form(in_label(menu(2, disabled=True))),
    "select of 26": form(in_label(menu(26))),
    "select of nothing": form(in_label(menu(0))),
    "select with two chosen": form(in_label(mark_first(menu(2), 2))),
    "select, needed and not": form(in_label(menu(2, required=True, min_values=0))),
    "select, neither needed nor not": form(in_label(menu(2, required=None))),
    "radio group of one": form(in_label(radios(1))),
    "radio group of eleven": form(in_label(radios(11))),
    "radio group with two chosen": form(in_label(mark_first(radios(2), 2))),
    "radio group with numbers of values": form(in_label(radios(2, min_values=1))),
    "radio group of long labels": form(in_label({**radios(2), "options": LONG_OPTIONS})),
    "radio group of the same value": form(in_label({**radios(2), "options": SAME_OPTIONS})),
    "radio group without an id": form(in_label(radios(2, custom_id=""))),
    "upload of eleven": form(in_label(upload(max_values=11))),
    "upload of options": form(in_label(upload(options=menu(2)["options"]))),
    "upload, needed and not": form(in_label(upload(required=True, min_values=0))),
    "upload of fewer than it needs": form(in_label(upload(min_values=3, max_values=2))),
    "checkboxes, needed and not": form(in_label(menu(2, type=22, min_values=0))),
    "more checks than boxes": form(in_label(menu(2, type=22, max_values=3))),
    "a checkbox that is needed": form(in_label({"type": 23, "custom_id": "c", "required": True})),
    "a radio group without a label": form(radios(2)),
    "a label of words": form(in_label(words(3))),
}
GOOD_FORMS = [
    form(field(max_length=4_000), words(9)),
    form(
        in_label(menu(25, required=True)),
        in_label(menu(2, custom_id="b", required=False, min_values=0)),
    ),
    form(in_label(radios(10)), in_label(mark_first(radios(2, custom_id="b", required=False), 1))),
    form(in_label(upload(min_values=0, max_values=10, required=False))),
    form(in_label(menu(10, type=22, min_values=0, required=False))),
    form(in_label({"type": 23, "custom_id": "c"})),
]


def problems(check: Any, body: Any) -> list[str]:
    at = At()
    check(body, at)
    return [f"{'.'.join(problem.path)}: {problem.message}" for problem in at.problems]


def test_what_fits_is_let_through() -> None:
    for message in GOOD_MESSAGES:
        assert problems(check_message, message) == []
    for commands in GOOD_COMMANDS:
        assert problems(check_commands, commands) == []
    for body in GOOD_FORMS:
        assert problems(check_modal, body) == []


@pytest.mark.parametrize("name", BAD_MESSAGES)
def test_a_message_that_does_not_fit_is_refused(name: str) -> None:
    assert problems(check_message, BAD_MESSAGES[name])


@pytest.mark.parametrize("name", BAD_COMMANDS)
def test_a_command_that_does_not_fit_is_refused(name: str) -> None:
    assert problems(check_commands, BAD_COMMANDS[name])


@pytest.mark.parametrize("name", BAD_CHOICES)
def test_suggestions_that_do_not_fit_are_refused(name: str) -> None:
    assert problems(lambda body, at: check_choices(body, 3, at), BAD_CHOICES[name])


@pytest.mark.parametrize("name", BAD_FORMS)
def test_a_form_that_does_not_fit_is_refused(name: str) -> None:
    assert problems(check_modal, BAD_FORMS[name])


def test_a_presence_that_does_not_fit_is_refused() -> None:
    long = {"type": 4, "name": "Custom Status", "state": "x" * 129}
    assert problems(check_presence, {"status": "online", "activities": [long]})


@pytest.fixture
async def server() -> AsyncIterator[Loopback]:
    async with Loopback() as server:
        yield server


async def test_a_broken_rule_is_answered_as_discord_answers_it_and_kept(server: Loopback) -> None:
    room = server.channel(server.guild("Home"), "general")
    url = f"{server.api}/channels/{room.id}/messages"
    headers = {"Authorization": f"Bot {server.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.post(url, json=BAD_MESSAGES["long label"]) as answer:
            body = await answer.json()
        assert (answer.status, body["code"]) == (400, 50035)
        label = body["errors"]["components"]["0"]["components"]["0"]["label"]
        assert label["_errors"][0]["code"] == "BASE_TYPE_BAD_LENGTH"
        assert answer.headers["Content-Type"] == "application/json"
        assert [violation.problem.path[-1] for violation in server.violations] == ["label"]
        async with session.get(f"{server.api}/guilds/1/bans") as answer:
            assert (await answer.json()) == {"message": "404: Not Found", "code": 0}
    async with aiohttp.ClientSession() as session, session.post(url, json={}) as answer:
        assert answer.status == 401
    assert room.messages == {}
