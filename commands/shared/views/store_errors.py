"""Why the record does not take a write, as the asker is told."""

from commands.kit.errors import Code, NotAllowed, TooLate, UserError
from commands.kit.inlines import Inline, Reference, T, Typed
from commands.kit.vocabulary import place_name
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
    State.LIVE: T("{ref} is not retracted; it is on record as it stands."),
    State.RETRACTED: T("{ref} is retracted. To put it back: {line}"),
    State.REDACTED: T("{ref} was redacted; its words are gone."),
    State.LINKED: T("{ref} is linked so already."),
    State.UNLINKED: T("{ref} has no such link."),
    State.OPEN: T("{ref} was not submitted; it is a draft."),
    State.WAITING: T("{ref} waits for a review."),
    State.FILED: T("That is filed already, as {ref}."),
    State.REJECTED: T("{ref} was rejected already."),
    State.DROPPED: T("There is no draft {ref} any more; a draft is kept for a week."),
    State.ADDRESSED: T("That address is on record already, as {ref}."),
    State.NAMED: T("That name is on record already, as {ref}."),
    State.FULL: T("There are as many as there may be; remove one first."),
    State.SAME: T("It stands so already; nothing was changed."),
}

_CODES = {State.DROPPED: Code.UNKNOWN_REFERENCE, State.FULL: Code.TOO_MANY}


def explain_refusal(refusal: Refusal | StoreBusy) -> UserError:
    """Return a refusal of the store as one sentence for the asker."""
    match refusal:
        case StoreBusy():
            only = T("Nothing can be written from here: this session only reads the record.")
            hint = T("Start a terminal with --as moderator while no bot runs.")
            return NotAllowed(only, hint, code=Code.READ_ONLY)
        case Frozen():
            frozen = T("The record is frozen, and takes no writes: {why}", why=f"{refusal}")
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
                "“{name}” is what {bearer} ({ref}) is called, and cannot be another’s name.",
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
            cannot = T(
                "That cannot be undone: {act} of {ref}.", act=refusal.act, ref=refusal.target
            )
            return TooLate(cannot, code=Code.WRONG_STATE)
        case NoUndo():
            nothing = T("You did nothing within the last hour that could be undone.")
            return TooLate(nothing, code=Code.NOTHING_FOUND)
        case _:
            return NotAllowed(T("The record does not take that."))


def _name_bearer(bearer: Actor | Place) -> Inline:
    return place_name(bearer) if isinstance(bearer, Place) else bearer.name


def _already(refusal: Already) -> UserError:
    line = Typed(f"/restore {refusal.target}")
    words = T(_SO_ALREADY[refusal.state].message, ref=refusal.target, line=line)
    by = [T("{name} did that.", name=refusal.by)] if refusal.by else []
    return TooLate(words, *by, code=_CODES.get(refusal.state, Code.WRONG_STATE))
