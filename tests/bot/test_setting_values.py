"""Settings as they are set: each kind of value, and every problem at once."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.setting_values import read_settings
from bot.settings import FIELDS, SECRETS, SettingsError, name_variable


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
def test_a_value_that_does_not_suit_is_named_with_what_to_write(
    name: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name_variable(name), text)
    with pytest.raises(SettingsError) as raised:
        read_settings(tmp_path / "none.toml")
    fix = FIELDS[name].fix
    assert str(raised.value) == f"{name_variable(name)} ({name} in {tmp_path}/none.toml): {fix}."


def test_every_problem_of_a_file_is_named_at_once(tmp_path: Path) -> None:
    file = tmp_path / "sitrep.toml"
    file.write_text('stale_days = true\nfetch = 7\nlanguage = 3\nstoer = "x"\n')
    with pytest.raises(SettingsError) as raised:
        read_settings(file)
    lines = str(raised.value).splitlines()
    assert [line.partition(" ")[0] for line in lines] == [
        *("SITREP_LANGUAGE", "SITREP_STALE_DAYS", "SITREP_FETCH", "stoer"),
    ]


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
