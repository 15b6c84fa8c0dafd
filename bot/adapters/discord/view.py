"""A card → the library's components, and the buttons that work after a restart."""

from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui
from typing_extensions import override

from bot.adapters.discord.lines import TEMPLATE, pressed
from bot.adapters.discord.render import Card

if TYPE_CHECKING:
    import re

    from bot.adapters.discord.client import Client


class LineButton(ui.DynamicItem[ui.Button[ui.LayoutView]], template=TEMPLATE):
    """A button with the line to ask in its own id: nothing is held in memory for it."""

    def __init__(self, label: str, custom_id: str) -> None:
        super().__init__(
            ui.Button(label=label, custom_id=custom_id, style=discord.ButtonStyle.secondary)
        )

    @override
    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: "re.Match[str]", /
    ) -> Self:
        return cls(getattr(item, "label", None) or "…", match[0])

    @override
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        client: Client = interaction.client
        asked = pressed(self.custom_id)
        if asked is not None:
            await client.press(interaction, asked)


def view(card: Card) -> ui.LayoutView:
    """Return the components of a card."""
    made = ui.LayoutView(timeout=None)
    box: ui.Container[ui.LayoutView] = ui.Container()
    for number, section in enumerate(card.sections):
        if number:
            box.add_item(ui.Separator(visible=False))
        box.add_item(ui.TextDisplay(section))
    made.add_item(box)
    for row in card.rows:
        buttons: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
        for one in row:
            buttons.add_item(LineButton(one.label, one.custom_id))
        made.add_item(buttons)
    return made
