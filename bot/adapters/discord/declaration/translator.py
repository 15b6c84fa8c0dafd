"""Command descriptions in the languages of the catalogue. Names stay English."""

from collections.abc import Callable

import discord
from discord import app_commands
from typing_extensions import override

from bot.adapters.discord.rendering import limits
from bot.i18n.formatter import Voice

_LOCALES = {discord.Locale.ukrainian: "uk"}
_DESCRIPTIONS = {
    app_commands.TranslationContextLocation.command_description,
    app_commands.TranslationContextLocation.group_description,
    app_commands.TranslationContextLocation.parameter_description,
    app_commands.TranslationContextLocation.choice_name,
}


class Catalogue(app_commands.Translator):
    """The bot's own catalogue, as the library asks for it."""

    def __init__(self, speak: Callable[[str], Voice]) -> None:
        self._speak = speak

    @override
    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        language = _LOCALES.get(locale)
        is_menu = isinstance(context.data, app_commands.ContextMenu)
        if language is None or not (is_menu or context.location in _DESCRIPTIONS):
            return None
        translation = self._speak(language).translate(string.message, None, 1)
        return limits.cut(translation, limits.DESCRIPTION)
