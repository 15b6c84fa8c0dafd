"""Settings, read and checked by pydantic-settings: all problems at once, no value echoed."""

import os
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, create_model, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from typing_extensions import override

from bot.settings import PREFIX, SECRETS, Settings, SettingsError
from commands.kit.did_you_mean import Closeness, find_closest

_FIELDS = {one.name: one for one in fields(Settings)}


def checked(given: Sequence[str], file: Path) -> Settings:
    """Return the settings of the environment and of `file`, the environment first."""
    problems = list(_misspelt(given))
    secrets, unread = _from_files()
    problems += unread
    try:
        found = _model(file)(**secrets)
    except ValidationError as error:
        problems += [_problem(one["loc"], file) for one in error.errors()]
    except tomllib.TOMLDecodeError as error:
        problems.append(f"{file} is not TOML: {error}.")
    if problems:
        raise SettingsError("\n".join(dict.fromkeys(problems)))
    return Settings(**{name: _said(getattr(found, name)) for name in _FIELDS})


def _said(value: Any) -> Any:  # noqa: ANN401 -- any value
    """Return a value; a secret that is empty is one that was not given."""
    is_empty = isinstance(value, SecretStr) and not value.get_secret_value().strip()
    return None if is_empty else value


def _model(file: Path) -> type[BaseSettings]:
    """Make the model that checks what the dataclass declares."""

    class Base(BaseSettings):
        model_config = SettingsConfigDict(env_prefix=PREFIX, toml_file=file, extra="forbid")

        @field_validator("zone", check_fields=False)
        @classmethod
        def known_zone(cls, value: str) -> str:
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
            return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    hints = get_type_hints(Settings, localns={"SecretStr": SecretStr})
    declared: dict[str, Any] = {
        name: (hints[name], Field(one.default, **one.metadata["limits"]))
        for name, one in _FIELDS.items()
    }
    return create_model("Checked", __base__=Base, **declared)


def _from_files() -> tuple[dict[str, Any], list[str]]:
    """Return the secrets whose SITREP_…_FILE names a file, and what could not be read."""
    found: dict[str, Any] = {}
    unread = []
    for name in SECRETS:
        variable = f"{PREFIX}{name.upper()}_FILE"
        if variable in os.environ:
            try:
                found[name] = Path(os.environ[variable]).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError):
                unread.append(f"{variable}: cannot be read; write the path of a readable file.")
            else:
                if not found[name]:
                    fix = _FIELDS[name].metadata["fix"]
                    unread.append(f"{variable}: the file is empty; {fix} into it.")
    return found, unread


def _misspelt(given: Sequence[str]) -> Iterator[str]:
    known = [f"{PREFIX}{name.upper()}" for name in _FIELDS]
    known += [f"{PREFIX}{name.upper()}_FILE" for name in SECRETS]
    for name in given:
        if name not in known:
            close = find_closest(name, known, Closeness.SETTING)
            hint = f"did you mean {close}?" if close else f"there are {', '.join(known)}."
            yield f"{name}: no such setting; {hint}"


def _problem(where: tuple[int | str, ...], file: Path) -> str:
    name = str(where[0]) if where else ""
    if name not in _FIELDS:
        return f"{name} in {file}: no such setting; there are {', '.join(_FIELDS)}."
    return f"{PREFIX}{name.upper()} ({name} in {file}): {_FIELDS[name].metadata['fix']}."
