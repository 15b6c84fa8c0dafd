"""Show the bot's Discord face in a browser, on the seeds, without an account: ``make preview``.

The bot is the real one on a simulated Discord; the page takes commands, buttons, menus and forms.
"""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that it runs from anywhere

from store import open_store  # noqa: E402 -- the root has to be on the path first
from tests.discord.simulation import HOME, NOW, DiscordBot, Server, serving  # noqa: E402
from tests.fakes import ZONE  # noqa: E402

WELCOME = """Type `/status` and choose a place, or `/help`; or mention me: `@Sitrep status Pokrovsk`
**Post here** shows a private answer to all; beside four buttons it stands in the menu
This page has no menus of messages: type `/lookup` instead
As moderator, send `/add claim`: a form opens. `/review` shows what a reader sends by `/submit`"""

BY_NAME = "@Sitrep"


@asynccontextmanager
async def run_desk() -> AsyncIterator[Server]:
    """Run the bot on a throw-away store with the seeds, at noon of the seeds' day."""
    with TemporaryDirectory(prefix="sitrep-preview-") as folder:
        async with await open_store(Path(folder) / "preview.db") as store:
            await store.load_seeds(NOW)
            async with serving(DiscordBot(store), HOME) as here:
                here.env.backend.edit_bot_profile("Sitrep")
                here.env.backend.advance_clock((NOW - here.env.now()).total_seconds())
                yield here


def write_by_name(here: Server) -> None:
    """Let people write @Sitrep, for which Discord's own client sends a mention."""
    backend = here.env.backend
    create: Any = backend.create_message

    def create_message(channel: int, author: int, content: str = "", **more: Any) -> Any:  # noqa: ANN401 -- as it is there
        if content.startswith(BY_NAME):
            content = f"{here.mention} {content.removeprefix(BY_NAME)}"
        return create(channel, author, content, **more)

    setattr(backend, create_message.__name__, create_message)


async def serve() -> None:
    """Show it until it is closed in the browser or by Ctrl-C."""
    async with run_desk() as here:
        moderator, manager = here.moderator("moderator"), here.manager()
        write_by_name(here)
        await manager.send(here.room, WELCOME)
        shown = here.env.preview(
            here.room,
            viewers=[moderator, here.reader, manager],
            layout="channel",
            timezone=str(ZONE),
        )
        async with shown as preview:
            print(f"The desk on a simulated Discord, as of {NOW:%d %b %Y}. Open in a browser:")
            print(f"\n  {preview.url}\n\nCtrl-C ends it.", flush=True)
            await preview.wait_closed()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve())
