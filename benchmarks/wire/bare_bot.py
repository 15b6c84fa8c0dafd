"""A bare discord.py bot with a constant card: what answering costs before anything is answered.

``python -m benchmarks.wire.bare_bot`` runs it where SITREP_DISCORD_API, _GATEWAY and _TOKEN say.
"""

import os

import discord
from discord import app_commands, ui
from discord.gateway import DiscordWebSocket
from discord.http import Route
from typing_extensions import override
from yarl import URL

_LINES = (
    "**Place 7: ◆ Contested · Assessor 2, 7 Nov 2025 · 3 days old**",
    "Other name · District · Oblast\nEncirclement: claimed by Speaker 4 ([E-12](https://e.org/12))",
    *(
        f"**[E-{number}](https://example.org/{number})** · Speaker {number}, 6 Nov 2025\n"
        "Another sentence of some length that says what happened where, and who says so."
        for number in range(6)
    ),
    "412 entries · 5 speakers · the newest 1 day old",
)
_OPTIONS = [
    (number, f"E-{number} · Another sentence of some length that says what happened where")
    for number in range(25)
]
_BUTTONS = ("More", "Claims", "Events", "Timeline", "Map", "Post to all")


class BareClient(discord.AutoShardedClient):
    """A client with one command."""

    def __init__(self) -> None:
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = True
        super().__init__(intents=intents, max_messages=None)
        self.tree = app_commands.CommandTree(self)

    @override
    async def setup_hook(self) -> None:
        self.tree.add_command(status)
        await self.tree.sync()

    @override
    async def launch_shard(self, gateway: URL, shard_id: int, *, initial: bool = False) -> None:
        own = URL(os.environ["SITREP_DISCORD_GATEWAY"])
        await super().launch_shard(own, shard_id, initial=initial)


@app_commands.command(description="Show the same as always.")
async def status(
    interaction: discord.Interaction[BareClient], place: str, at: str | None = None
) -> None:
    """Answer with the card, whatever was asked."""
    del place, at
    await interaction.response.send_message(
        view=_card(), ephemeral=True, allowed_mentions=discord.AllowedMentions.none()
    )


def _card() -> ui.LayoutView:
    layout = ui.LayoutView(timeout=None)
    box: ui.Container[ui.LayoutView] = ui.Container()
    for number, line in enumerate(_LINES):
        if number:
            box.add_item(ui.Separator(visible=False))
        box.add_item(ui.TextDisplay(line))
    layout.add_item(box)
    menu: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    options = [discord.SelectOption(label=line[:90], value=str(at)) for at, line in _OPTIONS]
    menu.add_item(ui.Select(custom_id="bare:open", placeholder="Open an entry…", options=options))
    layout.add_item(menu)
    for start in range(0, len(_BUTTONS), 3):
        row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
        for label in _BUTTONS[start : start + 3]:
            row.add_item(ui.Button(label=label, custom_id=f"bare:{label}"))
        layout.add_item(row)
    layout.stop()
    return layout


def main() -> None:
    """Run until told to stop."""
    Route.BASE = os.environ["SITREP_DISCORD_API"].rstrip("/")
    DiscordWebSocket.DEFAULT_GATEWAY = URL(os.environ["SITREP_DISCORD_GATEWAY"])
    BareClient().run(os.environ["SITREP_DISCORD_TOKEN"], log_handler=None)


if __name__ == "__main__":
    main()
