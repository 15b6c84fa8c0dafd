"""A card as Discord's API takes it. Pure; the library's objects would be made to be taken apart.

https://discord.com/developers/docs/components/reference
"""

from typing import Any

from bot.adapters.discord.rendering.attachments import safe_file_name
from bot.adapters.discord.rendering.card import Card
from bot.adapters.discord.rendering.selects import Menu
from commands.kit.reply import Attachment

Component = dict[str, Any]

_ROW, _BUTTON, _SELECT, _TEXT = 1, 2, 3, 10
_GALLERY, _FILE, _SEPARATOR, _CONTAINER = 12, 13, 14, 17
_SECONDARY = 2


def components_of(card: Card) -> list[Component]:
    """Return the components of a card: its text, menus, files and rows of buttons."""
    texts: list[Component] = []
    for section in card.sections:
        if texts:
            texts.append({"type": _SEPARATOR, "divider": False})
        texts.append({"type": _TEXT, "content": section})
    return [
        {"type": _CONTAINER, "components": texts},
        *({"type": _ROW, "components": [_menu(menu)]} for menu in card.menus),
        *map(_file, card.files),
        *(
            {
                "type": _ROW,
                "components": [
                    {
                        "type": _BUTTON,
                        "style": _SECONDARY,
                        "label": button.label,
                        "custom_id": button.target.custom_id,
                    }
                    for button in row
                ],
            }
            for row in card.rows
        ),
    ]


def _menu(menu: Menu) -> Component:
    return {
        "type": _SELECT,
        "custom_id": menu.target.custom_id,
        "placeholder": menu.placeholder,
        "min_values": 1,
        "max_values": len(menu.options) if menu.several else 1,
        "required": True,
        "options": [
            {"label": option.label, "value": option.value, "default": option.chosen}
            for option in menu.options
        ],
    }


def _file(file: Attachment) -> Component:
    """Return a file as a card shows it: a picture with its words for who does not see it."""
    where = {"url": f"attachment://{safe_file_name(file.name)}"}
    if not file.name.endswith(".png"):
        return {"type": _FILE, "file": where}
    shown = {"media": where, "description": file.about} if file.about else {"media": where}
    return {"type": _GALLERY, "items": [shown]}
