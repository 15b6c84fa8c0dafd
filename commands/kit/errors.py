"""What the asker can put right.

UserError            shown as it is, to the asker alone
├── BadParam         a value that cannot be read: which, what was read, what to write
├── NotFound         nothing of that name, with what comes close
├── Ambiguous        several of that name, to choose from
├── NotAllowed       not with this role, or not here
└── TooLate          it was there, and is no longer
"""

from enum import StrEnum
from typing import ClassVar

from commands.kit.inlines import Inline, T
from commands.kit.reply import Choice


class Code(StrEnum):
    """Why something is refused, for programs; docs/json.md says what each means."""

    UNKNOWN_COMMAND = "unknown_command"
    UNKNOWN_PARAMETER = "unknown_parameter"
    TOO_MANY_WORDS = "too_many_words"
    GIVEN_TWICE = "given_twice"
    MISSING_VALUE = "missing_value"
    BAD_VALUE = "bad_value"
    BAD_DAY = "bad_day"
    BAD_FILE = "bad_file"
    UNKNOWN_PLACE = "unknown_place"
    AMBIGUOUS_PLACE = "ambiguous_place"
    SEVERAL_PLACES = "several_places"
    UNKNOWN_SPEAKER = "unknown_speaker"
    AMBIGUOUS_SPEAKER = "ambiguous_speaker"
    UNKNOWN_SOURCE = "unknown_source"
    AMBIGUOUS_SOURCE = "ambiguous_source"
    UNKNOWN_PERSON = "unknown_person"
    AMBIGUOUS_PERSON = "ambiguous_person"
    UNKNOWN_REFERENCE = "unknown_reference"
    NOTHING_FOUND = "nothing_found"
    WRONG_STATE = "wrong_state"
    CHANGED_MEANWHILE = "changed_meanwhile"
    NOT_ALLOWED = "not_allowed"
    READ_ONLY = "read_only"
    FROZEN = "frozen"
    TOO_MANY = "too_many"
    TOO_FAST = "too_fast"
    TOO_SLOW = "too_slow"


class UserError(Exception):
    """One clear sentence, and the code of its reason.

    `choices` are values for the parameter that was being read.
    """

    usual: ClassVar[Code] = Code.BAD_VALUE

    def __init__(
        self,
        message: T,
        *more: Inline,
        choices: tuple[Choice, ...] = (),
        param: str = "",
        code: Code | None = None,
    ) -> None:
        super().__init__(message.message)
        self.message, self.more, self.choices, self.param = message, more, choices, param
        self.code = code or self.usual


class BadParam(UserError):
    """A value that cannot be read."""


class NotFound(UserError):
    """Nothing on record under that name."""

    usual = Code.NOTHING_FOUND


class Ambiguous(UserError):
    """Several things under that name; the code says of which kind they are."""

    def __init__(
        self, message: T, *more: Inline, code: Code, choices: tuple[Choice, ...], param: str = ""
    ) -> None:
        super().__init__(message, *more, choices=choices, param=param, code=code)


class NotAllowed(UserError):
    """Not with this role, or not here."""

    usual = Code.NOT_ALLOWED


class TooLate(UserError):
    """It was there, and is no longer."""

    usual = Code.CHANGED_MEANWHILE
