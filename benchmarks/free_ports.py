"""Ports on loopback for servers that cannot be told to take any that is free."""

import secrets
import socket
from pathlib import Path

_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")
_LOWEST, _USUAL_FIRST, _BEYOND = 12_000, 32_768, 65_536


def draw_ports(count: int) -> list[int]:
    """Return ports that nobody listens on, all different.

    They lie outside those that the system hands out by itself: one of its own choice could be
    some other connection's by the time that the server takes it. Nor do they follow `random`,
    which all of the tests' workers seed alike.
    """
    candidates = range(_LOWEST, _first_handed_out())
    ports: list[int] = []
    for port in secrets.SystemRandom().sample(candidates, len(candidates)):
        if len(ports) == count:
            break
        if _is_free(port):
            ports.append(port)
    return ports


def _first_handed_out() -> int:
    """Return the lowest port that the system chooses by itself; where that is low, none is safe."""
    try:
        first = int(_RANGE.read_text(encoding="ascii").split()[0])
    except OSError:
        return _USUAL_FIRST
    return first if first > _LOWEST else _BEYOND


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
