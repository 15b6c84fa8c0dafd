"""Settings, from the environment (SITREP_*) and sitrep.toml: declared here, read here alone.

Where neither says anything the defaults hold, and the library that checks them is not even loaded:
`ask` has to be quick.
"""

import os
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from pydantic import SecretStr

PREFIX = "SITREP_"
FILE = Path("sitrep.toml")
SECRETS = ("discord_token", "matrix_token", "matrix_password")
"""Settings that may be read from a file instead, and are never shown."""


_IDS = "^[0-9]*([, ]+[0-9]+)*$"
_ROOMS = "^$|^![^ ,]+([, ]+![^ ,]+)*$"
_INVITES = "^$|^@?[^ ,@]+([, ]+@?[^ ,@]+)*$"
_ADDRESS = "^$|^(https?|wss?)://[^ ]+$"


class SettingsError(Exception):
    """All that is wrong with the settings, a line each, with what to write instead."""


def _setting(default: Any, help_: str, fix: str, **limits: Any) -> Any:  # noqa: ANN401 -- any value
    return field(default=default, metadata={"help": help_, "fix": fix, "limits": limits})


@dataclass(frozen=True)
class Settings:
    """What the program runs with."""

    store: Path = _setting(
        Path("sitrep.db"), "The file that holds the record", "write the path of a file"
    )
    zone: str = _setting(
        "Europe/Kyiv", "The zone in which days are counted", "write a zone such as Europe/Kyiv"
    )
    language: str = _setting(
        "en", "The language of the program's own words: en or uk", "write en or uk",
        pattern="^(en|uk)$",
    )  # fmt: skip
    stale_days: int = _setting(
        7, "An assessment older than this is STALE", "write a number of days from 1 to 365",
        ge=1, le=365,
    )  # fmt: skip
    catch_up_hours: int = _setting(
        12, "A daily summary may come so many hours late; later, it is told with the next",
        "write a number of hours from 1 to 23", ge=1, le=23,
    )  # fmt: skip
    log: str = _setting(
        "", "How much is logged, to standard error; unless set, info by run and warning by others",
        "write error, warning, info or debug", pattern="^(error|warning|info|debug)?$",
    )  # fmt: skip

    backup_folder: str = _setting(
        "", "The folder into which a running bot copies its store; empty: none are made",
        "write the path of a folder",
    )  # fmt: skip
    backup_hours: int = _setting(
        24, "Hours from one copy to the next", "write a number of hours from 1 to 720",
        ge=1, le=720,
    )  # fmt: skip
    backup_keep: int = _setting(
        7, "How many copies are kept", "write a number from 1 to 1000", ge=1, le=1000,
    )  # fmt: skip

    discord_token: "SecretStr | None" = _setting(
        None, "The bot's token from Discord's developer portal; also SITREP_DISCORD_TOKEN_FILE",
        "write the token of the bot",
    )  # fmt: skip
    discord_home: str = _setting(
        "", "Ids of the servers whose moderators keep this desk's record",
        "write ids such as 123,456", pattern=_IDS,
    )  # fmt: skip
    discord_moderator_roles: str = _setting(
        "", "Ids of the roles that make a moderator in a home server",
        "write ids such as 123,456", pattern=_IDS,
    )  # fmt: skip
    discord_api: str = _setting(
        "", "Where Discord's API is, for those behind a proxy",
        "write an address such as https://discord.com/api/v10", pattern=_ADDRESS,
    )  # fmt: skip
    discord_gateway: str = _setting(
        "", "Where Discord's gateway is, for those behind a proxy",
        "write an address such as wss://gateway.discord.gg", pattern=_ADDRESS,
    )  # fmt: skip

    matrix_homeserver: str = _setting(
        "", "The homeserver on which the bot has its account",
        "write an address such as https://matrix.example.org", pattern="^$|^https?://[^ ]+$",
    )  # fmt: skip
    matrix_user: str = _setting(
        "", "The bot's account there",
        "write an id such as @sitrep:example.org", pattern="^$|^@[^ :]+:[^ ]+$",
    )  # fmt: skip
    matrix_token: "SecretStr | None" = _setting(
        None, "The token of a session that was made for the bot; also SITREP_MATRIX_TOKEN_FILE",
        "write the token of a session",
    )  # fmt: skip
    matrix_device: str = _setting(
        "", "The device of that session", "write the id of the token's device"
    )
    matrix_password: "SecretStr | None" = _setting(
        None, "The account's password, needed once; also SITREP_MATRIX_PASSWORD_FILE",
        "write the password of the account",
    )  # fmt: skip
    matrix_state: Path = _setting(
        Path("sitrep.matrix"), "The folder that keeps the session and its keys",
        "write the path of a folder",
    )  # fmt: skip
    matrix_home: str = _setting(
        "", "Ids of the rooms whose moderators keep this desk's record",
        "write ids such as !abc:example.org", pattern=_ROOMS,
    )  # fmt: skip
    matrix_invites: str = _setting(
        "", "People and servers whose invitations the bot takes",
        "write ids and servers such as @anna:example.org,example.net", pattern=_INVITES,
    )  # fmt: skip
    matrix_prefix: str = _setting(
        "!", "What stands before a command in a Matrix room",
        "write one to twelve characters without a blank or a slash", pattern="^[^ /]{1,12}$",
    )  # fmt: skip

    @property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


def load(file: Path = FILE) -> Settings:
    """Return the settings; SettingsError names every problem at once."""
    given = [name for name in os.environ if name.startswith(PREFIX)]
    if not given and not file.exists():
        return Settings()
    from bot.settings_validation import checked

    return checked(given, file)


def ids(text: str) -> frozenset[str]:
    """Return the ids of a setting that lists them."""
    return frozenset(text.replace(",", " ").split())


def table() -> list[tuple[str, str, str]]:
    """Return each setting's variable, default and meaning, for the docs."""
    return [
        (f"{PREFIX}{one.name.upper()}", str(one.default), one.metadata["help"])
        for one in fields(Settings)
    ]
