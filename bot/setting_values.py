"""Settings as they are set, from the environment (SITREP_*) and sitrep.toml: read and checked.

Each value is checked by itself, so that every problem is named at once. No library does it:
`ask` has to be quick, and every installation has a setting.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.settings import (
    DATA,
    FIELDS,
    FORMER,
    PATHS,
    PREFIX,
    SECRETS,
    Secret,
    Settings,
    SettingsError,
    default_path,
    name_variable,
    settings_file,
)

_YES = {"true", "yes", "on", "1", "t", "y"}
_NO = {"false", "no", "off", "0", "f", "n"}


def load() -> Settings:
    """Return the settings; SettingsError names every problem at once."""
    return read_settings(settings_file())


def read_settings(file: Path) -> Settings:
    """Return the settings of the environment and of a file, the environment first.

    A relative path in the file starts from the file's folder, one in the environment from the
    current folder, and a default from the data folder.
    """
    variables = [name for name in os.environ if name.startswith(PREFIX)]
    problems = list(_list_misspelt(variables))
    secrets, unreadable = _read_secrets()
    written, broken = _read_file(file)
    given = written | _read_variables(variables) | secrets
    values, wrong = _check_values(given, file)
    problems += [*unreadable, *broken, *wrong]
    if problems:
        raise SettingsError("\n".join(dict.fromkeys(problems)))
    return Settings(**{name: default_path(name) for name in DATA} | values)


def find_store() -> Path:
    """Return where the store is, even if other settings are wrong."""
    if named := os.environ.get(name_variable("store")):
        return Path(named)
    written, _ = _read_file(settings_file())
    return Path(str(written.get("store") or default_path("store")))


def _read_variables(variables: list[str]) -> dict[str, object]:
    names = {name_variable(name): name for name in FIELDS}
    return {names[variable]: os.environ[variable] for variable in variables if variable in names}


def _read_file(file: Path) -> tuple[dict[str, object], list[str]]:
    """Return what a file sets, relative paths starting from its folder, and what is wrong."""
    if not file.exists():
        return {}, []
    import tomllib

    try:
        values: dict[str, object] = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        return {}, [f"{file} is not TOML: {error}."]
    except (OSError, UnicodeDecodeError):
        return {}, [f"{file}: cannot be read; write TOML in UTF-8 into it."]
    paths = {
        name: str(file.parent / value)
        for name in PATHS
        if isinstance(value := values.get(name), str) and value
    }
    return values | paths, []


def _check_values(given: Mapping[str, object], file: Path) -> tuple[dict[str, Any], list[str]]:
    """Return the values that suit, and a sentence for each that does not."""
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for name, setting in FIELDS.items():
        if name not in given:
            continue
        try:
            value = _READERS[setting.type](given[name])
            suits = _is_within(value, **setting.limits)
        except (ValueError, TypeError):
            suits = False
        if not suits:
            fix = setting.fix
            wrong.append(f"{name_variable(name)} ({name} in {file}): {fix}.")
        elif not _is_blank_secret(value):
            values[name] = value
    wrong += (
        f"{name} in {file}: no such setting any more; {FORMER[name]}."
        if name in FORMER
        else f"{name} in {file}: no such setting; there are {', '.join(FIELDS)}."
        for name in given
        if name not in FIELDS
    )
    return values, wrong


def _is_blank_secret(value: object) -> bool:
    """Tell whether a value is a secret that is empty: as good as not given."""
    return isinstance(value, Secret) and not value.reveal().strip()


def _read_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _read_number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError
    return int(value)


def _read_switch(value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold()
    if word not in _YES | _NO:
        raise ValueError
    return word in _YES


_READERS: Mapping[object, Callable[[object], Any]] = {
    str: _read_text,
    int: _read_number,
    bool: _read_switch,
    Path: lambda value: Path(_read_text(value)),
    Secret | None: lambda value: Secret(_read_text(value)),
}
"""What reads the value of each type from a text, or from TOML; ValueError or TypeError if none."""


def _is_within(
    value: Any,  # noqa: ANN401 -- of any setting
    *,
    ge: int | None = None,
    le: int | None = None,
    pattern: str = "",
    suits: Callable[[Any], bool] | None = None,
) -> bool:
    """Tell whether a value keeps the limits that its setting declares."""
    return (
        (ge is None or value >= ge)
        and (le is None or value <= le)
        and (not pattern or re.fullmatch(pattern, value) is not None)
        and (suits is None or suits(value))
    )


def _read_secrets() -> tuple[dict[str, object], list[str]]:
    """Return the secrets whose SITREP_…_FILE names a file, and what could not be read."""
    secrets: dict[str, object] = {}
    problems = []
    for name in SECRETS:
        variable = f"{name_variable(name)}_FILE"
        if variable not in os.environ:
            continue
        try:
            text = Path(os.environ[variable]).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            problems.append(f"{variable}: cannot be read; write the path of a readable file.")
            continue
        secrets[name] = text
        if not text:
            fix = FIELDS[name].fix
            problems.append(f"{variable}: the file is empty; {fix} into it.")
    return secrets, problems


def _list_misspelt(variables: list[str]) -> Iterator[str]:
    gone = {name_variable(name): instead for name, instead in FORMER.items()}
    known = [*map(name_variable, FIELDS), *(f"{name_variable(name)}_FILE" for name in SECRETS)]
    for variable in variables:
        if variable in gone:
            yield f"{variable}: no such setting any more; {gone[variable]}."
        elif variable not in known:
            from difflib import get_close_matches

            close = get_close_matches(variable, known, 1)
            hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}."
            yield f"{variable}: no such setting; {hint}"
