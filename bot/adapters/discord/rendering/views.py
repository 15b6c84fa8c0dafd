"""Cards and forms → the library's components, of which none is held in memory.

Buttons and menus have the line to ask in their own ids, so they work after a restart.
"""

from typing import TYPE_CHECKING, Any, Protocol, Self

import discord
from discord import ui
from typing_extensions import override

from bot.adapters.discord.rendering import limits
from bot.adapters.discord.rendering.card import Card
from bot.adapters.discord.rendering.components import Component, components_of
from bot.adapters.discord.rendering.custom_ids import (
    BUTTON,
    MENU,
    PressedComponent,
    parse_custom_id,
)
from bot.adapters.discord.rendering.modals import Input, ModalSheet
from bot.adapters.discord.rendering.selects import Option, line_to_post, menu_value

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

Interaction = discord.Interaction[Any]


class Presses(Protocol):
    """The client, as far as a component needs it."""

    async def press(
        self, interaction: Interaction, asked: PressedComponent, given: "Mapping[str, str]"
    ) -> None:
        """Answer a button, or a menu with what it gives."""
        ...


class LineButton(ui.DynamicItem[ui.Button[ui.LayoutView]], template=BUTTON):
    """A button with the line to ask in its own id."""

    def __init__(self, label: str, custom_id: str) -> None:
        super().__init__(
            ui.Button(label=label, custom_id=custom_id, style=discord.ButtonStyle.secondary)
        )

    @override
    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: "re.Match[str]", /
    ) -> Self:
        return cls(getattr(item, "label", None) or "…", match[0])

    @override
    async def callback(self, interaction: Interaction) -> None:
        await _press(interaction, self.custom_id)


class LineMenu(ui.DynamicItem[ui.Select[ui.LayoutView]], template=MENU):
    """A menu with the line in its own id; what is chosen is one more parameter of it."""

    def __init__(
        self,
        placeholder: str,
        custom_id: str,
        options: tuple[Option, ...],
        *,
        several: bool = False,
    ) -> None:
        shown = [
            discord.SelectOption(label=option.label, value=option.value, default=option.chosen)
            for option in options
        ]
        super().__init__(
            ui.Select(
                placeholder=placeholder,
                custom_id=custom_id,
                options=shown,
                required=True,
                max_values=len(shown) if several else 1,
            )
        )

    @override
    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: "re.Match[str]", /
    ) -> Self:
        return cls("", match[0], (Option("…", "…", chosen=False),))

    @override
    async def callback(self, interaction: Interaction) -> None:
        await _press(interaction, self.custom_id)


async def _press(interaction: Interaction, custom_id: str) -> None:
    client: Presses = interaction.client
    asked = parse_custom_id(custom_id)
    if asked is not None:
        data: Mapping[str, Any] = interaction.data or {}
        values = data.get("values", [])
        if line := line_to_post(values) if asked.param else "":
            await client.press(interaction, PressedComponent("post", line, ""), {})
            return
        given = {asked.param: menu_value(values)} if asked.param else {}
        await client.press(interaction, asked, given)


class DrawnView(ui.LayoutView):
    """Components as they are sent. It is stopped, so the library keeps nothing of it."""

    def __init__(self, components: list[Component]) -> None:
        super().__init__(timeout=None)
        self._components = components
        self.stop()

    @override
    def to_components(self) -> list[Component]:
        return self._components

    @override
    def has_components_v2(self) -> bool:
        return True


def view(card: Card) -> ui.LayoutView:
    """Return the components of a card as the library sends them."""
    return DrawnView(components_of(card))


def modal(sheet: ModalSheet) -> ui.Modal:
    """Return a form as the library sends it; it is stopped, so the library keeps nothing of it."""
    form = ui.Modal(title=sheet.title, custom_id=sheet.target.custom_id)
    for field in sheet.inputs:
        form.add_item(
            ui.Label(text=field.label, description=field.hint or None, component=_input(field))
        )
    for note in sheet.notes:
        form.add_item(ui.TextDisplay(note))
    form.stop()
    return form


def _input(field: Input) -> ui.Item[ui.Modal]:
    """Return a field's component: of a few choices one, which a radio group could not take back."""
    if not field.options:
        return ui.TextInput(
            custom_id=field.name,
            style=discord.TextStyle.paragraph if field.long else discord.TextStyle.short,
            default=field.value or None,
            placeholder=field.placeholder or None,
            required=field.required,
            max_length=field.longest,
        )
    if field.required and limits.RADIOS_LEAST <= len(field.options) <= limits.RADIOS:
        radios = [
            discord.RadioGroupOption(label=option.label, value=option.value, default=option.chosen)
            for option in field.options
        ]
        return ui.RadioGroup(custom_id=field.name, required=True, options=radios)
    return ui.Select(
        custom_id=field.name,
        required=field.required,
        min_values=int(field.required),
        options=[
            discord.SelectOption(label=option.label, value=option.value, default=option.chosen)
            for option in field.options
        ],
    )
