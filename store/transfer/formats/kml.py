"""The placemarks of a KML or KMZ file, in the confined process; XML with a DTD is refused."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from store.confined.child import TaskRefusal
from store.transfer.formats.sheet import MOST_UNPACKED, check_archive
from store.transfer.headings import field_of
from store.transfer.import_problems import Fault

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DEEPEST = 64
_BREAK = re.compile(r"\s*<br\s*/?>\s*|\n")
_SHAPES = ("Polygon", "LineString", "LinearRing", "MultiGeometry", "Track", "MultiTrack", "Model")


def read_kml(data: bytes, _given: Mapping[str, str]) -> Iterator[bytes]:
    """Yield each placemark as a line of JSON: its number and its fields by name.

    `name`, `description`, `day` of its TimeStamp or TimeSpan, `latitude` and `longitude` of its
    point, what its ExtendedData has, the `folder` that it lies in, and `shape` of one that is no
    point.
    """
    from defusedxml import DefusedXmlException  # noqa: PLC0415 -- an extra that only KML needs
    from defusedxml.ElementTree import ParseError, fromstring  # noqa: PLC0415

    try:
        root = fromstring(_document(data), forbid_dtd=True)
    except DefusedXmlException:
        raise TaskRefusal(Fault.HAS_DTD, "file") from None
    except (ParseError, ValueError, LookupError) as error:
        raise TaskRefusal(Fault.DAMAGED, "file", str(error)[:60]) from None
    for number, (placemark, folders) in enumerate(_placemarks(root, ()), start=1):
        fields = _fields(placemark)
        if named := " / ".join(filter(None, folders)):
            fields = {"folder": named} | fields
        yield json.dumps([number, fields]).encode() + b"\n"


def _document(data: bytes) -> bytes:
    """Return the document of a KMZ, its first .kml; a KML as it is."""
    if not data.startswith(b"PK"):
        return data
    check_archive(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            name = next((name for name in archive.namelist() if name.lower().endswith(".kml")), "")
            if not name:
                raise TaskRefusal(Fault.DAMAGED, "file", "KMZ")
            with archive.open(name) as member:
                document = member.read(MOST_UNPACKED + 1)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, EOFError):
        raise TaskRefusal(Fault.DAMAGED, "file", "KMZ") from None
    if len(document) > MOST_UNPACKED:
        raise TaskRefusal(Fault.TOO_MUCH, "file", f"{len(document):,}", f"{MOST_UNPACKED:,}")
    return document


def _placemarks(
    element: "Element", within: tuple[str, ...]
) -> "Iterator[tuple[Element, tuple[str, ...]]]":
    """Yield each placemark with the names of the folders it lies in; what is no folder has none."""
    if len(within) > _DEEPEST:
        raise TaskRefusal(Fault.TOO_DEEP, "file", _name(element), f"{_DEEPEST}")
    for child in element:
        if _name(child) == "Placemark":
            yield child, within
        else:
            named = _text_of(child, "name") if _name(child) == "Folder" else ""
            yield from _placemarks(child, (*within, named))


def _fields(placemark: "Element") -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for child in placemark:
        match _name(child):
            case "name" | "description" | "address" as name:
                fields[name] = "".join(child.itertext()).strip()
            case "TimeStamp":
                fields["day"] = _text_of(child, "when")
            case "TimeSpan":
                begin, end = _text_of(child, "begin"), _text_of(child, "end")
                fields["day"] = f"{begin or '..'}/{end}" if end else begin
            case "Point":
                fields |= _point(_text_of(child, "coordinates"))
            case "ExtendedData":
                fields = dict(_read_extended(child)) | fields
            case "Polygon" | "MultiGeometry" as shape if polygons := list(_polygons(child)):
                fields |= {"shape": shape, "outline": polygons}
            case shape if shape in _SHAPES:
                fields["shape"] = shape
    if "description" in fields and _repeats(fields):
        del fields["description"]
    return fields


def _repeats(fields: Mapping[str, Any]) -> bool:
    """Tell whether a description only says again what other fields do, as My Maps writes one."""
    others = {name: value for name, value in fields.items() if name != "description"}
    texts = {f"{value}" for name, value in others.items() if field_of(name) == "text"}
    pairs = {f"{name}: {value}" for name, value in others.items()}
    lines = {line.strip() for line in _BREAK.split(f"{fields.get('description') or ''}")}
    return bool(texts) and (lines <= pairs or lines <= texts)


def _polygons(element: "Element") -> Iterator[list[list[list[float | str]]]]:
    """Yield the polygons of a geometry as GeoJSON has them: rings of positions, the edge first."""
    for polygon in (part for part in element.iter() if _name(part) == "Polygon"):
        edges = [part for part in polygon if _name(part) == "outerBoundaryIs"]
        holes = [part for part in polygon if _name(part) == "innerBoundaryIs"]
        lines = [
            "".join(part.itertext()).split()
            for boundary in (*edges, *holes)
            for part in boundary.iter()
            if _name(part) == "coordinates"
        ]
        yield [[_position(text) for text in line] for line in lines]


def _position(text: str) -> list[float | str]:
    """Return a position's degrees; what is no number as it is, to be refused."""
    try:
        return [float(part) for part in text.split(",")[:2]]
    except ValueError:
        return [text]


def _read_extended(element: "Element") -> Iterator[tuple[str, str]]:
    for data in element.iter():
        name = data.get("name", "").strip()
        if name and _name(data) == "Data":
            yield name, _text_of(data, "value")
        elif name and _name(data) == "SimpleData":
            yield name, "".join(data.itertext()).strip()


def _point(coordinates: str) -> dict[str, str]:
    east, _, rest = coordinates.partition(",")
    return {"longitude": east.strip(), "latitude": rest.partition(",")[0].strip()}


def _text_of(element: "Element", name: str) -> str:
    return next(
        ("".join(child.itertext()).strip() for child in element if _name(child) == name), ""
    )


def _name(element: "Element") -> str:
    """Return an element's name without its namespace; a comment has none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
