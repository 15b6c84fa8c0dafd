"""Verdicts and links that rows bring beside their entries."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from store.model.entry import LinkType, VerdictValue
from store.model.ref import ENTRY, PLACE, Ref
from store.places.own_numbers import OWN_PLACES
from store.transfer.import_problems import Fault, Refused

_LONGEST_WHY = 500


class RowLink(Struct, frozen=True):
    """How a row's entry stands to another, which is known by its key or, here, by its number."""

    type: LinkType
    key: str
    number: int = 0
    why: str = ""
    places: tuple[str, ...] = ()


class Ties(Struct, frozen=True):
    """What a row brings beside its entry: the verdict, on the word of a source, and its links."""

    verdict: str = ""
    source_id: int | None = None
    links: tuple[RowLink, ...] = ()


def read_verdict(text: str) -> str:
    """Return a verdict as it is named; Refused where there is no such."""
    if text and text not in tuple(VerdictValue):
        raise Refused(Fault.NOT_ONE_OF, "verdict", text, ", ".join(VerdictValue))
    return text


def read_links(given: Any) -> tuple[RowLink, ...]:  # noqa: ANN401 -- whatever JSON has there
    """Return a row's links; those without the key of an entry lead nowhere and are left out."""
    if not isinstance(given, list):
        return ()
    return tuple(
        RowLink(
            LinkType(link["type"]),
            link["key"],
            _entry_number(link.get("to")),
            str(link.get("why") or "")[:_LONGEST_WHY],
            tuple(_list_places(link.get("places"))),
        )
        for link in given
        if isinstance(link, dict)
        and link.get("type") in tuple(LinkType)
        and isinstance(link.get("key"), str)
        and link["key"]
    )


def _entry_number(text: object) -> int:
    ref = Ref.match(text) if isinstance(text, str) else None
    return ref.number if ref is not None and ref.kind is ENTRY else 0


def _list_places(given: object) -> Iterator[str]:
    """Yield the places of a link that any desk numbers alike."""
    for text in given if isinstance(given, list) else ():
        ref = Ref.match(text) if isinstance(text, str) else None
        if ref is not None and ref.kind is PLACE and ref.number <= OWN_PLACES:
            yield str(ref)
