"""Workbooks as Excel writes them, with nothing in them but some rows."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    "{sheets}</Types>"
)
_SHEET_TYPE = (
    '<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.worksheet+xml"/>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROOT = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>'
)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}">{{formats}}<cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="{number}"/></cellXfs></styleSheet>'
)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_AS_A_DAY = 14  # of the formats that Excel has by itself
Cell = str | int | float | None


def make_workbook(
    sheets: dict[str, Sequence[Sequence[Cell]]],
    dates: Sequence[int] = (),
    shown_as: str | int = _AS_A_DAY,
    merged: Sequence[str] = (),
) -> bytes:
    """Return a workbook; the numbers of the columns in `dates` (from 0) are days.

    `shown_as` is their format, in Excel's letters or as the number of one that it has; `merged`
    are ranges of cells such as A2:A4.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        types = "".join(_SHEET_TYPE.format(n=n) for n in range(1, len(sheets) + 1))
        file.writestr("[Content_Types].xml", _TYPES.format(sheets=types))
        file.writestr("_rels/.rels", _ROOT)
        names = "".join(
            f'<sheet name="{name}" sheetId="{n}" r:id="s{n}"/>' for n, name in enumerate(sheets, 1)
        )
        file.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>',
        )
        relations = "".join(
            f'<Relationship Id="s{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        styles = f'<Relationship Id="st" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        file.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}">{relations}{styles}</Relationships>',
        )
        file.writestr("xl/styles.xml", _style(shown_as))
        for n, rows in enumerate(sheets.values(), 1):
            file.writestr(f"xl/worksheets/sheet{n}.xml", _sheet(rows, dates, merged))
    return out.getvalue()


def make_open_document(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return a workbook as LibreOffice writes it, with one sheet; a number is no day there."""
    lines = "".join(
        f"<table:table-row>{''.join(map(_open_cell, row))}</table:table-row>" for row in rows
    )
    spaces = " ".join(f'xmlns:{name}="{_NAMES}{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="a">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_NAMES}manifest:1.0"><manifest:file-entry'
        f' manifest:full-path="/" manifest:media-type="{_OPEN_DOCUMENT}"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", _OPEN_DOCUMENT)
        file.writestr("META-INF/manifest.xml", manifest)
        file.writestr("content.xml", content)
    return out.getvalue()


def _open_cell(value: Cell) -> str:
    if isinstance(value, str):
        text = f"<text:p>{escape(value)}</text:p>"
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
    if value is None:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


def _style(shown_as: str | int) -> str:
    if isinstance(shown_as, int):
        return _STYLES.format(formats="", number=shown_as)
    code = quoteattr(shown_as)
    own = f'<numFmts count="1"><numFmt numFmtId="164" formatCode={code}/></numFmts>'
    return _STYLES.format(formats=own, number=164)


def _sheet(rows: Sequence[Sequence[Cell]], dates: Sequence[int], merged: Sequence[str]) -> str:
    lines = []
    for at, row in enumerate(rows, 1):
        cells = "".join(_cell(at, n, cell, n in dates) for n, cell in enumerate(row))
        lines.append(f'<row r="{at}">{cells}</row>')
    ranges = "".join(f'<mergeCell ref="{each}"/>' for each in merged)
    ranges = ranges and f'<mergeCells count="{len(merged)}">{ranges}</mergeCells>'
    data = f"<sheetData>{''.join(lines)}</sheetData>"
    return f'<worksheet xmlns="{_MAIN}">{data}{ranges}</worksheet>'


def _cell(row: int, column: int, value: Cell, is_date: bool) -> str:  # noqa: FBT001 -- of a helper
    name = f"{chr(65 + column)}{row}"
    match value:
        case None:
            return ""
        case str():
            return f'<c r="{name}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{name}" s="{int(is_date)}"><v>{value}</v></c>'
