"""A Discord of the tests' own: gateway and HTTP on real sockets, every body checked."""

from tests.discord.loopback.asked import Form, Interaction
from tests.discord.loopback.driver import Member
from tests.discord.loopback.server import TOKEN, Loopback
from tests.discord.loopback.world import Attachment, Channel, Guild, Message, Role, User

__all__ = [
    "TOKEN",
    "Attachment",
    "Channel",
    "Form",
    "Guild",
    "Interaction",
    "Loopback",
    "Member",
    "Message",
    "Role",
    "User",
]
