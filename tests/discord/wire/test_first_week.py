"""What a community does in its first week, and what worked from the start: it stays so."""

import pytest

from store.model.draft import DraftState
from tests.discord.loopback import Channel, Member, Message
from tests.discord.loopback.shapes import guild_json
from tests.discord.loopback.world import (
    FORUM,
    MANAGE_MESSAGES,
    NEWS,
    PRIVATE_THREAD,
    PUBLIC_THREAD,
    SEND,
    TEXT,
    VOICE,
    Role,
)
from tests.discord.wire.stage import Stage, first_line, labels, plain

GIVEN = {"by": "Putin", "day": "2025-11-06", "place": "Pokrovsk", "source": "S-1"}
CLAIM = {"text": "The bridge is down.", **GIVEN}


@pytest.fixture
def desk(stage: Stage) -> Role:
    """The role of the desk's moderators, at home."""
    role = stage.server.role(stage.guild, "desk", MANAGE_MESSAGES)
    stage.bot.homes.add(str(stage.guild.id))
    stage.bot.moderators.add(str(role.id))
    return role


@pytest.fixture
def who(stage: Stage, desk: Role) -> Member:
    return stage.server.member(stage.guild, "Moderator One", roles=[desk])


@pytest.fixture
def other(stage: Stage, desk: Role) -> Member:
    return stage.server.member(stage.guild, "Moderator Two", roles=[desk])


async def draft_claim(stage: Stage, who: Member) -> Message:
    """Return the card of a draft that lacks nothing."""
    return await (await who.slash(stage.room, "add claim", CLAIM)).answer()


async def test_who_lost_the_role_files_nothing_any_more(stage: Stage, who: Member) -> None:
    async with stage.running():
        card = await draft_claim(stage, who)
        stage.guild.members[who.id] = (who.user, [])
        refused = await (await who.click(card, labels(card)["File"])).answer()
        assert plain(refused).startswith("Only moderators can use `/draft file`.")
        assert refused.ephemeral
        draft = await stage.bot.store.drafts.get(1)
        assert draft is not None
        assert draft.state is DraftState.OPEN
        assert await stage.bot.store.entries.get(65) is None


async def test_two_reviewers_of_one_submission_approve_it_once(
    stage: Stage, who: Member, other: Member
) -> None:
    given = {
        "text": "A strike near Pokrovsk.",
        "place": "Pokrovsk",
        "day": "2025-11-06",
        "source": "S-1",
    }
    async with stage.running():
        thanked = await (await stage.reader.slash(stage.room, "submit", given)).answer()
        assert first_line(thanked).startswith("Thank you. D-1 waits for a review.")
        cards = [await (await who.slash(stage.room, "review")).answer() for who in (who, other)]
        approved = await (await who.click(cards[0], labels(cards[0])["Approve"])).answer()
        assert "E-65" in plain(approved)
        late = await (await other.click(cards[1], labels(cards[1])["Approve"])).answer()
        assert "E-65" in plain(late)
        assert await stage.bot.store.entries.get(66) is None


async def test_anothers_draft_can_be_neither_seen_nor_filed(
    stage: Stage, who: Member, other: Member
) -> None:
    async with stage.running():
        card = await draft_claim(stage, who)
        assert labels(card)["File"]
        for path in ("draft show", "draft file", "draft drop"):
            refused = await (await other.slash(stage.room, path, {"ref": "D-1"})).answer()
            assert "belongs to someone else" in plain(refused)
            assert "bridge" not in plain(refused)
        draft = await stage.bot.store.drafts.get(1)
        assert draft is not None
        assert draft.state is DraftState.OPEN


async def test_a_message_that_is_filed_twice_is_warned_of_and_one_that_changes_stays_as_filed(
    stage: Stage, who: Member
) -> None:
    message = await stage.reader.say(stage.room, "The bridge is down.")
    async with stage.running():
        for number in (65, 66):
            form = await (await who.menu(message, "File as claim")).form()
            card = await (await who.submit(form, GIVEN)).answer()
            assert ("E-65" in plain(card)) is (number == 66)
            filed = await (await who.click(card, labels(card)["File"])).answer()
            assert first_line(filed) == f"Filed as `E-{number}`"
        message.payload["content"] = "The bridge stands."
        entry = await (await stage.reader.slash(stage.room, "entry", {"ref": "E-65"})).answer()
        assert "The bridge is down." in plain(entry)


KINDS = {"text": TEXT, "announcements": NEWS, "voice": VOICE}


def place(stage: Stage, kind: str) -> Channel:
    world = stage.server.world
    if kind == "forum post":
        forum = stage.server.channel(stage.guild, "forum", FORUM)
        return world.thread(forum, "A post", PUBLIC_THREAD)
    if "thread" in kind:
        sort = PRIVATE_THREAD if "private" in kind else PUBLIC_THREAD
        return world.thread(stage.room, "Talk", sort)
    return stage.server.channel(stage.guild, kind, KINDS[kind])


@pytest.mark.parametrize("kind", [*KINDS, "thread", "private thread", "forum post"])
async def test_every_kind_of_room_is_answered(stage: Stage, kind: str) -> None:
    room = place(stage, kind)
    async with stage.running():
        answer = await (await stage.reader.slash(room, "status", {"place": "Pokrovsk"})).answer()
        assert first_line(answer).startswith("Pokrovsk: ")
        posting = await stage.reader.select(
            answer, "pick:ref:=/entry", ["!/status place:P-704422 drawn:yes"]
        )
        posted = await posting.answer()
        assert posted.channel is room
        assert not posted.ephemeral
        asked = await stage.reader.mention(room, "about")
        assert "On record" in plain(await stage.server.said(room, asked))


async def test_in_a_locked_room_a_slash_command_is_answered_and_a_mention_is_logged(
    stage: Stage,
) -> None:
    room = stage.server.channel(stage.guild, "locked")
    stage.server.deny(room, SEND)
    async with stage.running():
        answer = await (await stage.reader.slash(room, "about")).answer()
        assert "On record" in plain(answer)
        await stage.reader.mention(room, "about")
        (line,) = await stage.logs("undelivered")
        assert line == {"status": 403, "code": 50013}


async def test_a_server_that_is_renamed_is_answered_as_before(stage: Stage, who: Member) -> None:
    async with stage.running():
        stage.guild.name = "Another name"
        data = guild_json(stage.guild, stage.server.world.bot)
        await stage.server.hub.tell("GUILD_UPDATE", data, stage.guild)
        card = await draft_claim(stage, who)
        filed = await (await who.click(card, labels(card)["File"])).answer()
        assert first_line(filed) == "Filed as `E-65`"


async def test_what_somebody_who_left_is_to_be_told_waits_without_a_word_to_anybody(
    stage: Stage, who: Member
) -> None:
    given = {
        "text": "A strike near Pokrovsk.",
        "place": "Pokrovsk",
        "day": "2025-11-06",
        "source": "S-1",
    }
    async with stage.running():
        await (await stage.reader.slash(stage.room, "submit", given)).answer()
        stage.guild.members.pop(stage.reader.id)
        card = await (await who.slash(stage.room, "review")).answer()
        approved = await (await who.click(card, labels(card)["Approve"])).answer()
        assert "E-65" in plain(approved)
        assert stage.room.messages == {}
