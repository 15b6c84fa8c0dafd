"""/columns: what the columns of a file are that is to be imported."""

from typing import Annotated

from msgspec.structs import replace

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.days import read_day
from commands.kit.errors import BadParam
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.params.basic import FreeText, Hidden, OneOf, echo
from commands.kit.params.file_columns import ColumnMeaning, KnownFile, RowKind
from commands.kit.reply import Reply
from store.model.held_file import HeldFile

_DO = {"file": T("import it so")}


@command(role=Role.MODERATOR)
async def columns(
    ctx: Context,
    file: Annotated[HeldFile, KnownFile(T("The file that waits, such as F-3"))],
    *,
    rows: Annotated[tuple[str, str] | None, RowKind(T("What each row is"))] = None,
    column: Annotated[tuple[int, str] | None, ColumnMeaning(T("What a column is"))] = None,
    source: Annotated[str, FreeText(T("Where all of it was read"), "SOURCE", "Reuters")] = "",
    keep: Annotated[str, FreeText(T("Keep these columns under a name"), "NAME", "our-sheet")] = "",
    menu: Annotated[str, Hidden()] = "",
    do: Annotated[str, OneOf(_DO, T("Import it so"))] = "",
) -> Reply:
    """Say what the columns of a file are, and import it."""
    del menu  # only tells two menus of one card apart
    from commands.shared.importing.column_card import choose, column_card, import_plan  # noqa: PLC0415 -- only an import loads what reads one
    from commands.shared.importing.import_report import report_import  # noqa: PLC0415

    chosen = choose(file.chosen, rows, column)
    if chosen is None:
        raise BadParam(T("There is no column {text}.", text=echo(str(column))), param="column")
    if source:
        chosen = replace(chosen, source=source)
    if chosen != file.chosen:
        await ctx.store.held_files.choose(file.id, chosen)
    if keep:
        await ctx.store.held_files.keep(keep, chosen)
    plan = import_plan(file, chosen, ctx, read_day)
    if not do or not chosen.complete:
        return await column_card(ctx, file, chosen, plan)
    act = ctx.act("import", "Imported.")
    report = await ctx.store.imports.read(file.data, plan, act)
    return report_import(report, plan)
