"""Settings as they are set, from the environment (SITREP_*) and sitrep.toml: read and checked.

Where neither says anything the defaults hold, and the library that checks them is not even loaded:
`ask` has to be quick.
"""

import os
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints
from zoneinfo import ZoneInfo

from typing_extensions import override

from bot.settings import (
    DATA,
    FIELDS,
    PATHS,
    PREFIX,
    SECRETS,
    Settings,
    SettingsError,
    default_path,
    name_variable,
    settings_file,
)

if TYPE_CHECKING:
    from pydantic_settings import BaseSettings


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
    return Settings(**{name: default_path(name) for name in DATA} | values)


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
        for name, setting in FIELDS.items()
    }
    return create_model("CheckedSettings", __base__=Base, **declared)


def _resolve_paths(values: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return a file's values, their relative paths starting from its folder."""
    paths = {
        name: str(folder / value)
        for name in PATHS
        if isinstance(value := values.get(name), str) and value
    }
    return values | paths


def _read_secrets() -> tuple[dict[str, Any], list[str]]:
    """Return the secrets whose SITREP_…_FILE names a file, and what could not be read."""
    secrets: dict[str, Any] = {}
    problems = []
    for name in SECRETS:
        variable = f"{name_variable(name)}_FILE"
        if variable not in os.environ:
            continue
        try:
            secrets[name] = Path(os.environ[variable]).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            problems.append(f"{variable}: cannot be read; write the path of a readable file.")
        else:
            if not secrets[name]:
                fix = FIELDS[name].metadata["fix"]
                problems.append(f"{variable}: the file is empty; {fix} into it.")
    return secrets, problems


def _list_misspelt(variables: Sequence[str]) -> Iterator[str]:
    known = [*map(name_variable, FIELDS), *(f"{name_variable(name)}_FILE" for name in SECRETS)]
    for variable in variables:
        if variable not in known:
            from difflib import get_close_matches

            close = get_close_matches(variable, known, 1)
            hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}."
            yield f"{variable}: no such setting; {hint}"


def _describe(where: tuple[int | str, ...], file: Path) -> str:
    """Return the sentence for a value that does not suit: where it stands, and what to write."""
    name = str(where[0]) if where else ""
    if name not in FIELDS:
        return f"{name} in {file}: no such setting; there are {', '.join(FIELDS)}."
    return f"{name_variable(name)} ({name} in {file}): {FIELDS[name].metadata['fix']}."
