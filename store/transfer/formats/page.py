"""The reviews of claims that a saved web page carries as JSON-LD, in the confined process."""

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from html.parser import HTMLParser

from store.confined.child import TaskRefusal
from store.model.override import override
from store.transfer.formats.claim_review import find_reviews, read_review
from store.transfer.formats.strict_json import read_json, refuse_bytes
from store.transfer.import_problems import Fault, Refused

_DEEPEST = 64
_HEAD = 2_000  # bytes in which a page says how it is encoded
_CHARSET = re.compile(rb"charset=[\"' ]*([\w-]{1,40})", re.ASCII | re.IGNORECASE)
_BESIDE = " \t\r\n/*"


class _Scripts(HTMLParser):
    """Collects the blocks of JSON-LD in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self._open = False

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = dict(attrs).get("type") or ""
        self._open = tag == "script" and kind.strip().casefold() == "application/ld+json"
        if self._open:
            self.blocks.append("")

    @override
    def handle_data(self, data: str) -> None:
        if self._open:
            self.blocks[-1] += data

    @override
    def handle_endtag(self, tag: str) -> None:
        self._open = False


def read_page(data: bytes, _given: Mapping[str, str]) -> Iterator[bytes]:
    """Yield each review of a claim as a line of JSON: its number and its fields.

    What else a page carries is passed over, but not a block that seems to be a review.
    """
    scripts = _Scripts()
    with suppress(AssertionError):  # the parser gives up at odd markup, and has what comes before
        scripts.feed(_decode(data))
    number = 0
    for block in scripts.blocks:
        for review in find_reviews(_read_block(block)):
            number += 1
            yield json.dumps([number, read_review(review)]).encode() + b"\n"
    if not number:
        raise TaskRefusal(Fault.NO_REVIEW, "file")


def _read_block(block: str) -> object:
    """Return what a block holds, without marks of CDATA around it; None if that is no review."""
    bare = block.strip(_BESIDE).removeprefix("<![CDATA[").removesuffix("]]>").strip(_BESIDE)
    try:
        return read_json(bare, _DEEPEST)
    except Refused as refused:
        if "ClaimReview" not in block:
            return None
        raise TaskRefusal(refused.fault, "file", refused.read, refused.more) from None


def _decode(data: bytes) -> str:
    """Return a page's text, as its mark or the page itself says it is encoded."""
    named = _CHARSET.search(data[:_HEAD])
    name = named[1].decode("ascii").casefold() if named else "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = "utf-16"
    try:
        return data.decode("utf-8-sig" if name == "utf-8" else name)
    except LookupError:
        raise TaskRefusal(Fault.DAMAGED, "file", name) from None
    except UnicodeDecodeError as error:
        raise refuse_bytes(data, error) from None
