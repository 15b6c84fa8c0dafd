"""Why the record does not take a write, as the asker is told."""

from commands.kit.errors import Code, NotAllowed, TooLate, UserError
from commands.kit.inlines import Inline, Reference, T, Typed
from commands.kit.invocation import Role
from commands.kit.vocabulary import place_name
from commands.shared.views.program_words import own_words
from commands.shared.views.revision_history import name_act
from store.model.entry import Actor, Place
from store.model.ref import DRAFT, Ref
from store.model.refusals import (
    Already,
    Borne,
    Frozen,
    NoUndo,
    Outdated,
    Refusal,
    State,
    StoreBusy,
    TermInUse,
)

_SO_ALREADY = {
    State.LIVE: T("{ref} is not retracted."),
    State.RETRACTED: T("{ref} is retracted. To restore it: {line}"),
    State.REDACTED: T("{ref} was redacted; its words are gone."),
    State.LINKED: T("{ref} already has that link."),
    State.UNLINKED: T("{ref} has no such link."),
    State.OPEN: T("{ref} was not submitted; it is a draft."),
    State.WAITING: T("{ref} waits for a review."),
    State.FILED: T("That is filed already, as {ref}."),
    State.REJECTED: T("{ref} was rejected already."),
    State.DROPPED: T("Draft {ref} is gone: drafts are kept for a week."),
    State.ADDRESSED: T("That address is on record already, as {ref}."),
    State.NAMED: T("That name is on record already, as {ref}."),
    State.FULL: T("That is the limit. Remove one first."),
    State.SAME: T("Already set. Nothing changed."),
}

_CODES = {State.DROPPED: Code.UNKNOWN_REFERENCE, State.FULL: Code.TOO_MANY}


def explain_refusal(refusal: Refusal | StoreBusy, role: Role) -> UserError:
    """Return a refusal of the store as one sentence for an asker of this role."""
    match refusal:
        case StoreBusy() if role > Role.READER:
            busy = T("Another program, such as a running bot, is writing to this record right now.")
            hint = T("Nothing was filed. Ask again when it has ended; start a console again first.")
            return NotAllowed(busy, hint, code=Code.READ_ONLY)
        case StoreBusy():
            only = T("This session can only read the record.")
            hint = T("Start a terminal with --as moderator while no bot runs.")
            return NotAllowed(only, hint, code=Code.READ_ONLY)
        case Frozen():
            frozen = T("The record is frozen and read-only: {why}", why=f"{refusal}")
            return NotAllowed(frozen, code=Code.FROZEN)
        case Outdated():
            changed = T(
                "{ref} was changed since you saw it. Look again:", ref=Reference(refusal.target)
            )
            ref = Ref.match(refusal.target)
            again = "draft show" if ref and ref.kind is DRAFT else "entry"
            return TooLate(changed, Typed(f"/{again} {refusal.target}"))
        case Borne():
            borne = T(
                "“{name}” is already a name of {bearer} ({ref}).",
                name=refusal.name,
                bearer=_name_bearer(refusal.bearer),
                ref=refusal.bearer.ref,
            )
            return NotAllowed(borne, code=Code.WRONG_STATE)
        case Already():
            return _already(refusal)
        case TermInUse():
            used = T(
                "{ref} uses “{name}”, so that it stays. Correct that entry first.",
                ref=Reference(refusal.ref),
                name=refusal.label,
            )
            return TooLate(used, code=Code.WRONG_STATE)
        case NoUndo() if refusal.act:
            cannot = T("That cannot be undone: {act}.", act=name_act(refusal.act, refusal.target))
            return TooLate(cannot, code=Code.WRONG_STATE)
        case NoUndo():
            nothing = T("You have nothing to undo from the last hour.")
            return TooLate(nothing, code=Code.NOTHING_FOUND)
        case _:
            return NotAllowed(T("The record does not accept that."))


def _name_bearer(bearer: Actor | Place) -> Inline:
    return place_name(bearer) if isinstance(bearer, Place) else bearer.name


def _already(refusal: Already) -> UserError:
    line = Typed(f"/restore {refusal.target}")
    words = T(_SO_ALREADY[refusal.state].message, ref=refusal.target, line=line)
    by = [T("{name} did that.", name=own_words(refusal.by))] if refusal.by else []
    return TooLate(words, *by, code=_CODES.get(refusal.state, Code.WRONG_STATE))
