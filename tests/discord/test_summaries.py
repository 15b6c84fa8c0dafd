"""A room's summary as its members see it, from the command that sets it up to the post."""

from datetime import timedelta
from typing import Any

from bot.adapters.discord.channel_notifier import ChannelNotifier
from bot.notify.scheduler import Schedule
from store import Store
from store.model.entry import Kind
from tests.discord.simulation import HOME, NOW, DiscordBot, Server, answer_of, serving
from tests.store.conftest import addition, an_act, an_entry


def schedule(here: Server) -> Schedule:
    client: Any = here.env.bot
    desk = here.desk
    poster = ChannelNotifier(client)
    port = desk.port()
    return Schedule(desk.store, port.dispatch, {"discord": poster}, lambda: desk.now, desk.log)


async def test_a_manager_sets_it_up_and_the_room_is_told_the_next_morning(store: Store) -> None:
    bot = DiscordBot(store)
    async with serving(bot, HOME) as here:
        manager = here.manager()
        looked = answer_of(await manager.slash(here.room, "digests add"))
        assert looked.private
        assert looked.first == "Nothing is set up yet · 08:00 Europe/Kyiv · all places"
        pressed = await manager.click(looked.message, custom_id=looked.buttons["Start it"])
        assert answer_of(pressed).first.startswith("Daily summary set up here")
        judged = {"kind": Kind.ASSESSMENT, "type": "control", "control": "russian_held"}
        await store.history.write(an_act("judged"), addition(an_entry(**judged, actor_id=2)))
        await store.history.write(an_act("new"), addition(an_entry(text="Told in the morning.")))
        bot.now = NOW + timedelta(hours=18)
        await schedule(here).turn()
        post = here.last()
        assert post.first.startswith("Pokrovsk: ▼ Russian-held")
        assert "Told in the morning." in post.plain
        (file,) = post.message.attachments
        assert file.filename == "map-P-704422-20251108.png"
        assert post.buttons["As it stands now"] == "do:=/digest of:T-1-20251108"
        await schedule(here).turn()
        assert here.last().message.id == post.message.id


async def test_a_reader_may_look_and_not_set_it_up(store: Store) -> None:
    async with serving(DiscordBot(store), HOME) as here:
        refused = answer_of(await here.reader.slash(here.room, "digests add"))
        assert refused.first == "Only managers can change that here."
        asked = answer_of(await here.reader.slash(here.room, "digest"))
        assert "New claims" in asked.plain
