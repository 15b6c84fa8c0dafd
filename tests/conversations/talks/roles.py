"""Nobody does what is not theirs to do."""

from commands import COMMANDS
from commands.kit.invocation import Role
from tests.conversations.saying import Conversation, Says, Who

_WHOSE = {Role.MODERATOR: "moderators", Role.ADMIN: "admins"}

ROLES = tuple(
    Conversation(
        f"{who.called} is refused what is for others",
        tuple(
            Says(who, f"/{one.path}", f"Only {_WHOSE[one.role]} can use /{one.path}.", refused=True)
            for one in COMMANDS
            if one.role > who.role
        ),
    )
    for who in (Who.READER, Who.MODERATOR)
)
