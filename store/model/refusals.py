"""What can go wrong in the store.

StoreError
├── NewerStore     the file was written by a later Sitrep
├── StoreBusy      another process writes to the file
├── NoStore        there is no file, and reading alone does not make one
├── OlderStore     the file has to be brought up to date, and reading alone does not do it
├── SeedFault      a seed file says something that cannot be stored
├── NotAStore      a file is no store of ours, or is broken
├── HasContent     something is on record where a copy is to go
├── UnfinishedBatch  the disk failed while a batch was filed or taken back
├── BadCursor      a page was asked for after something that is no cursor
└── Refusal        a write that does not fit what is on record now; nothing was written
    ├── Frozen     nobody may write, and why
    ├── Outdated   somebody changed it since it was read
    ├── Already    it stands so already
    ├── Borne      a name that is to be given is another's
    ├── TermInUse  a status or a kind of event is to go, and an entry has it
    └── NoUndo     there is nothing of one's own to take back, or it cannot be
"""

from enum import StrEnum

from store.model.entry import Actor, Place
from store.model.ref import Ref


class StoreError(Exception):
    """Any trouble with the store; its text is one sentence."""


class NewerStore(StoreError):
    """The file was written by a later version of Sitrep."""


class StoreBusy(StoreError):
    """Another process holds the file's writing lock."""


class NoStore(StoreError):
    """There is no such file."""


class OlderStore(StoreError):
    """The file was written by an earlier version of Sitrep and is not up to date."""


class NotAStore(StoreError):
    """A file is no store, or a broken one; its text says what is wrong."""


class HasContent(StoreError):
    """Something is on record in the store whose place a copy is to take."""


class UnfinishedBatch(StoreError):
    """The disk failed on the way: whoever opens the store next files or takes back the rest."""

    def __init__(self, batch: Ref, cause: str) -> None:
        rest = (
            "Once that is mended, the same command finishes it, as does whatever opens the store."
        )
        super().__init__(f"{batch} is not done yet: {cause}. {rest}")
        self.batch, self.cause = str(batch), cause


class BadCursor(StoreError):
    """A page was asked for after something that is no cursor of the store's."""


class SeedFault(StoreError):
    """A seed file cannot be stored as it is; says which file, entry and field."""

    def __init__(self, file: str, entry: str, field: str, problem: str) -> None:
        where = f"{entry}, field {field}" if entry else field
        super().__init__(f"{file}: {where}: {problem}.")
        self.file, self.entry, self.field, self.problem = file, entry, field, problem


class Refusal(StoreError):
    """A write that does not fit what is on record now; nothing was written."""


class Frozen(Refusal):
    """Nobody may write; its text is the reason that was given."""


class Outdated(Refusal):
    """Somebody changed `target` since it was read."""

    def __init__(self, target: Ref | str) -> None:
        super().__init__(f"{target} was changed since.")
        self.target = str(target)


class State(StrEnum):
    """How a thing stands, where that is why a write does not fit."""

    LIVE = "live"
    RETRACTED = "retracted"
    REDACTED = "redacted"
    LINKED = "linked"
    UNLINKED = "unlinked"
    OPEN = "open"
    WAITING = "waiting"
    FILED = "filed"
    REJECTED = "rejected"
    DROPPED = "dropped"
    FROZEN = "frozen"
    NAMED = "named"
    ADDRESSED = "addressed"  # a source of that address, in whatever spelling, is on record
    SAME = "same"
    FULL = "full"


class Already(Refusal):
    """`target` stands so already, or not as the write needs it; `by` whose doing, if known."""

    def __init__(self, target: Ref | str, state: State, by: str = "") -> None:
        super().__init__(f"{target} is {state}.")
        self.target, self.state, self.by = str(target), state, by


class Borne(Refusal):
    """`name`, which is to lead to another, is what `bearer` is called."""

    def __init__(self, name: str, bearer: Actor | Place) -> None:
        super().__init__(f"{name} is what {bearer.name} is called.")
        self.name, self.bearer = name, bearer


class TermInUse(Refusal):
    """The status or kind of event `label` is to go, and the entry `ref` has it, or had it."""

    def __init__(self, label: str, ref: str) -> None:
        super().__init__(f"{ref} uses {label}.")
        self.label, self.ref = label, ref


class NoUndo(Refusal):
    """Nothing of one's own to take back ("" as `target`), or it cannot be: `act` of `target`."""

    def __init__(self, target: str = "", act: str = "") -> None:
        super().__init__(f"{act} of {target} cannot be undone." if act else "Nothing to undo.")
        self.target, self.act = target, act
