"""What may go wrong with a homeserver.

MatrixTrouble
├── LoggedOut      it knows this session no longer: nothing can be done until there is another
├── Later          not now: it is away, or wants fewer requests; the same may succeed again
│   └── Limited  not done, as there were too many requests
└── Denied         not at all: asking again would change nothing
    └── Unsealed  not sent: the room is encrypted, and here nothing can be encrypted
"""


class HomeserverError(RuntimeError):
    """Any trouble with a homeserver; its text is for the operator."""


class LoggedOut(HomeserverError):
    """The homeserver refuses the token."""


class Unavailable(HomeserverError):
    """The homeserver is away, or wants to be asked less."""


class RateLimited(Unavailable):
    """The homeserver has not done it, as it wants to be asked less."""


class Denied(HomeserverError):
    """The homeserver refuses this, and `code` says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class Unencryptable(Denied):
    """It was not sent: the room is encrypted, and there are no keys to encrypt with."""

    def __init__(self) -> None:
        super().__init__("ENCRYPTED", "the room is, and there are no keys to encrypt with")
