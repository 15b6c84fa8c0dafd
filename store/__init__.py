"""What is on record. `open_store(path)` gives a Store; its parts answer with models."""

from collections.abc import Callable, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from store.db.database import Database, Tell, tell_nobody
from store.db.noted_writes import WritesNoted, note_write, note_writes

if TYPE_CHECKING:
    from store.editing.privacy import People
    from store.editing.redaction import Redaction
    from store.editing.registry import Registry
    from store.editing.terms import Terms
    from store.editing.undo import Undo
    from store.editing.undo_together import UndoTogether
    from store.likeness.check_text import Checks
    from store.likeness.make_vectors import EntryVectors
    from store.places.additions import Additions
    from store.queries.actors import Actors
    from store.queries.audit_log import AuditLog
    from store.queries.claim_record import ClaimRecords
    from store.queries.digest_window import DigestWindows
    from store.queries.entries import Entries
    from store.queries.geography import Landmarks
    from store.queries.known_names import NamesOnRecord
    from store.queries.lists import Lists
    from store.queries.map_view import MapViews
    from store.queries.period_changes import PeriodsChanged
    from store.queries.place_overview import PlaceOverviews
    from store.queries.places import Places
    from store.queries.ranked_claims import RankedClaims
    from store.queries.similar_entries import SimilarEntries
    from store.queries.situation import Situations
    from store.queries.sources import Sources
    from store.record.moderation import Moderation
    from store.record.revisions import History
    from store.seeding.load import SeedReport
    from store.transfer.exporter import Exports
    from store.transfer.importer import Imports
    from store.workflow.digest_deliveries import DigestDeliveries
    from store.workflow.digests import Digests
    from store.workflow.drafts import Drafts
    from store.workflow.gaps import Gaps
    from store.workflow.held_files import HeldFiles
    from store.workflow.inbox_outbox import Mailbox
    from store.workflow.inquiries import Inquiries
    from store.workflow.notices import PendingNotices
    from store.workflow.room_endings import RoomEndings
    from store.workflow.state import ProgramState
    from store.workflow.tenures import Tenures
    from store.workflow.text_drafts import TextDrafts
    from store.workflow.watches import Watches

R = TypeVar("R")

SEEDS = Path(__file__).parent.parent / "seeds"

PARTS: Mapping[str, str] = {
    "actors": "store.queries.actors:Actors",
    "checks": "store.likeness.check_text:Checks",
    "vectors": "store.likeness.make_vectors:EntryVectors",
    "similar_entries": "store.queries.similar_entries:SimilarEntries",
    "digests": "store.workflow.digests:Digests",
    "drafts": "store.workflow.drafts:Drafts",
    "entries": "store.queries.entries:Entries",
    "history": "store.record.revisions:History",
    "moderation": "store.record.moderation:Moderation",
    "landmarks": "store.queries.geography:Landmarks",
    "known_names": "store.queries.known_names:NamesOnRecord",
    "lists": "store.queries.lists:Lists",
    "ranked_claims": "store.queries.ranked_claims:RankedClaims",
    "audit_log": "store.queries.audit_log:AuditLog",
    "notice_queue": "store.workflow.notices:PendingNotices",
    "inquiries": "store.workflow.inquiries:Inquiries",
    "gaps": "store.workflow.gaps:Gaps",
    "mailbox": "store.workflow.inbox_outbox:Mailbox",
    "program_state": "store.workflow.state:ProgramState",
    "people": "store.editing.privacy:People",
    "place_overviews": "store.queries.place_overview:PlaceOverviews",
    "places": "store.queries.places:Places",
    "redaction": "store.editing.redaction:Redaction",
    "registry": "store.editing.registry:Registry",
    "situation": "store.queries.situation:Situations",
    "sources": "store.queries.sources:Sources",
    "claim_records": "store.queries.claim_record:ClaimRecords",
    "digest_deliveries": "store.workflow.digest_deliveries:DigestDeliveries",
    "room_endings": "store.workflow.room_endings:RoomEndings",
    "tenures": "store.workflow.tenures:Tenures",
    "terms": "store.editing.terms:Terms",
    "text_drafts": "store.workflow.text_drafts:TextDrafts",
    "undo": "store.editing.undo:Undo",
    "undo_together": "store.editing.undo_together:UndoTogether",
    "watches": "store.workflow.watches:Watches",
    "digest_windows": "store.queries.digest_window:DigestWindows",
    "map_views": "store.queries.map_view:MapViews",
    "period_changes": "store.queries.period_changes:PeriodsChanged",
    "imports": "store.transfer.importer:Imports",
    "held_files": "store.workflow.held_files:HeldFiles",
    "gazetteer": "store.places.additions:Additions",
    "exports": "store.transfer.exporter:Exports",
}
"""Where each part of a Store stands: a question of one loads nothing of the others."""


class Store:
    """The record, part by part. Nothing outside this package knows which engine keeps it."""

    if TYPE_CHECKING:
        actors: Actors
        checks: Checks
        vectors: EntryVectors
        similar_entries: SimilarEntries
        digests: Digests
        drafts: Drafts
        entries: Entries
        history: History
        moderation: Moderation
        landmarks: Landmarks
        known_names: NamesOnRecord
        lists: Lists
        ranked_claims: RankedClaims
        audit_log: AuditLog
        notice_queue: PendingNotices
        inquiries: Inquiries
        gaps: Gaps
        mailbox: Mailbox
        program_state: ProgramState
        people: People
        place_overviews: PlaceOverviews
        places: Places
        redaction: Redaction
        registry: Registry
        situation: Situations
        sources: Sources
        claim_records: ClaimRecords
        digest_deliveries: DigestDeliveries
        room_endings: RoomEndings
        tenures: Tenures
        terms: Terms
        text_drafts: TextDrafts
        undo: Undo
        undo_together: UndoTogether
        watches: Watches
        digest_windows: DigestWindows
        map_views: MapViews
        period_changes: PeriodsChanged
        imports: Imports
        held_files: HeldFiles
        gazetteer: Additions
        exports: Exports

    def __init__(self, db: Database) -> None:
        self._db = db

    if not TYPE_CHECKING:  # so that a name which no part has is no type either

        def __getattr__(self, name: str) -> object:
            """Return a part, loaded when it is first asked for."""
            if name not in PARTS:
                raise AttributeError(name, name=name, obj=self)
            part: object = kind_of(name)(self._db)
            setattr(self, name, part)
            return part

    async def load_seeds(self, at: datetime, folder: Path = SEEDS) -> "SeedReport":
        """Load the seed files, whole or not at all; loading them again changes nothing."""
        from store.places.gazetteer import let_go  # noqa: PLC0415 -- reading alone never loads it
        from store.seeding.load import load_seeds  # noqa: PLC0415

        try:
            return await self._db.write(load_seeds, folder, at)
        finally:
            await self._db.alone(let_go)

    async def load_terms(self, at: datetime, folder: Path = SEEDS) -> None:
        """Give a store without terms those of the seeds, and nothing else of them."""
        from store.seeding.load import load_terms  # noqa: PLC0415 -- reading alone never loads it

        await self._db.write(load_terms, folder, at)

    def on_change(self, tell: Callable[[], None]) -> None:
        """Have `tell` called after each write that may change what an answer shows."""
        self._db.on_change(tell)

    async def read_together(self, work: Callable[[], Coroutine[Any, Any, R]]) -> R:
        """Do `work`, which only reads and waits for nothing else: one hop for all its reads."""
        return await self._db.read_together(work)

    def limit(self, seconds: float) -> AbstractAsyncContextManager[object]:
        """Let what is asked inside take so long at most, or it ends in a TimeoutError."""
        return self._db.limit(seconds)

    @property
    def writable(self) -> bool:
        """Whether this process may write to it."""
        return self._db.writable

    @staticmethod
    def note_writes() -> AbstractContextManager[WritesNoted]:
        """Note whether a block asks for anything to be written."""
        return note_writes()

    @staticmethod
    def note_write() -> None:
        """Note that an answer rests on what was written, perhaps just now by another click."""
        note_write()

    async def aclose(self) -> None:
        """Finish what is being written and close the file."""
        await self._db.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


def kind_of(part: str) -> type:
    """Return the class of a part, by the part's name."""
    module, name = PARTS[part].split(":")
    kind: type = getattr(import_module(module), name)
    return kind


async def open_store(
    path: Path, *, writing: bool = True, patience_s: float = 0, tell: Tell = tell_nobody
) -> Store:
    """Open the store at `path`.

    For writing it is made where there is none, and StoreBusy says that another process has it; an
    older one is brought up to date, and `tell` hears what that is at. For reading it must exist
    (NoStore), and nothing that is done with it changes the file.
    """
    from store.open import open_database  # noqa: PLC0415 -- one question alone never loads it

    database = await open_database(path, writing=writing, patience_s=patience_s, tell=tell)
    return Store(database)


def open_to_ask(path: Path) -> Store:
    """Open the store at `path` to ask one thing of it, for reading and in this thread.

    It must exist (NoStore) and be up to date (OlderStore).
    """
    from store.db.direct import open_directly  # noqa: PLC0415 -- nothing else loads it

    return Store(open_directly(path))
