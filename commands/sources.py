"""/sources: what each outlet and speaker has on record."""

from typing import Annotated

from commands.kit.command import command
from commands.kit.context import Context
from commands.kit.errors import NotFound
from commands.kit.i18n import T
from commands.kit.params.basic import Words, shown
from commands.kit.reply import (
    Action,
    Block,
    Heading,
    Inline,
    Item,
    Items,
    Link,
    Ref,
    Reply,
    Small,
    Strong,
    Typed,
    joined,
)
from commands.kit.vocabulary import SOURCE_KINDS, VERDICTS, number
from commands.shared.views.revisions import history_item
from store.model.entry import Source, VerdictValue
from store.queries.sources import Standing

_SHOWN = 12
_DOT = " · "


@command()
async def sources(
    ctx: Context,
    name: Annotated[str, Words(T("An outlet or a speaker"), "NAME", "Putin", raw=False)] = "",
) -> Reply:
    """Show what each outlet and speaker has on record, and how checks of it came out."""
    blocks: list[Block] = []
    if name:
        found = await ctx.store.sources.named(name)
        if not found:
            raise NotFound(
                T("No outlet or speaker “{name}” is on record. For all of them:", name=shown(name)),
                Typed("/sources"),
            )
        title = T("{n} on record as “{name}”", n=len(found), name=shown(name))
        blocks += [Items(tuple(map(_item, found))), *await _grades(found, ctx), *_checked(found)]
        return Reply((title,), tuple(blocks), _actions(found))
    outlets, speakers = await ctx.store.sources.standings(_SHOWN)
    for head, some in ((T("Read in"), outlets), (T("Speakers and assessors"), speakers)):
        if some:
            blocks += [Heading(head), Items(tuple(map(_item, some)))]
    blocks += _checked(outlets + speakers)
    title = T("{n} sources and speakers", "{n} sources and speakers", n=len(outlets + speakers))
    return Reply((Strong(title),), tuple(blocks))


def _item(standing: Standing) -> Item:
    of = standing.of
    if isinstance(of, Source):
        name: Inline = Link(of.url, of.name) if of.url else of.name
        kind = SOURCE_KINDS.get(of.kind, of.kind)
        what: Inline = T("{kind}, reliability {letter}", kind=kind, letter=of.reliability)
    else:
        name, what = of.name, of.role
    count = standing.entries.number
    entries = T("{count} entry", "{count} entries", n=count, count=number(standing.entries))
    checks = [
        T("{count} {verdict}", count=number(total), verdict=VERDICTS[VerdictValue(value)])
        for value, total in standing.verdicts
    ]
    return Item((Strong(name),), (joined(_DOT, what, entries, *checks, Ref(of.ref)),))


async def _grades(found: tuple[Standing, ...], ctx: Context) -> list[Block]:
    """Return how each source was graded: by whom, when and why."""
    items: list[Item] = []
    for of in (one.of for one in found if isinstance(one.of, Source)):
        for one in await ctx.store.history.of(of.ref):
            match (one.before, one.after):
                case ({"reliability": _}, {"reliability": _}):
                    items.append(history_item(one, {of.ref: of.name}, of=len(found) > 1))
    return [Heading(T("Grades")), Items(tuple(items))] if items else []


def _checked(found: tuple[Standing, ...]) -> tuple[Small, ...]:
    """Say once that nothing was checked, where that is so."""
    none = not any(one.verdicts for one in found)
    return (Small((T("None of it has been checked yet."),)),) if none and found else ()


def _actions(found: tuple[Standing, ...]) -> tuple[Action, ...]:
    speakers = [one.of for one in found if not isinstance(one.of, Source)]
    return tuple(
        Action(T("Claims by {name}", name=a.name), "claims", {"by": a.ref}) for a in speakers
    )
