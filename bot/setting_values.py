"""Settings as they are set, from the environment (SITREP_*) and sitrep.toml: read and checked.

Each value is checked by itself, so that every problem is named at once. No library does it:
`ask` has to be quick, and every installation has a setting.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
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
    SettingField,
    Settings,
    SettingsError,
    default_path,
    name_variable,
    settings_file,
)

_YES = {"true", "yes", "on", "1", "t", "y"}
_NO = {"false", "no", "off", "0", "f", "n"}
_SHOWN = 30
"""Of what was read, at most so many characters are shown: a token in the wrong place is longer."""


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
    environment = _read_variables(variables)
    set_by = (
        {name: f"{name} in {file}" for name in written}
        | {name: name_variable(name) for name in environment}
        | {name: f"{name_variable(name)}_FILE" for name in secrets}
    )
    values, wrong = _check_values(written | environment | secrets, set_by)
    problems += [*unreadable, *broken, *wrong]
    if problems:
        raise SettingsError("\n".join(dict.fromkeys(problems)))
    return Settings(**{name: default_path(name) for name in DATA} | values)


def find_store() -> Path:
    """Return where the store is, even if other settings are wrong."""
    if named := os.environ.get(name_variable("store")):
        return Path(_expand(named))
    written, _ = _read_file(settings_file())
    return Path(str(written.get("store") or default_path("store")))


def _read_variables(variables: list[str]) -> dict[str, object]:
    names = {name_variable(name): name for name in FIELDS}
    given = {names[variable]: os.environ[variable] for variable in variables if variable in names}
    return {name: _expand(text) if name in PATHS else text for name, text in given.items()}


def _expand(path: str) -> str:
    """Return a path with ~ as the home folder, as a shell has it; as it is where there is none."""
    return os.path.expanduser(path)  # noqa: PTH111 -- pathlib's raises an error for a stranger's


def _read_file(file: Path) -> tuple[dict[str, object], list[str]]:
    """Return what a file sets, relative paths starting from its folder, and what is wrong."""
    try:
        text = file.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return {}, []
    except OSError as error:
        return {}, [f"{file} cannot be read: {error.strerror}."]
    except UnicodeDecodeError:
        return {}, [f"{file} is not in UTF-8; save it as UTF-8."]
    import tomllib

    try:
        values: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return {}, [f"{file} is not TOML: {error}."]
    paths = {
        name: str(file.parent / _expand(value))
        for name in PATHS
        if isinstance(value := values.get(name), str) and value
    }
    return values | paths, []


def _check_values(
    given: Mapping[str, object], set_by: Mapping[str, str]
) -> tuple[dict[str, Any], list[str]]:
    """Return the values that suit, and a sentence for each that does not; `set_by` says where."""
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for name, setting in FIELDS.items():
        if name not in given or _is_blank(setting, given[name]):
            continue
        try:
            values[name] = _read_value(setting, given[name])
        except (ValueError, TypeError):
            wrong.append(f"{set_by[name]}: {_explain_value(name, given[name])}.")
    wrong += (
        f"{set_by[name]}: {_explain_name(name, FORMER, FIELDS)}"
        for name in given
        if name not in FIELDS
    )
    return values, wrong


def _is_blank(setting: SettingField, value: object) -> bool:
    """Tell whether a value is a secret or a path that is empty: as good as not given."""
    return setting.type in (Secret | None, Path) and isinstance(value, str) and not value.strip()


def _read_value(setting: SettingField, value: object) -> Any:  # noqa: ANN401 -- of any setting
    """Return a value as its setting has it; ValueError or TypeError if it does not suit."""
    read = _READERS[setting.type](value)
    if not _is_within(read, **setting.limits):
        raise ValueError
    return read


def _explain_value(name: str, value: object) -> str:
    """Return what was read and what to write instead; nothing that is, or may be, a secret."""
    setting, text = FIELDS[name], str(value)
    may_be_secret = name in SECRETS or len(text) > _SHOWN or ("://" in text and "@" in text)
    read = "that does not suit" if may_be_secret else f"“{repr(text)[1:-1]}” does not suit"
    try:
        _read_value(setting, text)
    except (ValueError, TypeError):
        return f"{read}; {setting.fix}"
    return f"{read}; write it in quotes"


def _explain_name(name: str, former: Mapping[str, str], known: Iterable[str]) -> str:
    """Return in a sentence that a setting does not exist, and which one was surely meant."""
    if name in former:
        return f"no such setting any more; {former[name]}."
    from commands.kit.did_you_mean import Closeness, find_closest

    bare = {each.removeprefix(PREFIX).lower(): each for each in known}
    close = find_closest(name.removeprefix(PREFIX).lower(), bare, Closeness.SETTING)
    hint = f"did you mean {bare[close]}?" if close else "docs/settings.md names them all."
    return f"no such setting; {hint}"


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
            text = Path(_expand(os.environ[variable])).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "not in UTF-8"
            problems.append(f"{variable}: the file cannot be read: {why}.")
            continue
        secrets[name] = text
        if not text:
            fix = FIELDS[name].fix
            problems.append(f"{variable}: the file is empty; {fix} into it.")
    return secrets, problems


def _list_misspelt(variables: list[str]) -> Iterator[str]:
    former = {name_variable(name): instead for name, instead in FORMER.items()}
    known = [*map(name_variable, FIELDS), *(f"{name_variable(name)}_FILE" for name in SECRETS)]
    for variable in variables:
        if variable not in known:
            yield f"{variable}: {_explain_name(variable, former, known)}"
