"""Settings, from the environment (SITREP_*) and sitrep.toml: declared, read and checked here alone.

Where neither says anything the defaults hold, and the library that checks them is not even loaded:
`ask` has to be quick.
"""

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints
from zoneinfo import ZoneInfo

from typing_extensions import override

if TYPE_CHECKING:
    from pydantic import SecretStr
    from pydantic_settings import BaseSettings

PREFIX = "SITREP_"
FILE = Path("sitrep.toml")
SECRETS = ("discord_token", "matrix_token", "matrix_password", "matrix_recovery_key")
"""Settings that may be read from a file instead, and are never shown."""
_DATA = ("store", "matrix_state")
_PATHS = (*_DATA, "backup_folder")

_IDS = "^[0-9]*([, ]+[0-9]+)*$"
_ROOMS = "^$|^![^ ,]+([, ]+![^ ,]+)*$"
_INVITES = "^$|^@?[^ ,@]+([, ]+@?[^ ,@]+)*$"
_YES_OR_NO = {"fix": "write yes or no", "pattern": "^(yes|no)$"}
_ADDRESS = "^$|^(https?|wss?)://[^ ]+$"


class SettingsError(Exception):
    """All that is wrong with the settings, a line each, with what to write instead."""


def _setting(default: Any, help_: str, fix: str, **limits: Any) -> Any:  # noqa: ANN401 -- any value
    return field(default=default, metadata={"help": help_, "fix": fix, "limits": limits})


def _flag(help_: str) -> Any:  # noqa: ANN401 -- a truth value
    return _setting(False, help_, "write true or false")  # noqa: FBT003 -- a default like others


@dataclass(frozen=True)
class Settings:
    """What the program runs with."""

    store: Path = _setting(
        Path("sitrep.db"), "The file that holds the record", "write the path of a file"
    )
    zone: str = _setting("Europe/Kyiv", "The time zone of days", "write a zone such as Europe/Kyiv")
    language: str = _setting(
        "en",
        "The language of the program's own words: en or uk",
        "write en or uk",
        pattern="^(en|uk)$",
    )
    stale_days: int = _setting(
        7, "An assessment older than this is STALE", "write a number from 1 to 365", ge=1, le=365
    )
    map_delay: int = _setting(
        24,
        "What is younger than so many hours is shown no finer than its settlement",
        "write a number of hours from 0 to 720",
        ge=0,
        le=720,
    )
    source_records: str = _setting(
        "yes",
        "Whether /sources tells what became of the claims of a source: yes or no",
        **_YES_OR_NO,
    )
    remember: str = _setting(
        "yes",
        "Whether people can ask to be told once of what goes on record, and whether what was asked"
        " in vain is counted: yes or no",
        **_YES_OR_NO,
    )
    catch_up_hours: int = _setting(
        12,
        "How many hours late a daily summary may come; after that it joins the next",
        "write a number of hours from 1 to 23",
        ge=1,
        le=23,
    )
    log: str = _setting(
        "",
        "How much to log, to standard error; run logs info by default, the others warning",
        "write error, warning, info or debug",
        pattern="^(error|warning|info|debug)?$",
    )

    watch: str = _setting(
        "",
        "Where /metrics and /healthz are served, such as 127.0.0.1:9464; empty: nowhere",
        "write an address and a port, such as 127.0.0.1:9464",
        pattern=r"^$|^(localhost|[0-9.]+|\[[0-9a-fA-F:.]+\]):[0-9]{1,5}$",
    )
    watch_open: bool = _flag("Whether SITREP_WATCH may be an address that other machines reach")

    fetch: bool = _flag("Whether moderators may have the bot fetch a page for /draft from")
    fetch_allow: str = _setting(
        "",
        "Hosts that may be inside a network when a page is fetched from them",
        "write hosts such as wiki.example.org,intranet:8080",
        pattern="^[^ /@]*([, ]+[^ /@]+)*$",
    )
    fetch_proxy: str = _setting(
        "",
        "The proxy through which pages are fetched; it then has to keep them off your network",
        "write an address such as http://proxy.example.org:3128",
        pattern="^$|^http://[^ ]+$",
    )

    backup_folder: str = _setting(
        "",
        "The folder for the copies that a running bot makes of its store; empty: no copies",
        "write the path of a folder",
    )
    backup_hours: int = _setting(
        24, "Hours between two copies", "write a number of hours from 1 to 720", ge=1, le=720
    )
    backup_keep: int = _setting(
        7, "How many copies to keep", "write a number from 1 to 1000", ge=1, le=1000
    )

    discord_token: "SecretStr | None" = _setting(
        None,
        "The bot's token from Discord's developer portal; also SITREP_DISCORD_TOKEN_FILE",
        "write the token of the bot",
    )
    discord_home: str = _setting(
        "",
        "Ids of the servers whose moderators keep this desk's record",
        "write ids such as 123,456",
        pattern=_IDS,
    )
    discord_moderator_roles: str = _setting(
        "",
        "Ids of the roles that make a moderator in a home server",
        "write ids such as 123,456",
        pattern=_IDS,
    )
    discord_api: str = _setting(
        "",
        "Where Discord's API is, for those behind a proxy",
        "write an address such as https://discord.com/api/v10",
        pattern=_ADDRESS,
    )
    discord_gateway: str = _setting(
        "",
        "Where Discord's gateway is, for those behind a proxy",
        "write an address such as wss://gateway.discord.gg",
        pattern=_ADDRESS,
    )

    matrix_homeserver: str = _setting(
        "",
        "The homeserver on which the bot has its account",
        "write an address such as https://matrix.example.org",
        pattern="^$|^https?://[^ ]+$",
    )
    matrix_user: str = _setting(
        "",
        "The bot's account there",
        "write an id such as @sitrep:example.org",
        pattern="^$|^@[^ :]+:[^ ]+$",
    )
    matrix_token: "SecretStr | None" = _setting(
        None,
        "The token of a session that was made for the bot; also SITREP_MATRIX_TOKEN_FILE",
        "write the token of a session",
    )
    matrix_device: str = _setting(
        "", "The device of that session", "write the id of the token's device"
    )
    matrix_password: "SecretStr | None" = _setting(
        None,
        "The account's password, needed once; also SITREP_MATRIX_PASSWORD_FILE",
        "write the password of the account",
    )
    matrix_recovery_key: "SecretStr | None" = _setting(
        None,
        "The account's recovery key, which signs new devices; also SITREP_MATRIX_RECOVERY_KEY_FILE",
        "write the recovery key of the account",
    )
    matrix_state: Path = _setting(
        Path("sitrep.matrix"),
        "The folder that keeps the session and its keys",
        "write the path of a folder",
    )
    matrix_home: str = _setting(
        "",
        "Ids of the rooms whose moderators keep this desk's record",
        "write ids such as !abc:example.org",
        pattern=_ROOMS,
    )
    matrix_invites: str = _setting(
        "",
        "People and servers whose invitations the bot takes",
        "write ids and servers such as @anna:example.org,example.net",
        pattern=_INVITES,
    )
    matrix_prefix: str = _setting(
        "!",
        "What stands before a command in a Matrix room",
        "write one to twelve characters without a blank or a slash",
        pattern="^[^ /]{1,12}$",
    )

    @property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


_FIELDS: Mapping[str, Field[Any]] = {setting.name: setting for setting in fields(Settings)}


def load() -> Settings:
    """Return the settings; SettingsError names every problem at once."""
    return read_settings(settings_file())


def read_settings(file: Path) -> Settings:
    """Return the settings of the environment and of a file, the environment first.

    A relative path in the file starts from the file's folder, one in the environment from the
    current folder, and a default from the data folder.
    """
    variables = [name for name in os.environ if name.startswith(PREFIX)]
    values = _check(variables, file) if variables or file.exists() else {}
    return Settings(**{name: default_path(name) for name in _DATA} | values)


def is_checkout() -> bool:
    """Tell whether the program runs from its sources: then all that it keeps is where it runs."""
    return (Path(__file__).parent.parent / "pyproject.toml").exists()


def settings_file() -> Path:
    """Return the file of the settings: the current folder's, or an installed program's own."""
    if FILE.exists() or is_checkout():
        return FILE
    from platformdirs import user_config_path

    return user_config_path("sitrep", appauthor=False) / FILE


def default_path(name: str) -> Path:
    """Return where `store` or `matrix_state` is unless set: in an installed program's data folder.

    From a checkout it is in the current folder.
    """
    default: Path = getattr(Settings, name)
    if is_checkout():
        return default
    from platformdirs import user_data_path

    return user_data_path("sitrep", appauthor=False) / default


def ids(text: str) -> frozenset[str]:
    """Return the ids of a setting that lists them."""
    return frozenset(text.replace(",", " ").split())


def table() -> list[tuple[str, str, str]]:
    """Return each setting's variable, default and meaning, for the docs."""
    return [
        (_name_variable(name), str(setting.default), setting.metadata["help"])
        for name, setting in _FIELDS.items()
    ]


def _name_variable(name: str) -> str:
    return f"{PREFIX}{name.upper()}"


def _check(variables: Sequence[str], file: Path) -> dict[str, Any]:
    """Return the values that are set; SettingsError if any is wrong or unknown."""
    from pydantic import ValidationError

    problems = list(_list_misspelt(variables))
    secrets, unreadable = _read_secrets()
    problems += unreadable
    try:
        checked = _build_model(file)(**secrets)
    except ValidationError as error:
        problems += [_describe(problem["loc"], file) for problem in error.errors()]
    except tomllib.TOMLDecodeError as error:
        problems.append(f"{file} is not TOML: {error}.")
    if problems:
        raise SettingsError("\n".join(dict.fromkeys(problems)))
    values = {name: getattr(checked, name) for name in checked.model_fields_set}
    return {name: value for name, value in values.items() if not _is_blank_secret(value)}


def _is_blank_secret(value: object) -> bool:
    """Tell whether a value is a secret that is empty: as good as not given."""
    from pydantic import SecretStr

    return isinstance(value, SecretStr) and not value.get_secret_value().strip()


def _build_model(file: Path) -> "type[BaseSettings]":
    """Make the model that checks what the dataclass declares."""
    from pydantic import Field as Checked
    from pydantic import SecretStr, create_model, field_validator
    from pydantic_settings import (
        BaseSettings,
        PydanticBaseSettingsSource,
        SettingsConfigDict,
        TomlConfigSettingsSource,
    )

    class TomlFile(TomlConfigSettingsSource):
        @override
        def __call__(self) -> dict[str, Any]:
            return _resolve_paths(super().__call__(), file.parent)

    class Base(BaseSettings):
        model_config = SettingsConfigDict(env_prefix=PREFIX, toml_file=file, extra="forbid")

        @field_validator("zone", check_fields=False)
        @classmethod
        def check_zone(cls, value: str) -> str:
            try:
                return str(ZoneInfo(value))
            except (OSError, LookupError, ValueError):
                raise ValueError("unknown zone") from None

        @override
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return init_settings, env_settings, TomlFile(settings_cls)

    hints = get_type_hints(Settings, localns={"SecretStr": SecretStr})
    declared: dict[str, Any] = {
        name: (hints[name], Checked(setting.default, **setting.metadata["limits"]))
        for name, setting in _FIELDS.items()
    }
    return create_model("CheckedSettings", __base__=Base, **declared)


def _resolve_paths(values: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return a file's values, their relative paths starting from its folder."""
    paths = {
        name: str(folder / value)
        for name in _PATHS
        if isinstance(value := values.get(name), str) and value
    }
    return values | paths


def _read_secrets() -> tuple[dict[str, Any], list[str]]:
    """Return the secrets whose SITREP_…_FILE names a file, and what could not be read."""
    secrets: dict[str, Any] = {}
    problems = []
    for name in SECRETS:
        variable = f"{_name_variable(name)}_FILE"
        if variable not in os.environ:
            continue
        try:
            secrets[name] = Path(os.environ[variable]).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            problems.append(f"{variable}: cannot be read; write the path of a readable file.")
        else:
            if not secrets[name]:
                fix = _FIELDS[name].metadata["fix"]
                problems.append(f"{variable}: the file is empty; {fix} into it.")
    return secrets, problems


def _list_misspelt(variables: Sequence[str]) -> Iterator[str]:
    known = [*map(_name_variable, _FIELDS), *(f"{_name_variable(name)}_FILE" for name in SECRETS)]
    for variable in variables:
        if variable not in known:
            from difflib import get_close_matches

            close = get_close_matches(variable, known, 1)
            hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}."
            yield f"{variable}: no such setting; {hint}"


def _describe(where: tuple[int | str, ...], file: Path) -> str:
    """Return the sentence for a value that does not suit: where it stands, and what to write."""
    name = str(where[0]) if where else ""
    if name not in _FIELDS:
        return f"{name} in {file}: no such setting; there are {', '.join(_FIELDS)}."
    return f"{_name_variable(name)} ({name} in {file}): {_FIELDS[name].metadata['fix']}."
