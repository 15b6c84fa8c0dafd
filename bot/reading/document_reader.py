"""Files and pages for commands: what commands.kit.documents.Documents asks for."""

from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

from bot.reading.file_reader import FileReader
from commands.kit.documents import Document
from commands.kit.errors import NotAllowed
from commands.kit.inlines import T

if TYPE_CHECKING:
    from bot.reading.page_fetcher import PageFetcher


class DocumentReader:
    """Reads files; fetches pages where the operator switched that on. Days are those of `zone`."""

    def __init__(self, fetcher: "PageFetcher | None" = None, zone: tzinfo = UTC) -> None:
        self._files, self._fetcher = FileReader(zone=zone), fetcher

    async def read(self, name: str, data: bytes) -> Document:
        """Return the text of a file."""
        return await self._files.read(name, data)

    def check(self, address: str) -> None:
        """Refuse an address where nothing is fetched, or that cannot be of a page."""
        if self._fetcher is None:
            raise NotAllowed(T("Addresses are not fetched here: paste the text."))
        self._fetcher.check(address)

    async def fetch(self, address: str) -> Document:
        """Return the text of the page at an address."""
        self.check(address)
        assert self._fetcher is not None  # noqa: S101 -- check() has looked
        page = await self._fetcher.fetch(address)
        return await self._files.read(page.name, page.data)
