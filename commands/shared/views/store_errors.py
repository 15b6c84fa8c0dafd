"""Why the record does not take a write, as the asker is told."""

from commands.kit.errors import NotAllowed, TooLate, UserError
from commands.kit.i18n import T
from commands.kit.reply import Ref, Typed
from store.model.errors import Already, Frozen, NoUndo, Outdated, Refusal, State, StoreBusy

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
    State.NAMED: T("That name is on record already, as {ref}."),
    State.FULL: T("There are as many as there may be; remove one first."),
    State.SAME: T("It stands so already; nothing was changed."),
}


def told(refusal: Refusal | StoreBusy) -> UserError:
    """Return a refusal of the store as one sentence for the asker."""
    match refusal:
        case StoreBusy():
            only = T("Nothing can be written from here: this session only reads the record.")
            return NotAllowed(only, T("Start a terminal with --as moderator while no bot runs."))
        case Frozen():
            return NotAllowed(
                T("The record is frozen, and takes no writes: {why}", why=f"{refusal}")
            )
        case Outdated():
            changed = T("{ref} was changed since you saw it. Look again:", ref=Ref(refusal.target))
            again = "draft show" if refusal.target.startswith("D-") else "entry"
            return TooLate(changed, Typed(f"/{again} {refusal.target}"))
        case Already():
            return _already(refusal)
        case NoUndo() if refusal.act:
            cannot = T(
                "That cannot be undone: {act} of {ref}.", act=refusal.act, ref=refusal.target
            )
            return TooLate(cannot)
        case NoUndo():
            return TooLate(T("You did nothing within the last hour that could be undone."))
        case _:
            return NotAllowed(T("The record does not take that."))


def _already(refusal: Already) -> UserError:
    line = Typed(f"/restore {refusal.target}")
    words = T(_SO_ALREADY[refusal.state].message, ref=refusal.target, line=line)
    return TooLate(words, T("{name} did that.", name=refusal.by)) if refusal.by else TooLate(words)
