"""What the asker can put right.

UserError            shown as it is, to the asker alone
├── BadParam         a value that cannot be read: which, what was read, what to write
├── NotFound         nothing of that name, with what comes close
├── Ambiguous        several of that name, to choose from
├── NotAllowed       not with this role, or not here
└── TooLate          it was there, and is no longer
"""

from commands.kit.i18n import T
from commands.kit.reply import Choice, Inline


class UserError(Exception):
    """One clear sentence. `choices` are values for the parameter that was being read."""

    def __init__(
        self, message: T, *more: Inline, choices: tuple[Choice, ...] = (), param: str = ""
    ) -> None:
        super().__init__(message.message)
        self.message, self.more, self.choices, self.param = message, more, choices, param


class BadParam(UserError):
    """A value that cannot be read."""


class NotFound(UserError):
    """Nothing on record under that name."""


class Ambiguous(UserError):
    """Several things under that name."""


class NotAllowed(UserError):
    """Not with this role, or not here."""


class TooLate(UserError):
    """It was there, and is no longer."""
