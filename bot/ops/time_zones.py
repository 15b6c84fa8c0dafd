"""Which rules of time zones the program goes by: of its own package, unless the system's are newer.

A system that is not kept up to date knows nothing of clocks that were changed since, and a daily
summary would come an hour off. Python asks the system first; here the later release is asked first.
"""

import os
import zoneinfo
from pathlib import Path

import tzdata  # type: ignore[import-untyped]  # it has no types of its own

_SYSTEM_SAYS = "tzdata.zi"  # its first line is "# version 2026b"


def prefer_newest_zones() -> None:
    """Ask the package tzdata first, unless the system has a later release.

    PYTHONTZPATH, where it is set, stays what decides.
    """
    if "PYTHONTZPATH" not in os.environ and _system_release() < tzdata.IANA_VERSION:
        own = Path(tzdata.__file__).parent / "zoneinfo"
        zoneinfo.reset_tzpath([str(own), *zoneinfo.TZPATH])


def zones_release() -> str:
    """Return the release in use, such as "2026b"; "" where the system does not say."""
    first = Path(zoneinfo.TZPATH[0]) if zoneinfo.TZPATH else None
    own = first is None or first.is_relative_to(Path(tzdata.__file__).parent)
    return tzdata.IANA_VERSION if own else _system_release()


def _system_release() -> str:
    for folder in zoneinfo.TZPATH:
        try:
            with (Path(folder) / _SYSTEM_SAYS).open(encoding="utf-8") as rules:
                return rules.readline().removeprefix("# version ").strip()
        except OSError:
            continue
    return ""
