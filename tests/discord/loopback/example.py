"""A small bot for the server to be proven with: a bit of all that the library does."""

from typing import Any, Self

import discord
from discord import app_commands, ui
from discord.app_commands import Choice
from typing_extensions import override

NOBODY = discord.AllowedMentions.none()
Interaction = discord.Interaction[Any]


class Press(ui.DynamicItem[ui.Button[Any]], template=r"press:(?P<number>\d+)"):
    """A button that is known by its id alone."""

    def __init__(self, number: int) -> None:
        button: ui.Button[Any] = ui.Button(label=f"Press {number}", custom_id=f"press:{number}")
        super().__init__(button)
        self.number = number

    @classmethod
    @override
    async def from_custom_id(
        cls, _interaction: Interaction, _item: ui.Item[Any], match: Any, /
    ) -> Self:
        return cls(int(match["number"]))

    @override
    async def callback(self, interaction: Interaction) -> None:
        await interaction.response.edit_message(view=card("pressed", self.number + 1))


class Note(ui.Modal, title="A note"):
    """A form of one text and one menu."""

    body: ui.Label[Any] = ui.Label(text="Text", component=ui.TextInput(custom_id="body"))
    kind: ui.Label[Any] = ui.Label(
        text="Kind",
        component=ui.Select(
            custom_id="kind",
            options=[
                discord.SelectOption(label=label, value=label) for label in ("News", "Rumour")
            ],
        ),
    )

    @override
    async def on_submit(self, interaction: Interaction) -> None:
        text, kind = self.body.component, self.kind.component
        assert isinstance(text, ui.TextInput)
        assert isinstance(kind, ui.Select)
        await interaction.response.send_message(f"{kind.values[0]}: {text.value}", ephemeral=True)


class Pick(ui.View):
    """A menu of words, and one of people."""

    @ui.select(
        custom_id="kind",
        options=[discord.SelectOption(label=label, value=label) for label in ("News", "Rumour")],
    )
    async def kind(self, interaction: Interaction, menu: ui.Select[Any]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content=menu.values[0], view=None)

    @ui.select(custom_id="who", cls=ui.UserSelect)
    async def who(self, interaction: Interaction, menu: ui.UserSelect[Any]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send(f"chosen: {menu.values[0].display_name}")


def card(text: str, number: int = 1) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(ui.TextDisplay(text), ui.ActionRow(Press(number))))
    view.stop()
    return view


def declare(tree: app_commands.CommandTree[Any]) -> None:
    """Give the bot its commands."""

    @tree.command(description="Answers at once")
    @app_commands.allowed_installs(guilds=True, users=True)
    async def echo(interaction: Interaction, text: str) -> None:
        await interaction.response.send_message(view=card(text))

    @echo.autocomplete("text")
    async def suggest(_interaction: Interaction, current: str) -> list[Choice[str]]:
        return [
            Choice(name=f"{current} {number}", value=f"{current}-{number}") for number in range(25)
        ]

    @tree.command(description="Answers later")
    async def later(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.edit_original_response(content="filled")
        await interaction.followup.send("followed", ephemeral=True)

    @tree.command(description="Opens a form")
    async def note(interaction: Interaction) -> None:
        await interaction.response.send_modal(Note())

    @tree.command(description="Opens two menus")
    async def pick(interaction: Interaction) -> None:
        await interaction.response.send_message("which?", view=Pick())

    @tree.command(description="Takes what can be chosen")
    async def choose(
        interaction: Interaction,
        *,
        who: discord.Member,
        where: discord.TextChannel,
        role: discord.Role,
        count: app_commands.Range[int, 1, 5] = 1,
        loud: bool = False,
    ) -> None:
        text = f"{who.display_name} {where.name} {role.name} {count} {loud}"
        await interaction.response.send_message(text, ephemeral=True)

    @tree.context_menu(name="Greet")
    async def greet(interaction: Interaction, who: discord.Member) -> None:
        await interaction.response.send_message(f"hello {who.display_name}")

    @tree.context_menu(name="Quote")
    async def quote(interaction: Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"> {message.content}", ephemeral=True)


def bot_class(base: type[Any]) -> type[Any]:
    """Return the bot as a client of one shard, or of several."""

    class ExampleBot(base):  # type: ignore[misc] # either of two classes of the library
        tree: app_commands.CommandTree[Any]

        def __init__(self, **options: Any) -> None:
            intents = discord.Intents.none()
            intents.guilds = intents.guild_messages = intents.dm_messages = True
            super().__init__(
                intents=intents, allowed_mentions=NOBODY, guild_ready_timeout=0.05, **options
            )
            self.tree = app_commands.CommandTree(self)
            declare(self.tree)
            self.seen: list[str] = []

        async def setup_hook(self) -> None:
            self.add_dynamic_items(Press)
            await self.tree.sync()

        async def before_identify_hook(self, shard_id: int, *, initial: bool = False) -> None:
            """Do not wait the five seconds that the real one wants."""

        async def on_message(self, message: discord.Message) -> None:
            if message.author.bot:
                return
            if message.guild is None or self.user in message.mentions:
                await message.reply(f"heard {message.clean_content}", mention_author=False)
            else:
                self.seen.append(message.content)

        async def on_resumed(self) -> None:
            self.seen.append("resumed")

    return ExampleBot
