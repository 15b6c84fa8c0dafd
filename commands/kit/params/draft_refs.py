"""A draft by its reference; who may see it."""

from collections.abc import Sequence

from typing_extensions import override

from commands.kit.command import ParamType
from commands.kit.context import Context
from commands.kit.errors import BadParam, Code, NotAllowed, NotFound
from commands.kit.inlines import T
from commands.kit.invocation import Role
from commands.kit.params.basic import echo
from commands.kit.params.other_reference import refuse_other_reference
from commands.kit.reply import Choice
from store.model.draft import Draft, DraftState
from store.model.ref import DRAFT, Ref

_OFFERED = 10


class KnownDraft(ParamType, frozen=True):
    """A draft of one's own, or one that waits for a review; read as a Draft."""

    help: T
    hidden: bool = False
    shape: str = "D-17"
    example: str = "D-1"

    @override
    async def read(self, text: str, ctx: Context) -> Draft:
        ref = Ref.read(text, DRAFT)
        if ref is None:
            raise refuse_other_reference(text, DRAFT) or BadParam(
                T("“{text}” is not a draft. Write one such as D-17.", text=echo(text))
            )
        draft = await ctx.store.drafts.get(ref.number)
        if draft is None or draft.expired(ctx.now):
            raise refuse_absent(str(ref))
        if not may_see(draft, ctx):
            raise refuse_others(draft.ref)
        return draft

    @override
    def write(self, value: Draft) -> str:
        return value.ref

    @override
    def refer(self, value: Draft) -> tuple[str, ...]:
        return (value.ref,)

    @override
    async def suggest(self, _text: str, ctx: Context) -> Sequence[Choice]:
        own = await ctx.store.drafts.of(ctx.person, _OFFERED)
        open_ = [
            draft for draft in own if draft.state is DraftState.OPEN and not draft.expired(ctx.now)
        ]
        return [
            Choice(f"{draft.ref} · {draft.fields.get('text', '')}", draft.ref) for draft in open_
        ]


def refuse_absent(ref: str) -> NotFound:
    """Return the refusal of a draft that never was, or is there no longer: we say the same."""
    none = T("There is no draft {ref}. Drafts are kept for a week.", ref=ref)
    return NotFound(none, code=Code.UNKNOWN_REFERENCE)


def refuse_others(ref: str) -> NotAllowed:
    """Return the refusal of a draft that is not one's own."""
    return NotAllowed(T("{ref} belongs to someone else; only they can see it.", ref=ref))


def may_see(draft: Draft, ctx: Context) -> bool:
    """Tell whether a draft is one's own, or was submitted and one reviews."""
    submitted = draft.state is not DraftState.OPEN
    return draft.belongs_to(ctx.person) or (submitted and ctx.caller.role >= Role.MODERATOR)
