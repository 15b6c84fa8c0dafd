"""A form that was submitted, and one that is opened again to be put right."""

from collections.abc import Iterator, Mapping

from bot.adapters.discord.interactions.changed_commands import report_changed
from bot.adapters.discord.interactions.identity import PLATFORM, Interaction, identify_caller
from bot.adapters.discord.interactions.respond import (
    Presentation,
    answer,
    in_place,
    open_form,
    report_expired,
    report_strange,
)
from bot.adapters.discord.rendering.custom_ids import PressedComponent, parse_custom_id
from bot.adapters.discord.rendering.modals import (
    FilledForm,
    form_of,
    parse_filled_form,
)
from bot.platform import Port
from commands.kit.parser import read_line
from commands.kit.reply import Form


async def submit(port: Port, interaction: Interaction) -> None:
    """Answer the line that a form completes, with what was typed."""
    data = dict(interaction.data or {})
    asked = parse_custom_id(str(data.get("custom_id", "")))
    if asked is None or asked.verb != "form":
        await report_strange(port, interaction)
        return
    line = asked.line or await port.memory.line(asked.key)
    if line is None:
        await report_expired(port, interaction)
        return
    caller, room = identify_caller(interaction, port.homes)
    filled = FilledForm(line, read_values(data))
    command = port.dispatch.of_line(line)
    if command is None or not all(command.param(name) for name in filled.values):
        path, _ = port.dispatch.split(line)
        await report_changed(port, interaction, f"form of {path}", filled.values)
        return
    key = f"discord:{interaction.id}"
    work = port.dispatch.line(caller, line, room, key, filled.values)
    if interaction.message is not None:
        how = in_place(interaction, filled=filled)
    else:
        wishes = await port.memory.room(PLATFORM, room.id)
        how = Presentation(public=wishes.public and interaction.guild_id is not None, filled=filled)
    await answer(port, interaction, work, how)


async def reopen(port: Port, interaction: Interaction, asked: PressedComponent) -> None:
    """Open a form again with all that was typed into it."""
    kept = await port.memory.line(asked.key)
    filled = None if kept is None else parse_filled_form(kept)
    form = None if filled is None else _form(port, filled)
    if form is None:
        await report_expired(port, interaction)
    else:
        await open_form(port, interaction, form)


def _form(port: Port, filled: FilledForm) -> Form | None:
    path, words = port.dispatch.split(filled.line)
    command = port.dispatch.find(path)
    if command is None:
        return None
    names = [name for name in filled.values if command.param(name)]
    return form_of(command, filled.values, names, read_line(command, words))


def read_values(data: Mapping[str, object]) -> dict[str, str]:
    """Return the texts of a submitted modal, by name."""
    return {name: value for row in _rows(data, "components") for name, value in _texts(row)}


def _texts(row: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    held = row.get("component")
    for part in [held] if isinstance(held, Mapping) else _rows(row, "components"):
        if "custom_id" in part and ("value" in part or "values" in part):
            chosen = part.get("values")
            value = part.get("value") or (chosen[0] if isinstance(chosen, list) and chosen else "")
            yield str(part["custom_id"]), str(value)


def _rows(data: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    rows = data.get(key)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
