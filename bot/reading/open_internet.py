"""Which addresses of the network a page may be fetched from: those of the open internet alone."""

import ipaddress
from ipaddress import IPv4Address, IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NEVER = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "64:ff9b:1::/48",  # a translator's own network
            "2002::/16",  # 6to4, a tunnel
            "2001::/32",  # Teredo, another
            "::/96",  # IPv4 in a form that is given up
        ),
    )
)
_LOW = 0xFFFFFFFF


def is_global(host: str) -> bool:
    """Tell whether an address belongs to the open internet; of a wrapped one what is inside."""
    try:
        address = _unwrap(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and any(address in network for network in _NEVER):
        return False
    return address.is_global and not (
        address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or address.is_private
        or address.is_loopback
        or address.is_link_local
    )


def _unwrap(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address to which a mapped or a translated one leads, or the address."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & _LOW)
    return address.ipv4_mapped or address
