"""/about: what this desk is."""

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.inlines import ForData, Inline, Line, Moment, Strong, T, When, join
from commands.kit.reply import Action, Facts, Reply, Text
from commands.kit.vocabulary import data_term, kind_count, thousands
from store.model.span import Span

_LICENCES = T(
    "program MIT; gazetteer from the codifier of Ukraine’s administrative units and GeoNames,"
    " CC BY 4.0"
)


@command()
async def about(ctx: Context) -> Reply:
    """Say what this desk covers, how fresh its data is, and under which licences."""
    now = await ctx.store.situation.now(ctx.today)
    seq, digest = now.head
    rows: list[tuple[Inline, Line]] = [
        (T("On record"), join(" · ", *(kind_count(*total) for total in now.totals.items()))),
        (T("Places known"), (thousands(now.places),)),
    ]
    if now.newest_day:
        rows.append((T("Data as of"), (When(Span.on(now.newest_day)),)))
    if now.changed_at:
        head = T("revision {n}, {digest}", n=seq, digest=digest[:12])
        rows.append((T("Last change"), join(" · ", Moment(now.changed_at), head)))
    if frozen := await ctx.store.history.freeze_reason():
        rows.append((T("Frozen"), (T("read-only: {why}", why=frozen),)))
    rows += [
        (T("Time zone"), (ctx.zone_name,)),
        (ForData(T("Codes")), (ForData(T("Admiralty: source A–F, item 1–6; F6 is not judged")),)),
        (T("Licences"), (_LICENCES,)),
    ]
    what = T(
        "Sitrep answers from sourced entries: who says what, about which place, for which day."
    )
    never = T("It shows where sources disagree and never merges them. It is not live.")
    return Reply(
        (Strong(data_term(now.name) if now.name else T("Nothing is on record yet")),),
        (Text((data_term(now.about),)), Text((what, " ", never)), Facts(tuple(rows))),
        (Action(T("What you can ask"), "help"),),
    )
