"""Nobody does what is not theirs to do."""

from commands import COMMANDS
from commands.kit.invocation import Role
from tests.conversations.saying import Conversation, Says, Who

_WHOSE = {Role.MODERATOR: "moderators", Role.ADMIN: "admins"}

ROLES = tuple(
    Conversation(
        f"{who.called} is refused what is for others",
        tuple(
            Says(
                who,
                f"/{command.path}",
                f"Only {_WHOSE[command.role]} can use /{command.path}.",
                refused=True,
            )
            for command in COMMANDS
            if command.role > who.role
        ),
    )
    for who in (Who.READER, Who.MODERATOR)
)
