"""/log: what was done to the record."""

from datetime import UTC, datetime, time
from typing import Annotated

from typing_extensions import override

from commands.kit.command import ParamType, command
from commands.kit.context import Context
from commands.kit.errors import BadParam, Code, NotFound
from commands.kit.inlines import Reference, Strong, T, When, join
from commands.kit.invocation import Role
from commands.kit.params.basic import Hidden, echo
from commands.kit.params.day_values import OnDay
from commands.kit.reply import Action, Items, Reply, Small, Tone
from commands.shared.record_changes import KnownAuthor
from commands.shared.views.program_words import own_words
from commands.shared.views.revision_history import history_item, names_needed
from store.model.ref import BATCH, DIGEST, ENTRY, FILE, Ref
from store.model.revision import Person
from store.model.span import Span
from store.queries.audit_log import LogFilter

_PAGE = 8
_AUTHOR = KnownAuthor(T("By whom; “me” for yourself"))


class AnyRef(ParamType, frozen=True):
    """A reference of any kind, such as E-42, S-1 or B-1; read as text."""

    help: T
    shape: str = "E-42"
    example: str = "E-1"

    @override
    async def read(self, text: str, ctx: Context) -> str:
        words = text.strip()
        ref = Ref.match(f"{ENTRY}-{words}" if words.isdigit() else words)
        if ref is None or ref.kind in {DIGEST, FILE}:
            raise BadParam(
                T(
                    "“{text}” is not a reference. Write one such as E-42, S-1 or B-1.",
                    text=echo(text),
                )
            )
        if not await ctx.store.audit_log.has(ref):
            nothing = T("Nothing has the reference {ref}.", ref=str(ref))
            raise NotFound(nothing, code=Code.UNKNOWN_REFERENCE)
        return str(ref)


@command(role=Role.MODERATOR)
async def log(
    ctx: Context,
    ref: Annotated[str, AnyRef(T("Of one entry, place, speaker, source, draft or import"))] = "",
    *,
    by: Annotated[Person | None, _AUTHOR] = None,
    since: Annotated[Span | None, OnDay(T("On this day or after it"))] = None,
    before: Annotated[str, Hidden()] = "",
) -> Reply:
    """Show what was done to the record, newest first: who, what, why."""
    first = since.earliest or since.latest if since else None
    from_ = datetime.combine(first, time.min, ctx.zone).astimezone(UTC) if first else None
    wanted = LogFilter(ref, by, from_, int(before[:15]) if before.isdecimal() else 2**62)
    revisions = await ctx.store.audit_log.page(wanted, _PAGE + 1)
    names = await ctx.store.audit_log.names(names_needed(revisions))
    seq, digest = await ctx.store.history.head()
    asked = join(
        " · ",
        T("of {ref}", ref=Reference(ref)) if ref else None,
        T("by {name}", name=own_words(by.name)) if by else None,
        T("since {day}", day=When(since)) if since else None,
    )
    title = Strong(T("Log of the record") if revisions else T("Nothing in the log"))
    many = not ref or Ref.parse(ref).kind is BATCH
    items = tuple(history_item(revision, names, of=many) for revision in revisions[:_PAGE])
    head = Small((T("The chain ends with revision {n}, {digest}", n=seq, digest=digest[:12]),))
    more = []
    if len(revisions) > _PAGE:
        given = {
            "ref": ref,
            "by": _AUTHOR.write(by) if by else "",
            "since": since.edtf if since else "",
        }
        kept = {name: value for name, value in given.items() if value}
        more = [Action(T("More"), "log", {**kept, "before": str(revisions[_PAGE - 1].seq)})]
    return Reply(
        join(" · ", title, *asked[::2]),
        (Items(items), head) if items else (head,),
        tuple(more),
        Tone.ANSWER if revisions else Tone.NOTHING,
        about=(ref,) if ref else (),
    )
