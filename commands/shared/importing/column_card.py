"""What the columns of a file seem to be: three entries as they would be, and what to choose."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from msgspec.structs import replace

from commands.kit.context import Context
from commands.kit.inlines import Inline, Line, Phrase, Strong, T, join
from commands.kit.params.basic import echo
from commands.kit.params.control import read_terms_in
from commands.kit.reply import (
    Action,
    Audience,
    Block,
    Choice,
    Facts,
    Item,
    Items,
    Pick,
    Reply,
    Small,
    Tone,
)
from commands.kit.vocabulary import CLAIM_TYPES, KINDS, own_term
from commands.shared.importing.column_names import MEANING_NAMES
from commands.shared.importing.import_errors import sentence
from store import Store
from store.model.entry import Kind
from store.model.held_file import DAYS, LEFT_OUT, ChosenColumns, HeldFile, NewFile
from store.transfer.columns.chosen import guess_columns
from store.transfer.columns.mapping_file import find_mapping
from store.transfer.columns.template import value_of
from store.transfer.days.desk_days import ReadDay
from store.transfer.formats.raw_row import Raw
from store.transfer.import_problems import RowProblem
from store.transfer.importer import ImportPlan

RowTypes: TypeAlias = Mapping[str, Mapping[str, T]]
"""What a row can be about, in words: by what it is, event or claim, and by its key."""
_MOST_PICKS = 4
_LEAST_KNOWN = 3  # columns, for a guess to be worth a question


def choose(
    chosen: ChosenColumns, rows: tuple[str, str] | None, column: tuple[int, str] | None
) -> ChosenColumns | None:
    """Return a choice with what somebody says of rows and of a column; None of one there is not."""
    if rows is not None:
        chosen = replace(chosen, kind=rows[0], type=rows[1])
    if column is not None:
        number, meaning = column
        if not 1 <= number <= len(chosen.columns):
            return None
        name = list(chosen.columns)[number - 1]
        chosen = replace(chosen, columns={**chosen.columns, name: meaning})
    return chosen


def import_plan(
    file: HeldFile, chosen: ChosenColumns, ctx: Context, read_day: ReadDay
) -> ImportPlan:
    """Return how a file is imported by what somebody chose: what is missing is created."""
    return ImportPlan(
        file.name,
        file.format,
        create=True,
        zone=ctx.zone,
        read_day=read_day,
        read_term=read_terms_in(ctx.translations),
        columns=chosen,
    )


async def guess(
    store: Store, data: bytes, plan: ImportPlan, *, told: bool = False
) -> tuple[ChosenColumns | None, tuple[Raw, ...]]:
    """Return what the columns of a file seem to be, and its first rows; None if they are ours.

    Nor is there a guess where hardly a heading is known: that is told as problems, unless it
    was `told` what the columns are.
    """
    peek = await store.imports.peek(data, plan)
    if isinstance(peek, RowProblem) or not peek.foreign:
        return None, ()
    if any(name.strip().casefold() == "kind" for name in peek.columns):  # a table of ours
        return None, ()
    chosen = ChosenColumns(guess_columns(peek.columns, peek.orders))
    known = sum(bool(meaning) for meaning in chosen.columns.values())
    return (chosen, peek.rows) if told or known >= _LEAST_KNOWN else (None, ())


def ask_in_shell(name: str, chosen: ChosenColumns, rows: tuple[Raw, ...], types: RowTypes) -> Reply:
    """Return what each column seems to be, with what to write to say it otherwise."""
    say = T(
        "Say it with {kind} and, for columns, {column}; then import it again.",
        kind="--rows-are event:strike",
        column="--columns 2=place,3=who",
    )
    return Reply(
        (Strong(T("{file}: are these its columns?", file=echo(name))),),
        (*describe_columns(chosen, rows, types), Small((say,))),
        tone=Tone.NOTHING,
    )


async def ask_columns(ctx: Context, data: bytes, plan: ImportPlan) -> Reply | None:
    """Hold a file whose columns are none of ours and ask what they are; None for one of ours."""
    chosen, _ = await guess(ctx.store, data, plan)
    if chosen is None:
        return None
    new = NewFile(plan.name, plan.format, chosen, data)
    file = await ctx.store.held_files.hold(ctx.key, ctx.person, new, ctx.now)
    return await column_card(ctx, file, chosen, plan)


async def column_card(
    ctx: Context, file: HeldFile, chosen: ChosenColumns, plan: ImportPlan
) -> Reply:
    """Return what each column would become, on three rows, with the menus to change it."""
    peek = await ctx.store.imports.peek(file.data, replace(plan, columns=None))
    if isinstance(peek, RowProblem):
        return Reply((Strong(sentence(peek)),), tone=Tone.REFUSAL, audience=Audience.ASKER)
    given = {"file": file.ref}
    actions: tuple[Action, ...] = ()
    if chosen.complete:
        label = T("Import {n} row", "Import {n} rows", n=peek.count)
        actions = (Action(label, "columns", {**given, "do": "file"}, confirms=True),)
    types = await list_types(ctx.store)
    return Reply(
        (Strong(T("{file}: are these its columns?", file=echo(file.name))),),
        tuple(describe_columns(chosen, peek.rows, types)),
        actions,
        audience=Audience.ASKER,
        picks=tuple(_picks(chosen, given, types))[:_MOST_PICKS],
    )


def describe_columns(
    chosen: ChosenColumns, rows: tuple[Raw, ...], types: RowTypes
) -> Iterator[Block]:
    """Yield what each column is, the first rows by that, and what is still missing."""
    named: list[tuple[Inline, Line]] = [
        (f"{number}. {column}", (MEANING_NAMES[meaning],))
        for number, (column, meaning) in enumerate(chosen.columns.items(), start=1)
    ]
    if chosen.kind:
        what = types.get(chosen.kind, {}).get(chosen.type, chosen.type)
        named.append((T("Each row"), join(", ", KINDS[Kind(chosen.kind)], what)))
    if chosen.source:
        named.append((T("Source"), (chosen.source,)))
    yield Facts(tuple(named))
    yield Items(tuple(_item(chosen, row) for row in rows))
    if mapping := find_mapping(tuple(chosen.columns)):
        say = T(
            "A mapping knows all of these columns: import the file with {here}, or with {command}"
            " in a shell.",
            here=f"mapping:{mapping}",
            command=f"--mapping {mapping}",
        )
        yield Small((say,))
    if missing := list(_list_missing(chosen)):
        yield Small((T("Still to say: {what}.", what=join_inline(missing)),))


def join_inline(parts: list[Inline]) -> Inline:
    """Return parts with commas between them as one."""
    return Phrase(join(", ", *parts))


def _item(chosen: ChosenColumns, row: Raw) -> Item:
    texts = [value_of(row.data, name) for name, field in chosen.columns.items() if field == "text"]
    under = [
        join("", MEANING_NAMES[field], ": ", echo(value))
        for name, field in chosen.columns.items()
        if field not in {"text", LEFT_OUT} and (value := value_of(row.data, name))
    ]
    return Item((echo(" ".join(texts)) or "…",), tuple(under))


def _list_missing(chosen: ChosenColumns) -> Iterator[Inline]:
    means = set(chosen.columns.values())
    if not chosen.kind:
        yield T("what each row is")
    if "text" not in means:
        yield MEANING_NAMES["text"]
    if not means & {*DAYS}:
        yield MEANING_NAMES["day"]
    if not chosen.source and not means & {"who", "source", "url"}:
        yield T("who says it (source:NAME, or --source NAME in a shell)")


async def list_types(store: Store) -> RowTypes:
    """Return what a row can be about, by what it is."""
    types = await store.situation.event_types()
    events = {kind.key: own_term(kind.label, kind.labels) for kind in types}
    return {Kind.EVENT: events, Kind.CLAIM: CLAIM_TYPES}


def _picks(chosen: ChosenColumns, given: Mapping[str, str], all_types: RowTypes) -> Iterator[Pick]:
    """Yield what to choose: first what is missing or was not recognised, then the rest."""
    kinds = tuple(
        Choice(join_inline([KINDS[Kind(kind)], name]), f"{kind}:{type_}")
        for kind, types in all_types.items()
        for type_, name in types.items()
    )
    stands = f"{chosen.kind}:{chosen.type}" if chosen.kind else ""
    yield Pick(T("Each row is"), "columns", given, "rows", kinds, stands)
    numbered = list(enumerate(chosen.columns.items(), start=1))
    for number, (column, meaning) in sorted(numbered, key=lambda pair: pair[1][1] != LEFT_OUT):
        choices = tuple(
            Choice(label, f"{number}={name or 'none'}") for name, label in MEANING_NAMES.items()
        )
        label = T("“{column}” is", column=echo(column))
        own = {**given, "menu": f"{number}"}
        yield Pick(label, "columns", own, "column", choices, f"{number}={meaning or 'none'}")
