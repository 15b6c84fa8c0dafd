"""What can go wrong in the store.

StoreError
├── NewerStore     the file was written by a later Sitrep
├── StoreBusy      another process writes to the file
├── NoStore        there is no file, and reading alone does not make one
├── OlderStore     the file has to be brought up to date, and reading alone does not do it
├── SeedFault      a seed file says something that cannot be stored
└── BadCursor      a page was asked for after something that is no cursor
"""


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


class BadCursor(StoreError):
    """A page was asked for after something that is no cursor of the store's."""


class SeedFault(StoreError):
    """A seed file cannot be stored as it is; says which file, entry and field."""

    def __init__(self, file: str, entry: str, field: str, problem: str) -> None:
        where = f"{entry}, field {field}" if entry else field
        super().__init__(f"{file}: {where}: {problem}.")
        self.file, self.entry, self.field, self.problem = file, entry, field, problem
