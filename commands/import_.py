"""/import: a file of entries."""

from typing import Annotated

from msgspec.structs import replace

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.days import read_day
from commands.kit.inlines import T
from commands.kit.invocation import Role, Upload
from commands.kit.params.basic import FreeText, OneOf
from commands.kit.params.control import read_terms_in
from commands.kit.params.day_values import OnDay
from commands.kit.params.file_columns import MappingName
from commands.kit.params.uploaded_file import UploadedFile
from commands.kit.reply import Reply
from store.model.span import Span

MOST_BYTES = 5_000_000
_FILE = T("A table, JSON or GeoJSON of entries; or a mapping (.toml), to be kept")
MAPPINGS = {
    "acled": T("ACLED, for your own access"),
    "bellingcat": T("Bellingcat’s civilian harm, JSON"),
    "geoconfirmed": T("GeoConfirmed, a table"),
    "ucdp_ged": T("UCDP GED, also the candidate events"),
    "ushahidi": T("reports of an Ushahidi deployment"),
    "viina": T("VIINA, raw reports"),
    "warspotting": T("WarSpotting, losses as JSON"),
}
FORMATS = {
    "jsonl": T("JSON, one object per line"),
    "csv": T("a table"),
    "geojson": T("GeoJSON"),
    "xlsx": T("a workbook"),
    "json": T("JSON, a list of objects"),
    "kml": T("KML or KMZ"),
    "html": T("a saved page with reviews of claims"),
}
_ENCODINGS = {
    "windows-1251": T("as old Cyrillic Windows saves it"),
    "koi8-u": T("as old Cyrillic mail is"),
    "windows-1252": T("as old Western Windows saves it"),
}
_DAYS = {"future": T("let days after today in")}
_CHECK = {"only": T("only report what would be filed")}
_BAD = {"skip": T("file the other rows and return these")}
_ASSESSOR = FreeText(T("Of areas: whose assessment they are"), "NAME", "Deep State")
_CONTROL = FreeText(
    T("Of areas: the status inside, or its property in braces"), "STATUS", "contested"
)
_SOURCE = FreeText(T("Of areas: where they were published"), "SOURCE", "Deep State")
_LICENCE = FreeText(T("Of areas: the licence of the outlines"), "LICENCE", "CC BY 4.0")
_NEW = {"create": T("create speakers and sources that are missing")}


@command(role=Role.MODERATOR)
async def import_(
    ctx: Context,
    file: Annotated[Upload, UploadedFile(_FILE, MOST_BYTES)],
    *,
    mapping: Annotated[str, MappingName(MAPPINGS, T("Whose columns, unless Sitrep’s own"))] = "",
    format_: Annotated[
        str, OneOf(FORMATS, T("The format, if the file name does not show it"))
    ] = "",
    encoding: Annotated[str, OneOf(_ENCODINGS, T("Unless it is UTF-8 or says it itself"))] = "",
    days: Annotated[str, OneOf(_DAYS, T("What to do with days to come"))] = "",
    check: Annotated[str, OneOf(_CHECK, T("Only check the file"))] = "",
    bad: Annotated[str, OneOf(_BAD, T("What to do with rows that have problems"))] = "",
    new: Annotated[str, OneOf(_NEW, T("What to do with names that are not on record"))] = "",
    assessor: Annotated[str, _ASSESSOR] = "",
    as_of: Annotated[Span | None, OnDay(T("Of areas: the day that they show"))] = None,
    control: Annotated[str, _CONTROL] = "",
    source: Annotated[str, _SOURCE] = "",
    licence: Annotated[str, _LICENCE] = "",
) -> Reply:
    """File the entries of a table, whole or not at all."""
    if file.name.casefold().endswith(".toml"):
        from commands.shared.importing.kept_mapping import keep_mapping  # noqa: PLC0415 -- as below

        return await keep_mapping(ctx, file, MAPPINGS, only_check=bool(check))
    from commands.shared.importing.column_card import ask_columns  # noqa: PLC0415 -- only an import loads what reads one
    from commands.shared.importing.import_report import answer_import  # noqa: PLC0415 -- only an import loads what reads one
    from store.transfer.areas.area_rows import AreaPlan  # noqa: PLC0415
    from store.transfer.importer import ImportPlan  # noqa: PLC0415

    plan = ImportPlan(
        file.name.replace("\\", "/").rpartition("/")[2],
        format_,
        mapping,
        create=bool(new),
        skip_bad=bool(bad),
        dry=bool(check),
        zone=ctx.zone,
        read_day=read_day,
        read_term=read_terms_in(ctx.translations),
        future=bool(days),
        encoding=encoding,
        area=AreaPlan(assessor, as_of.edtf if as_of else "", control, source, licence),
    )
    data = await file.read()
    if mapping and mapping not in MAPPINGS:
        plan = replace(plan, mapping="", columns=await ctx.store.held_files.find_kept(mapping))
    elif not mapping and (card := await ask_columns(ctx, data, plan)):
        return card
    report = await ctx.store.imports.read(data, plan, ctx.act("import", "Imported."))
    return answer_import(report, plan)
