"""How long things may be, and what can be chosen: the same wherever it is given."""

from datetime import date

import pytest

from bot.adapters.discord.interactions.context_menus import values_of
from bot.adapters.discord.interactions.message_reading import SeenMessage
from commands import COMMANDS
from commands.kit.command import Command
from commands.kit.invocation import Role
from tests.discord.loopback import Form, Member
from tests.discord.loopback.clock import Json
from tests.discord.loopback.rules_components import SELECT, SELECTS, inside
from tests.discord.loopback.rules_modal import RADIO
from tests.discord.loopback.world import MANAGE_MESSAGES
from tests.discord.wire.stage import Stage, first_line, labels, plain


@pytest.fixture
def who(stage: Stage) -> Member:
    """A moderator of the desk, at home."""
    role = stage.server.role(stage.guild, "desk", MANAGE_MESSAGES)
    stage.bot.homes.add(str(stage.guild.id))
    stage.bot.moderators.add(str(role.id))
    return stage.server.member(stage.guild, "Moderator One", roles=[role])


def options_of(stage: Stage, command: Command) -> dict[str, Json]:
    """Return the options of a command as clients have them, by name."""
    home = None if command.role is Role.READER else stage.guild.id
    options = stage.server.world.commands[home]
    for word in command.path.split():
        (there,) = [
            option
            for option in options
            if option["name"] == word and option.get("type", 1) in (1, 2)
        ]
        options = there.get("options") or []
    return {option["name"]: option for option in options}


@pytest.mark.usefixtures("who")
async def test_what_a_text_may_be_long_is_declared_to_every_client(stage: Stage) -> None:
    """`/add claim text:` took 3,990 characters, and said then that 2,000 are the most."""
    texts = 0
    async with stage.running():
        for command in COMMANDS:
            options = options_of(stage, command)
            for param in command.params:
                if param.name in options and not param.upload:
                    texts += param.type.longest > 0
                    longest = options[param.name].get("max_length") or 0
                    most = min(param.type.longest, 6000)  # of an option, by Discord's rules
                    assert longest == most, (command.path, param.name)
    assert texts > 30


async def test_a_form_takes_what_the_option_takes(stage: Stage, who: Member) -> None:
    async with stage.running():
        for kind in ("claim", "event", "assessment"):
            (command,) = [command for command in COMMANDS if command.path == f"add {kind}"]
            options = options_of(stage, command)
            form = await (await who.slash(stage.room, command.path)).form()
            for name, field in form.fields.items():
                if "options" not in field:
                    most = options[name].get("max_length") or 4000
                    assert field["max_length"] == most, (kind, name)


@pytest.mark.parametrize("length", [3_990, 5_995])
async def test_a_text_that_a_client_did_not_stop_is_kept_in_a_draft(
    stage: Stage, who: Member, length: int
) -> None:
    """“At most 2000”, then “at most 4000”; from 4,001 on the words were lost."""
    text = ("Words. " * 900)[:length].rstrip().ljust(length, ".")
    async with stage.running():
        commands = stage.server.world.commands[stage.guild.id]
        for option in inside_options(commands):
            option.pop("max_length", None)  # as a client that has not loaded them anew
        card = await (await who.slash(stage.room, "add claim", {"text": text})).answer()
        first, reason, *_ = plain(card).split("\n")
        assert first == "D-1 · draft of a claim"
        assert reason == f"text: That is {length} characters; write at most 2000."
        draft = await stage.bot.store.drafts.get(1)
        assert draft is not None
        assert draft.fields["text"] == text
        assert card.ephemeral


def inside_options(options: list[Json]) -> list[Json]:
    """Return all options, those of sub-commands among them."""
    return [
        *options,
        *(part for option in options for part in inside_options(option.get("options", []))),
    ]


async def test_the_kind_of_an_event_is_chosen_from_what_there_is(stage: Stage, who: Member) -> None:
    """It had to be typed, as the bot spells it."""
    async with stage.running():
        form = await (await who.slash(stage.room, "add event")).form()
        kind = form.fields["type"]
        assert kind["type"] in (SELECT, RADIO)
        (command,) = [command for command in COMMANDS if command.path == "add event"]
        offered = [option["value"] for option in kind["options"]]
        kinds = await stage.bot.store.situation.event_types()
        assert offered == [kind.key for kind in kinds]
        assert options_of(stage, command)["type"]["autocomplete"]
        given = {"text": "A strike.", "place": "Pokrovsk", "day": "2025-11-06", "source": "S-1"}
        card = await (
            await who.submit(form, {**given, "type": type_value(form, "strike")})
        ).answer()
        assert "type" not in missing(plain(card))
        draft = await stage.bot.store.drafts.get(1)
        assert draft is not None
        assert draft.fields["type"] == "strike"
        again: Form = await (await who.click(card, labels(card)["Edit"])).form()
        marked = [
            option["value"] for option in again.fields["type"]["options"] if option.get("default")
        ]
        assert marked == ["strike"]
        kept = await (await who.submit(again, given)).answer()
        draft = await stage.bot.store.drafts.get(1)
        assert draft is not None
        assert draft.fields["type"] == "strike"
        assert first_line(kept) == first_line(card)


def type_value(form: Form, value: str) -> str | list[str]:
    return value if form.fields["type"]["type"] == RADIO else [value]


def missing(text: str) -> str:
    return next((line for line in text.split("\n") if line.startswith("Missing")), "")


async def test_every_select_says_whether_it_is_required(stage: Stage, who: Member) -> None:
    """The library's next version supposes the other."""
    given = {"text": "It is down.", "by": "Putin", "day": "2025-11-06", "place": "Pokrovsk"}
    async with stage.running():
        form = await (await who.slash(stage.room, "add event")).form()
        card = await (await who.slash(stage.room, "add claim", {**given, "source": "S-1"})).answer()
        sent = [*inside(card.components), *form.fields.values()]
        selects = [select for select in sent if select["type"] in SELECTS]
        assert len(selects) > 1
        assert all(isinstance(select.get("required"), bool) for select in selects)


def test_a_command_without_a_form_is_given_no_more_than_it_takes() -> None:
    (lookup,) = [command for command in COMMANDS if command.path == "lookup"]
    text = lookup.param("text")
    assert text is not None
    seen = SeenMessage("x" * 9_000, "", date(2025, 11, 6), "", "", "")
    assert len(values_of(lookup, seen)["text"]) == text.type.longest
