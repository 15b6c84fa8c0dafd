"""What befalls an entry on record as two moderators click it: linked, retracted, back, undone."""

import simcord

from store import Store
from tests.discord.simulation import HOME, DiscordBot, Server, answer_of, serving
from tests.discord.steps import approve_submission, ask, moderator, press


async def is_listed(here: Server, who: simcord.MemberActor) -> bool:
    """Return whether a reader finds the entry."""
    card = answer_of(await who.slash(here.room, "search", text="drone station"))
    return "E-65" in card.plain


async def test_contradicted_retracted_put_back_and_undone(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        first, two = moderator(here, "Moderator One"), moderator(here, "Moderator Two")
        await approve_submission(here, first)
        linked = await ask(here, two, "link", ref="E-65", type="contradicts", to="E-28")
        assert linked.first == "Linked: `E-65` contradicts `E-28`"
        other = await ask(here, here.reader, "entry", ref="E-28")
        assert "E-65" in other.plain
        gone = await ask(here, two, "retract", ref="E-65", why="It was a rumour.")
        assert gone.first == "`E-65` retracted: It was a rumour."
        assert not await is_listed(here, here.reader)
        back = await ask(here, first, "restore", ref="E-65", why="It was none.")
        assert back.first == "`E-65` restored: It was none."
        assert await is_listed(here, here.reader)
        undone = await press(first, back, "Undo")
        assert undone.first == "Undone: `E-65` restored"
        assert not await is_listed(here, here.reader)
        again = await press(first, undone, "Do it again")
        assert again.first == "`E-65` restored: It was none."
        history = await ask(here, here.reader, "entry", ref="E-65")
        for why in ("Submitted as `D-1` and approved.", "It was a rumour.", "It was none."):
            assert why in history.plain


async def test_an_act_on_which_another_has_built_is_not_undone(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        first, two = moderator(here, "Moderator One"), moderator(here, "Moderator Two")
        filed = await approve_submission(here, first)
        await ask(here, two, "link", ref="E-65", type="contradicts", to="E-28")
        refused = await press(first, filed, "Undo")
        assert refused.private
        assert "E-65" in refused.plain
        assert await is_listed(here, here.reader)


async def test_undo_takes_back_the_act_it_stands_under(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        who = moderator(here)
        filed = await approve_submission(here, who)
        await ask(here, who, "retract", ref="E-28", why="A trial.")
        await press(who, filed, "Undo")
        other, own = await store.entries.get(28), await store.entries.get(65)
        assert other is not None
        assert own is not None
        assert other.retracted_at is not None
        assert own.retracted_at is not None


async def test_who_is_a_reader_elsewhere_cannot_undo_or_retract(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        who = moderator(here)
        filed = await approve_submission(here, who)
        await who.send_dm("retract E-65 Gone.")
        refused = answer_of(who.user.dm_channel.last_message)
        assert refused.plain.startswith("Only moderators can use `/retract`.\n")
        here.desk.moderators.clear()
        refused = await press(who, filed, "Undo")
        assert refused.plain == "Only moderators can use `/undo`."
        assert await is_listed(here, here.reader)
