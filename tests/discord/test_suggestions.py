"""What is suggested while somebody types, and that a chosen suggestion is not asked about again."""

import asyncio
from collections.abc import Sequence
from typing import Any

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typing_extensions import override

from bot.adapters.discord.discord_client import DiscordClient
from bot.adapters.discord.rendering.limits import CHOICE, OPTIONS
from bot.dispatch import Desk, Dispatch
from bot.permissions import Homes
from bot.platform import Port
from commands.kit.command import Command, Param, ParamType
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.reply import Choice, Reply
from store import Store
from store.db.connection import ThreadedDatabase
from tests.discord.given_replies import given_texts, labels
from tests.discord.markdown_reader import VOICE, squeeze
from tests.discord.simulation import DiscordBot, answer_of, serving
from tests.fakes import NOON, ZONE
from tests.store.conftest import addition, an_act, an_entry


@pytest.mark.parametrize(
    ("asked", "name", "typed"),
    [
        *(("status", "place", typed) for typed in ("", "п", "Добропілля", "shevch", "pokrvsk")),
        *(("claims", "by", typed) for typed in ("", "путін", "deep")),
        *(("entry", "ref", typed) for typed in ("", "2", "E-", "e 1")),
        *(("events", "since", typed) for typed in ("", "29 oct", "2025-1", "nonsense")),
    ],
)
async def test_suggestions_are_few_short_and_different(
    store: Store, asked: str, name: str, typed: str
) -> None:
    async with serving(DiscordBot(store)) as here:
        choices = await here.reader.autocomplete(here.room, asked, name, typed)
        assert 0 < len(choices) <= OPTIONS
        for key in ("name", "value"):
            assert all(0 < len(choice[key]) <= CHOICE for choice in choices)
            assert len({choice[key] for choice in choices}) == len(choices)


@pytest.mark.parametrize("typed", ["Pokrovsk", "покровськ", "Красноармійськ", "Krasnoarmeysk"])
async def test_a_place_is_suggested_by_any_of_its_names(store: Store, typed: str) -> None:
    async with serving(DiscordBot(store)) as here:
        first, *_ = await here.reader.autocomplete(here.room, "status", "place", typed)
        assert first["value"] == "P-704422"


async def test_two_villages_that_are_described_alike_do_not_undo_all_suggestions(
    store: Store,
) -> None:
    """Discord takes no two of one name: whoever typed “Nel” was suggested nothing at all."""
    async with serving(DiscordBot(store)) as here:
        choices = await here.reader.autocomplete(here.room, "status", "place", "Nelhivka")
        twins = {choice["value"]: choice["name"] for choice in choices}
        assert twins["P-7794"].startswith("P-7794 · Nelhivka, Sofiivka hromada")
        assert twins["P-7799"].startswith("P-7799 · Nelhivka, Sofiivka hromada")
        assert len(set(twins.values())) == len(twins)


async def test_namesakes_are_told_apart_and_the_chosen_one_is_answered(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        choices = await here.reader.autocomplete(here.room, "status", "place", "Pokrovske")
        namesakes = [choice for choice in choices if choice["name"].startswith("Pokrovske, ")]
        assert len(namesakes) > 4
        for namesake in namesakes[:3]:
            oblast = namesake["name"].split(", ")[1]
            answer = answer_of(
                await here.reader.slash(here.room, "status", place=namesake["value"])
            )
            assert answer.first.startswith("Pokrovske: ")
            assert oblast in answer.text


async def test_a_chosen_speaker_reference_and_day_are_understood(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        (who,) = await here.reader.autocomplete(here.room, "claims", "by", "Putin")
        assert who["name"] == "Vladimir Putin"
        ref = (await here.reader.autocomplete(here.room, "entry", "ref", "28"))[0]
        assert ref["name"].startswith("E-28 · Vladimir Putin claimed")
        day = (await here.reader.autocomplete(here.room, "claims", "since", "29 oct"))[0]
        assert day == {"name": "29 Oct 2025", "value": "2025-10-29"}
        given = {"by": who["value"], "since": day["value"]}
        answer = answer_of(await here.reader.slash(here.room, "claims", **given))
        assert answer.first.startswith("1 claim · by Vladimir Putin")
        answer = answer_of(await here.reader.slash(here.room, "entry", ref=ref["value"]))
        assert answer.first.startswith("`E-28`")


async def test_a_long_or_ugly_text_is_suggested_in_one_short_line(store: Store) -> None:
    ugly = f"First\nsecond\u202e {'word ' * 60}"
    await store.history.write(an_act("ugly"), addition(an_entry(text=ugly)))
    async with serving(DiscordBot(store)) as here:
        choices = await here.reader.autocomplete(here.room, "entry", "ref", "65")
        assert choices[0]["value"] == "E-65"
        assert len(choices[0]["name"]) == CHOICE
        assert choices[0]["name"].endswith("…")
        assert choices[0]["name"].isprintable()


async def test_suggestions_work_in_a_private_chat(store: Store) -> None:
    async with serving(DiscordBot(store)) as here:
        choices = await here.reader.user.autocomplete("status", "place", "мирноград")
        assert choices[0]["value"] == "P-710035"


class Suggesting(ParamType, frozen=True):
    """A kind of value that suggests what it is told to."""

    help: T = T("Anything")
    shape: str = "ANY"
    example: str = "any"
    raw: bool = True
    choices: Sequence[Choice] = ()

    @override
    def takes(self, _words: Sequence[str]) -> int:
        return 0

    @override
    async def read(self, text: str, _ctx: Context) -> object:
        return text

    @override
    async def suggest(self, _text: str, _ctx: Context) -> Sequence[Choice]:
        return self.choices


def suggestion_payload(offers: Sequence[Choice]) -> list[dict[str, Any]]:
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
        Suggesting(choices=offers),
        required=True,
        positional=True,
        hidden=False,
        role=Role.READER,
    )
    command = Command("any", "Any", run, (param,), Role.READER)
    nothing: Any = None  # what the program keeps is not asked for these
    desk = Desk(Store(ThreadedDatabase([], None, None)), (command,), lambda: NOON, ZONE, 7)
    port = Port(Dispatch(desk, log), nothing, Homes(), log, lambda _: VOICE, presence)
    client = DiscordClient(port)
    asked: Any = {
        "id": "1",
        "application_id": "2",
        "type": 4,
        "token": "t",
        "version": 1,
        "entitlements": [],
        "attachment_size_limit": 1,
        "user": {"id": "3", "username": "reader", "discriminator": "0", "avatar": None},
    }
    interaction: discord.Interaction[Any] = discord.Interaction(
        data=asked, state=client._connection
    )
    choices = asyncio.run(client.suggest(interaction, command, "any", ""))
    return [choice.to_dict() for choice in choices]


@settings(max_examples=30)
@given(
    st.lists(st.builds(Choice, labels, given_texts.filter(squeeze)), max_size=60),
    st.integers(1, 2),
)
def test_suggestions_fit_and_none_is_there_twice(some: list[Choice], times: int) -> None:
    choices = suggestion_payload(some * times)
    assert len(choices) == min(
        25, len({choice.value for choice in some if len(choice.value) <= 100})
    )
    assert all(choice["name"].strip() and len(choice["name"]) <= 100 for choice in choices)
    assert all(1 <= len(choice["value"]) <= 100 for choice in choices)
    assert len({choice["value"] for choice in choices}) == len(choices)
