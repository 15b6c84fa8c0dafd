"""Platform identity → Role: the only place where it is decided who may do what.

Moderators and admins come from home rooms alone. Whoever brings the bot elsewhere is a reader
there, and manages that room's own settings if its platform says so.
"""

from collections.abc import Set as AbstractSet

from msgspec import Struct

from commands.kit.invocation import Role


class Identity(Struct, frozen=True):
    """What a platform says of somebody: where they are, their roles there, if they manage it."""

    home: str
    roles: AbstractSet[str] = frozenset()
    manages: bool = False


MODERATES = "moderates"
"""The role of whoever has the power level of a moderator, on a platform that has levels."""
_MODERATOR, _ADMIN = 50, 100


def identity_by_power(home: str, level: int) -> Identity:
    """Return somebody by their power level in a room: 50 moderates it, 100 manages it."""
    return Identity(home, {MODERATES} if level >= _MODERATOR else frozenset(), level >= _ADMIN)


class Homes(Struct, frozen=True):
    """The rooms that are home, and the roles there that make a moderator."""

    homes: AbstractSet[str] = frozenset()
    moderators: AbstractSet[str] = frozenset()

    def role(self, who: Identity | None) -> Role:
        """Return somebody's role; None is somebody without a room, as in a private chat."""
        if who is None or who.home not in self.homes:
            return Role.READER
        if who.manages:
            return Role.ADMIN
        return Role.MODERATOR if who.roles & self.moderators else Role.READER
