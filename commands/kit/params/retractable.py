"""What can be withdrawn: an entry, or an import as a whole."""

from typing_extensions import override

from commands.kit.command import ParamType
from commands.kit.context import Context
from commands.kit.inlines import T
from commands.kit.params.basic import KnownEntry
from store.model.entry import Entry
from store.model.ref import BATCH, Ref


class KnownEntryOrBatch(ParamType, frozen=True):
    """An entry by its reference, read as an Entry, or an import such as B-7, read as its Ref."""

    help: T
    example: str = "E-1"
    shape: str = "E-42"

    @override
    async def read(self, text: str, ctx: Context) -> Entry | Ref:
        batch = Ref.match(text.strip().upper())
        if batch is not None and batch.kind is BATCH:
            return batch
        return await KnownEntry(self.help).read(text, ctx)

    @override
    def write(self, value: Entry | Ref) -> str:
        return value.ref if isinstance(value, Entry) else str(value)

    @override
    def refer(self, value: Entry | Ref) -> tuple[str, ...]:
        return (self.write(value),)
