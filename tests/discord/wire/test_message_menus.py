"""The menu of somebody's message: it reads what a person sees there, and nothing else."""

from typing import Any

import pytest

from tests.discord.loopback import Channel, Form, Member, Message
from tests.discord.loopback.shapes import message_json, user_json
from tests.discord.loopback.world import MANAGE_MESSAGES, VIEW
from tests.discord.wire.stage import Stage, first_line, labels, plain

CLAIM, LOOK_UP = "File as claim", "Check this"
WORDS = "Fighting near Покровськ, they say"
V2 = 1 << 15


@pytest.fixture
def who(stage: Stage) -> Member:
    """A moderator of the desk, at home."""
    role = stage.server.role(stage.guild, "desk", MANAGE_MESSAGES)
    stage.bot.homes.add(str(stage.guild.id))
    stage.bot.moderators.add(str(role.id))
    return stage.server.member(stage.guild, "Moderator One", roles=[role])


def post(stage: Stage, author: Member | None = None, **payload: Any) -> Message:
    """Return a message in the room, of a member's or of another bot's."""
    world = stage.server.world
    by = author.user if author else world.user("Feed", bot=True)
    return world.message(stage.room, by, **payload)


def forward(stage: Stage, original: Message, **copied: Any) -> Message:
    """Return a message that passes another on, as Discord keeps it: its copy without an author."""
    kept = (
        "type",
        "content",
        "embeds",
        "attachments",
        "timestamp",
        "edited_timestamp",
        "flags",
        "mentions",
        "mention_roles",
        "components",
    )
    copy = {key: original.payload[key] for key in kept} | copied
    where = {"type": 1, "channel_id": str(original.channel.id), "message_id": str(original.id)}
    if original.channel.guild is not None:
        where["guild_id"] = str(original.channel.guild.id)
    passed_on = [{"message": copy}]
    return post(stage, stage.reader, message_reference=where, message_snapshots=passed_on)


def picture(description: str | None) -> list[dict[str, Any]]:
    where = "https://cdn.discordapp.com/attachments/1/2/map.png"
    file = {"id": "2", "filename": "map.png", "size": 9, "url": where, "proxy_url": where}
    return [file | ({"description": description} if description else {})]


def embed(**more: Any) -> list[dict[str, Any]]:
    return [{"type": "rich", **more}]


POLL = {
    "question": {"text": WORDS},
    "answers": [
        {"answer_id": n, "poll_media": {"text": word}} for n, word in ((1, "So"), (2, "No"))
    ],
    "expiry": "2026-11-30T12:00:00+00:00",
    "allow_multiselect": False,
    "layout_type": 1,
}
SEEN: dict[str, dict[str, Any]] = {
    "embed's title": {"embeds": embed(title=WORDS)},
    "embed's description": {"embeds": embed(description=WORDS)},
    "embed's field": {"embeds": embed(fields=[{"name": "Where", "value": WORDS}])},
    "poll": {"poll": POLL},
    "component": {
        "components": [
            {"type": 17, "id": 1, "components": [{"type": 10, "id": 2, "content": WORDS}]}
        ],
        "flags": V2,
    },
    "section beside a picture": {
        "components": [
            {
                "type": 9,
                "id": 1,
                "components": [{"type": 10, "id": 2, "content": WORDS}],
                "accessory": {"type": 2, "id": 3, "style": 2, "label": "More", "custom_id": "more"},
            }
        ],
        "flags": V2,
    },
    "attachment's description": {"attachments": picture(WORDS)},
    "preview of a link": {
        "content": "https://example.org/1",
        "embeds": [{"type": "article", "title": WORDS, "url": "https://example.org/1"}],
    },
}


@pytest.mark.parametrize("kind", SEEN)
async def test_what_a_person_reads_in_a_message_is_looked_up_and_filed(
    stage: Stage, who: Member, kind: str
) -> None:
    """“`/lookup` needs text”, it said of all that was not the message's own text."""
    message = post(stage, **SEEN[kind])
    async with stage.running():
        card = await (await who.menu(message, LOOK_UP)).answer()
        assert first_line(card) == "On record here about that message"
        assert "Pokrovsk" in labels(card)
        form = await (await who.menu(message, CLAIM)).form()
        assert WORDS in form.fields["text"]["value"]
        assert "More" not in form.fields["text"]["value"]


async def test_the_context_of_a_message_is_looked_up_and_not_filed(
    stage: Stage, who: Member
) -> None:
    quoted = post(stage, content=WORDS)
    reply = await who.say(stage.room, "Is that so?", reply_to=quoted)
    signed = post(
        stage, embeds=embed(title="News", author={"name": "Покровськ"}, footer={"text": "12"})
    )
    async with stage.running():
        for message, own in ((reply, "Is that so?"), (signed, "News")):
            card = await (await who.menu(message, LOOK_UP)).answer()
            assert "Pokrovsk" in labels(card)
            form = await (await who.menu(message, CLAIM)).form()
            assert form.fields["text"]["value"] == own


async def test_a_program_is_not_the_speaker_of_what_it_passes_on(stage: Stage, who: Member) -> None:
    message = post(stage, embeds=embed(title=WORDS, author={"name": "A channel"}))
    async with stage.running():
        form = await (await who.menu(message, CLAIM)).form()
        assert not form.fields["by"].get("value")
        assert form.fields["by"]["placeholder"] == "Perhaps A channel"


@pytest.mark.parametrize("sees", ["sees", ""])
async def test_a_forward_is_read_as_what_it_passes_on(stage: Stage, who: Member, sees: str) -> None:
    """It was filed with no words, the forwarder as speaker, and the forward's day and address."""
    elsewhere = stage.server.channel(stage.guild, "reports")
    author = stage.server.member(stage.guild, "Author One")
    original = stage.server.world.message(
        elsewhere, author.user, content=WORDS, timestamp="2025-10-29T22:30:00+00:00"
    )
    message = forward(stage, original)
    if not sees:
        stage.server.deny(elsewhere, VIEW, who.user)
    async with stage.running():
        form = await (await who.menu(message, CLAIM)).form()
        shown = {name: field.get("value") or "" for name, field in form.fields.items()}
        address = f"https://discord.com/channels/{stage.guild.id}/{elsewhere.id}/{original.id}"
        assert shown["text"] == WORDS
        assert shown["day"] == "2025-10-30", "the day of the desk's zone"
        assert shown["by"] == ""
        assert shown["source"] == (address if sees else "")
        assert form.fields["by"].get("placeholder") == ("Perhaps Author One" if sees else None)
        card = await (await who.menu(message, LOOK_UP)).answer()
        assert "Pokrovsk" in labels(card)


async def test_no_address_of_a_server_that_the_asker_is_not_in_is_filed(
    stage: Stage, who: Member
) -> None:
    foreign = stage.server.guild("Foreign", installed=False)
    room = stage.server.channel(foreign, "general")
    author = stage.server.member(foreign, "Author Two")
    message = forward(stage, stage.server.world.message(room, author.user, content=WORDS))
    async with stage.running():
        form = await (await who.menu(message, CLAIM)).form()
        assert not form.fields["source"].get("value")
        assert str(foreign.id) not in str(form.body)
        assert "Author Two" not in str(form.body)


async def test_marks_are_filed_as_names_and_days_without_anybodys_id(
    stage: Stage, who: Member
) -> None:
    """They stood raw on record: `<@id>`, `<#id>`, `<t:…>`."""
    role = stage.server.role(stage.guild, "observers")
    hidden = stage.server.channel(stage.guild, "hidden")
    stage.server.deny(hidden, VIEW, who.user)
    reader, at = stage.reader, 1761777000  # 29 Oct 2025 22:30 UTC
    text = (
        f"<@{reader.id}> <@!{reader.id}> <@999999999999999999> <@&{role.id}> <#{stage.room.id}>"
        f" <#{hidden.id}> <t:{at}:D> <t:{at}> <:flag:1234> </status:77>"
        f" https://discord.com/users/{reader.id}"
    )
    message = post(stage, who, content=text, mentions=[user_json(reader.user)])
    passed_on = forward(stage, message)
    async with stage.running():
        for posted in (message, passed_on):
            form = await (await who.menu(posted, CLAIM)).form()
            assert form.fields["text"]["value"] == (
                "@Reader One @Reader One @unknown-user @observers #general"
                " #unknown 30 Oct 2025 30 Oct 2025, 00:30 Europe/Kyiv :flag: /status"
                " @Reader One"
            )


WORDLESS: dict[str, dict[str, Any]] = {
    "sticker": {"sticker_items": [{"id": "5", "name": "Wave", "format_type": 1}]},
    "voice message": {"attachments": picture(None), "flags": 1 << 13},
    "join message": {"type": 7},
}


@pytest.mark.parametrize("kind", WORDLESS)
async def test_a_message_without_words_is_said_to_have_none(
    stage: Stage, who: Member, kind: str
) -> None:
    message = post(stage, stage.reader, **WORDLESS[kind])
    async with stage.running():
        for asked, reply in (
            (await who.menu(message, LOOK_UP), "That message has no text."),
            (
                await who.menu(message, CLAIM),
                "That message has no text; write your own with `/add claim`.",
            ),
        ):
            answer = await asked.answer()
            assert plain(answer) == reply
            assert answer.ephemeral


async def test_a_form_from_a_menu_marks_what_is_required(stage: Stage, who: Member) -> None:
    message = await stage.reader.say(stage.room, WORDS)
    async with stage.running():
        form = await (await who.menu(message, CLAIM)).form()
        needed = [name for name, field in form.fields.items() if field["required"]]
        assert needed == ["text", "by", "day", "source"]
        assert form.fields["text"]["max_length"] == 2000


@pytest.mark.parametrize("length", [2_001, 4_000])
async def test_a_message_too_long_for_the_record_is_kept_and_the_reason_stands_first(
    stage: Stage, who: Member, length: int
) -> None:
    """The reason stood on part 3 of 3, under a bare title."""
    text = ("Words. " * 600)[:length].rstrip().ljust(length, ".")
    message = await stage.reader.say(stage.room, text)
    async with stage.running():
        card = await (await who.menu(message, CLAIM)).answer()
        first, reason, *_ = plain(card).split("\n")
        assert first == "D-1 · draft of a claim"
        assert reason == f"text: That is {length} characters; write at most 2000."
        assert "(1/" not in plain(card)
        draft = await stage.bot.store.drafts.get(1)
        assert draft is not None
        assert draft.fields["text"] == text
        form: Form = await (await who.click(card, labels(card)["Fix"])).form()
        assert form.fields["text"]["value"] == text
        fixed = await (await who.submit(form, {"text": "Words."})).answer()
        assert "characters" not in plain(fixed)


async def test_the_message_that_began_a_thread_is_read_in_the_thread(
    stage: Stage, who: Member
) -> None:
    original = await stage.reader.say(stage.room, WORDS)
    thread: Channel = stage.server.world.thread(stage.room, "Talk", 11)
    where = {"type": 0, "channel_id": str(stage.room.id), "message_id": str(original.id)}
    starter = stage.server.world.message(
        thread,
        who.user,
        type=21,
        message_reference=where,
        referenced_message=message_json(original),
    )
    async with stage.running():
        form = await (await who.menu(starter, CLAIM)).form()
        assert form.fields["text"]["value"] == WORDS
        assert form.fields["by"]["value"] == "Reader One"
