"""One hostile file → a JSON object with its `text`, `title`, `marks` of its day and `notes`.

A task of a confined process (`store.confined`), as `parse`. It refuses with one word: missing,
locked, scan, empty or large. Where a parser breaks on the bytes, the process ends.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.reading.page_marks import find_marks
from store.confined.child import TaskRefusal

_MOST_TEXT, _MOST_PAGES, _MOST_UNPACKED, _MOST_PARTS = 200_001, 200, 60_000_000, 2_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ENDS = re.compile(r"[.!?…:;»”\"]\s*$")
_SHORT = 0.6  # of the usual line: such a line ends its paragraph


def read_pdf(data: bytes) -> dict[str, Any]:
    """Return the text of a PDF."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise TaskRefusal("locked")
    if len(reader.pages) > _MOST_PAGES:
        raise TaskRefusal("large")
    texts: list[str] = []
    for page in reader.pages:
        texts.append(join_lines(page.extract_text() or ""))
        if sum(map(len, texts)) > _MOST_TEXT:
            break
    text = "\n\n".join(filter(None, texts))
    if not text.strip():
        raise TaskRefusal("scan")
    title = (reader.metadata.title or "") if reader.metadata else ""
    return {"text": text, "title": str(title)}


def join_lines(page: str) -> str:
    """Return a page's lines as paragraphs.

    A line goes on unless it is short, and ends at a full stop or stands above a capital letter, as
    a heading does.
    """
    lines = [line.strip() for line in page.splitlines()]
    usual = max((len(line) for line in lines), default=0)
    paragraphs: list[str] = []
    ended, short = True, False
    for line in lines:
        if not line:
            ended = True
            continue
        if ended or (short and not line[:1].islower()):
            paragraphs.append(line)
        elif re.search(r"\w-$", paragraphs[-1]) and line[:1].islower():
            paragraphs[-1] = paragraphs[-1][:-1] + line
        else:
            paragraphs[-1] += f" {line}"
        short = len(line) < usual * _SHORT
        ended = short and bool(_ENDS.search(line))
    return "\n\n".join(paragraphs)


def read_docx(data: bytes) -> dict[str, Any]:
    """Return the text of a Word document, insertions and content controls with it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
            raise TaskRefusal("large")
    from docx import Document

    document = Document(io.BytesIO(data))
    body = document.element.body
    text = "\n\n".join(filter(None, map(_paragraph, body.iter(f"{_WORD}p"))))
    changed = any(next(body.iter(_WORD + tag), None) is not None for tag in ("ins", "del"))
    if not text.strip():
        raise TaskRefusal("scan")
    notes = ["changes"] if changed else []
    return {"text": text, "title": document.core_properties.title or "", "notes": notes}


def _paragraph(paragraph: Any) -> str:  # noqa: ANN401 -- the parser has no types
    """Return the words of a paragraph; not those that were deleted or moved away."""
    return "".join(_pieces(paragraph)).strip()


def _pieces(element: Any) -> Iterator[str]:  # noqa: ANN401 -- as above
    for child in element:
        if child.tag == f"{_WORD}t":
            yield child.text or ""
        elif child.tag in {f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"}:
            yield " "
        elif child.tag not in {f"{_WORD}del", f"{_WORD}moveFrom", f"{_WORD}p"}:
            yield from _pieces(child)


def read_html(data: bytes) -> dict[str, Any]:
    """Return the article of a page, and what the page writes for its day of publication."""
    import trafilatura

    tree = trafilatura.load_html(data)
    if tree is None:
        raise TaskRefusal("empty")
    marks = find_marks(tree)
    page: Any = trafilatura.bare_extraction(tree, with_metadata=True, include_comments=False)
    if page is None or not page.text:
        raise TaskRefusal("empty")
    text = re.sub(r"\n+", "\n\n", page.text)
    return {"text": text, "title": str(page.title or ""), "marks": marks}


READERS: Mapping[str, Callable[[bytes], dict[str, Any]]] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "html": read_html,
}


def parse(data: bytes, given: Mapping[str, str]) -> Iterator[bytes]:
    """Yield what is to be told of a file of the `kind` given."""
    try:
        document = READERS[given["kind"]](data)
    except ImportError:
        raise TaskRefusal("missing") from None
    document |= {"text": document["text"][:_MOST_TEXT], "title": document.get("title", "")[:300]}
    yield json.dumps(document).encode()
