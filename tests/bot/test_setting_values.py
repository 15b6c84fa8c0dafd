"""Settings as they are set: each kind of value, and every problem at once."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.setting_values import find_store, read_settings
from bot.settings import FIELDS, SECRETS, SettingsError, default_path, name_variable


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*FIELDS, *(f"{secret}_FILE" for secret in SECRETS)):
        monkeypatch.delenv(name_variable(name), raising=False)


def test_each_kind_of_value_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "sitrep.toml"
    file.write_text('stale_days = 30\nfetch = true\nstore = "desk.db"\nlanguage = "uk"\n')
    monkeypatch.setenv("SITREP_DISCORD_TOKEN", "a-token")
    monkeypatch.setenv("SITREP_MAP_DELAY", " 48 ")
    settings = read_settings(file)
    assert (settings.stale_days, settings.fetch, settings.language) == (30, True, "uk")
    assert settings.store == tmp_path / "desk.db"
    assert settings.map_delay == 48
    assert settings.discord_token is not None
    assert settings.discord_token.reveal() == "a-token"
    assert "a-token" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("stale_days", "0"),
        ("stale_days", "366"),
        ("stale_days", "soon"),
        ("stale_days", ""),
        ("fetch", "perhaps"),
        ("language", "uk\n"),
        ("zone", "Mars/Base"),
        ("zone", "../etc/passwd"),
        ("discord_home", "123;456"),
        ("matrix_prefix", "a b"),
    ],
)
def test_a_value_that_does_not_suit_is_named_with_what_was_read_and_what_to_write(
    name: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name_variable(name), text)
    with pytest.raises(SettingsError) as raised:
        read_settings(tmp_path / "none.toml")
    read = text.replace("\n", "\\n")
    trouble = f"“{read}” does not suit; {FIELDS[name].fix}."
    assert str(raised.value) == f"{name_variable(name)}: {trouble}", "it named sitrep.toml too"


def test_every_problem_of_a_file_is_named_at_once(tmp_path: Path) -> None:
    file = tmp_path / "sitrep.toml"
    file.write_text('stale_days = true\nfetch = 7\nlanguage = 3\nstoer = "x"\n')
    with pytest.raises(SettingsError) as raised:
        read_settings(file)
    lines = str(raised.value).splitlines()
    names = ("language", "stale_days", "fetch", "stoer")
    assert [line.partition(": ")[0] for line in lines] == [f"{name} in {file}" for name in names]


@pytest.mark.parametrize("data", [b"store = ", b"store = '\xff'"])
def test_a_file_that_is_no_toml_is_named(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "sitrep.toml"
    file.write_bytes(data)
    with pytest.raises(SettingsError, match=r"sitrep\.toml"):
        read_settings(file)


def test_a_blank_secret_is_as_good_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITREP_DISCORD_TOKEN", " ")
    assert read_settings(tmp_path / "none.toml").discord_token is None


@given(number=st.integers())
def test_a_number_is_taken_within_its_limits_alone(number: int) -> None:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SITREP_STALE_DAYS", str(number))
        try:
            settings = read_settings(Path("none.toml"))
        except SettingsError:
            assert not 1 <= number <= 365
        else:
            assert settings.stale_days == number


def refusal(text: str, folder: Path) -> str:
    """Return what is said about a file with this text."""
    file = folder / "sitrep.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        read_settings(file)
    return str(raised.value)


def test_a_number_where_a_text_belongs_is_said_to_need_quotes(tmp_path: Path) -> None:
    """It said to write ids such as 123,456, which is what had been written."""
    assert refusal("discord_home = 123456", tmp_path).endswith(
        ": “123456” does not suit; write it in quotes."
    )
    assert "write en or uk" in refusal("language = 3", tmp_path)


def test_nothing_that_may_be_a_secret_is_shown(tmp_path: Path) -> None:
    token = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gx1abc.a_token_in_the_wrong_place"
    proxy = "https://anna:hush@proxy"
    sentence = refusal(
        f'discord_home = "{token}"\nfetch_proxy = "{proxy}"\nmatrix_password = 1234', tmp_path
    )
    assert len(sentence.splitlines()) == 3
    assert not [text for text in (token, "hush", "1234") if text in sentence]


@pytest.mark.parametrize(
    ("name", "hint"),
    [("stor", "did you mean store?"), ("colour", "docs/settings.md names them all.")],
)
def test_a_name_is_guessed_alike_in_the_file_and_in_the_environment(
    name: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file got a list of all forty names, and SITREP_FOO was taken for SITREP_LOG."""
    assert refusal(f'{name} = "x"', tmp_path).endswith(f"no such setting; {hint}")
    monkeypatch.setenv(name_variable(name), "x")
    with pytest.raises(SettingsError) as raised:
        read_settings(tmp_path / "none.toml")
    in_variable = hint.replace("store", "SITREP_STORE")
    assert str(raised.value) == f"{name_variable(name)}: no such setting; {in_variable}"


def test_a_file_that_cannot_be_opened_is_named_with_the_reason(tmp_path: Path) -> None:
    """It said to write TOML in UTF-8 into it."""
    with pytest.raises(SettingsError, match="cannot be read: Is a directory"):
        read_settings(tmp_path)


def test_a_path_may_begin_with_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder with the name ~ was made."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SITREP_STORE", "~/desk.db")
    file = tmp_path / "etc" / "sitrep.toml"
    file.parent.mkdir()
    file.write_text('matrix_state = "~/keys"\n', encoding="utf-8")
    settings = read_settings(file)
    assert (settings.store, settings.matrix_state) == (tmp_path / "desk.db", tmp_path / "keys")
    assert find_store() == tmp_path / "desk.db"


def test_an_empty_path_is_as_good_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store was taken to be the current folder."""
    monkeypatch.setenv("SITREP_STORE", "")
    assert read_settings(tmp_path / "none.toml").store == default_path("store")
