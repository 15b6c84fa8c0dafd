"""What a command answers: meaning, never markup.

A plain `str` is always text. Each platform has one renderer, a pure function from Reply to what
it sends; a renderer matches every block and inline there is, and names what it cannot show.
"""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from commands.kit.inlines import Inline, Line


class Heading(Struct, frozen=True):
    """The head of the blocks that follow."""

    inline: Inline


class Text(Struct, frozen=True):
    """A paragraph."""

    line: Line


class Small(Struct, frozen=True):
    """Small print."""

    line: Line


class Item(Struct, frozen=True):
    """One thing of a list: its first line, the lines under it, its reference."""

    lead: Line
    under: tuple[Line, ...] = ()


class Items(Struct, frozen=True):
    """A list.

    One that is `offered` has an item for each of the first actions, with the line that asks for it:
    who shows actions as lines leaves those out.
    """

    items: tuple[Item, ...]
    offered: bool = False


class Facts(Struct, frozen=True):
    """Names with what each stands for."""

    rows: tuple[tuple[Inline, Line], ...]


Block = Heading | Text | Small | Items | Facts


class Action(Struct, frozen=True):
    """Something to ask next: a button, or a line to copy. Absolute days and ids only.

    One that `confirms` does what its answer shows: a plain yes asks it.
    """

    label: Inline
    command: str
    given: Mapping[str, str] = {}
    confirms: bool = False


class Choice(Struct, frozen=True):
    """A value one can pick: how it is shown, and what is then written."""

    label: Inline
    value: str


class Pick(Struct, frozen=True):
    """A choice to make under an answer: the command with one more parameter.

    `chosen` is the value that stands now, or empty. Of `several` values the text is all of them,
    with a space between.
    """

    label: Inline
    command: str
    given: Mapping[str, str]
    param: str
    choices: tuple[Choice, ...]
    chosen: str = ""
    several: bool = False

    @property
    def stands(self) -> Inline:
        """How the value that stands now is shown."""
        return next(
            (choice.label for choice in self.choices if choice.value == self.chosen), self.chosen
        )


class Field(Struct, frozen=True):
    """One text of a form: `value` is what is there already; a `long` one has several lines.

    `longest` is how many characters it has at most (0: not told); where there are `choices` it is
    one of them. A `hint` is what it may be, shown as long as it is empty.
    """

    name: str
    label: Inline
    value: str = ""
    required: bool = True
    long: bool = False
    longest: int = 0
    choices: tuple[Choice, ...] = ()
    hint: Inline = ""


class Form(Struct, frozen=True):
    """What is to be filled in next: submitted, it is the command with each field's text."""

    title: Inline
    command: str
    given: Mapping[str, str]
    fields: tuple[Field, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the fields that are still needed."""
        return tuple(field.name for field in self.fields if field.required and not field.value)


class Tone(StrEnum):
    """What an answer means for its reader. Never a colour."""

    ANSWER = "answer"
    NOTHING = "nothing"
    REFUSAL = "refusal"
    FAULT = "fault"


class Audience(StrEnum):
    """Who is to see an answer."""

    ASKER = "asker"
    ROOM = "room"


class Attachment(Struct, frozen=True):
    """A file that goes with an answer; `about` says what is in it to who does not see it."""

    name: str
    data: bytes
    about: str = ""


class Picture(Struct, frozen=True):
    """A picture that goes with an answer, as plain data; the program draws it.

    `about` are its words for who does not see it: the answer that it shows.
    """

    name: str
    about: tuple[Line, ...]


class Unanswered(Struct, frozen=True):
    """What was asked of which there is nothing, or nothing fresh, on record.

    The references of a place and, where given, of a speaker; a type of entry, where given.
    """

    place: str
    by: str = ""
    type: str = ""

    @property
    def given(self) -> Mapping[str, str]:
        """It as parameters."""
        parts = {"place": self.place, "by": self.by, "type": self.type}
        return {name: value for name, value in parts.items() if value}


class Reply(Struct, frozen=True):
    """An answer. Its title answers the question; the blocks say on what grounds.

    A platform that has forms opens `form` at once where it can; elsewhere it is a line to type.
    `again` asks for it once more, where what was asked would do something once more. If it is not
    `repeatable`, no button asks for it again, and so nothing keeps the words of the question.
    `about` are the references of what it is about; None leaves that to what its question names.
    `entries` can be opened one by one: their references, each with its words. `unanswered` is what
    the desk counts as asked in vain. `illustration` goes with it only where pictures are shown.
    `posted` asks for what all are shown of it, where that is another answer.
    """

    title: Line
    blocks: tuple[Block, ...] = ()
    actions: tuple[Action, ...] = ()
    tone: Tone = Tone.ANSWER
    audience: Audience = Audience.ROOM
    picks: tuple[Pick, ...] = ()
    form: Form | None = None
    again: Action | None = None
    repeatable: bool = True
    files: tuple[Attachment, ...] = ()
    picture: Picture | None = None
    about: tuple[str, ...] | None = None
    entries: tuple[Choice, ...] = ()
    unanswered: tuple[Unanswered, ...] = ()
    illustration: Picture | None = None
    posted: Action | None = None

    @property
    def openings(self) -> tuple[Action, ...]:
        """What opens each of its entries."""
        return tuple(
            Action(choice.label, "entry", {"ref": choice.value}) for choice in self.entries
        )
