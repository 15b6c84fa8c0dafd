"""Zones as people type them; two hours east stays two hours east."""

import zoneinfo
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import tzdata  # type: ignore[import-untyped]

from bot.ops.time_zones import prefer_newest_zones, zones_release
from commands.kit.invocation import Role
from commands.kit.params.times import name_zone, read_offset, zones_called
from tests.fakes import Talk

NOON = datetime(2025, 11, 7, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed", ["GMT+2", "UTC+2", "utc +2", "+02:00", "+2", "+0200", "UTC+02:00"]
)
def test_two_hours_east_is_not_two_hours_west(typed: str) -> None:
    """GMT+2 was read as Etc/GMT+2, which lies west: a summary came four hours late."""
    zone = ZoneInfo(read_offset(typed))

    assert NOON.astimezone(zone).hour == 14
    assert name_zone(zone.key) == "UTC+2"


@pytest.mark.parametrize("typed", ["GMT-5", "UTC\N{MINUS SIGN}5", "-05:00"])
def test_hours_west_are_read_too(typed: str) -> None:
    assert NOON.astimezone(ZoneInfo(read_offset(typed))).hour == 7


@pytest.mark.parametrize("typed", ["+05:30", "GMT+15", "UTC-13", "GMT", "2", "+2h", ""])
def test_what_is_no_whole_hour_on_earth_is_no_offset(typed: str) -> None:
    assert read_offset(typed) == ""


def test_an_abbreviation_is_asked_about() -> None:
    assert zones_called("EET", NOON)[0] == "Europe/Kyiv"
    assert "Europe/Moscow" in zones_called("MSK", NOON)
    assert zones_called("Kyiv", NOON) == []


async def test_a_summary_of_that_zone_says_so(ask: Talk) -> None:
    answer = await ask("/digests add 7:30 zone:EET", Role.ADMIN)

    assert answer.refused
    assert any("Europe/Kyiv" in offer for offer in answer.offered)


async def test_the_preview_of_a_summary_says_when_the_first_comes_in_utc(ask: Talk) -> None:
    answer = await ask("/digests add 7:30 zone:UTC+2", Role.ADMIN)

    assert "The first comes at 2025-11-08 05:30 UTC." in answer.text


def test_the_later_rules_of_time_zones_are_asked_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system of 2024 had a morning post in Winnipeg an hour off since autumn 2026."""
    before = zoneinfo.TZPATH
    monkeypatch.delenv("PYTHONTZPATH", raising=False)
    try:
        for release, own in (("2024a", True), ("9999a", False)):
            (tmp_path / "tzdata.zi").write_text(f"# version {release}\n# rules\n")
            zoneinfo.reset_tzpath([str(tmp_path)])
            prefer_newest_zones()
            assert (zones_release() == tzdata.IANA_VERSION) is own
            assert (zoneinfo.TZPATH[0] == str(tmp_path)) is not own
            assert zones_release() >= tzdata.IANA_VERSION
    finally:
        zoneinfo.reset_tzpath(before)
