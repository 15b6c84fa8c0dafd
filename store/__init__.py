"""What is on record. `open_store(path)` gives a Store; its parts answer with models."""

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from store.db.connection import Database, WritesNoted, note_write, note_writes
from store.editing.privacy import People
from store.editing.redaction import Redaction
from store.editing.registry import Registry
from store.editing.terms import Terms
from store.editing.undo import Undo
from store.editing.undo_together import UndoTogether
from store.likeness.check_text import Checks
from store.likeness.make_vectors import EntryVectors
from store.open import open_database
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
from store.workflow.digest_deliveries import DigestDeliveries
from store.workflow.digests import Digests
from store.workflow.drafts import Drafts
from store.workflow.gaps import Gaps
from store.workflow.inbox_outbox import Mailbox
from store.workflow.inquiries import Inquiries
from store.workflow.notices import PendingNotices
from store.workflow.room_endings import RoomEndings
from store.workflow.state import ProgramState
from store.workflow.tenures import Tenures
from store.workflow.text_drafts import TextDrafts
from store.workflow.watches import Watches

if TYPE_CHECKING:
    from store.places.additions import Additions
    from store.seeding.load import SeedReport
    from store.transfer.exporter import Exports
    from store.transfer.importer import Imports
    from store.workflow.held_files import HeldFiles

SEEDS = Path(__file__).parent.parent / "seeds"


class Store:
    """The record, part by part. Nothing outside this package knows which engine keeps it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.actors = Actors(db)
        self.checks = Checks(db)
        self.vectors = EntryVectors(db)
        self.similar_entries = SimilarEntries(db)
        self.digests = Digests(db)
        self.drafts = Drafts(db)
        self.entries = Entries(db)
        self.history = History(db)
        self.moderation = Moderation(db)
        self.landmarks = Landmarks(db)
        self.known_names = NamesOnRecord(db)
        self.lists = Lists(db)
        self.ranked_claims = RankedClaims(db)
        self.audit_log = AuditLog(db)
        self.notice_queue = PendingNotices(db)
        self.inquiries = Inquiries(db)
        self.gaps = Gaps(db)
        self.mailbox = Mailbox(db)
        self.program_state = ProgramState(db)
        self.people = People(db)
        self.place_overviews = PlaceOverviews(db)
        self.places = Places(db)
        self.redaction = Redaction(db)
        self.registry = Registry(db)
        self.situation = Situations(db)
        self.sources = Sources(db)
        self.claim_records = ClaimRecords(db)
        self.digest_deliveries = DigestDeliveries(db)
        self.room_endings = RoomEndings(db)
        self.tenures = Tenures(db)
        self.terms = Terms(db)
        self.text_drafts = TextDrafts(db)
        self.undo = Undo(db)
        self.undo_together = UndoTogether(db)
        self.watches = Watches(db)
        self.digest_windows = DigestWindows(db)
        self.map_views = MapViews(db)
        self.period_changes = PeriodsChanged(db)

    @property
    def imports(self) -> "Imports":
        """Imports and taking them back; loaded where somebody needs it."""
        from store.transfer.importer import Imports  # noqa: PLC0415 -- reading alone never loads it

        return Imports(self._db)

    @property
    def held_files(self) -> "HeldFiles":
        """Files whose columns somebody is asked about; loaded where somebody needs it."""
        from store.workflow.held_files import HeldFiles  # noqa: PLC0415 -- reading never loads it

        return HeldFiles(self._db)

    @property
    def gazetteer(self) -> "Additions":
        """Places that an operator brings in; loaded where somebody needs it."""
        from store.places.additions import Additions  # noqa: PLC0415 -- reading never loads it

        return Additions(self._db)

    @property
    def exports(self) -> "Exports":
        """Entries, written out; loaded where somebody needs it."""
        from store.transfer.exporter import Exports  # noqa: PLC0415 -- reading alone never loads it

        return Exports(self._db)

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


async def open_store(path: Path, *, writing: bool = True, patience_s: float = 0) -> Store:
    """Open the store at `path`.

    For writing it is made where there is none, and StoreBusy says that another process has it; for
    reading it must exist (NoStore), and nothing that is done with it changes the file.
    """
    return Store(await open_database(path, writing=writing, patience_s=patience_s))
